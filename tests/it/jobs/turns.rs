//! Nobody's posts go out in a burst: of one person at one network one share goes at a time, and the next a minute later.

use chrono::{DateTime, Duration, Utc};
use klaroen_core::share::SPACING;
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::TestApp;

const UNDO: Duration = Duration::seconds(10);
const TWO_MINUTES: Duration = Duration::minutes(2);

fn seen(share: &Value) -> (&str, &str) {
    (share["state"].as_str().unwrap(), share["reason"]["code"].as_str().unwrap_or_default())
}

fn until(share: &Value) -> DateTime<Utc> {
    share["reason"]["until"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn the_second_share_of_a_person_waits_a_minute_and_says_until_when() {
    let app = TestApp::start().await;
    let (employee, colleague) = (app.sharer(1).await, app.sharer(2).await);
    employee.connect_mastodon(&app, 1).await;
    let (one, two, three) = (app.live_post().await, app.live_post().await, app.live_post().await);
    let mut shares = vec![];
    for post in [one, two, three] {
        shares.push(employee.share(post).await);
    }
    let elsewhere = employee.share_on("mastodon", two, "Words").await;
    let others = colleague.share(two).await;
    app.pass(UNDO).await;
    let now = app.app.clock.now();
    assert_eq!(seen(&employee.look_at(&shares[0]).await), ("published", ""), "in the order in which they were made");
    for share in &shares[1..] {
        let share = employee.look_at(share).await;
        assert_eq!((seen(&share), until(&share)), (("queued", "share.spaced"), now + SPACING));
    }
    assert_eq!(seen(&employee.look_at(&elsewhere).await), ("published", ""), "another network");
    assert_eq!(seen(&colleague.look_at(&others).await), ("published", ""), "another person");
    app.pass(SPACING - Duration::seconds(1)).await;
    assert_eq!(seen(&employee.look_at(&shares[1]).await), ("queued", "share.spaced"));
    app.pass(Duration::seconds(1)).await;
    assert_eq!(seen(&employee.look_at(&shares[1]).await), ("published", ""));
    let last = employee.look_at(&shares[2]).await;
    assert_eq!((seen(&last), until(&last)), (("queued", "share.spaced"), now + SPACING * 2));
    let stopped = employee.with_share(&last, "cancel", &json!({})).await.expect(200).json();
    assert_eq!(seen(&stopped), ("cancelled", ""), "it can be stopped as long as it waits");
    app.pass(SPACING).await;
    assert_eq!(app.world.posts().len(), 3);
}

#[tokio::test]
async fn what_did_not_come_out_keeps_nobody_waiting() {
    let app = TestApp::start().await;
    let answer = |status, code: &str| Fault::Answer { status, body: json!({ "code": code }).to_string() };
    for (member, endpoint, fault) in
        [(1, Endpoint::Posts, answer(422, "OTHER")), (3, Endpoint::ImageInitialize, Fault::DropBefore)]
    {
        let employee = app.sharer(member).await;
        let first = employee.share(app.live_post().await).await;
        let second = employee.share(app.live_post().await).await;
        app.world.fault(endpoint, Some(member), 1, fault.clone());
        app.pass(UNDO).await;
        assert_ne!(seen(&employee.look_at(&first).await).0, "published", "{fault:?}");
        assert_eq!(seen(&employee.look_at(&second).await), ("published", ""), "{fault:?}");
    }
}

#[tokio::test]
async fn what_may_be_out_keeps_the_next_one_waiting_and_its_probe_waits_for_that() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    employee.patch("/api/me", &json!({ "may_probe": true })).await.expect(200);
    let first = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DropBefore);
    app.pass(UNDO).await;
    let lost = employee.look_at(&first).await;
    assert_eq!(lost["state"], "unknown");
    let second = employee.share(app.live_post().await).await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&second).await), ("queued", "share.spaced"));
    // No worker ran until a second before the probe.
    app.pass(TWO_MINUTES - UNDO - Duration::seconds(1)).await;
    assert_eq!(seen(&employee.look_at(&second).await), ("published", ""));
    app.pass(Duration::seconds(1)).await;
    let probed = employee.look_at(&first).await;
    assert_eq!(
        (&probed["state"], &probed["probe_at"]),
        (&json!("unknown"), &json!(app.app.clock.now() + SPACING - Duration::milliseconds(1_001)))
    );
    app.pass(SPACING).await;
    assert_eq!(seen(&employee.look_at(&first).await), ("published", ""), "in time to be recognised, had it been there");
    assert_eq!(app.world.posts().len(), 2);
}

#[tokio::test]
async fn a_conflict_may_be_out_so_the_one_retry_and_the_next_share_wait_a_minute() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let first = employee.share(app.live_post().await).await;
    let body = json!({ "code": "CONFLICT" }).to_string();
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::AnswerAfter { status: 409, body });
    app.pass(UNDO).await;
    let second = employee.share(app.live_post().await).await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&first).await).0, "queued");
    assert_eq!(seen(&employee.look_at(&second).await), ("queued", "share.spaced"));
    app.pass(SPACING).await;
    assert_eq!(seen(&employee.look_at(&first).await), ("published", ""), "the duplicate proved it");
    app.pass(SPACING * 2).await;
    assert_eq!(seen(&employee.look_at(&second).await), ("published", ""));
    assert_eq!(app.world.posts().len(), 2);
}

#[tokio::test]
async fn waiting_is_no_try_so_what_stood_behind_others_is_tried_again_within_seconds() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    for _ in 0..11 {
        employee.share(app.live_post().await).await;
    }
    let last = employee.share(app.live_post().await).await;
    app.pass(UNDO).await;
    for _ in 0..10 {
        app.pass(SPACING).await;
    }
    app.world.fault(Endpoint::ImageInitialize, Some(1), 1, Fault::DropBefore);
    app.pass(SPACING).await;
    assert_eq!(seen(&employee.look_at(&last).await), ("queued", "network.unreachable"));
    app.pass(Duration::seconds(10)).await;
    assert_eq!(seen(&employee.look_at(&last).await), ("published", ""));
}

#[tokio::test]
async fn whoever_connects_anew_in_between_has_no_burst_either() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let first = employee.share(app.live_post().await).await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&first).await), ("published", ""));
    employee.connect(1).await;
    let second = employee.share(app.live_post().await).await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&second).await), ("queued", "share.spaced"));
    app.pass(SPACING).await;
    assert_eq!(seen(&employee.look_at(&second).await), ("published", ""));
}
