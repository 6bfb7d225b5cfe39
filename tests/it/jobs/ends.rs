//! Ends of what could otherwise go on for ever, or be claimed twice.

use chrono::Duration;
use klaroen_core::share::SPACING;
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::TestApp;

const UNDO: Duration = Duration::seconds(10);

fn seen(share: &Value) -> (&str, &str) {
    (share["state"].as_str().unwrap(), share["reason"]["code"].as_str().unwrap_or_default())
}

fn answer(status: u16, body: &Value) -> Fault {
    Fault::Answer { status, body: body.to_string() }
}

#[tokio::test]
async fn a_refusal_before_the_send_is_tried_hourly_for_a_day() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    let refusal = answer(400, &json!({ "code": "INVALID_URN_ID", "message": "no" }));
    app.world.fault(Endpoint::ImageInitialize, Some(1), 100, refusal);
    app.pass(UNDO).await;
    for _ in 0..23 {
        let held = app.sign_in_again(&employee).await.look_at(&share).await;
        assert_eq!(seen(&held), ("held", "network.form"));
        assert_eq!(held["reason"]["until"], json!(app.app.clock.now() + Duration::hours(1)));
        app.pass(Duration::hours(1)).await;
    }
    let share = app.sign_in_again(&employee).await.look_at(&share).await;
    assert_eq!((seen(&share), &share["reason"]["detail"]), (("refused", "network.form"), &json!("no")));
}

#[tokio::test]
async fn a_refusal_that_is_mended_meanwhile_ends_nothing() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::ImageInitialize, Some(1), 2, answer(403, &json!({ "code": "ACCESS_DENIED" })));
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("held", "network.permission"));
    app.pass(Duration::hours(1)).await;
    app.pass(Duration::hours(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("published", ""));
}

/// A duplicate that names the post of another share proves nothing about this one.
#[tokio::test]
async fn the_network_cannot_make_two_shares_of_one_post() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    employee.share(app.live_post().await).await;
    app.pass(UNDO).await;
    app.pass(SPACING).await;
    let urn = app.world.posts()[0].urn.clone();
    let share = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(1), 1, answer(409, &json!({ "code": "CONFLICT" })));
    let inputs = json!({ "inputErrors": [{ "code": "DUPLICATE_POST" }] });
    let ghost = json!({ "message": format!("Content is a duplicate of {urn}"), "errorDetails": inputs });
    app.world.fault(Endpoint::Posts, Some(1), 1, answer(422, &ghost));
    app.pass(UNDO).await;
    app.pass(SPACING).await;
    let share = employee.look_at(&share).await;
    assert_eq!((seen(&share), &share["url"]), (("unknown", "network.lost"), &Value::Null));
    assert!(share["reason"]["detail"].as_str().unwrap().contains("another share"));
}
