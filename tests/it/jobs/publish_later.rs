//! Shares that wait, are stopped or change hands before the practice LinkedIn has them.

use chrono::Duration;
use klaroen_core::{
    db::Actor,
    share::{SPACING, Share},
    sql,
};
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::json;

use super::publish_shares::{UNDO, answer, seen, share_with};
use crate::support::TestApp;

#[tokio::test]
async fn a_token_revoked_in_the_middle_holds_everything_until_it_is_renewed() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let now = employee.share(app.live_post().await).await;
    let mut later = crate::support::share_request(app.live_post().await, "Later", uuid::Uuid::now_v7());
    later["run_at"] = json!(app.app.clock.now() + Duration::hours(1));
    let later = employee.post("/api/shares", &later).await.expect(201).json();
    app.world.revoke_tokens(1);
    app.pass(UNDO).await;
    for share in [&now, &later] {
        assert_eq!(seen(&employee.look_at(share).await), ("held", "connection.revoked"));
    }
    let connection = employee.get("/api/connections").await.expect(200).json();
    assert_eq!(connection[0]["state"], "revoked");
    let ask = crate::support::share_request(app.live_post().await, "Hi", uuid::Uuid::now_v7());
    assert_eq!(employee.post("/api/shares", &ask).await.expect(409).code(), "connection.missing");
    employee.connect(1).await;
    assert_eq!(seen(&employee.look_at(&now).await), ("queued", ""));
    assert_eq!(seen(&employee.look_at(&later).await), ("planned", ""));
    app.pass(UNDO).await;
    app.pass(Duration::hours(1)).await;
    for share in [&now, &later] {
        assert_eq!(seen(&employee.look_at(share).await), ("published", ""));
    }
    assert_eq!(app.world.posts().len(), 2);
}

#[tokio::test]
async fn what_waits_for_a_connection_is_kept_for_seven_days() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    employee.delete("/api/connections/linkedin").await.expect(204);
    assert_eq!(seen(&employee.look_at(&share).await), ("held", "connection.missing"));
    app.pass(Duration::days(7) - Duration::seconds(1)).await;
    let employee = app.sign_in_again(&employee).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "held");
    app.pass(Duration::seconds(11)).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("cancelled", "connection.missing"));
    employee.connect(1).await;
    app.pass(Duration::days(1)).await;
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn the_days_limit_parks_until_the_next_utc_day() {
    let app = TestApp::start().await;
    app.world.rules(|rules| rules.member_calls_per_day = 0);
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("held", "network.throttled"));
    app.world.rules(|rules| rules.member_calls_per_day = 150);
    app.pass(Duration::hours(12)).await;
    let employee = app.sign_in_again(&employee).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "held", "20:00 UTC is still today");
    app.pass(Duration::hours(4) + Duration::minutes(31)).await;
    assert_eq!(seen(&app.sign_in_again(&employee).await.look_at(&share).await).0, "published");
}

#[tokio::test]
async fn what_provably_never_left_is_tried_again() {
    let app = TestApp::start().await;
    // Uploads may be repeated, whatever happened to them.
    for (member, fault) in [(1, Fault::DropAfter), (2, answer(500, "X"))] {
        for endpoint in [Endpoint::ImageInitialize, Endpoint::ImageUpload] {
            let (employee, share) = share_with(&app, member, endpoint, fault.clone()).await;
            assert_eq!(seen(&share), ("queued", "network.unreachable"));
            app.pass(Duration::hours(1)).await;
            assert_eq!(seen(&employee.look_at(&share).await).0, "published");
            employee.delete("/api/connections/linkedin").await.expect(204);
        }
    }
    let waiting = answer(400, "MEDIA_ASSET_WAITING_UPLOAD");
    let (employee, share) = share_with(&app, 3, Endpoint::Posts, waiting).await;
    assert_eq!(seen(&share), ("queued", "network.picture"));
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    assert_eq!(app.world.posts().len(), 5);
}

