//! The end of a token: here at once, at the network soon after, and known before a share meets it.

use chrono::Duration;
use klaroen_core::{
    db::Actor,
    network::{End, Grant, Network, connection},
    person::{Change, Person},
    sql,
};
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

/// What the network says of a token.
async fn standing(app: &TestApp, token: &str) -> Value {
    let site = app.world.base_url();
    let form = [("client_id", "klaroen-demo"), ("client_secret", "klaroen-demo-secret"), ("token", token)];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let address = format!("{site}/oauth/v2/introspectToken");
    app.nobody().send_raw(reqwest::Method::POST, &address, &headers, Some(body)).await.expect(200).json()["status"]
        .clone()
}

pub(super) async fn audited(app: &TestApp) -> Vec<String> {
    let rows: Vec<(String,)> =
        sql!(app.app.db.read(), fetch_all, "select detail from audit_log where action = 'token.revoked' order by seq")
            .unwrap();
    rows.into_iter().map(|(detail,)| detail).collect()
}

async fn left(app: &TestApp) -> (i64, i64, i64) {
    sql!(
        app.app.db.read(),
        fetch_one,
        "select (select count(*) from sessions s join people p on p.id = s.person_id where p.roles = 'employee'), \
         (select count(*) from connections), (select count(*) from revocations)"
    )
    .unwrap()
}

async fn connected(app: &TestApp, member: u32) -> (Client, String) {
    let employee = app.employee().await;
    let token = app.connect_by_hand(&employee, member).await;
    (employee, token)
}

