//! Another reading for a feed never makes old items news, whatever changes: the guid, the item path, both.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::{Client, Publisher, TestApp};

/// Items on one line, with two things that could be their guid.
fn feed(items: std::ops::RangeInclusive<u32>) -> String {
    let items: Vec<_> = items.rev().map(|n| {
        format!("<item kind=\"{}\"><id>a{n}</id><guid>b{n}</guid><title>Item {n}</title><head>Head {n}</head><link>https://news.example/go?to={n}</link></item>", if n % 2 == 0 { "news" } else { "job" })
    }).collect();
    format!("<rss version=\"2.0\"><channel><title>Test feed</title>{}</channel></rss>", items.concat())
}

fn reading(item_path: &str, guid: &str, title: &str) -> Value {
    json!({ "name": "News", "item_path": item_path, "fields": { "guid": guid, "title": title, "link": "link[not(. = 'x')]" } })
}

const ALL: &str = "/rss/channel/item";

/// A feed of five items that are known, and two that a poll brought.
async fn start(definition: &Value) -> (TestApp, Publisher, Client, Value) {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    publisher.says("200 OK", "", &feed(1..=5));
    marketer.post("/api/definitions", &json!({ "definition": definition })).await.expect(201);
    let followed = marketer.follow_with(&app, &publisher.address(), json!({ "definition": "News" })).await;
    publisher.says("200 OK", "", &feed(1..=7));
    app.pass(Duration::minutes(17)).await;
    (app, publisher, marketer, followed)
}

async fn save(marketer: &Client, definition: &Value) -> Value {
    let version = marketer.get("/api/definitions/news").await.expect(200).json()["version"].clone();
    let body = json!({ "definition": definition, "version": version, "accept": true });
    marketer.put("/api/definitions/news", &body).await.expect(200).json()
}

#[tokio::test]
async fn identities_move_along_and_posts_follow() {
    let (app, publisher, marketer, _) = start(&reading(ALL, "id", "title")).await;
    let employee = app.employee().await;
    assert_eq!(employee.titles("/api/posts").await, ["Item 7", "Item 6"]);
    for definition in [
        reading(ALL, "guid", "title"),
        reading("//item", "none", "title"),
        reading("//item[link]", "id", "head"),
        reading(ALL, "concat(id, guid)", "title"),
    ] {
        save(&marketer, &definition).await;
        app.drain().await;
        assert_eq!((app.rows("items").await, app.rows("posts").await), (7, 2), "{definition}");
    }
    let changed = reading(ALL, "guid", "head");
    let trials = marketer.post("/api/definitions/news/try", &json!({ "definition": changed })).await.expect(200).json();
    assert_eq!((&trials[0]["changed"], &trials[0]["live_posts"]), (&json!(7), &json!(2)), "two of seven are live");
    save(&marketer, &changed).await;
    assert_eq!(
        employee.titles("/api/posts").await,
        ["Head 7", "Head 6"],
        "a mended mapping mends what was made with it"
    );
    publisher.says("200 OK", "", &feed(1..=8));
    app.pass(Duration::minutes(17)).await;
    assert_eq!(employee.titles("/api/posts").await, ["Head 8", "Head 7", "Head 6"], "what is new since then is news");
}

#[tokio::test]
async fn what_only_the_other_reading_finds_is_known_and_no_news() {
    let (app, publisher, marketer, _) = start(&reading("/rss/channel/item[@kind='news']", "id", "title")).await;
    assert_eq!((app.rows("items").await, app.rows("posts").await), (3, 1), "2, 4 and the new 6");
    save(&marketer, &reading(ALL, "guid", "title")).await;
    app.drain().await;
    assert_eq!((app.rows("items").await, app.rows("posts").await), (7, 1));
    let trail = marketer.get("/api/trail?q=Item%207").await.expect(200).json();
    assert_eq!(trail["items"][0]["trail"][0]["code"], "trail.known_before");
    publisher.says("200 OK", "", &feed(2..=9));
    app.pass(Duration::minutes(17)).await;
    assert_eq!((app.rows("items").await, app.rows("posts").await), (9, 3));
}

