//! Posts: written by a marketer, offered to employees, counted without showing anybody.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

async fn write(app: &TestApp, marketer: &Client, fields: Value) -> Value {
    let topic = app.topic(marketer).await;
    let mut new = json!({
        "title": "Open day", "text": "Come and see.", "link": "https://www.example.com/open-day",
        "topic_id": topic["id"], "captions": [], "state": "live",
    });
    new.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    marketer.post("/api/posts", &new).await.expect(201).json()
}

#[tokio::test]
async fn a_written_post_is_offered_with_its_captions_and_picture() {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    let picture = app.sample("/pictures/nieuws/1.jpg");
    let captions =
        json!([{ "language": "nl", "text": "Kom langs!" }, { "language": "en", "text": "Join us!\nSee you." }]);
    let post = write(&app, &marketer, json!({ "image_address": picture, "captions": captions })).await;
    assert_eq!((&post["state"], &post["image"], &post["shares"]), (&json!("live"), &Value::Null, &Value::Null));
    app.drain().await;
    let page = employee.get("/api/posts").await.expect(200).json();
    let offered = &page["items"][0];
    assert_eq!((&offered["domain"], &offered["source"]), (&json!("example.com"), &json!("")));
    let texts: Vec<_> = offered["captions"].as_array().unwrap().iter().map(|c| (&c["language"], &c["text"])).collect();
    assert_eq!(texts, [(&json!("nl"), &json!("Kom langs!")), (&json!("en"), &json!("Join us!\nSee you."))]);
    assert_eq!(
        &employee.get(&format!("/api/posts/{}", post["id"].as_str().unwrap())).await.expect(200).json(),
        offered
    );
}

#[tokio::test]
async fn drafts_and_withdrawn_posts_are_not_offered() {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    let post = write(&app, &marketer, json!({ "state": "draft" })).await;
    let (path, library) = (format!("/api/posts/{}", post["id"].as_str().unwrap()), "/api/library?state=withdrawn");
    employee.get(&path).await.expect(404);
    assert!(employee.titles("/api/posts").await.is_empty());
    let live = marketer.patch(&path, &json!({ "state": "live", "title": "Open house" })).await.expect(200).json();
    assert_eq!(
        (&live["state"], &live["title"], &live["text"]),
        (&json!("live"), &json!("Open house"), &json!("Come and see."))
    );
    assert_eq!(employee.titles("/api/posts").await, ["Open house"]);
    assert_eq!(marketer.patch(&path, &json!({ "state": "draft" })).await.expect(409).code(), "post.state");
    marketer.patch(&path, &json!({ "state": "withdrawn", "text": "" })).await.expect(200);
    assert!(employee.titles("/api/posts").await.is_empty());
    assert_eq!(marketer.titles(library).await, ["Open house"]);
    assert_eq!(marketer.get(library).await.expect(200).json()["items"][0]["text"], Value::Null);
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let topic = app.topic(&marketer).await;
    let good = json!({ "title": "Open day", "link": "https://example.com/", "topic_id": topic["id"], "state": "live" });
    for (field, value, pointer) in [
        ("title", json!(""), "/title"),
        ("title", json!("x".repeat(401)), "/title"),
        ("link", json!("http://example.com/"), "/link"),
        ("link", json!("javascript:alert(1)"), "/link"),
        ("link", json!(format!("https://example.com/{}", "x".repeat(2000))), "/link"),
        ("image_address", json!("data:image/png;base64,AAAA"), "/image_address"),
        ("topic_id", json!("00000000-0000-7000-8000-000000000000"), "/topic_id"),
        ("state", json!("expired"), "/state"),
        ("captions", json!([{ "language": null, "text": "x".repeat(3001) }]), "/captions/0"),
        ("captions", json!(vec![json!({ "language": null, "text": "x" }); 21]), "/captions"),
    ] {
        let mut new = good.clone();
        new[field] = value;
        let answer = marketer.post("/api/posts", &new).await.expect(422);
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{}", answer.text);
    }
    assert_eq!(app.rows("posts").await, 0);
}

