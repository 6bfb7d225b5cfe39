//! The marketers' own definitions: saved, tried before they are changed, renamed, removed.

use serde_json::{Value, json};

use crate::support::{Client, Publisher, TestApp};

const FEED: [(&str, &str, &str); 3] = [
    ("1", "First", "https://news.example/1"),
    ("2", "Second", "https://news.example/2"),
    ("3", "Third", "https://news.example/3"),
];

fn news(title: &str) -> Value {
    json!({ "name": "News", "item_path": "/rss/channel/item",
        "fields": { "guid": "guid", "title": title, "link": "link" } })
}

/// A product with a definition "News" and a feed that is read with it.
async fn start() -> (TestApp, Publisher, Client, Value) {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    publisher.publishes(&FEED);
    marketer.post("/api/definitions", &json!({ "definition": news("title") })).await.expect(201);
    let feed = marketer.follow_with(&app, &publisher.address(), json!({ "definition": "News" })).await;
    (app, publisher, marketer, feed)
}

#[tokio::test]
async fn a_definition_is_saved_under_a_name_of_its_own() {
    let (_app, _publisher, marketer, feed) = start().await;
    let list = marketer.get("/api/definitions").await.expect(200).json();
    let first = &list[0];
    assert_eq!((&first["name"], &first["built_in"], &first["version"]), (&json!("News"), &json!(false), &json!(1)));
    assert_eq!((&first["feeds"], &first["changed_at"]), (&json!(1), &json!("2026-11-23T08:00:00Z")));
    let rss = list.as_array().unwrap().iter().find(|definition| definition["name"] == "rss").unwrap();
    assert_eq!((&rss["built_in"], &rss["version"], &rss["feeds"]), (&json!(true), &Value::Null, &json!(0)));
    let own = marketer.get("/api/definitions/nEWS").await.expect(200).json();
    assert_eq!((&own["versions"][0]["version"], &own["feeds"][0]["id"]), (&json!(1), &feed["id"]));
    assert_eq!(own["definition"]["fields"]["title"], json!([{ "xpath": "title" }]));
    let shipped = marketer.get("/api/definitions/rss").await.expect(200).json();
    assert_eq!((&shipped["built_in"], &shipped["versions"]), (&json!(true), &json!([])));
    // A copy under another name may be changed.
    let mut copy = shipped["definition"].clone();
    copy["name"] = json!("Our RSS");
    marketer.post("/api/definitions", &json!({ "definition": copy })).await.expect(201);

    let named = |name: &str| json!({ "definition": { "name": name, "item_path": "//a" } });
    for (name, status, code) in [
        ("news", 409, "definition.name_taken"),
        ("RSS", 409, "definition.name_taken"),
        (" ", 422, "text.required"),
        ("..", 422, "definition.name"),
        ("a/b", 422, "definition.name"),
        (&"x".repeat(61), 422, "text.too_long"),
        ("a\nb", 422, "text.control"),
    ] {
        let answer = marketer.post("/api/definitions", &named(name)).await.expect(status);
        assert_eq!(answer.code(), code, "{name}");
    }
    let wrong = json!({ "definition": { "name": "x", "item_path": "//a[" } });
    let errors = marketer.post("/api/definitions", &wrong).await.expect(422).json()["errors"].clone();
    assert_eq!((&errors[0]["pointer"], &errors[0]["column"]), (&json!("/definition/item_path"), &json!(5)));
    for path in ["/api/definitions/none", "/api/definitions/none/versions/1", "/api/definitions/news/versions/2"] {
        marketer.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn a_change_is_tried_on_the_feeds_before_it_is_saved() {
    let (app, _publisher, marketer, feed) = start().await;
    let trials =
        marketer.post("/api/definitions/news/try", &json!({ "definition": news("link") })).await.expect(200).json();
    let trial = &trials[0];
    assert_eq!((&trial["feed"]["id"], &trial["fault"], &trial["lost"]), (&feed["id"], &Value::Null, &json!([])));
    assert_eq!((&trial["items_before"], &trial["items_after"], &trial["changed"]), (&json!(3), &json!(3), &json!(3)));
    let change = json!({ "field": "title", "before": "First", "after": "https://news.example/1" });
    assert_eq!(trial["rows"][0], json!({ "title": "First", "changes": [change] }));
    let lost =
        marketer.post("/api/definitions/News/try", &json!({ "definition": news("none") })).await.expect(200).json();
    assert_eq!((&lost[0]["lost"], &lost[0]["rows"][0]["changes"][0]["after"]), (&json!(["title"]), &Value::Null));
    let one = format!("/api/feeds/{}/try", feed["id"].as_str().unwrap());
    let fewer = json!({ "definition": { "name": "News", "item_path": "/rss/channel/item[title='Second']" } });
    let trial = marketer.post(&one, &fewer).await.expect(200).json();
    assert_eq!((&trial["items_before"], &trial["items_after"]), (&json!(3), &json!(1)));
    let unusable = json!({ "definition": news("q:title") });
    let fault = marketer.post(&one, &unusable).await.expect(200).json()["fault"].clone();
    assert!(fault.as_str().unwrap().contains("prefix"), "{fault}");
    assert_eq!(app.rows("definition_versions").await, 1, "nothing was saved");
    marketer.post("/api/definitions/none/try", &fewer).await.expect(404);
    marketer.post("/api/feeds/01890000-0000-7000-8000-000000000000/try", &fewer).await.expect(404);
    assert_eq!(marketer.post(&one, &json!({ "definition": news("a[") })).await.expect(422).code(), "xpath.invalid");
}

#[tokio::test]
async fn a_change_that_takes_something_away_has_to_be_meant_so() {
    let (app, _publisher, marketer, feed) = start().await;
    let save = async |definition: Value, version: i32, accept: bool| {
        let body = json!({ "definition": definition, "version": version, "accept": accept });
        marketer.put("/api/definitions/news", &body).await
    };
    let fewer =
        json!({ "name": "News", "item_path": "/rss/channel/item[title='Second']", "fields": news("title")["fields"] });
    for definition in [news("none"), fewer.clone(), news("q:title")] {
        let refused = save(definition, 1, false).await.expect(409);
        assert_eq!(refused.code(), "definition.loses", "{}", refused.text);
        let detail = refused.json()["detail"].clone();
        assert!(detail.as_str().unwrap().contains(feed["title"].as_str().unwrap()), "it names the feed: {detail}");
    }
    let saved = save(fewer, 1, true).await.expect(200).json();
    assert_eq!(
        (&saved["version"], &saved["versions"][0]["version"], &saved["versions"][1]["version"]),
        (&json!(2), &json!(2), &json!(1))
    );
    let first = marketer.get("/api/definitions/news/versions/1").await.expect(200).json();
    assert_eq!(first["item_path"], "/rss/channel/item");
    app.drain().await;
    let after = marketer.feed(&feed).await;
    assert_eq!((&after["error"], &after["items"], app.rows("posts").await), (&Value::Null, &json!(3), 0));
    assert_eq!(save(news("title"), 1, true).await.expect(409).code(), "definition.changed_meanwhile");
    assert_eq!(save(news("title"), 2, false).await.expect(200).json()["version"], 3);
}

#[tokio::test]
async fn two_marketers_at_once_do_not_overwrite_each_other() {
    let (app, _publisher, _marketer, _feed) = start().await;
    let mut saves = vec![];
    for place in 0..8 {
        let marketer = app.marketer().await;
        saves.push(tokio::spawn(async move {
            let definition = news(&format!("title[{place} < 9]"));
            let body = json!({ "definition": definition, "version": 1 });
            marketer.put("/api/definitions/News", &body).await
        }));
    }
    let (mut won, mut refused) = (0, 0);
    for save in saves {
        let answer = save.await.unwrap();
        if answer.status.is_success() {
            won += 1;
            continue;
        }
        let code = answer.expect(409).code();
        assert!(["definition.changed_meanwhile", "feed.changed_meanwhile"].contains(&code.as_str()), "{code}");
        refused += 1;
    }
    assert_eq!((won, refused, app.rows("definition_versions").await), (1, 7, 2));
}

#[tokio::test]
async fn feeds_follow_a_new_name_and_a_definition_in_use_stays() {
    let (app, _publisher, marketer, feed) = start().await;
    let renamed = json!({ "name": "Newsroom", "item_path": "/rss/channel/item", "fields": news("title")["fields"] });
    let body = json!({ "definition": renamed, "version": 1 });
    marketer.put("/api/definitions/News", &body).await.expect(200);
    assert_eq!(marketer.feed(&feed).await["definition"], "Newsroom");
    marketer.get("/api/definitions/News").await.expect(404);
    app.drain().await;
    assert_eq!(marketer.feed(&feed).await["error"], Value::Null);
    assert_eq!(marketer.delete("/api/definitions/newsroom").await.expect(409).code(), "definition.used");
    let taken = json!({ "definition": { "name": "rss", "item_path": "//a" }, "version": 2 });
    assert_eq!(marketer.put("/api/definitions/newsroom", &taken).await.expect(409).code(), "definition.name_taken");
    for (path, body) in [("/api/definitions/rss", &body), ("/api/definitions/atom", &body)] {
        assert_eq!(marketer.put(path, body).await.expect(409).code(), "definition.built_in");
        assert_eq!(marketer.delete(path).await.expect(409).code(), "definition.built_in");
    }
    marketer.put("/api/definitions/none", &body).await.expect(404);
    marketer.delete("/api/definitions/none").await.expect(404);
    let path = format!("/api/feeds/{}", feed["id"].as_str().unwrap());
    let changed = marketer.patch(&path, &json!({ "definition": "RSS" })).await.expect(200).json();
    assert_eq!((&changed["definition"], &changed["definition_built_in"]), (&json!("rss"), &json!(true)));
    assert_eq!(marketer.patch(&path, &json!({ "definition": "none" })).await.expect(422).code(), "definition.unknown");
    marketer.delete("/api/definitions/NEWSROOM").await.expect(204);
    assert_eq!(app.rows("definition_versions").await, 0);
}
