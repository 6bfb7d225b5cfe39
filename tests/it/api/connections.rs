//! Connecting an account: only by the person and browser that asked, only once, only after "this is me".

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use chrono::Duration;
use klaroen_core::{db::Actor, role::Role, sql};
use klaroen_sandbox::{Endpoint, Fault};
use reqwest::Method;
use serde_json::json;

use crate::support::{Client, TestApp};

const CALLBACK: &str = "/api/connections/linkedin/callback";

async fn standing(who: &Client) -> String {
    who.get("/api/connections").await.expect(200).json()[0]["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_account_is_connected_after_this_is_me() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    assert_eq!(standing(&employee).await, "none");
    let id = employee.pending(7).await;
    let asked = employee.get(&format!("/api/connections/pending/{id}")).await.expect(200).json();
    let expected = json!({
        "network": "linkedin", "display_name": "Member 007", "handle": null, "return_to": "/settings",
        "expires_at": "2027-01-22T08:00:00Z",
    });
    assert_eq!(asked, expected);
    assert_eq!(standing(&employee).await, "none", "nothing is connected before the answer");
    let path = format!("/api/connections/pending/{id}/confirm");
    let connection = employee.post(&path, &json!({})).await.expect(200).json();
    assert_eq!((connection["state"].as_str(), connection["days_left"].as_i64()), (Some("works"), Some(60)));
    assert_eq!(employee.get("/api/connections").await.expect(200).json()[0], connection);
    employee.post(&path, &json!({})).await.expect(404);
    app.app.clock.advance(Duration::days(60));
    let later = app.sign_in_again(&employee).await;
    assert_eq!(standing(&later).await, "expired");
}

#[tokio::test]
async fn o1_crooked_ways_back_are_refused() {
    let app = TestApp::start().await;
    let (employee, attacker) = (app.employee().await, app.employee().await);
    let invalid = "error=state.invalid";
    // 1-4: no state, a made-up one, none at all, a yes that is also a no.
    for query in ["code=abc", "code=abc&state=made-up", "", "code=abc&error=access_denied&state=x"] {
        assert_eq!(employee.come_back(&format!("{CALLBACK}?{query}")).await, invalid, "{query}");
    }
    // 5: another person's state; it stays good for its owner.
    let callback = employee.consent(1, "allow").await;
    assert_eq!(attacker.come_back(&callback).await, invalid);
    // 6: the same person in another browser.
    let elsewhere = app.sign_in_again(&employee).await;
    assert_eq!(elsewhere.come_back(&callback).await, invalid);
    // 7: nobody at all; a page says so, and the state stays good for its owner.
    let answer = employee.anonymous().get(&callback).await.expect(303);
    assert_eq!(answer.header("location"), Some("/renew?error=state.invalid"));
    // 8: parameters given twice, in both directions.
    for twice in ["state=other", "code=other"] {
        assert_eq!(employee.come_back(&format!("{callback}&{twice}")).await, invalid);
    }
    // 9: another issuer.
    assert_eq!(employee.come_back(&format!("{callback}&iss=https%3A%2F%2Fevil.example")).await, invalid);
    // 10: a network that does not exist.
    employee.get(&callback.replace("linkedin", "elsewhere")).await.expect(404);
    // 11: parameters that want to change where it goes have no effect; 12: the same callback twice.
    let good = employee.come_back(&format!("{callback}&return_to=https%3A%2F%2Fevil.example&redirect_uri=x")).await;
    let id = good.strip_prefix("pending=").expect("the honest one works");
    let pending = employee.get(&format!("/api/connections/pending/{id}")).await.expect(200).json();
    assert_eq!(pending["return_to"], "/settings");
    assert_eq!(employee.come_back(&callback).await, invalid);
    // 13: the pending account of somebody else, to look at, to take and to throw away.
    for who in [&attacker, &elsewhere] {
        who.get(&format!("/api/connections/pending/{id}")).await.expect(404);
        who.post(&format!("/api/connections/pending/{id}/confirm"), &json!({})).await.expect(404);
        who.delete(&format!("/api/connections/pending/{id}")).await.expect(404);
    }
    // 14: too late.
    let late = employee.consent(1, "allow").await;
    app.app.clock.advance(Duration::minutes(10));
    assert_eq!(employee.come_back(&late).await, invalid);
    employee.post(&format!("/api/connections/pending/{id}/confirm"), &json!({})).await.expect(404);
    // 15: the attacker's code under the victim's state is shown with the attacker's name, and asks.
    let (own, foreign) = (employee.consent(1, "allow").await, attacker.consent(2, "allow").await);
    let part = |callback: &str, name: &str| {
        let (_, query) = callback.split_once('?').unwrap();
        query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap().to_owned()
    };
    let injected = format!("{CALLBACK}?code={}&state={}", part(&foreign, "code"), part(&own, "state"));
    let page = employee.come_back(&injected).await;
    let id = page.strip_prefix("pending=").expect("it asks first");
    let pending = employee.get(&format!("/api/connections/pending/{id}")).await.expect(200).json();
    assert_eq!(pending["display_name"], "Member 002");
    employee.delete(&format!("/api/connections/pending/{id}")).await.expect(204);
    for who in [&employee, &attacker] {
        assert_eq!(standing(who).await, "none");
    }
}

#[tokio::test]
async fn o1_the_way_back_never_comes_from_the_host_header() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let headers = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("sec-fetch-site", "same-origin"),
        ("x-klaroen", "1"),
        ("content-type", "application/json"),
    ];
    let body = json!({ "return_to": "/" }).to_string();
    let path = "/api/connections/linkedin/start";
    let answer = employee.send_raw(Method::POST, path, &headers, Some(body)).await.expect(200).json();
    let address = answer["authorize_url"].as_str().unwrap();
    assert!(!address.contains("evil"), "{address}");
    let ours = url::form_urlencoded::byte_serialize(app.origin.as_bytes()).collect::<String>();
    assert!(address.contains(&format!("redirect_uri={ours}")), "{address}");
    for bad in ["https://evil.example/", "//evil.example", "settings"] {
        let answer = employee.post(path, &json!({ "return_to": bad })).await.expect(422);
        assert_eq!(answer.code(), "path.invalid", "{bad}");
    }
}

