//! The shape alarm: a feed that lost what it always had posts nothing until somebody looks.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::{Client, Publisher, TestApp};

/// A feed of these items, with pictures or without.
fn feed(items: std::ops::RangeInclusive<u32>, picture: bool) -> String {
    let picture = |n: u32| {
        if picture {
            format!("<enclosure url=\"https://news.example/{n}.jpg\" type=\"image/jpeg\"/>")
        } else {
            String::new()
        }
    };
    let items = items.rev().map(|n| {
        format!(
            "<item><guid>{n}</guid><title>Item {n}</title><link>https://news.example/{n}</link>{}</item>",
            picture(n)
        )
    });
    format!("<rss version=\"2.0\"><channel><title>Test feed</title>{}</channel></rss>", items.collect::<String>())
}

/// A feed of three items with pictures that lost them all, and has a new one.
async fn alarmed() -> (TestApp, Publisher, Client, Value) {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    publisher.says("200 OK", "", &feed(1..=3, true));
    let followed = marketer.follow(&app, &publisher.address()).await;
    publisher.says("200 OK", "", &feed(1..=4, false));
    app.pass(Duration::minutes(17)).await;
    (app, publisher, marketer, followed)
}

fn shape(feed: &Value) -> String {
    format!("/api/feeds/{}/shape", feed["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_feed_that_lost_its_pictures_posts_nothing_and_says_why() {
    let (app, _publisher, marketer, followed) = alarmed().await;
    let now = marketer.feed(&followed).await;
    let error = &now["error"];
    assert_eq!((&error["stage"], &error["code"]), (&json!("map"), &json!("feed.shape")));
    let words = "Since this poll no item has a picture; before, all 3 had one. Nothing was posted. \
        Mend the mapping, or say that it is meant so.";
    assert_eq!(error["message"], words);
    assert_eq!((&now["items"], app.rows("posts").await), (&json!(3), 0));
    // It stays, and is looked at as often as before.
    app.pass(Duration::minutes(17)).await;
    let marketer = app.sign_in_again(&marketer).await;
    let still = marketer.feed(&followed).await;
    assert_eq!((&still["error"]["since"], app.rows("posts").await), (&error["since"], 0));
    let next = still["next_poll_at"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert!(next - app.app.clock.now() < Duration::minutes(17), "{next}");
}

#[tokio::test]
async fn somebody_says_that_it_is_meant_so() {
    let (app, publisher, marketer, followed) = alarmed().await;
    let accepted = marketer.post(&shape(&followed), &json!({})).await.expect(200).json();
    assert_eq!((&accepted["error"], &accepted["next_poll_at"]), (&Value::Null, &json!("2026-11-23T08:17:00Z")));
    app.drain().await;
    assert_eq!(app.employee().await.titles("/api/posts").await, ["Item 4"], "nothing was lost");
    assert_eq!(marketer.feed(&followed).await["error"], Value::Null);
    assert_eq!(marketer.post(&shape(&followed), &json!({})).await.expect(409).code(), "feed.no_alarm");
    marketer.post("/api/feeds/01890000-0000-7000-8000-000000000000/shape", &json!({})).await.expect(404);
    // The titles are still asked for.
    publisher.says("200 OK", "", &feed(1..=5, false).replace("title>", "caption>"));
    app.pass(Duration::minutes(17)).await;
    let error = marketer.feed(&followed).await["error"].clone();
    assert!(error["message"].as_str().unwrap().contains("no item has a title; before, all 4"), "{error}");
}

#[tokio::test]
async fn the_publisher_mends_it() {
    let (app, publisher, marketer, followed) = alarmed().await;
    publisher.says("200 OK", "", &feed(1..=5, true));
    app.pass(Duration::minutes(17)).await;
    assert_eq!(app.employee().await.titles("/api/posts").await, ["Item 5", "Item 4"]);
    assert_eq!(app.sign_in_again(&marketer).await.feed(&followed).await["error"], Value::Null);
}

#[tokio::test]
async fn a_feed_that_has_no_items_any_more_is_an_alarm_and_one_without_a_picture_is_none() {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    publisher.says("200 OK", "", &feed(1..=3, true).replacen("<enclosure url", "<no", 1));
    let followed = marketer.follow(&app, &publisher.address()).await;
    publisher.says("200 OK", "", &feed(1..=4, false));
    app.pass(Duration::minutes(17)).await;
    assert_eq!(app.employee().await.titles("/api/posts").await, ["Item 4"], "not all had a picture before");
    publisher.says("200 OK", "", "<rss version=\"2.0\"><channel><title>Test feed</title></channel></rss>");
    app.pass(Duration::minutes(17)).await;
    let error = app.sign_in_again(&marketer).await.feed(&followed).await["error"].clone();
    assert!(error["message"].as_str().unwrap().contains("there are no items; before, there were 4"), "{error}");
    app.sign_in_again(&marketer).await.post(&shape(&followed), &json!({})).await.expect(200);
    app.drain().await;
    assert_eq!(app.sign_in_again(&marketer).await.feed(&followed).await["error"], Value::Null);
    publisher.says("200 OK", "", &feed(5..=5, false));
    app.pass(Duration::minutes(17)).await;
    assert_eq!(app.employee().await.titles("/api/posts").await, ["Item 5", "Item 4"]);
}
