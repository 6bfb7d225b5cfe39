//! The first admin and the invitations that follow.

use chrono::Duration;
use klaroen_core::{db::Actor, invite::Invite};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

fn joining(token: &str) -> Value {
    json!({
        "token": token, "name": "Employee 012", "password": "violet tractor harbour nine",
        "language": "nl", "time_zone": "Europe/Amsterdam",
    })
}

async fn invite(admin: &Client, email: &str) -> String {
    let new = json!({ "email": email, "name": "Employee 012", "roles": ["employee"], "team": "Sales" });
    let link = admin.post("/api/invites", &new).await.expect(201).json()["link"].as_str().unwrap().to_owned();
    link.split_once("/invite#").expect("a link of ours").1.to_owned()
}

#[tokio::test]
async fn the_set_up_link_makes_the_first_admin_once() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    assert_eq!(nobody.get("/api/setup").await.expect(200).json()["needed"], true);
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let token = Invite::set_up(&mut tx).await.unwrap().expose_secret().to_owned();
    tx.commit().await.unwrap();
    let mut first = joining(&token);
    first["email"] = "Admin@Example.com".into();
    assert_eq!(nobody.post("/api/invites/accept", &joining(&token)).await.expect(409).code(), "invite.gone");
    let session = nobody.post("/api/setup", &first).await.expect(201).json();
    assert_eq!(session["person"]["email"], "admin@example.com");
    assert_eq!(session["person"]["roles"], json!(["admin"]));
    assert_eq!(nobody.post("/api/setup", &first).await.expect(409).code(), "invite.gone");
    assert_eq!(nobody.get("/api/setup").await.expect(200).json()["needed"], false);
}

#[tokio::test]
async fn a9_an_invitation_makes_exactly_one_account() {
    let app = TestApp::start().await;
    let (admin, nobody) = (app.admin().await, app.nobody());
    let token = invite(&admin, "new@example.com").await;
    for _ in 0..10 {
        let seen = nobody.post("/api/invites/look", &json!({ "token": token })).await.expect(200).json();
        assert_eq!(seen["email"], "new@example.com");
    }
    let mut accepts = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (nobody, body) = (nobody.clone(), joining(&token));
        accepts.spawn(async move { nobody.post("/api/invites/accept", &body).await.status.as_u16() });
    }
    let mut statuses = accepts.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses[0], 201);
    assert!(statuses[1..].iter().all(|status| *status == 409), "{statuses:?}");
    let people = admin.get("/api/people?q=new@example").await.expect(200).json();
    assert_eq!(people["items"].as_array().unwrap().len(), 1);
    assert_eq!(people["items"][0]["team"], "Sales");
}

#[tokio::test]
async fn a9_an_invitation_dies_with_time_and_with_a_newer_one() {
    let app = TestApp::start().await;
    let (admin, nobody) = (app.admin().await, app.nobody());
    let first = invite(&admin, "new@example.com").await;
    let second = invite(&admin, "new@example.com").await;
    assert_eq!(nobody.post("/api/invites/accept", &joining(&first)).await.expect(409).code(), "invite.gone");
    app.app.clock.advance(Duration::hours(72));
    assert_eq!(nobody.post("/api/invites/accept", &joining(&second)).await.expect(409).code(), "invite.gone");
}

#[tokio::test]
async fn an_invitation_says_what_is_wrong_with_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let bad = json!({ "email": "not an address", "name": " ", "roles": ["employee"] });
    let errors = admin.post("/api/invites", &bad).await.expect(422).json()["errors"].clone();
    let pointers: Vec<_> = errors.as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
    assert_eq!(pointers, ["/email", "/name"]);
    let nobody_yet = json!({ "email": "a@example.com", "name": "A", "roles": [] });
    assert_eq!(admin.post("/api/invites", &nobody_yet).await.expect(422).code(), "required");
}