#[tokio::test]
async fn a_no_on_the_consent_page_connects_nothing() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    for action in ["cancel", "leave"] {
        let callback = employee.consent(1, action).await;
        assert_eq!(employee.come_back(&callback).await, "error=cancelled");
        assert_eq!(employee.come_back(&callback).await, "error=state.invalid", "a no works once, too");
    }
    assert_eq!(standing(&employee).await, "none");
}

#[tokio::test]
async fn a_network_that_fails_is_told_apart_from_one_that_refuses() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let refusal = Fault::Answer { status: 400, body: r#"{"error":"invalid_request"}"#.into() };
    let html = Fault::Answer { status: 500, body: "<html>".into() };
    for (endpoint, fault, error) in [
        (Endpoint::Token, refusal, "network.refused"),
        (Endpoint::Token, html.clone(), "network.refused"),
        (Endpoint::Token, Fault::DropAfter, "network.out_of_reach"),
        (Endpoint::UserInfo, html, "network.refused"),
        (Endpoint::UserInfo, Fault::DropBefore, "network.out_of_reach"),
    ] {
        let callback = employee.consent(1, "allow").await;
        app.world.fault(endpoint, None, 1, fault.clone());
        assert_eq!(employee.come_back(&callback).await, format!("error={error}"), "{endpoint:?} {fault:?}");
    }
    employee.connect(1).await;
}

#[tokio::test]
async fn a_fresh_token_that_is_refused_at_first_is_given_a_moment() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let fault = Fault::Answer { status: 401, body: r#"{"status":401,"code":"REVOKED_ACCESS_TOKEN"}"#.into() };
    let callback = employee.consent(1, "allow").await;
    app.world.fault(Endpoint::UserInfo, None, 1, fault);
    assert!(employee.come_back(&callback).await.starts_with("pending="));
}

#[tokio::test]
async fn one_account_belongs_to_one_colleague() {
    let app = TestApp::start().await;
    let first = app.sharer(1).await;
    let second = app.employee().await;
    let id = second.pending(1).await;
    let answer = second.post(&format!("/api/connections/pending/{id}/confirm"), &json!({})).await.expect(409);
    assert_eq!(answer.code(), "connection.taken");
    assert_eq!((standing(&first).await, standing(&second).await), ("works".into(), "none".into()));
    second.connect(2).await;
    // Their own account may be another one, and then the first is free.
    second.connect(3).await;
    first.connect(2).await;
}

#[tokio::test]
async fn o5_disconnecting_forgets_the_token_here_and_at_the_network() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    employee.delete("/api/connections/linkedin").await.expect(204);
    assert_eq!(standing(&employee).await, "none");
    let rows: Vec<(String,)> = sql!(app.app.db.read(), fetch_all, "select subject from connections").unwrap();
    assert!(rows.is_empty());
    employee.delete("/api/connections/linkedin").await.expect(204);
    // A network that cannot be reached does not keep the token alive here.
    employee.connect(1).await;
    app.world.fault(Endpoint::Revoke, None, 1, Fault::DropBefore);
    employee.delete("/api/connections/linkedin").await.expect(204);
    assert_eq!(standing(&employee).await, "none");
}