#[tokio::test]
async fn o5_who_leaves_has_no_session_token_or_queue_at_once_and_the_network_forgets_the_token() {
    let app = TestApp::start().await;
    let (admin, post) = (app.admin().await, app.live_post().await);
    let (employee, token) = connected(&app, 1).await;
    employee.share(post).await;
    admin.patch(&format!("/api/people/{}", employee.id), &json!({ "active": false })).await.expect(200);
    let states: Vec<(String,)> = sql!(app.app.db.read(), fetch_all, "select state from shares").unwrap();
    assert_eq!((left(&app).await, states), ((0, 0, 1), vec![("cancelled".to_owned(),)]));
    assert_eq!(standing(&app, &token).await, "active");
    app.drain().await;
    assert_eq!((left(&app).await, standing(&app, &token).await), ((0, 0, 0), json!("revoked")));
    assert_eq!(audited(&app).await, [r#"{"network":"linkedin","result":"done","tries":1}"#]);
    app.pass(Duration::days(8)).await;
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn o5_a_network_that_does_not_answer_is_asked_three_times_more_within_a_minute() {
    let app = TestApp::start().await;
    let (first, token) = connected(&app, 1).await;
    app.world.fault(Endpoint::Revoke, None, 2, Fault::DropBefore);
    first.delete("/api/connections/linkedin").await.expect(204);
    app.drain().await;
    assert_eq!(left(&app).await.2, 1);
    app.pass(Duration::seconds(5)).await;
    app.pass(Duration::seconds(10)).await;
    assert_eq!((left(&app).await.2, standing(&app, &token).await), (0, json!("revoked")));
    let (second, token) = connected(&app, 2).await;
    app.world.fault(Endpoint::Revoke, None, 4, Fault::Answer { status: 503, body: "later".to_owned() });
    second.delete("/api/connections/linkedin").await.expect(204);
    for wait in [0, 5, 10, 15] {
        app.pass(Duration::seconds(wait)).await;
    }
    assert_eq!((left(&app).await.2, standing(&app, &token).await), (0, json!("active")), "it goes here all the same");
    let (third, _) = connected(&app, 3).await;
    app.world.fault(Endpoint::Revoke, None, 1, Fault::Answer { status: 404, body: String::new() });
    third.delete("/api/connections/linkedin").await.expect(204);
    app.drain().await;
    let result = |result: &str, tries: i32| format!(r#"{{"network":"linkedin","result":"{result}","tries":{tries}}}"#);
    assert_eq!(audited(&app).await, [result("done", 3), result("unanswered", 4), result("refused", 1)]);
}

#[tokio::test]
async fn o5_who_leaves_while_they_connect_has_no_token() {
    let app = TestApp::start().await;
    let (employee, db) = (app.employee().await, &app.app.db);
    let grant = Grant {
        subject: app.world.sub(1),
        display_name: "Member 001".to_owned(),
        handle: None,
        instance: None,
        scopes: String::new(),
        token: "a token".to_owned().into(),
        end: End::Never,
    };
    let mut leaving = db.write(Actor::System("test")).await.unwrap();
    Person::change(&mut leaving, employee.id, Change { active: Some(false), ..Change::default() }).await.unwrap();
    let connecting = async {
        let mut tx = db.write(Actor::System("test")).await.unwrap();
        let made = connection::connect(&mut tx, &app.app.key, employee.id, Network::LinkedIn, &grant).await;
        tx.commit().await.unwrap();
        made
    };
    let (made, left_here) = tokio::join!(connecting, leaving.commit());
    left_here.unwrap();
    assert!(made.is_err());
    assert_eq!(left(&app).await, (0, 0, 0));
}

#[tokio::test]
async fn an_account_that_takes_the_place_of_another_ends_its_token() {
    let app = TestApp::start().await;
    let (employee, first) = connected(&app, 1).await;
    let second = app.connect_by_hand(&employee, 2).await;
    app.drain().await;
    assert_eq!((standing(&app, &first).await, standing(&app, &second).await), (json!("revoked"), json!("active")));
    app.connect_by_hand(&employee, 2).await;
    app.drain().await;
    assert_eq!(
        (standing(&app, &second).await, left(&app).await),
        (json!("active"), (1, 1, 0)),
        "a newer one of the same"
    );
}

#[tokio::test]
async fn a_token_that_was_withdrawn_at_the_network_is_news_before_a_share_meets_it() {
    let app = TestApp::start().await;
    let (revoked, expired, fine) = (app.reminded(1).await, app.reminded(2).await, app.reminded(3).await);
    app.world.revoke_tokens(1);
    app.world.expire_tokens(2);
    app.pass(Duration::hours(23)).await;
    assert!(app.mails().is_empty());
    app.pass(Duration::hours(1)).await;
    let state = async |who: &Client| app.sign_in_again(who).await.connection("linkedin").await["state"].clone();
    assert_eq!((state(&revoked).await, state(&expired).await), (json!("revoked"), json!("expired")));
    assert_eq!(state(&fine).await, "works");
    let mut subjects: Vec<_> = app.mails().into_iter().map(|mail| mail.subject).collect();
    subjects.sort();
    assert_eq!(subjects, ["Your LinkedIn connection has ended", "Your LinkedIn connection no longer works"]);
    // What is planned waits from now on, and goes out after renewing.
    let again = app.sign_in_again(&revoked).await;
    again.connect(1).await;
    app.pass(Duration::days(2)).await;
    assert_eq!((state(&revoked).await, app.mails().len()), (json!("works"), 2), "told once");
}

#[tokio::test]
async fn a_network_that_does_not_say_how_a_token_stands_changes_nothing() {
    let app = TestApp::start().await;
    let employee = app.reminded(1).await;
    app.world.revoke_tokens(1);
    let answer = |status, body: &str| Fault::Answer { status, body: body.to_owned() };
    for fault in [
        answer(400, r#"{"error":"invalid_request"}"#),
        answer(401, r#"{"error":"invalid_client"}"#),
        answer(200, r#"{"active":false}"#),
        answer(200, "<html>"),
        answer(500, r#"{"active":false,"status":"revoked"}"#),
        Fault::DropBefore,
        Fault::DropAfter,
    ] {
        app.world.fault(Endpoint::Introspect, None, 1, fault.clone());
        app.pass(Duration::hours(25)).await;
        let own = app.sign_in_again(&employee).await.connection("linkedin").await;
        assert_eq!(own["state"], "works", "{fault:?}");
    }
    app.pass(Duration::hours(25)).await;
    assert_eq!(app.sign_in_again(&employee).await.connection("linkedin").await["state"], "revoked");
}
