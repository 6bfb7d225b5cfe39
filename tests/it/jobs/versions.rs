//! Versions of the network's API: one that is gone is followed by one try with a newer one, and the admin sees it all.

use chrono::{Duration, NaiveDate};
use klaroen_core::{db::Actor, sql};
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::TestApp;

const UNDO: Duration = Duration::seconds(10);
const SECOND: Duration = Duration::seconds(1);

fn seen(share: &Value) -> (&str, &str) {
    (share["state"].as_str().unwrap(), share["reason"]["code"].as_str().unwrap_or_default())
}

async fn app_with(versions: &str) -> TestApp {
    let versions = versions.parse().unwrap();
    TestApp::start_with(|config| config.linkedin.versions = versions).await
}

async fn without_pictures(app: &TestApp) {
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    sql!(tx, execute, "update posts set media_id = null").unwrap();
    tx.commit().await.unwrap();
}

async fn health(app: &TestApp) -> Value {
    app.admin().await.get("/api/health/publishing").await.expect(200).json()
}

fn codes(health: &Value) -> Vec<&str> {
    health["alarms"].as_array().unwrap().iter().map(|alarm| alarm["code"].as_str().unwrap()).collect()
}

/// 202510 ended on 2026-10-15; the tests live in November.
#[tokio::test]
async fn a_version_that_is_gone_is_followed_by_a_newer_one_and_everybody_learns_it() {
    let app = app_with("202609,202510").await;
    for (member, has_picture) in [(1, true), (2, false)] {
        let employee = app.sharer(member).await;
        let share = employee.share(app.live_post().await).await;
        if !has_picture {
            without_pictures(&app).await;
        }
        app.pass(UNDO).await;
        app.pass(SECOND).await;
        assert_eq!(seen(&employee.look_at(&share).await), ("published", ""), "with a picture: {has_picture}");
        // The first of them taught it to all.
        let health = health(&app).await;
        assert_eq!(codes(&health), ["network.version"]);
        assert_eq!((&health["alarms"][0]["detail"], &health["alarms"][0]["times"]), (&json!("202510"), &json!(1)));
        assert_eq!(health["versions"][0]["in_use"], true);
        assert_eq!(
            (&health["versions"][1]["version"], &health["versions"][1]["in_use"]),
            (&json!("202510"), &json!(false))
        );
        assert!(health["versions"][1]["gone_at"].is_string());
    }
    let asked = "select count(*) from shares where attempt = 1 and state = 'published'";
    let (once,): (i64,) = sql!(app.app.db.read(), fetch_one, asked).unwrap();
    assert_eq!(once, 2, "one met it while uploading its picture, the other not at all");
}

#[tokio::test]
async fn the_second_refusal_is_final_and_a_day_later_it_is_asked_again() {
    let app = app_with("202609,202608").await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    without_pictures(&app).await;
    let gone = Fault::Answer { status: 426, body: json!({ "code": "NONEXISTENT_VERSION" }).to_string() };
    app.world.fault(Endpoint::Posts, Some(1), 2, gone);
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.version"));
    app.pass(SECOND).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("refused", "network.version"));
    app.pass(Duration::days(1) + SECOND).await;
    let health = health(&app).await;
    assert_eq!((codes(&health).len(), &health["versions"][1]["in_use"]), (0, &json!(true)));
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn thirty_days_before_its_end_a_version_is_an_alarm_once_a_day() {
    let app = app_with("202609").await;
    let end = NaiveDate::from_ymd_opt(2027, 9, 15).unwrap();
    let days = |clock: chrono::DateTime<chrono::Utc>| (end - clock.date_naive()).num_days();
    app.pass(Duration::days(days(app.app.clock.now()) - 31)).await;
    assert!(codes(&health(&app).await).is_empty());
    app.pass(Duration::days(1)).await;
    for _ in 0..3 {
        app.drain().await;
    }
    let health = health(&app).await;
    assert_eq!(codes(&health), ["network.version_ends"]);
    assert_eq!((&health["alarms"][0]["times"], &health["versions"][0]["days_left"]), (&json!(1), &json!(30)));
    assert_eq!(
        (&health["versions"][0]["ends_on"], &health["versions"][0]["announced"]),
        (&json!("2027-09-15"), &json!(true))
    );
}

#[tokio::test]
async fn an_application_that_may_not_post_is_an_alarm() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    let denied = Fault::Answer { status: 403, body: json!({ "code": "ACCESS_DENIED", "message": "no" }).to_string() };
    app.world.fault(Endpoint::Posts, Some(1), 1, denied);
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("refused", "network.permission"));
    assert_eq!(codes(&health(&app).await), ["network.permission"]);
}
