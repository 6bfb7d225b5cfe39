//! The one probe of an unknown share: only with permission, byte by byte, once, in time, and never after the person.

use chrono::Duration;
use klaroen_core::sql;
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const UNDO: Duration = Duration::seconds(10);
const TWO_MINUTES: Duration = Duration::minutes(2);

fn state(share: &Value) -> &str {
    share["state"].as_str().unwrap()
}

/// An employee who allows the probe, and a share of theirs that met `fault`.
async fn lost(app: &TestApp, member: u32, fault: Fault) -> (Client, Value) {
    let employee = app.sharer(member).await;
    employee.patch("/api/me", &json!({ "may_probe": true })).await.expect(200);
    let share = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(member), 1, fault);
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    assert_eq!(state(&share), "unknown");
    (employee, share)
}

async fn bodies(app: &TestApp) -> Vec<(i32, String)> {
    sql!(app.app.db.read(), fetch_all, "select attempt, body from shares order by created_at, id").unwrap()
}

#[tokio::test]
async fn nobody_is_probed_without_saying_yes() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let me = employee.get("/api/session").await.expect(200).json();
    assert_eq!(me["person"]["may_probe"], false, "off until the person says yes");
    let share = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DropBefore);
    app.pass(UNDO).await;
    assert_eq!(employee.look_at(&share).await["probe_at"], Value::Null);
    for _ in 0..10 {
        app.pass(Duration::minutes(1)).await;
    }
    assert_eq!(state(&employee.look_at(&share).await), "unknown");
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn a_probe_finds_what_is_out_and_sends_what_is_not() {
    let app = TestApp::start().await;
    for (member, fault, confirmed_by) in [(1, Fault::DropAfter, json!("probe")), (2, Fault::DropBefore, Value::Null)] {
        let posts = app.world.posts().len();
        let (employee, share) = lost(&app, member, fault.clone()).await;
        let since = app.app.clock.now();
        assert_eq!(share["probe_at"], json!(since + TWO_MINUTES));
        let before = bodies(&app).await;
        app.pass(TWO_MINUTES - Duration::seconds(1)).await;
        assert_eq!(state(&employee.look_at(&share).await), "unknown", "it waits two minutes");
        app.pass(Duration::seconds(1)).await;
        let share = employee.look_at(&share).await;
        assert_eq!((state(&share), &share["confirmed_by"]), ("published", &confirmed_by), "{fault:?}");
        assert_eq!(share["probe_at"], Value::Null);
        assert_eq!(app.world.posts().len(), posts + 1, "once");
        let urn = &app.world.posts()[posts].urn;
        assert_eq!(share["url"], format!("{}/feed/update/{urn}/", app.world.base_url()));
        let after = bodies(&app).await;
        let (last, first) = (after.last().unwrap(), before.last().unwrap());
        assert_eq!((&last.1, last.0), (&first.1, first.0 + 1), "the very same bytes, once more");
    }
}

#[tokio::test]
async fn a_probe_that_proves_nothing_was_the_last() {
    let app = TestApp::start().await;
    let answer = |status, code: &str| Fault::Answer { status, body: json!({ "code": code }).to_string() };
    let duplicate = json!({ "errorDetails": { "inputErrors": [{ "code": "DUPLICATE_POST" }] } }).to_string();
    let faults = [
        Fault::DropBefore,
        Fault::ResetAfter,
        answer(500, "X"),
        answer(400, "X"),
        answer(403, "ACCESS_DENIED"),
        answer(409, "CONFLICT"),
        Fault::Answer { status: 422, body: duplicate },
        answer(426, "NONEXISTENT_VERSION"),
        answer(429, "TOO_MANY_REQUESTS"),
    ];
    for (member, fault) in (1..).zip(faults) {
        let (employee, share) = lost(&app, member, Fault::DropAfter).await;
        app.world.fault(Endpoint::Posts, Some(member), 1, fault.clone());
        let posts = app.world.posts().len();
        for _ in 0..12 {
            app.pass(Duration::minutes(1)).await;
        }
        let share = employee.look_at(&share).await;
        assert_eq!((state(&share), &share["probe_at"]), ("unknown", &Value::Null), "{fault:?}");
        assert_eq!(bodies(&app).await.last().unwrap().0, 2, "{fault:?}: one send, one probe");
        assert_eq!(app.world.posts().len(), posts);
    }
}

#[tokio::test]
async fn a_token_that_a_probe_finds_dead_ends_the_connection() {
    let app = TestApp::start().await;
    let (employee, share) = lost(&app, 1, Fault::DropAfter).await;
    app.world.revoke_tokens(1);
    app.pass(TWO_MINUTES).await;
    assert_eq!(state(&employee.look_at(&share).await), "unknown");
    assert_eq!(employee.get("/api/connections").await.expect(200).json()[0]["state"], "revoked");
}

#[tokio::test]
async fn whoever_answers_first_is_not_probed_after() {
    let app = TestApp::start().await;
    for (member, answer, after) in
        [(1, json!({ "appeared": false }), "refused"), (2, json!({ "appeared": false, "again": true }), "published")]
    {
        let (employee, share) = lost(&app, member, Fault::DropBefore).await;
        let answered = employee.with_share(&share, "answer", &answer).await.expect(200).json();
        assert_eq!(answered["probe_at"], Value::Null);
        for _ in 0..10 {
            app.pass(Duration::minutes(1)).await;
        }
        assert_eq!(state(&employee.look_at(&share).await), after);
    }
    assert_eq!(app.world.posts().len(), 1);
}

#[tokio::test]
async fn a_yes_taken_back_a_post_withdrawn_and_time_run_out_leave_it_to_the_person() {
    let app = TestApp::start().await;
    let (employee, share) = lost(&app, 1, Fault::DropBefore).await;
    employee.patch("/api/me", &json!({ "may_probe": false })).await.expect(200);
    let (second, other) = lost(&app, 2, Fault::DropBefore).await;
    let marketer = app.marketer().await;
    let post = other["post"]["id"].as_str().unwrap();
    marketer.patch(&format!("/api/posts/{post}"), &json!({ "state": "withdrawn" })).await.expect(200);
    let (third, late) = lost(&app, 3, Fault::DropBefore).await;
    // No worker ran in between.
    app.pass(Duration::minutes(8) + Duration::seconds(1)).await;
    for (employee, share) in [(&employee, &share), (&second, &other), (&third, &late)] {
        let share = employee.look_at(share).await;
        assert_eq!((state(&share), &share["probe_at"]), ("unknown", &Value::Null));
    }
    assert!(app.world.posts().is_empty());
}