#[tokio::test]
async fn a_feed_that_gets_another_definition_keeps_what_it_knows() {
    let (app, publisher, marketer, followed) = start(&reading(ALL, "id", "title")).await;
    let path = format!("/api/feeds/{}", followed["id"].as_str().unwrap());
    let trial = marketer.get("/api/definitions/rss").await.expect(200).json()["definition"].clone();
    let trial = marketer.post(&format!("{path}/try"), &json!({ "definition": trial })).await.expect(200).json();
    assert_eq!((&trial["items_after"], &trial["changed"]), (&json!(7), &json!(7)), "the guid is another");
    marketer.patch(&path, &json!({ "definition": "rss" })).await.expect(200);
    app.drain().await;
    publisher.says("200 OK", "", &feed(3..=8));
    app.pass(Duration::minutes(17)).await;
    assert_eq!((app.rows("items").await, app.rows("posts").await), (8, 3));
}

#[tokio::test]
async fn what_came_while_a_feed_could_not_be_read_is_news_once_its_reading_is_mended() {
    let (app, publisher, marketer, followed) = start(&reading(ALL, "id", "title")).await;
    // A title is gone from all: an alarm, and nothing is posted.
    let renamed = |items| feed(items).replace("title>", "caption>");
    publisher.says("200 OK", "", &renamed(1..=9));
    app.pass(Duration::minutes(17)).await;
    let marketer = app.sign_in_again(&marketer).await;
    let alarm = marketer.feed(&followed).await["error"].clone();
    assert_eq!((&alarm["code"], app.rows("posts").await), (&json!("feed.shape"), 2));
    save(&marketer, &reading(ALL, "guid", "caption")).await;
    app.drain().await;
    assert_eq!(marketer.feed(&followed).await["error"], Value::Null);
    let titles = app.employee().await.titles("/api/posts").await;
    assert_eq!(titles, ["Item 9", "Item 8", "Item 7", "Item 6"]);
    assert_eq!(app.rows("items").await, 9);
}

#[tokio::test]
async fn a_reading_that_does_not_fit_the_document_makes_nothing_news_when_it_fits_again() {
    let (app, publisher, marketer, followed) = start(&reading(ALL, "id", "title")).await;
    save(&marketer, &reading(ALL, "k:guid", "title")).await;
    app.drain().await;
    assert_eq!(marketer.feed(&followed).await["error"]["code"], "feed.definition", "the prefix is declared nowhere");
    let declared = feed(1..=7).replace("<rss ", "<rss xmlns:k=\"urn:k\" ").replace("guid>", "k:guid>");
    publisher.says("200 OK", "", &declared);
    app.pass(Duration::minutes(17)).await;
    let marketer = app.sign_in_again(&marketer).await;
    assert_eq!(marketer.feed(&followed).await["error"], Value::Null);
    assert_eq!(app.rows("posts").await, 2);
    publisher.says(
        "200 OK",
        "",
        &declared.replace(
            "</title><item",
            "</title><item><k:guid>b8</k:guid><title>Item 8</title><link>https://news.example/8</link></item><item",
        ),
    );
    app.pass(Duration::minutes(17)).await;
    assert_eq!(app.rows("posts").await, 3);
}

#[tokio::test]
async fn a_poll_under_way_does_not_store_what_it_read_in_the_old_way() {
    use klaroen_core::{
        Error,
        db::Actor,
        feed::{DueFeed, poll},
    };
    let (app, publisher, marketer, _) = start(&reading(ALL, "id", "title")).await;
    publisher.says("200 OK", "", &feed(1..=8));
    app.app.clock.advance(Duration::minutes(17));
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let claimed = DueFeed::claim_due(&mut tx, 1).await.unwrap();
    tx.commit().await.unwrap();
    save(&app.sign_in_again(&marketer).await, &reading(ALL, "guid", "title")).await;
    let late = poll::poll(&app.app, &claimed[0]).await.unwrap_err();
    assert!(matches!(late, Error::Conflict { code: "feed.late", .. }), "{late}");
    app.drain().await;
    assert_eq!((app.rows("items").await, app.rows("posts").await), (8, 3));
}
