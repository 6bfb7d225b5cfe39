//! A token that the network hands out again to the same account: asking to forget it would end a connection that works.

use chrono::Duration;
use klaroen_core::{share::SPACING, sql};
use klaroen_sandbox::{Endpoint, Fault};
use reqwest::Method;
use serde_json::json;

use super::tokens::audited;
use crate::support::{Client, TestApp, token_in};

/// Whether a share goes out.
async fn can_share(app: &TestApp, who: &Client) -> bool {
    let share = who.share_on("mastodon", app.live_post().await, "Words").await;
    app.pass(SPACING).await;
    who.look_at(&share).await["state"] == "published"
}

/// Authorises a member from the link in the newest mail, and comes back.
async fn come_back_from_mail(app: &TestApp, member: u32) -> crate::support::Answer {
    let nobody = app.nobody();
    let token = token_in(&app.newest_mail()).to_owned();
    let started = nobody.post("/api/renewals/start", &json!({ "token": token })).await.expect(200);
    let cookie = started.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let callback = nobody.answer_at(&started.json(), member, "allow").await;
    nobody.send_raw(Method::GET, &callback, &[("cookie", &cookie)], None).await
}

#[tokio::test]
async fn who_connects_again_at_once_keeps_the_token_that_was_to_be_forgotten() {
    let app = TestApp::start().await;
    let employee = app.sharer_on("mastodon", 1).await;
    employee.delete("/api/connections/mastodon").await.expect(204);
    employee.connect_mastodon(&app, 1).await;
    app.drain().await;
    assert!(can_share(&app, &employee).await);
    // The same while the account waits for "is this you?".
    employee.delete("/api/connections/mastodon").await.expect(204);
    let callback = employee.consent_mastodon(&app, 1, "allow").await;
    let id = employee.come_back(&callback).await.replace("pending=", "");
    app.drain().await;
    employee.post(&format!("/api/connections/pending/{id}/confirm"), &json!({})).await.expect(200);
    assert!(can_share(&app, &employee).await);
    let kept = r#"{"network":"mastodon","result":"in_use","tries":1}"#;
    assert_eq!(audited(&app).await, [kept, kept]);
    // And who does not connect again is forgotten.
    employee.delete("/api/connections/mastodon").await.expect(204);
    app.drain().await;
    assert_eq!(audited(&app).await[2], r#"{"network":"mastodon","result":"done","tries":1}"#);
}

#[tokio::test]
async fn who_authorises_the_account_of_a_colleague_does_not_end_its_connection() {
    let app = TestApp::start().await;
    let (colleague, employee) = (app.sharer_on("mastodon", 2).await, app.sharer_on("mastodon", 1).await);
    employee.want_reminders(true).await;
    app.world.revoke_tokens(1);
    assert!(!can_share(&app, &employee).await);
    // From a mail.
    let page = come_back_from_mail(&app, 2).await.expect(303).header("location").unwrap().to_owned();
    assert_eq!(page, "/renew?lang=en&error=renewal.other_account");
    assert!(can_share(&app, &colleague).await);
    // On one's own page: "this is not me".
    let callback = employee.consent_mastodon(&app, 2, "allow").await;
    let id = employee.come_back(&callback).await.replace("pending=", "");
    employee.delete(&format!("/api/connections/pending/{id}")).await.expect(204);
    assert!(can_share(&app, &colleague).await);
}

#[tokio::test]
async fn a_renewal_that_fails_here_asks_nobody_to_forget_a_token() {
    let app = TestApp::start().await;
    let employee = app.reminded(1).await;
    app.pass(Duration::days(46)).await;
    let rename = async |statement: &'static str| {
        let mut tx = app.app.db.write(klaroen_core::db::Actor::System("test")).await.unwrap();
        sql!(tx, execute, statement).unwrap();
        tx.commit().await.unwrap();
    };
    app.world.fault(Endpoint::Revoke, None, 1, Fault::Answer { status: 404, body: String::new() });
    rename("alter table connections rename column handle to handle_away").await;
    come_back_from_mail(&app, 1).await.expect(500);
    rename("alter table connections rename column handle_away to handle").await;
    let employee = app.sign_in_again(&employee).await;
    assert_eq!(employee.connection("linkedin").await["state"], "works");
    employee.delete("/api/connections/linkedin").await.expect(204);
    app.drain().await;
    let first = r#"{"network":"linkedin","result":"refused","tries":1}"#;
    assert_eq!(audited(&app).await, [first], "the first call to revoke is the one after disconnecting");
}
