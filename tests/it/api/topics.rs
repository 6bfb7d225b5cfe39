//! Topics.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn marketers_make_topics_and_everybody_sees_them() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    for name in ["vacancies", "Product"] {
        marketer.post("/api/topics", &json!({ "name": name })).await.expect(201);
    }
    let topics = app.employee().await.get("/api/topics").await.expect(200).json();
    let names: Vec<_> = topics.as_array().unwrap().iter().map(|topic| topic["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Product", "vacancies"]);
    assert_eq!(marketer.post("/api/topics", &json!({ "name": "Product" })).await.expect(409).code(), "topic.taken");
    assert_eq!(marketer.post("/api/topics", &json!({ "name": " " })).await.expect(422).code(), "text.required");
    assert_eq!(
        marketer.post("/api/topics", &json!({ "name": "x".repeat(61) })).await.expect(422).code(),
        "text.too_long"
    );
}
