//! Who sees a post: the people of its teams, or everybody.

use chrono::Duration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, Publisher, TestApp, share_request};

/// An employee of a team.
async fn of_team(app: &TestApp, team: &str) -> Client {
    let (employee, admin) = (app.employee().await, app.admin().await);
    admin.patch(&format!("/api/people/{}", employee.id), &json!({ "team": team })).await.expect(200);
    employee
}

async fn post(app: &TestApp, marketer: &Client, audience: Value) -> Value {
    let topic = app.topic(marketer).await;
    let new = json!({
        "title": "For some", "link": "https://example.com/", "topic_id": topic["id"], "state": "live", "audience": audience,
    });
    marketer.post("/api/posts", &new).await.expect(201).json()
}

#[tokio::test]
async fn a_post_is_seen_by_its_teams_only() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let (sales, support, alone) = (of_team(&app, "Sales").await, of_team(&app, "Support").await, app.employee().await);
    assert_eq!(marketer.get("/api/teams").await.expect(200).json(), json!(["Sales", "Support"]));
    let post = post(&app, &marketer, json!(["Sales", "Sales"])).await;
    assert_eq!(post["audience"], json!(["Sales"]));
    let path = format!("/api/posts/{}", post["id"].as_str().unwrap());
    let share = share_request(post["id"].as_str().unwrap().parse().unwrap(), "Look", Uuid::now_v7());
    assert_eq!(sales.titles("/api/posts").await, ["For some"]);
    sales.get(&path).await.expect(200);
    for other in [&support, &alone] {
        assert!(other.titles("/api/posts").await.is_empty());
        other.get(&path).await.expect(404);
        other.post("/api/shares", &share).await.expect(404);
    }
    assert_eq!(app.rows("shares").await, 0);
    let changed = marketer.patch(&path, &json!({ "audience": ["Support", "Sales"] })).await.expect(200).json();
    assert_eq!(changed["audience"], json!(["Sales", "Support"]));
    assert_eq!(marketer.get("/api/library").await.json()["items"][0]["audience"], json!(["Sales", "Support"]));
    assert_eq!(support.titles("/api/posts").await, ["For some"]);
    marketer.patch(&path, &json!({ "title": "For all" })).await.expect(200);
    assert!(alone.titles("/api/posts").await.is_empty(), "what is absent stays");
    marketer.patch(&path, &json!({ "audience": [] })).await.expect(200);
    assert_eq!(alone.titles("/api/posts").await, ["For all"]);
    let unknown = marketer.patch(&path, &json!({ "audience": ["Sales", "Nobody"] })).await.expect(422).json();
    assert_eq!((&unknown["code"], &unknown["errors"][0]["pointer"]), (&json!("team.unknown"), &json!("/audience/1")));
}

#[tokio::test]
async fn a_feed_has_an_audience_and_a_rule_may_choose_another() {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    let (sales, support) = (of_team(&app, "Sales").await, of_team(&app, "Support").await);
    publisher.publishes(&[("1", "First", "https://news.example/1")]);
    let rule = json!({ "when": { "of": "all", "tests": [{ "test": "equals", "xpath": "guid", "value": "2" }] },
        "action": { "set-audience": ["Support"] } });
    let fields = json!({ "audience": ["Sales"], "filter": { "rules": [rule] } });
    let feed = marketer.follow_with(&app, &publisher.address(), fields).await;
    assert_eq!(feed["audience"], json!(["Sales"]));
    publisher.publishes(&[("3", "Third", "https://news.example/3"), ("2", "Second", "https://news.example/2")]);
    app.pass(Duration::minutes(17)).await;
    assert_eq!(sales.titles("/api/posts").await, ["Third"]);
    assert_eq!(support.titles("/api/posts").await, ["Second"]);
    let path = format!("/api/feeds/{}", feed["id"].as_str().unwrap());
    let kept = marketer.patch(&path, &json!({ "title": "News" })).await.expect(200).json();
    assert_eq!(kept["audience"], json!(["Sales"]));
    assert_eq!(marketer.patch(&path, &json!({ "audience": ["x"] })).await.expect(422).code(), "team.unknown");
    let all = marketer.patch(&path, &json!({ "audience": [] })).await.expect(200).json();
    assert_eq!(all["audience"], json!([]));
}
