//! Connecting accounts at instances that people name, and with app passwords: only one's own, only once, never a secret
//! in sight, and never a look inside the house.

use chrono::Duration;
use klaroen_core::sql;
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const CALLBACK: &str = "/api/connections/mastodon/callback";

async fn standing(who: &Client, network: &str) -> String {
    who.connection(network).await["state"].as_str().unwrap().to_owned()
}

fn part(callback: &str, name: &str) -> String {
    let (_, query) = callback.split_once('?').unwrap();
    query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap().to_owned()
}

#[tokio::test]
async fn an_account_at_ones_own_instance_is_connected_after_this_is_me() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let callback = employee.consent_mastodon(&app, 7, "allow").await;
    let id = employee.come_back(&callback).await.replace("pending=", "");
    let asked = employee.get(&format!("/api/connections/pending/{id}")).await.expect(200).json();
    let handle = format!("@member007@{}", app.instance());
    let expected = json!({
        "network": "mastodon", "display_name": "Member 007", "handle": handle, "return_to": "/settings", "expires_at": null,
    });
    assert_eq!(asked, expected);
    assert_eq!(standing(&employee, "mastodon").await, "none", "nothing is connected before the answer");
    employee.post(&format!("/api/connections/pending/{id}/confirm"), &json!({})).await.expect(200);
    let own = employee.connection("mastodon").await;
    assert_eq!(
        (&own["state"], &own["handle"], &own["instance"]),
        (&json!("works"), &json!(handle), &json!(app.instance()))
    );
    assert_eq!((&own["expires_at"], &own["days_left"]), (&Value::Null, &Value::Null), "its token has no end");
    assert_eq!(own["text_limit"], json!({ "longest": 500, "bytes": null, "link_length": 23, "reserved": 25 }));
    // A second person finds the application registered, and cannot take the same account.
    let other = app.employee().await;
    let callback = other.consent_mastodon(&app, 7, "allow").await;
    let id = other.come_back(&callback).await.replace("pending=", "");
    let taken = other.post(&format!("/api/connections/pending/{id}/confirm"), &json!({})).await.expect(409);
    assert_eq!(taken.code(), "connection.taken");
    assert_eq!(app.rows("mastodon_applications").await, 1);
}

#[tokio::test]
async fn o1_crooked_ways_back_from_an_instance_are_refused() {
    let app = TestApp::start().await;
    let (employee, attacker) = (app.employee().await, app.employee().await);
    let invalid = "error=state.invalid";
    // 1-3: no state, a made-up one, none at all.
    for query in ["code=abc", "code=abc&state=made-up", ""] {
        assert_eq!(employee.come_back(&format!("{CALLBACK}?{query}")).await, invalid, "{query}");
    }
    // 4: another person's state; 5: the same person in another browser; 6: nobody at all.
    let callback = employee.consent_mastodon(&app, 1, "allow").await;
    assert_eq!(attacker.come_back(&callback).await, invalid);
    let elsewhere = app.sign_in_again(&employee).await;
    assert_eq!(elsewhere.come_back(&callback).await, invalid);
    let answer = employee.anonymous().get(&callback).await.expect(303);
    assert_eq!(answer.header("location"), Some("/renew?error=state.invalid"));
    // 7: the state of one network at the door of another, in both directions.
    assert_eq!(employee.come_back(&callback.replace("mastodon", "linkedin")).await, invalid);
    let linkedin = employee.consent(1, "allow").await;
    assert_eq!(employee.come_back(&linkedin.replace("linkedin", "mastodon")).await, invalid);
    assert_eq!(employee.come_back(&callback.replace("mastodon", "bluesky")).await, invalid);
    // 8: another server says that it sends the browser back.
    assert_eq!(employee.come_back(&format!("{callback}&iss=https%3A%2F%2Fevil.example")).await, invalid);
    // 9: parameters given twice.
    assert_eq!(employee.come_back(&format!("{callback}&code=other")).await, invalid);
    // 10: the attacker's code under the victim's state has another verifier, so the instance refuses it.
    let foreign = attacker.consent_mastodon(&app, 2, "allow").await;
    let own = employee.consent_mastodon(&app, 1, "allow").await;
    let injected = format!("{CALLBACK}?code={}&state={}", part(&foreign, "code"), part(&own, "state"));
    assert_eq!(employee.come_back(&injected).await, "error=network.refused");
    // 11: a parameter that wants to lead to another instance has no effect; 12: the same callback twice.
    let good = employee.come_back(&format!("{callback}&instance=evil.example")).await;
    assert!(good.starts_with("pending="), "the honest one works: {good}");
    assert_eq!(employee.come_back(&callback).await, invalid);
    // 13: too late.
    let late = employee.consent_mastodon(&app, 1, "allow").await;
    app.app.clock.advance(Duration::minutes(10));
    assert_eq!(employee.come_back(&late).await, invalid);
    // 14: a no is a no.
    let no = employee.consent_mastodon(&app, 1, "deny").await;
    assert_eq!(employee.come_back(&no).await, "error=cancelled");
    for who in [&employee, &attacker] {
        assert_eq!(standing(who, "mastodon").await, "none");
    }
}

