//! Feeds of the practice YouTube and of the practice company that come in strange ways: nothing is lost, nothing comes
//! twice, and no feed is given up.

use chrono::{DateTime, Duration, Utc};
use klaroen_sandbox::{Endpoint, Fault, When};
use serde_json::{Value, json};

use crate::support::{Client, Publisher, TestApp};

const CHANNEL: &str = "/feeds/videos.xml?channel_id=UCVoorbeeldEnergieNL0001";
const PLAYLIST: &str = "/feeds/videos.xml?playlist_id=PLvoorbeeldEnergieKeuze01";
const NEWS: &str = "/feeds/nieuws.xml";

/// Longer than the usual time between two polls.
const A_WHILE: Duration = Duration::minutes(17);

/// A product that follows a sample feed.
async fn following(path: &str) -> (TestApp, Client, Client, Value) {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    let feed = marketer.follow(&app, &app.sample(path)).await;
    (app, marketer, employee, feed)
}

async fn now(app: &TestApp, marketer: &Client, feed: &Value) -> Value {
    app.sign_in_again(marketer).await.feed(feed).await
}

async fn titles(app: &TestApp, employee: &Client) -> Vec<String> {
    app.sign_in_again(employee).await.titles("/api/posts").await
}

fn as_if(name: &str, value: &str) -> Fault {
    Fault::AsIf { name: name.into(), value: value.into() }
}

#[tokio::test]
async fn a_feed_that_comes_in_a_strange_way_is_read_as_ever() {
    for (path, shelf, endpoint) in [(CHANNEL, "videos", Endpoint::Videos), (NEWS, "nieuws", Endpoint::Feeds)] {
        let (app, marketer, employee, feed) = following(path).await;
        let ways = [
            Fault::BlankLine,
            Fault::Gzip,
            Fault::WithoutValidators,
            Fault::Moved { status: 301 },
            Fault::Moved { status: 302 },
            Fault::Moved { status: 307 },
            Fault::Moved { status: 308 },
            as_if("youtube_ids", "empty"),
            as_if("youtube_ids", "with_uc"),
        ];
        let mut expected: Vec<String> = Vec::new();
        for way in ways {
            app.world.clear_faults();
            app.world.fault_when(endpoint, None, When::Every(1), way.clone());
            expected.extend(app.world.publish(shelf));
            app.pass(A_WHILE).await;
            let seen = now(&app, &marketer, &feed).await;
            assert_eq!((&seen["error"], &seen["offered"]), (&Value::Null, &json!(expected.len())), "{shelf} {way:?}");
        }
        let mut found = titles(&app, &employee).await;
        found.reverse();
        assert_eq!(found, expected, "{shelf}");
    }
}

#[tokio::test]
async fn half_a_feed_loses_nothing() {
    for (fault, code) in [(Fault::HalfBody, Value::Null), (Fault::BreakOff, json!("feed.broke_off"))] {
        let (app, marketer, employee, feed) = following(NEWS).await;
        let title = app.world.publish("nieuws").unwrap();
        app.world.fault(Endpoint::Feeds, None, 1, fault);
        app.pass(A_WHILE).await;
        assert_eq!(now(&app, &marketer, &feed).await["error"]["code"], code);
        app.pass(A_WHILE).await;
        assert_eq!(now(&app, &marketer, &feed).await["error"], Value::Null, "after {code}");
        assert_eq!(titles(&app, &employee).await, [title], "after {code}");
    }
}