#[tokio::test]
async fn posts_are_searched_and_paged_newest_first() {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    for number in 0..60 {
        write(&app, &marketer, json!({ "title": format!("Post {number:02} 50%"), "text": null })).await;
        app.app.clock.advance(Duration::seconds(i64::from(number % 2)));
    }
    for path in ["/api/posts", "/api/library"] {
        let reader = if path == "/api/posts" { &employee } else { &marketer };
        let first = reader.get(path).await.expect(200).json();
        let next = format!("{path}?after={}", first["next"].as_str().unwrap());
        let mut titles = reader.titles(path).await;
        titles.extend(reader.titles(&next).await);
        let expected: Vec<_> = (0..60).rev().map(|number| format!("Post {number:02} 50%")).collect();
        assert_eq!(titles, expected, "{path}");
        assert_eq!(reader.get(&next).await.expect(200).json()["next"], Value::Null);
        assert_eq!(reader.titles(&format!("{path}?q=pOST%2007")).await, ["Post 07 50%"]);
        assert_eq!(reader.titles(&format!("{path}?q=7%20_")).await, Vec::<String>::new(), "no wildcards");
    }
    let topic = employee.get("/api/posts").await.json()["items"][0]["topic"]["id"].as_str().unwrap().to_owned();
    assert_eq!(employee.titles(&format!("/api/posts?topic={topic}")).await, ["Post 59 50%"]);
}

#[tokio::test]
async fn a_library_shows_totals_from_five_sharers_on() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let post = app.live_post().await;
    for member in 1..=5 {
        let totals = marketer.get("/api/library").await.expect(200).json()["items"][0].clone();
        assert_eq!((&totals["shares"], &totals["clicks"]), (&Value::Null, &Value::Null), "before {member}");
        app.sharer(member).await.share(post).await;
        app.pass(Duration::seconds(10)).await;
    }
    let totals = marketer.get("/api/library").await.expect(200).json()["items"][0].clone();
    assert_eq!((&totals["shares"], &totals["clicks"]), (&json!(5), &json!(0)));
}

#[tokio::test]
async fn an_employee_sees_the_own_share_and_nobody_elses() {
    let app = TestApp::start().await;
    let (post, sharer, other) = (app.live_post().await, app.sharer(1).await, app.employee().await);
    let share = sharer.share(post).await;
    let mine = sharer.get("/api/posts").await.expect(200).json()["items"][0]["my_share"].clone();
    assert_eq!((&mine["id"], &mine["state"]), (&share["id"], &json!("queued")));
    assert_eq!(other.get("/api/posts").await.expect(200).json()["items"][0]["my_share"], Value::Null);
}

#[tokio::test]
async fn a_wrong_caption_is_named_with_its_place() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let topic = app.topic(&marketer).await;
    let captions = json!([{ "language": "nl", "text": "Goed" }, { "language": null, "text": "x".repeat(3001) }]);
    let new = json!({ "title": "T", "link": "https://example.com/", "topic_id": topic["id"], "state": "draft", "captions": captions });
    let error = marketer.post("/api/posts", &new).await.expect(422).json()["errors"][0].clone();
    assert_eq!((&error["pointer"], &error["code"]), (&json!("/captions/1"), &json!("text.too_long")));
}

#[tokio::test]
async fn a_link_that_is_live_already_is_told_and_may_be_offered_again() {
    let publisher = crate::support::Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    let link = "https://news.example/1";
    publisher.publishes(&[("1", "First", link), ("2", "Second", "https://news.example/2")]);
    let feed = marketer.follow(&app, &publisher.address()).await;
    let path = format!("/api/feeds/{}/items", feed["id"].as_str().unwrap());
    let twins = async || {
        let items = marketer.get(&path).await.expect(200).json()["items"].clone();
        let mut twins: Vec<_> = items.as_array().unwrap().iter().map(|item| item["twin"]["title"].clone()).collect();
        twins.sort_by_key(Value::to_string);
        twins
    };
    assert_eq!(twins().await, [Value::Null, Value::Null]);
    let topic = app.topic(&marketer).await;
    let new = json!({ "title": "By hand", "link": link, "topic_id": topic["id"], "state": "live" });
    let post = marketer.post("/api/posts", &new).await.expect(201).json();
    assert_eq!(twins().await, [json!("By hand"), Value::Null]);
    let library = format!("/api/library?state=live&link={link}");
    assert_eq!(marketer.titles(&library).await, ["By hand"]);
    assert!(marketer.titles("/api/library?state=live&link=https://news.example/").await.is_empty());
    let items = marketer.get(&path).await.expect(200).json()["items"].clone();
    let item = items.as_array().unwrap().iter().find(|item| item["link"] == link).unwrap().clone();
    let offer = format!("/api/items/{}/offer", item["id"].as_str().unwrap());
    marketer.post(&offer, &json!({})).await.expect(201);
    assert_eq!(twins().await, [json!("By hand"), Value::Null], "its own post is no other one");
    marketer
        .patch(&format!("/api/posts/{}", post["id"].as_str().unwrap()), &json!({ "state": "withdrawn" }))
        .await
        .expect(200);
    assert_eq!(twins().await, [Value::Null, Value::Null]);
}
