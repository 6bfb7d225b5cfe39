//! Pictures of posts: fetched, remade, given up in words.

use chrono::Duration;
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

async fn post_with(app: &TestApp, marketer: &Client, picture: &str) -> String {
    let topic = app.topic(marketer).await;
    let new = json!({
        "title": "Open day", "link": "https://example.com/", "topic_id": topic["id"], "image_address": picture, "state": "live",
    });
    marketer.post("/api/posts", &new).await.expect(201).json()["id"].as_str().unwrap().to_owned()
}

/// The post as a marketer sees it who has just signed in.
async fn in_library(app: &TestApp, marketer: &Client, id: &str) -> Value {
    let page = app.sign_in_again(marketer).await.get("/api/library").await.expect(200).json();
    page["items"].as_array().unwrap().iter().find(|post| post["id"] == id).unwrap().clone()
}

/// The address of a picture that the sandbox draws.
async fn picture(app: &TestApp, marketer: &Client) -> String {
    let (_, mapped) = marketer.look(&app.sample("/feeds/nieuws.xml")).await;
    let path = mapped["cards"][0]["image"].as_str().unwrap().to_owned();
    let query = path.split_once("address=").unwrap().1;
    url::form_urlencoded::parse(format!("a={query}").as_bytes()).next().unwrap().1.into_owned()
}

#[tokio::test]
async fn the_same_picture_is_kept_once() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let address = picture(&app, &marketer).await;
    let (one, two) = (post_with(&app, &marketer, &address).await, post_with(&app, &marketer, &address).await);
    app.drain().await;
    let images = [
        in_library(&app, &marketer, &one).await["image"].clone(),
        in_library(&app, &marketer, &two).await["image"].clone(),
    ];
    assert!(images[0].is_string() && images[0] == images[1], "{images:?}");
    assert_eq!(app.rows("media").await, 1);
}

#[tokio::test]
async fn what_is_no_picture_is_said_in_words() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    for (path, words) in [("/bad/picture.jpg", "not a picture"), ("/bad/huge", "5 MiB"), ("/pictures/none", "404")] {
        let id = post_with(&app, &marketer, &app.sample(path)).await;
        app.drain().await;
        let post = in_library(&app, &marketer, &id).await;
        assert_eq!(post["image"], Value::Null);
        assert!(post["picture_error"].as_str().unwrap().contains(words), "{path}: {post}");
    }
    // Nobody tries again in vain.
    app.pass(Duration::days(1)).await;
    assert_eq!(app.rows("media").await, 0);
}

#[tokio::test]
async fn a_server_that_is_down_for_a_while_still_gives_its_picture() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let address = picture(&app, &marketer).await;
    app.world.fault(Endpoint::Pictures, None, 3, Fault::Answer { status: 503, body: "down".to_owned() });
    let id = post_with(&app, &marketer, &address).await;
    app.drain().await;
    let waiting = in_library(&app, &marketer, &id).await;
    assert!(waiting["image"].is_null() && waiting["picture_error"].as_str().unwrap().contains("503"), "{waiting}");
    for _ in 0..3 {
        app.pass(Duration::minutes(16)).await;
    }
    let post = in_library(&app, &marketer, &id).await;
    assert!(post["image"].is_string() && post["picture_error"].is_null(), "{post}");
}