#[tokio::test]
async fn a_server_that_is_none_is_refused_in_words() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let start = async |instance: &str| {
        let body = json!({ "return_to": "/me", "instance": instance });
        employee.post("/api/connections/mastodon/start", &body).await.expect(422).json()
    };
    let inside = app.origin.replace("http://", "");
    for (instance, code) in [
        ("", "instance.invalid"),
        ("no host", "instance.invalid"),
        ("example.social/path", "instance.invalid"),
        (&*inside, "instance.forbidden"),
        ("10.0.0.1", "instance.forbidden"),
        ("169.254.169.254", "instance.forbidden"),
        ("[::1]:80", "instance.forbidden"),
    ] {
        let problem = start(instance).await;
        assert_eq!(
            (problem["code"].as_str(), &problem["errors"][0]["pointer"]),
            (Some(code), &json!("/instance")),
            "{instance}"
        );
    }
    for (fault, code) in [
        (Fault::Answer { status: 404, body: "<html>".into() }, "instance.not_mastodon"),
        (Fault::Answer { status: 200, body: "{}".into() }, "instance.not_mastodon"),
        (Fault::DropBefore, "instance.unreachable"),
    ] {
        app.world.fault(Endpoint::MastodonInstance, None, 1, fault.clone());
        assert_eq!(start(&app.instance()).await["code"], code, "{fault:?}");
    }
    app.world.fault(Endpoint::MastodonApps, None, 1, Fault::Answer { status: 403, body: "{}".into() });
    assert_eq!(start(&app.instance()).await["code"], "instance.no_applications");
    assert_eq!((app.rows("mastodon_applications").await, app.rows("connection_attempts").await), (0, 0));
}

#[tokio::test]
async fn only_an_app_password_is_ever_sent_and_it_is_kept_nowhere() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let account = app.world.bluesky_account(3);
    let sign_in = async |handle: &str, app_password: &str| {
        let body = json!({ "handle": handle, "app_password": app_password });
        employee.post("/api/connections/bluesky/sign-in", &body).await
    };
    app.world.fault(Endpoint::BlueskySession, None, 9, Fault::Answer { status: 500, body: "never asked".into() });
    for main in ["correct horse battery staple", "", "abcd-efgh-ijkl"] {
        let problem = sign_in(&account.handle, main).await.expect(422).json();
        assert_eq!(
            (&problem["code"], &problem["errors"][0]["pointer"]),
            (&json!("app_password.form"), &json!("/app_password"))
        );
    }
    app.world.clear_faults();
    assert_eq!(sign_in("", &account.app_password).await.expect(422).code(), "handle.invalid");
    assert_eq!(sign_in(&account.handle, "abcd-efgh-ijkl-mnop").await.expect(422).code(), "app_password.wrong");
    let own = sign_in(&format!("@{}", account.handle), &account.app_password).await.expect(200).json();
    assert_eq!((&own["state"], &own["handle"]), (&json!("works"), &json!(format!("@{}", account.handle))));
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        let holds = |canary: &[u8]| bytes.windows(canary.len()).any(|window| window == canary);
        assert!(!holds(account.app_password.as_bytes()) && !holds(b"accessJwt"), "{}", file.display());
    }
    // Another way than the network's own is refused, and another person cannot take the account.
    for network in ["linkedin", "mastodon"] {
        let path = format!("/api/connections/{network}/sign-in");
        let body = json!({ "handle": "a", "app_password": "b" });
        assert_eq!(employee.post(&path, &body).await.expect(422).code(), "network.other_way");
    }
    let start = json!({ "return_to": "/me" });
    assert_eq!(employee.post("/api/connections/bluesky/start", &start).await.expect(422).code(), "network.other_way");
    let other = app.employee().await;
    let body = json!({ "handle": account.handle, "app_password": account.app_password });
    assert_eq!(other.post("/api/connections/bluesky/sign-in", &body).await.expect(409).code(), "connection.taken");
}

#[tokio::test]
async fn disconnecting_shreds_the_token_and_gives_it_back() {
    let app = TestApp::start().await;
    for network in ["mastodon", "bluesky"] {
        let employee = app.sharer_on(network, 1).await;
        let share = employee.share_on(network, app.live_post().await, "Words").await;
        employee.delete(&format!("/api/connections/{network}")).await.expect(204);
        let (rows,): (i64,) =
            sql!(app.app.db.read(), fetch_one, "select count(*) from connections where network = $1", network).unwrap();
        assert_eq!(rows, 0);
        assert_eq!(employee.look_at(&share).await["reason"]["code"], "connection.missing");
        app.pass(Duration::minutes(1)).await;
        assert!(app.texts_on(network).is_empty());
    }
}

#[tokio::test]
async fn an_operator_may_offer_fewer_networks() {
    let app = TestApp::start_with(|config| config.networks = vec![klaroen_core::network::Network::LinkedIn]).await;
    let employee = app.employee().await;
    for network in ["mastodon", "bluesky"] {
        assert_eq!(employee.connection(network).await["configured"], false);
    }
    let start = json!({ "return_to": "/me", "instance": app.instance() });
    assert_eq!(
        employee.post("/api/connections/mastodon/start", &start).await.expect(422).code(),
        "network.not_configured"
    );
    let body = json!({ "handle": "a.example", "app_password": "abcd-efgh-ijkl-mnop" });
    assert_eq!(
        employee.post("/api/connections/bluesky/sign-in", &body).await.expect(422).code(),
        "network.not_configured"
    );
}

#[tokio::test]
async fn an_application_through_which_nobody_connected_is_registered_anew() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    let id = async || -> String {
        let (id,) = sql!(app.app.db.read(), fetch_one, "select client_id from mastodon_applications").unwrap();
        id
    };
    employee.consent_mastodon(&app, 1, "deny").await;
    let first = id().await;
    app.app.clock.advance(Duration::hours(13));
    let employee = app.sign_in_again(&employee).await;
    employee.connect_mastodon(&app, 1).await;
    let second = id().await;
    assert_ne!(first, second, "instances forget those");
    app.app.clock.advance(Duration::days(100));
    let employee = app.sign_in_again(&employee).await;
    employee.connect_mastodon(&app, 1).await;
    assert_eq!(id().await, second);
}
