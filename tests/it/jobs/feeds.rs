//! Polling: what is new becomes a post once, what was edited follows, and what goes wrong is said.

use chrono::{DateTime, Duration, Utc};
use klaroen_core::{
    Error,
    db::Actor,
    feed::{DueFeed, poll},
};
use serde_json::{Value, json};

use crate::support::{Client, Publisher, TestApp};

const ONE: (&str, &str, &str) = ("1", "First", "https://news.example/1");
const TWO: (&str, &str, &str) = ("2", "Second", "https://news.example/2");

/// Longer than the usual time between two polls.
fn a_while() -> Duration {
    Duration::minutes(17)
}

/// A product that follows a publisher whose first item is known.
async fn following(fields: Value) -> (TestApp, Publisher, Client, Value) {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    publisher.publishes(&[ONE]);
    let feed = marketer.follow_with(&app, &publisher.address(), fields).await;
    (app, publisher, marketer, feed)
}

/// The feed as a marketer sees it who has just signed in: a session does not last as long as these stories.
async fn now(app: &TestApp, marketer: &Client, feed: &Value) -> Value {
    app.sign_in_again(marketer).await.feed(feed).await
}

fn instant(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_new_item_becomes_one_post_and_stays_one() {
    let (app, publisher, marketer, feed) = following(json!({})).await;
    let employee = app.employee().await;
    publisher.publishes(&[TWO, ONE]);
    for _ in 0..3 {
        app.pass(a_while()).await;
        assert_eq!(employee.titles("/api/posts").await, ["Second"]);
    }
    publisher.publishes(&[("2", "Second", "https://news.example/2?utm_source=rss"), ONE, ONE]);
    app.pass(a_while()).await;
    assert_eq!(employee.titles("/api/posts").await, ["Second"]);
    let feed = now(&app, &marketer, &feed).await;
    assert_eq!((&feed["items"], &feed["offered"], &feed["error"]), (&json!(2), &json!(1), &Value::Null));
    let caption = employee.get("/api/posts").await.json()["items"][0]["captions"][0]["text"].clone();
    assert_eq!(caption, "Second");
}

#[tokio::test]
async fn an_edit_changes_the_post_where_nobody_changed_it_by_hand() {
    let (app, publisher, marketer, _) = following(json!({})).await;
    let employee = app.employee().await;
    publisher.publishes(&[TWO, ONE]);
    app.pass(a_while()).await;
    publisher.publishes(&[("2", "Second, corrected", TWO.2), ONE]);
    app.pass(a_while()).await;
    let post = employee.get("/api/posts").await.json()["items"][0].clone();
    assert_eq!(
        (&post["title"], &post["captions"][0]["text"]),
        (&json!("Second, corrected"), &json!("Second, corrected"))
    );
    let path = format!("/api/posts/{}", post["id"].as_str().unwrap());
    app.sign_in_again(&marketer).await.patch(&path, &json!({ "title": "By hand" })).await.expect(200);
    publisher.publishes(&[("2", "Second, corrected again", TWO.2), ONE]);
    app.pass(a_while()).await;
    assert_eq!(employee.titles("/api/posts").await, ["By hand"]);
    // A withdrawn post stays withdrawn, whatever the publisher does.
    app.sign_in_again(&marketer).await.patch(&path, &json!({ "state": "withdrawn" })).await.expect(200);
    publisher.publishes(&[("2", "Second, once more", TWO.2), ONE]);
    app.pass(a_while()).await;
    assert!(employee.titles("/api/posts").await.is_empty());
    assert_eq!(app.rows("posts").await, 1);
}

#[tokio::test]
async fn a_changed_guid_is_no_new_item() {
    let (app, publisher, _, _) = following(json!({})).await;
    publisher.publishes(&[("one, renamed", ONE.1, ONE.2)]);
    app.pass(a_while()).await;
    assert_eq!((app.rows("items").await, app.rows("posts").await), (1, 0));
    // Back to the old one: still the same.
    publisher.publishes(&[ONE]);
    app.pass(a_while()).await;
    assert_eq!((app.rows("items").await, app.rows("posts").await), (1, 0));
}

#[tokio::test]
async fn items_of_a_feed_in_review_wait_for_a_marketer() {
    let (app, publisher, marketer, _) = following(json!({ "publish": "review" })).await;
    let employee = app.employee().await;
    publisher.publishes(&[TWO, ONE]);
    app.pass(a_while()).await;
    assert!(employee.titles("/api/posts").await.is_empty());
    let waiting =
        app.sign_in_again(&marketer).await.get("/api/library?state=in_review").await.expect(200).json()["items"][0]
            .clone();
    assert_eq!(waiting["title"], "Second");
    let path = format!("/api/posts/{}", waiting["id"].as_str().unwrap());
    app.sign_in_again(&marketer).await.patch(&path, &json!({ "state": "live" })).await.expect(200);
    assert_eq!(employee.titles("/api/posts").await, ["Second"]);
}

#[tokio::test]
async fn an_unchanged_feed_costs_the_publisher_next_to_nothing() {
    let (app, publisher, marketer, feed) = following(json!({})).await;
    publisher.says(
        "200 OK",
        "etag: \"v1\"\r\nlast-modified: Mon, 23 Nov 2026 08:00:00 GMT\r\n",
        "<rss><channel/></rss>",
    );
    app.pass(a_while()).await;
    publisher.says("304 Not Modified", "", "");
    app.pass(a_while()).await;
    app.pass(a_while()).await;
    let requests = publisher.requests();
    for request in &requests[requests.len() - 2..] {
        assert!(request.contains("if-none-match: \"v1\"\r\n"), "{request}");
        assert!(request.contains("if-modified-since: Mon, 23 Nov 2026 08:00:00 GMT\r\n"), "{request}");
    }
    let feed = now(&app, &marketer, &feed).await;
    assert_eq!((&feed["error"], instant(&feed["last_success_at"])), (&Value::Null, app.app.clock.now()));
}

#[tokio::test]
async fn trouble_is_said_in_words_and_forgotten_when_it_is_over() {
    let (app, publisher, marketer, feed) = following(json!({})).await;
    publisher.says("503 Service Unavailable", "retry-after: 7200\r\n", "");
    app.pass(a_while()).await;
    let since = app.app.clock.now();
    let broken = now(&app, &marketer, &feed).await;
    assert_eq!((&broken["error"]["stage"], &broken["error"]["code"]), (&json!("fetch"), &json!("feed.server")));
    assert!(broken["error"]["message"].as_str().unwrap().contains("503"));
    assert_eq!(instant(&broken["next_poll_at"]), since + Duration::hours(2), "the server asked for it");
    publisher.says(
        "200 OK",
        "content-type: text/html\r\n",
        "<!doctype html><title>Sold</title><p>This domain is for sale",
    );
    app.pass(Duration::hours(2)).await;
    let broken = now(&app, &marketer, &feed).await;
    assert_eq!((&broken["error"]["stage"], &broken["error"]["code"]), (&json!("read"), &json!("feed.not_a_feed")));
    assert_eq!(instant(&broken["error"]["since"]), since, "since the first of them");
    // Ever later, up to a day; never given up.
    for _ in 0..20 {
        app.pass(Duration::hours(27)).await;
        let next = instant(&now(&app, &marketer, &feed).await["next_poll_at"]) - app.app.clock.now();
        assert!(next > Duration::minutes(13) && next < Duration::hours(27), "{next}");
    }
    publisher.publishes(&[TWO, ONE]);
    app.pass(Duration::hours(27)).await;
    let healed = now(&app, &marketer, &feed).await;
    assert_eq!((&healed["error"], &healed["offered"]), (&Value::Null, &json!(1)), "nothing was lost");
}

#[tokio::test]
async fn many_workers_poll_a_feed_once() {
    let (app, publisher, _, _) = following(json!({})).await;
    let before = publisher.requests().len();
    app.app.clock.advance(a_while());
    let polls = (0..16).map(|_| {
        let app = app.app.clone();
        tokio::spawn(async move { klaroen_worker::jobs::poll_feeds::poll_feed(&app).await.unwrap() })
    });
    for poll in polls.collect::<Vec<_>>() {
        poll.await.unwrap();
    }
    assert_eq!(publisher.requests().len() - before, 1);
}

#[tokio::test]
async fn a_poll_that_dies_is_made_up_for_and_one_that_is_late_is_refused() {
    let (app, publisher, _, _) = following(json!({})).await;
    app.app.clock.advance(a_while());
    let claim = async || {
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        let claimed = DueFeed::claim_due(&mut tx, 10).await.unwrap();
        tx.commit().await.unwrap();
        claimed
    };
    let dead = claim().await;
    assert_eq!((dead.len(), claim().await.len()), (1, 0), "the next check is scheduled with the claim");
    app.app.clock.advance(a_while());
    let alive = claim().await;
    assert_eq!(alive.len(), 1);
    publisher.publishes(&[TWO, ONE]);
    let late = poll::poll(&app.app, &dead[0]).await.unwrap_err();
    assert!(matches!(late, Error::Conflict { code: "feed.late", .. }), "{late}");
    assert_eq!(app.rows("posts").await, 0, "nothing of a late poll is stored");
    poll::poll(&app.app, &alive[0]).await.unwrap();
    assert_eq!(app.rows("posts").await, 1);
}

#[tokio::test]
async fn a_paused_feed_is_left_alone_and_poll_now_asks_at_once() {
    let (app, publisher, marketer, feed) = following(json!({})).await;
    let path = format!("/api/feeds/{}", feed["id"].as_str().unwrap());
    let asked = publisher.requests().len();
    app.sign_in_again(&marketer).await.patch(&path, &json!({ "state": "paused" })).await.expect(200);
    app.pass(Duration::days(2)).await;
    assert_eq!(publisher.requests().len(), asked);
    app.sign_in_again(&marketer).await.patch(&path, &json!({ "state": "active" })).await.expect(200);
    app.drain().await;
    assert_eq!(publisher.requests().len(), asked + 1);
    app.sign_in_again(&marketer).await.post(&format!("{path}/poll"), &json!({})).await.expect(202);
    app.drain().await;
    assert_eq!(publisher.requests().len(), asked + 2);
}

#[tokio::test]
async fn a_timetable_is_kept_to_the_minute() {
    let (app, publisher, marketer, feed) = following(json!({ "cron": "0 6 * * *" })).await;
    assert_eq!(feed["next_poll_at"], "2026-11-24T05:00:00Z");
    let asked = publisher.requests().len();
    app.pass(Duration::minutes(21 * 60 - 1)).await;
    assert_eq!(publisher.requests().len(), asked);
    app.pass(Duration::minutes(1)).await;
    assert_eq!(publisher.requests().len(), asked + 1);
    assert_eq!(now(&app, &marketer, &feed).await["next_poll_at"], "2026-11-25T05:00:00Z");
}

#[tokio::test]
async fn the_sample_feeds_bring_their_news_with_pictures() {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    for (path, shelf) in
        [("/feeds/nieuws.xml", "nieuws"), ("/feeds/insights.xml", "insights"), ("/@voorbeeldenergie", "videos")]
    {
        let found = marketer.fetch(&app.sample(path)).await.expect(201).json();
        marketer.follow(&app, found["address"].as_str().unwrap()).await;
        let title = app.world.publish(shelf).expect("a story in reserve");
        app.pass(a_while()).await;
        let post = employee.get("/api/posts").await.json()["items"][0].clone();
        assert_eq!(post["title"], title, "{shelf}");
        let picture = employee.get(post["image"].as_str().unwrap_or_else(|| panic!("{post}"))).await.expect(200);
        assert_eq!(picture.header("content-type"), Some("image/jpeg"));
        assert_eq!(picture.header("cache-control"), Some("public, max-age=31536000, immutable"));
    }
}