#[tokio::test]
async fn a_network_that_is_not_there_is_tried_again_until_it_is() {
    let app = TestApp::start_with(|config| {
        // Nothing listens on the port of "discard".
        config.linkedin.api_url = url::Url::parse("http://127.0.0.1:9").unwrap();
    })
    .await;
    let (employee, post) = (app.employee().await, app.live_post().await);
    app.connect_by_hand(&employee, 1).await;
    let share = employee.share(post).await;
    for _ in 0..3 {
        app.pass(Duration::hours(1)).await;
        assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"));
    }
    let attempts = async || -> i32 {
        let (attempts,) = sql!(app.app.db.read(), fetch_one, "select attempt from shares").unwrap();
        attempts
    };
    assert_eq!(attempts().await, 0, "the picture comes first, so nothing was ever sent");
    // Without one the send itself meets the closed port, and provably nothing left.
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    assert_eq!(sql!(tx, execute, "update posts set media_id = null").unwrap(), 1);
    tx.commit().await.unwrap();
    for sends in 1..=3 {
        app.pass(Duration::hours(1)).await;
        assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"));
        assert_eq!(attempts().await, sends);
    }
}

#[tokio::test]
async fn an_interrupted_send_becomes_unknown_when_its_lease_runs_out() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.app.clock.advance(UNDO);
    // A worker commits its intent and is never heard of again.
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let claimed = Share::claim_due(&mut tx).await.unwrap().expect("a due share");
    tx.commit().await.unwrap();
    let mut tx = app.app.db.write_durable(Actor::System("test")).await.unwrap();
    let attempt = claimed.intend(&mut tx, "{}".to_owned()).await.unwrap().expect("an intent");
    tx.commit().await.unwrap();
    app.pass(Duration::seconds(119)).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "posting");
    app.pass(Duration::seconds(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("unknown", "share.interrupted"));
    // R3: coming back late, it cannot write over what happened since.
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let urn = "urn:li:share:7000000000000000001".to_owned();
    let late = attempt.record(&mut tx, klaroen_core::network::Outcome::Published { urn }).await;
    assert!(late.is_err());
    drop(tx);
    assert_eq!(seen(&employee.look_at(&share).await).0, "unknown");
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn a_share_stopped_in_the_last_moment_is_not_sent() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.app.clock.advance(UNDO);
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let claimed = Share::claim_due(&mut tx).await.unwrap().expect("a due share");
    assert!(Share::claim_due(&mut tx).await.unwrap().is_none(), "one share, one worker");
    tx.commit().await.unwrap();
    employee.with_share(&share, "cancel", &json!({})).await.expect(200);
    let mut tx = app.app.db.write_durable(Actor::System("test")).await.unwrap();
    assert!(claimed.intend(&mut tx, "{}".to_owned()).await.unwrap().is_none());
    tx.commit().await.unwrap();
    app.pass(Duration::hours(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "cancelled");
}

#[tokio::test]
async fn withdrawing_a_post_empties_its_queue() {
    let app = TestApp::start().await;
    let (marketer, employee, post) = (app.marketer().await, app.sharer(1).await, app.live_post().await);
    let share = employee.share(post).await;
    marketer.patch(&format!("/api/posts/{post}"), &json!({ "state": "withdrawn" })).await.expect(200);
    assert_eq!(seen(&employee.look_at(&share).await), ("cancelled", "post.not_live"));
    app.pass(Duration::days(8)).await;
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn r3_many_workers_publish_each_share_once() {
    let app = TestApp::start().await;
    let mut people = vec![];
    for member in 1..=12 {
        people.push(app.sharer(member).await);
    }
    for _ in 0..5 {
        let post = app.live_post().await;
        for person in &people {
            person.share(post).await;
        }
    }
    for _ in 0..5 {
        app.app.clock.advance(SPACING);
        let workers = (0..5).map(|_| {
            let app = app.app.clone();
            tokio::spawn(async move { klaroen_worker::drain(&app).await })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap().unwrap();
        }
    }
    let (published,): (i64,) =
        sql!(app.app.db.read(), fetch_one, "select count(*) from shares where state = 'published'").unwrap();
    assert_eq!((published, app.world.posts().len()), (60, 60));
}