#[tokio::test]
async fn o5_switching_an_account_off_shreds_its_tokens_and_empties_its_queue() {
    let app = TestApp::start().await;
    let (admin, employee, post) = (app.admin().await, app.sharer(1).await, app.live_post().await);
    employee.share(post).await;
    admin.patch(&format!("/api/people/{}", employee.id), &json!({ "active": false })).await.expect(200);
    let tokens: Vec<(Vec<u8>,)> = sql!(app.app.db.read(), fetch_all, "select token from connections").unwrap();
    let states: Vec<(String, String)> = sql!(app.app.db.read(), fetch_all, "select state, reason from shares").unwrap();
    assert!(tokens.is_empty());
    assert_eq!(states, [("cancelled".to_owned(), "person.inactive".to_owned())]);
    app.pass(Duration::days(8)).await;
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn o2_no_token_is_readable_in_the_database() {
    let app = TestApp::start().await;
    let (connected, waiting) = (app.sharer(1).await, app.employee().await);
    waiting.pending(2).await;
    connected.share(app.live_post().await).await;
    app.pass(Duration::seconds(10)).await;
    assert_eq!(app.world.posts().len(), 1);
    let mut tx = app.app.db.read();
    let sealed: Vec<(Vec<u8>, Vec<u8>)> = sql!(
        tx,
        fetch_all,
        "select token, token_key from connections union all \
         select token, token_key from connection_attempts where token is not null"
    )
    .unwrap();
    assert_eq!(sealed.len(), 2);
    // The practice LinkedIn's tokens all begin so.
    let canary = b"AQX";
    let holds = |bytes: &[u8]| bytes.windows(canary.len()).any(|window| window == canary);
    assert!(sealed.iter().all(|(token, key)| !holds(token) && !holds(key) && token.len() > 500));
    let files = app.database_files();
    assert_eq!(files.is_empty(), !app.app.db.is_embedded());
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!holds(&bytes), "a token is readable in {}", file.display());
    }
}

/// Everything that this process says, down to the smallest detail of its libraries.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn o2_no_token_secret_code_or_state_is_ever_logged() {
    let said = Said::default();
    let writer = said.clone();
    let logging = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    logging.with_writer(move || writer.clone()).try_init().unwrap();
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let callback = employee.consent(1, "allow").await;
    let id = employee.come_back(&callback).await.replace("pending=", "");
    employee.post(&format!("/api/connections/pending/{id}/confirm"), &json!({})).await.expect(200);
    for fault in [Fault::DropAfter, Fault::AnswerAfter { status: 500, body: "x".into() }, Fault::WithoutId] {
        app.world.fault(Endpoint::Posts, None, 1, fault);
        employee.share(app.live_post().await).await;
        app.pass(Duration::seconds(10)).await;
    }
    employee.delete("/api/connections/linkedin").await.expect(204);
    app.world.fault(
        Endpoint::Token,
        None,
        1,
        Fault::Answer { status: 200, body: r#"{"access_token":"AQXcanary","#.into() },
    );
    let callback_of_nonsense = employee.consent(2, "allow").await;
    assert_eq!(employee.come_back(&callback_of_nonsense).await, "error=network.refused");
    let words = String::from_utf8_lossy(&said.0.lock().unwrap()).into_owned();
    assert!(words.contains("TRACE hyper"), "the log was not caught: {} lines", words.lines().count());
    let query = callback.split_once('?').unwrap().1;
    let mut secrets: Vec<&str> = query.split('&').map(|pair| pair.split_once('=').unwrap().1).collect();
    secrets.extend(["AQX", "klaroen-demo-secret"]);
    for secret in secrets {
        let line = words.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret} was logged: {}", line.unwrap_or_default());
    }
}

#[tokio::test]
async fn an_account_that_nobody_confirmed_is_forgotten() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    employee.pending(1).await;
    employee.consent(1, "allow").await;
    let attempts = async || -> i64 {
        let (rows,) = sql!(app.app.db.read(), fetch_one, "select count(*) from connection_attempts").unwrap();
        rows
    };
    app.pass(Duration::minutes(10) - Duration::seconds(1)).await;
    assert_eq!(attempts().await, 2);
    app.pass(Duration::seconds(1)).await;
    assert_eq!(attempts().await, 0);
}

#[tokio::test]
async fn o3_a_token_swapped_into_another_row_opens_nothing_and_is_never_sent() {
    let app = TestApp::start().await;
    let (first, second) = (app.sharer(1).await, app.sharer(2).await);
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let swapped = sql!(
        tx,
        execute,
        "update connections set token = (select token from connections where person_id = $1), \
         token_key = (select token_key from connections where person_id = $1) where person_id = $2",
        first.id,
        second.id
    )
    .unwrap();
    assert_eq!(swapped, 1);
    tx.commit().await.unwrap();
    let share = second.share(app.live_post().await).await;
    app.pass(Duration::seconds(10)).await;
    let share = second.look_at(&share).await;
    assert_eq!((&share["state"], &share["reason"]["code"]), (&json!("held"), &json!("connection.revoked")));
    assert!(app.world.posts().is_empty());
    // Connecting again mends it.
    second.connect(2).await;
    app.pass(Duration::seconds(10)).await;
    assert_eq!(second.look_at(&share).await["state"], "published");
}

#[tokio::test]
async fn without_an_application_nobody_is_sent_anywhere() {
    let app = TestApp::start_with(|config| {
        config.linkedin.client_id = None;
        config.linkedin.client_secret = None;
    })
    .await;
    let employee = app.person(&[Role::Employee]).await;
    assert_eq!(employee.get("/api/connections").await.expect(200).json()[0]["configured"], false);
    let answer = employee.post("/api/connections/linkedin/start", &json!({ "return_to": "/" })).await.expect(422);
    assert_eq!(answer.code(), "network.not_configured");
}
