//! Signing in and out.

use chrono::Duration;
use klaroen_core::{db::Actor, person::Person, role::Role};
use serde_json::json;

use crate::support::{Client, TestApp};

const PASSWORD: &str = "violet tractor harbour nine";

async fn with_password(app: &TestApp, who: &Client) -> String {
    let hash = klaroen_core::password::hash(PASSWORD.to_owned().into()).await.unwrap();
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    Person::set_password(&mut tx, who.id, &hash).await.unwrap();
    let person = Person::get(&mut tx, who.id).await.unwrap();
    tx.commit().await.unwrap();
    person.email
}

fn cookie_of(answer: &crate::support::Answer) -> String {
    let cookie = answer.header("set-cookie").expect("a cookie");
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    cookie.split(['=', ';']).nth(1).expect("a value").to_owned()
}

#[tokio::test]
async fn a1_an_old_cookie_is_worth_nothing_after_sign_out_role_change_and_switching_off() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let employee = app.employee().await;
    employee.get("/api/session").await.expect(200);
    employee.delete("/api/session").await.expect(204);
    employee.get("/api/session").await.expect(401);

    let promoted = app.employee().await;
    admin.patch(&format!("/api/people/{}", promoted.id), &json!({ "roles": ["employee", "hr"] })).await.expect(200);
    promoted.get("/api/session").await.expect(401);

    let leaver = app.employee().await;
    admin.patch(&format!("/api/people/{}", leaver.id), &json!({ "active": false })).await.expect(200);
    leaver.get("/api/session").await.expect(401);
}

#[tokio::test]
async fn a1_signing_in_gives_a_new_cookie_and_ends_the_session_before() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let email = with_password(&app, &employee).await;
    let answer = employee.post("/api/session", &json!({ "email": email, "password": PASSWORD })).await.expect(200);
    let cookie = cookie_of(&answer);
    employee.get("/api/session").await.expect(401);
    let session = employee.with_cookie(&cookie).get("/api/session").await.expect(200).json();
    assert_eq!(session["person"]["email"], email);
    assert_eq!(session["person"]["roles"], json!(["employee"]));
}

#[tokio::test]
async fn a2_a_session_ends_with_the_clock() {
    let app = TestApp::start().await;
    let (employee, hr) = (app.employee().await, app.hr().await);
    app.app.clock.advance(Duration::minutes(29));
    hr.get("/api/session").await.expect(200);
    app.app.clock.advance(Duration::minutes(30));
    hr.get("/api/session").await.expect(401);
    employee.get("/api/session").await.expect(200);
    app.app.clock.advance(Duration::hours(12));
    employee.get("/api/session").await.expect(401);
}

#[tokio::test]
async fn a6_a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let email = with_password(&app, &employee).await;
    let nobody = app.nobody();
    let wrong = nobody.post("/api/session", &json!({ "email": email, "password": "wrong" })).await.expect(401);
    let unknown =
        nobody.post("/api/session", &json!({ "email": "x@example.com", "password": "wrong" })).await.expect(401);
    assert_eq!(wrong.text, unknown.text);
    assert_eq!(wrong.code(), "session.wrong_credentials");
}

#[tokio::test]
async fn a8_guessing_is_answered_with_a_wait_and_the_person_signs_in_after_it() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let email = with_password(&app, &employee).await;
    let nobody = app.nobody();
    for _ in 0..3 {
        nobody.post("/api/session", &json!({ "email": email, "password": "wrong" })).await.expect(401);
    }
    let refused = nobody.post("/api/session", &json!({ "email": email, "password": PASSWORD })).await.expect(429);
    assert_eq!(refused.header("retry-after"), Some("20"));
    app.app.clock.advance(Duration::seconds(20));
    nobody.post("/api/session", &json!({ "email": email, "password": PASSWORD })).await.expect(200);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let employee = app.person(&[Role::Employee]).await;
    with_password(&app, &employee).await;
    let weak = json!({ "current": PASSWORD, "new": "passwordpassword" });
    assert_eq!(employee.post("/api/me/password", &weak).await.expect(422).code(), "password.weak");
    let wrong = json!({ "current": "not it", "new": "another lengthy violet tractor" });
    assert_eq!(employee.post("/api/me/password", &wrong).await.expect(422).code(), "password.wrong");
    let good = json!({ "current": PASSWORD, "new": "another lengthy violet tractor" });
    let answer = employee.post("/api/me/password", &good).await.expect(200);
    employee.get("/api/session").await.expect(401);
    employee.with_cookie(&cookie_of(&answer)).get("/api/session").await.expect(200);
}

#[tokio::test]
async fn own_sessions_are_listed_and_can_be_ended() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let sessions = employee.get("/api/sessions").await.expect(200).json();
    assert_eq!(sessions[0]["current"], true);
    let id = sessions[0]["id"].as_str().unwrap();
    app.employee().await.delete(&format!("/api/sessions/{id}")).await.expect(404);
    employee.delete(&format!("/api/sessions/{id}")).await.expect(204);
    employee.get("/api/session").await.expect(401);
}
