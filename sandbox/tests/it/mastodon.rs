//! The practice Mastodon: registering, connecting, posting once, and every way in which it says no.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use klaroen_sandbox::Allowance;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{Site, jpeg, location, parameter};

const BACK: &str = "https://klaroen.example/api/connections/mastodon/callback?x=1";
const SCOPES: [&str; 3] = ["profile", "write:statuses", "write:media"];
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-by-the-book";

async fn register(site: &Site) -> (String, String) {
    let asked = json!({ "client_name": "Klaroen", "redirect_uris": [BACK], "scopes": SCOPES.join(" ") });
    let answer = site.http.post(site.url("/mastodon/api/v1/apps")).json(&asked).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let app: Value = answer.json().await.unwrap();
    (app["client_id"].as_str().unwrap().into(), app["client_secret"].as_str().unwrap().into())
}

fn asked(client_id: &str) -> Vec<(&'static str, String)> {
    vec![
        ("response_type", "code".into()),
        ("client_id", client_id.into()),
        ("redirect_uri", BACK.into()),
        ("scope", SCOPES.join(" ")),
        ("state", "s".into()),
        ("code_challenge", URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))),
        ("code_challenge_method", "S256".into()),
    ]
}

async fn decide(site: &Site, mut fields: Vec<(&'static str, String)>, action: &str) -> Response {
    fields.extend([("member", "7".into()), ("action", action.into())]);
    site.http.post(site.url("/mastodon/oauth/authorize")).form(&fields).send().await.unwrap()
}

async fn exchange(site: &Site, app: &(String, String), code: &str, verifier: Option<&str>) -> (u16, Value) {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", &app.0),
        ("client_secret", &app.1),
        ("redirect_uri", BACK),
        ("code", code),
    ];
    fields.extend(verifier.map(|text| ("code_verifier", text)));
    let answer = site.form("/mastodon/oauth/token", &fields).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

fn status(site: &Site, token: &str, key: &str, text: &str) -> RequestBuilder {
    let request = site.http.post(site.url("/mastodon/api/v1/statuses")).bearer_auth(token);
    request.header("Idempotency-Key", key).form(&[("status", text), ("visibility", "public"), ("language", "nl")])
}

async fn error(request: RequestBuilder) -> (u16, String) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    (status, body["error"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_member_connects_with_pkce_and_gives_the_token_back() {
    let site = Site::start().await;
    let app = register(&site).await;
    let page = site.http.get(site.url("/mastodon/oauth/authorize")).query(&asked(&app.0)).send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("Allow") && page.contains("Deny") && page.contains("Publish posts"), "{page}");

    let back = location(&decide(&site, asked(&app.0), "allow").await);
    assert!(back.as_str().starts_with(BACK));
    assert_eq!(parameter(&back, "state").as_deref(), Some("s"));
    let code = parameter(&back, "code").unwrap();
    let (answered, token) = exchange(&site, &app, &code, Some(VERIFIER)).await;
    assert_eq!((answered, &token["token_type"], &token["expires_in"]), (200, &json!("Bearer"), &Value::Null));
    assert_eq!(token["scope"], "profile write:media write:statuses");
    assert_eq!(exchange(&site, &app, &code, Some(VERIFIER)).await.1["error"], "invalid_grant", "a code works once");

    let text = token["access_token"].as_str().unwrap();
    let me = |text: &str| site.http.get(site.url("/mastodon/api/v1/accounts/verify_credentials")).bearer_auth(text);
    let account: Value = me(text).send().await.unwrap().json().await.unwrap();
    assert_eq!((&account["username"], &account["display_name"]), (&json!("member007"), &json!("Member 007")));

    let give_back = [("client_id", app.0.as_str()), ("client_secret", &app.1), ("token", text)];
    assert_eq!(site.form("/mastodon/oauth/revoke", &give_back).await.status(), 200);
    assert_eq!(error(me(text)).await, (401, "The access token is invalid".into()));
}

#[tokio::test]
async fn a_refusal_reaches_the_application_or_only_the_person() {
    let site = Site::start().await;
    let app = register(&site).await;
    let denied = location(&decide(&site, asked(&app.0), "deny").await);
    assert_eq!(parameter(&denied, "error").as_deref(), Some("access_denied"));
    let with = |name: &str, value: &str| {
        let mut fields = asked(&app.0);
        fields.iter_mut().filter(|(key, _)| *key == name).for_each(|field| field.1 = value.into());
        fields
    };
    for (name, value, status) in [("client_id", "nobody", 401), ("redirect_uri", "https://evil.example/", 400)] {
        assert_eq!(decide(&site, with(name, value), "allow").await.status(), status);
    }
    for (name, value, told) in [
        ("scope", "write:statuses read:statuses", "invalid_scope"),
        ("response_type", "token", "unsupported_response_type"),
        ("code_challenge_method", "plain", "invalid_code_challenge_method"),
    ] {
        let back = location(&decide(&site, with(name, value), "allow").await);
        assert_eq!(parameter(&back, "error").as_deref(), Some(told));
    }
    let code = || async { parameter(&location(&decide(&site, asked(&app.0), "allow").await), "code").unwrap() };
    assert_eq!(exchange(&site, &app, &code().await, None).await.1["error"], "invalid_request");
    assert_eq!(exchange(&site, &app, &code().await, Some("other")).await.1["error"], "invalid_grant");
    let wrong = (app.0.clone(), "wrong".to_owned());
    assert_eq!(exchange(&site, &wrong, &code().await, Some(VERIFIER)).await.1["error"], "invalid_client");
    let old = code().await;
    site.advance(Duration::minutes(10));
    assert_eq!(exchange(&site, &app, &old, Some(VERIFIER)).await, (400, exchange(&site, &app, "x", None).await.1));
}

#[tokio::test]
async fn an_idempotency_key_posts_once_within_the_hour() {
    let site = Site::start().await;
    let token = site.running.grant_mastodon(7, &SCOPES);
    let first: Value = status(&site, &token, "key-1", "Hello").send().await.unwrap().json().await.unwrap();
    site.advance(Duration::minutes(59));
    let again: Value = status(&site, &token, "key-1", "Hello").send().await.unwrap().json().await.unwrap();
    assert_eq!(first["id"], again["id"]);
    assert_eq!(site.running.statuses().len(), 1);
    site.advance(Duration::minutes(1));
    let late: Value = status(&site, &token, "key-1", "Hello").send().await.unwrap().json().await.unwrap();
    assert_ne!(first["id"], late["id"]);
    let other = site.running.grant_mastodon(8, &SCOPES);
    assert_eq!(status(&site, &other, "key-1", "Hello").send().await.unwrap().status(), 200);
    assert_eq!(site.running.statuses().len(), 3);
    assert_eq!(site.running.statuses()[0].idempotency_key.as_deref(), Some("key-1"));
}

#[tokio::test]
async fn wrong_statuses_are_refused() {
    let site = Site::start().await;
    let token = site.running.grant_mastodon(7, &SCOPES);
    let instance: Value = site.get("/mastodon/api/v2/instance").await.json().await.unwrap();
    let limits = &instance["configuration"]["statuses"];
    assert_eq!((&limits["max_characters"], &limits["characters_reserved_per_url"]), (&json!(500), &json!(23)));
    let long_url = format!("https://example.com/{}", "a".repeat(600));
    let fits = format!("{} {long_url}", "é".repeat(476));
    assert_eq!(status(&site, &token, "a", &fits).send().await.unwrap().status(), 200);
    let blank = (422, "Validation failed: Text can't be blank".to_owned());
    assert_eq!(error(status(&site, &token, "b", "  ")).await, blank);
    let too_long = (422, "Validation failed: Text character limit of 500 exceeded".to_owned());
    assert_eq!(error(status(&site, &token, "c", &format!("é{fits}"))).await, too_long);
    assert_eq!(error(status(&site, "nonsense", "d", "x")).await.0, 401);
    let reader = site.running.grant_mastodon(7, &["read"]);
    assert_eq!(error(status(&site, &reader, "e", "x")).await.0, 403);
    let wide = site.running.grant_mastodon(7, &["write"]);
    assert_eq!(status(&site, &wide, "f", "x").send().await.unwrap().status(), 200);
    let post = |fields: Value| site.http.post(site.url("/api/v1/statuses")).bearer_auth(&token).json(&fields);
    assert_eq!(error(post(json!({ "status": "x", "visibility": "everyone" }))).await.0, 422);
    assert_eq!(error(post(json!({ "status": "x", "media_ids": ["1"] }))).await.0, 422);
    assert_eq!(error(post(json!({ "status": "x", "scheduled_at": "2026-10-01T12:04:59Z" }))).await.0, 422);
    let ahead: Value = post(json!({ "status": "x", "scheduled_at": "2026-10-01T12:05:00Z" }))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert!(ahead["scheduled_at"].is_string() && ahead["url"].is_null());
}

#[tokio::test]
async fn each_account_has_three_hundred_calls_in_five_minutes() {
    let site = Site::start().await;
    let token = site.running.grant_mastodon(7, &SCOPES);
    let answer = status(&site, &token, "a", "x").send().await.unwrap();
    assert_eq!(answer.headers()["x-ratelimit-limit"], "300");
    assert_eq!(answer.headers()["x-ratelimit-remaining"], "299");
    assert_eq!(answer.headers()["x-ratelimit-reset"], "2026-10-01T12:05:00.000000Z");
    site.running.rules(|rules| rules.mastodon_calls = Allowance::new(1, 300));
    assert_eq!(error(status(&site, &token, "b", "x")).await, (429, "Too many requests".into()));
    site.advance(Duration::minutes(5));
    assert_eq!(status(&site, &token, "b", "x").send().await.unwrap().status(), 200);
    assert_eq!(site.running.statuses().len(), 2);
}

#[tokio::test]
async fn a_picture_may_take_a_moment() {
    let site = Site::start().await;
    let token = site.running.grant_mastodon(7, &SCOPES);
    site.running.rules(|rules| rules.mastodon_media_takes = Duration::seconds(5));
    let upload = |bytes: Vec<u8>| {
        let mut body = b"--b\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\nA roof\r\n--b\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
            .to_vec();
        body.extend(bytes);
        body.extend(b"\r\n--b--\r\n");
        let request = site.http.post(site.url("/mastodon/api/v2/media")).bearer_auth(&token);
        request.header("content-type", "multipart/form-data; boundary=b").body(body)
    };
    assert_eq!(error(upload(b"no picture".to_vec())).await.0, 422);
    let answer = upload(jpeg()).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    let media: Value = answer.json().await.unwrap();
    let id = media["id"].as_str().unwrap();
    assert_eq!((&media["url"], &media["description"]), (&Value::Null, &json!("A roof")));
    let post = || {
        let request = site.http.request(Method::POST, site.url("/mastodon/api/v1/statuses")).bearer_auth(&token);
        request.json(&json!({ "status": "", "media_ids": [id] }))
    };
    assert_eq!(error(post()).await.0, 422);
    let look = || site.http.get(site.url(&format!("/mastodon/api/v1/media/{id}"))).bearer_auth(&token);
    assert_eq!(look().send().await.unwrap().status(), 206);
    site.advance(Duration::seconds(5));
    assert_eq!(look().send().await.unwrap().status(), 200);
    let posted: Value = post().send().await.unwrap().json().await.unwrap();
    assert_eq!(posted["media_attachments"][0]["id"], id);
    let picture = site.http.get(posted["media_attachments"][0]["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(picture.bytes().await.unwrap(), jpeg());
}

#[tokio::test]
async fn a_status_is_seen_read_and_deleted() {
    let site = Site::start().await;
    let token = site.running.grant_mastodon(7, &SCOPES);
    let text = "Look <b>: https://example.com/a?b=1&c=2.";
    let posted: Value = status(&site, &token, "a", text).send().await.unwrap().json().await.unwrap();
    assert!(posted["content"].as_str().unwrap().starts_with("<p>Look &lt;b&gt;: <a href="));
    let page = site.get("/mastodon").await.text().await.unwrap();
    assert!(page.contains(r#"href="https://example.com/a?b=1&amp;c=2""#) && page.contains("@member007"), "{page}");
    let url = posted["url"].as_str().unwrap();
    assert_eq!(site.http.get(url).send().await.unwrap().status(), 200);
    assert!(site.get("/mastodon/@member007").await.text().await.unwrap().contains("https://example.com/a"));
    assert_eq!(site.get("/mastodon/@nobody").await.status(), 404);
    let api = site.url(&format!("/mastodon/api/v1/statuses/{}", posted["id"].as_str().unwrap()));
    assert_eq!(site.http.get(&api).send().await.unwrap().status(), 200);
    let other = site.running.grant_mastodon(8, &SCOPES);
    assert_eq!(error(site.http.delete(&api).bearer_auth(&other)).await, (404, "Record not found".into()));
    assert_eq!(site.http.delete(&api).bearer_auth(&token).send().await.unwrap().status(), 200);
    for gone in [api.as_str(), url] {
        assert_eq!(site.http.get(gone).send().await.unwrap().status(), 404);
    }
}

#[tokio::test]
async fn registering_is_refused_with_a_reason() {
    let site = Site::start().await;
    let register = |change: Value| {
        let mut asked = json!({ "client_name": "Klaroen", "redirect_uris": [BACK], "scopes": "write:statuses" });
        asked.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        site.http.post(site.url("/mastodon/api/v1/apps")).json(&asked)
    };
    for (change, reason) in [
        (json!({ "client_name": "" }), "Application name can't be blank"),
        (json!({ "redirect_uris": [] }), "Redirect URI can't be blank"),
        (json!({ "redirect_uris": ["/back"] }), "Redirect URI must be an absolute URI."),
        (json!({ "scopes": "write:everything" }), "Scopes doesn't match configured on the server."),
    ] {
        assert_eq!(error(register(change)).await, (422, format!("Validation failed: {reason}")));
    }
    let answer: Value = register(json!({})).send().await.unwrap().json().await.unwrap();
    for name in ["id", "client_id", "client_secret", "redirect_uri"] {
        assert!(answer[name].is_string(), "{name}");
    }
    let again: Value = register(json!({})).send().await.unwrap().json().await.unwrap();
    assert_ne!(answer["client_id"], again["client_id"], "every registration is another application");
}

#[tokio::test]
async fn the_price_of_an_address_and_the_life_of_a_key_are_switches() {
    let site = Site::start().await;
    let token = site.running.grant_mastodon(7, &SCOPES);
    let figures = [("mastodon_url_characters", "10"), ("mastodon_characters", "12"), ("mastodon_key_seconds", "60")];
    assert_eq!(site.form("/switches/rules", &figures).await.status(), 303);
    let instance: Value = site.get("/mastodon/api/v2/instance").await.json().await.unwrap();
    assert_eq!(instance["configuration"]["statuses"]["characters_reserved_per_url"], 10);
    assert_eq!(status(&site, &token, "a", "a https://example.com/long").send().await.unwrap().status(), 200);
    assert_eq!(status(&site, &token, "b", "ab https://example.com/long").send().await.unwrap().status(), 422);
    site.advance(Duration::seconds(59));
    status(&site, &token, "a", "a https://example.com/long").send().await.unwrap();
    assert_eq!(site.running.statuses().len(), 1);
    site.advance(Duration::seconds(1));
    status(&site, &token, "a", "a https://example.com/long").send().await.unwrap();
    assert_eq!(site.running.statuses().len(), 2);
}