#[tokio::test]
async fn the_other_half_is_asked_for_without_the_validators_of_the_first() {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    publisher.publishes(&[("1", "1", "https://news.example/1")]);
    marketer.follow(&app, &publisher.address()).await;
    let validators = "etag: \"v2\"\r\nlast-modified: Mon, 23 Nov 2026 08:00:00 GMT\r\n";
    let item = |number: &str| {
        format!("<item><guid>{number}</guid><title>{number}</title><link>https://news.example/{number}</link></item>")
    };
    let first = format!("<rss version=\"2.0\"><channel><title>News</title>{}{}", item("1"), item("2"));
    // The first ends between two items, the second inside one.
    for half in [first.clone(), format!("{first}<item><guid>3</gu")] {
        publisher.says("200 OK", validators, &half);
        app.pass(A_WHILE).await;
        assert_eq!(titles(&app, &employee).await, ["2"], "what is whole is read");
    }
    publisher.says("200 OK", validators, &format!("{first}{}</channel></rss>", item("3")));
    app.pass(A_WHILE).await;
    let request = publisher.requests().pop().unwrap();
    assert!(!request.contains("if-none-match") && !request.contains("if-modified-since"), "{request}");
    assert_eq!(titles(&app, &employee).await, ["3", "2"]);
    app.pass(A_WHILE).await;
    assert!(publisher.requests().pop().unwrap().contains("if-none-match: \"v2\""));
}

#[tokio::test]
async fn a_phase_of_youtube_in_which_nothing_works_passes() {
    let (app, marketer, employee, feed) = following(CHANNEL).await;
    for (status, code) in [(404, "feed.not_found"), (500, "feed.server")] {
        let page = Fault::Answer { status, body: "<!DOCTYPE html><title>Error</title>".into() };
        app.world.fault_when(Endpoint::Videos, None, When::Every(1), page);
        for _ in 0..30 {
            app.pass(Duration::hours(2)).await;
        }
        let broken = now(&app, &marketer, &feed).await;
        assert_eq!((&broken["state"], &broken["error"]["code"]), (&json!("active"), &json!(code)));
        let title = app.world.publish("videos").unwrap();
        app.world.clear_faults();
        app.pass(Duration::hours(27)).await;
        let healed = now(&app, &marketer, &feed).await;
        assert_eq!((&healed["error"], &titles(&app, &employee).await[0]), (&Value::Null, &title));
    }
    assert_eq!(app.rows("posts").await, 2);
}

#[tokio::test]
async fn a_server_that_asks_for_patience_gets_it() {
    let (app, marketer, _, feed) = following(NEWS).await;
    for (status, code) in [(429, "feed.busy"), (503, "feed.server")] {
        app.world.fault(Endpoint::Feeds, None, 1, Fault::RetryAfter { status, seconds: 3_600 });
        app.pass(Duration::minutes(61)).await;
        let seen = now(&app, &marketer, &feed).await;
        let next: DateTime<Utc> = seen["next_poll_at"].as_str().unwrap().parse().unwrap();
        assert_eq!((&seen["error"]["code"], next - app.app.clock.now()), (&json!(code), Duration::hours(1)));
    }
    app.world.fault(Endpoint::Feeds, None, 1, Fault::Answer { status: 304, body: String::new() });
    app.pass(Duration::minutes(61)).await;
    assert_eq!(now(&app, &marketer, &feed).await["error"], Value::Null);
}

#[tokio::test]
async fn videos_that_move_are_no_news_and_edited_titles_follow() {
    for path in [CHANNEL, PLAYLIST] {
        let (app, marketer, employee, feed) = following(path).await;
        for _ in 0..8 {
            // Views and `updated` move, nothing else.
            app.pass(Duration::hours(3)).await;
        }
        assert!(titles(&app, &employee).await.is_empty(), "{path}");
        let title = app.world.publish("videos").unwrap();
        app.pass(A_WHILE).await;
        assert_eq!(titles(&app, &employee).await, [title], "{path}");
        let edited = app.world.edit("videos").unwrap();
        app.pass(A_WHILE).await;
        assert_eq!(titles(&app, &employee).await, [edited], "{path}");
        app.world.withdraw("videos").unwrap();
        app.pass(A_WHILE).await;
        let seen = now(&app, &marketer, &feed).await;
        assert_eq!((&seen["error"], app.rows("posts").await), (&Value::Null, 1), "{path}");
    }
}
