//! Connecting an account: the page, the code, the token, and every way in which each is refused.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::{CALLBACK, SCOPES, Site, location, parameter, status_and_code};

const SCOPE: &str = "openid profile w_member_social";

fn authorize<'a>() -> Vec<(&'a str, &'a str)> {
    vec![
        ("response_type", "code"),
        ("client_id", "klaroen-demo"),
        ("redirect_uri", CALLBACK),
        ("state", "s t/a"),
        ("scope", SCOPE),
    ]
}

fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = authorize();
    fields.retain(|(key, _)| *key != name);
    fields.push((name, value));
    fields
}

fn exchange(code: &str) -> Vec<(&str, &str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("client_id", "klaroen-demo"),
        ("client_secret", "klaroen-demo-secret"),
    ]
}

async fn decide(site: &Site, action: &str, fields: Vec<(&str, &str)>) -> reqwest::Response {
    let mut fields = fields;
    fields.extend([("member", "7"), ("action", action)]);
    site.form("/oauth/v2/authorization", &fields).await
}

async fn code(site: &Site, fields: Vec<(&str, &str)>) -> String {
    parameter(&location(&decide(site, "allow", fields).await), "code").unwrap()
}

async fn token(site: &Site) -> Value {
    let code = code(site, authorize()).await;
    site.form("/oauth/v2/accessToken", &exchange(&code)).await.json().await.unwrap()
}

async fn error_of(site: &Site, fields: &[(&str, &str)]) -> (u16, String, String) {
    let response = site.form("/oauth/v2/accessToken", fields).await;
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (status, text("error"), text("error_description"))
}

async fn userinfo(site: &Site, token: &str) -> reqwest::Response {
    site.http.get(site.url("/v2/userinfo")).bearer_auth(token).send().await.unwrap()
}

#[tokio::test]
async fn a_member_connects_and_the_application_learns_who_it_is() {
    let site = Site::start().await;
    let page = site.http.get(site.url("/oauth/v2/authorization")).query(&authorize()).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    assert!(
        page.contains("Allow") && page.contains("Cancel") && page.contains("Member 007") && page.contains("sandbox")
    );

    let back = location(&decide(&site, "allow", authorize()).await);
    assert!(back.as_str().starts_with(CALLBACK));
    assert_eq!(parameter(&back, "state").as_deref(), Some("s t/a"));
    let code = parameter(&back, "code").unwrap();

    let answer: Value = site.form("/oauth/v2/accessToken", &exchange(&code)).await.json().await.unwrap();
    let token = answer["access_token"].as_str().unwrap();
    assert!(token.len() >= 500);
    assert_eq!(answer["expires_in"], 5_184_000);
    assert_eq!(answer["scope"], "openid,profile,w_member_social");
    assert_eq!(answer["token_type"], "Bearer");

    let who: Value = userinfo(&site, token).await.json().await.unwrap();
    assert_eq!(who["sub"], site.running.sub(7));
    assert_eq!(
        (&who["name"], &who["given_name"], &who["family_name"]),
        (&json!("Member 007"), &json!("Member"), &json!("007"))
    );
    assert_eq!(who["locale"], json!({ "country": "NL", "language": "nl" }));
    assert!(who.get("email").is_none());
    let picture = site.http.get(who["picture"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/jpeg");
}

#[tokio::test]
async fn a_request_that_cannot_be_trusted_ends_on_a_page() {
    let site = Site::start().await;
    for (fields, reason) in [
        (with("client_id", "another"), "Client_id doesn't match"),
        (with("redirect_uri", "http://evil.example/api/connections/linkedin/callback"), "Redirect_uri doesn't match"),
        (with("redirect_uri", "http://127.0.0.1:4711/elsewhere"), "Redirect_uri doesn't match"),
        (with("scope", "openid everything"), "Invalid scope"),
        (with("scope", ""), "Invalid scope"),
        (with("response_type", "token"), "Response_type must be code"),
    ] {
        let page = site.http.get(site.url("/oauth/v2/authorization")).query(&fields).send().await.unwrap();
        assert_eq!(page.status(), 400, "{reason}");
        assert!(!page.headers().contains_key("location"));
        assert!(page.text().await.unwrap().contains(reason), "{reason}");
        assert_eq!(decide(&site, "allow", fields).await.status(), 400, "{reason}");
    }
}

#[tokio::test]
async fn a_refusal_goes_back_to_the_application() {
    let site = Site::start().await;
    for (action, error) in [("cancel", "user_cancelled_authorize"), ("leave", "user_cancelled_login")] {
        let back = location(&decide(&site, action, authorize()).await);
        assert_eq!(parameter(&back, "error").as_deref(), Some(error));
        assert!(parameter(&back, "error_description").is_some());
        assert_eq!(parameter(&back, "state").as_deref(), Some("s t/a"));
        assert_eq!(parameter(&back, "code"), None);
    }
    let fields = with("scope", "openid profile r_organization_social");
    let back = site.http.get(site.url("/oauth/v2/authorization")).query(&fields).send().await.unwrap();
    assert_eq!(parameter(&location(&back), "error").as_deref(), Some("unauthorized_scope_error"));
}

#[tokio::test]
async fn a_code_works_once_and_for_half_an_hour() {
    let site = Site::start().await;
    let first = code(&site, authorize()).await;
    site.advance(Duration::minutes(29));
    assert_eq!(site.form("/oauth/v2/accessToken", &exchange(&first)).await.status(), 200);
    let (status, error, text) = error_of(&site, &exchange(&first)).await;
    assert_eq!((status, error.as_str()), (400, "invalid_request"));
    assert_eq!(text, "Unable to retrieve access token: authorization code not found");

    let second = code(&site, authorize()).await;
    site.advance(Duration::minutes(30));
    let (status, error, text) = error_of(&site, &exchange(&second)).await;
    assert_eq!((status, error.as_str()), (400, "invalid_redirect_uri"));
    assert!(text.contains("Or authorization code expired"));
}

#[tokio::test]
async fn a_wrong_token_request_is_refused_in_linkedins_words() {
    let site = Site::start().await;
    let code = code(&site, authorize()).await;
    let replaced = |name, value| {
        exchange(&code).into_iter().map(|(key, old)| (key, if key == name { value } else { old })).collect::<Vec<_>>()
    };
    for name in ["grant_type", "code", "redirect_uri", "client_id", "client_secret"] {
        let (status, error, text) = error_of(&site, &replaced(name, "")).await;
        assert_eq!((status, error.as_str()), (400, "invalid_request"));
        assert_eq!(text, format!("A required parameter \"{name}\" is missing"));
    }
    for name in ["client_id", "client_secret"] {
        let (status, error, text) = error_of(&site, &replaced(name, "wrong")).await;
        assert_eq!((status, error.as_str(), text.as_str()), (401, "invalid_client", "Client authentication failed"));
    }
    let (status, _, text) = error_of(&site, &replaced("grant_type", "password")).await;
    assert_eq!(
        (status, text.as_str()),
        (400, "The provided authorization grant or refresh token is invalid, expired or revoked")
    );
    let refresh = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "x"),
        ("client_id", "klaroen-demo"),
        ("client_secret", "klaroen-demo-secret"),
    ];
    assert_eq!(error_of(&site, &refresh).await.0, 400);

    let as_json =
        site.http.post(site.url("/oauth/v2/accessToken")).json(&json!({ "grant_type": "authorization_code" }));
    assert_eq!(as_json.send().await.unwrap().status(), 400);
    let (status, error, _) =
        error_of(&site, &replaced("redirect_uri", "http://127.0.0.1:1/api/connections/linkedin/callback")).await;
    assert_eq!((status, error.as_str()), (400, "invalid_redirect_uri"));
    assert_eq!(
        error_of(&site, &exchange(&code)).await.2,
        "Unable to retrieve access token: authorization code not found"
    );
}

#[tokio::test]
async fn credentials_in_a_basic_header_do_not_count() {
    let site = Site::start().await;
    let code = code(&site, authorize()).await;
    let fields: Vec<_> = exchange(&code).into_iter().filter(|(key, _)| !key.starts_with("client_")).collect();
    let request =
        site.http.post(site.url("/oauth/v2/accessToken")).basic_auth("klaroen-demo", Some("klaroen-demo-secret"));
    let answer: Value = request.form(&fields).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["error_description"], "A required parameter \"client_id\" is missing");
}

#[tokio::test]
async fn every_dead_token_says_why() {
    let site = Site::start().await;
    let numbers = async |request: reqwest::RequestBuilder| {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        response.json::<Value>().await.unwrap()["serviceErrorCode"].as_u64().unwrap()
    };
    let bare = || site.http.get(site.url("/v2/userinfo"));
    assert_eq!(numbers(bare()).await, 65_604);
    assert_eq!(numbers(bare().header("Authorization", "Bearer ")).await, 65_604);
    assert_eq!(numbers(bare().bearer_auth("garbage")).await, 65_600);
    let revoked = site.running.grant(1, &SCOPES);
    site.running.revoke_tokens(1);
    assert_eq!(numbers(bare().bearer_auth(&revoked)).await, 65_601);
    let expired = site.running.grant(2, &SCOPES);
    site.advance(Duration::days(60));
    assert_eq!(numbers(bare().bearer_auth(&expired)).await, 65_602);
    site.running.rules(|rules| rules.fresh_token_refused = Duration::seconds(5));
    let fresh = site.running.grant(3, &SCOPES);
    assert_eq!(numbers(bare().bearer_auth(&fresh)).await, 65_601);
    site.advance(Duration::seconds(5));
    assert_eq!(userinfo(&site, &fresh).await.status(), 200);
}

#[tokio::test]
async fn other_scopes_kill_earlier_tokens_and_the_same_scopes_do_not() {
    let site = Site::start().await;
    let (first, second) = (site.running.grant(1, &SCOPES), site.running.grant(1, &SCOPES));
    let neighbour = site.running.grant(2, &SCOPES);
    assert_eq!(userinfo(&site, &first).await.status(), 200);
    let wider = site.running.grant(1, &["openid", "profile", "email", "w_member_social"]);
    assert_eq!(userinfo(&site, &first).await.status(), 401);
    assert_eq!(userinfo(&site, &second).await.status(), 401);
    assert_eq!(userinfo(&site, &neighbour).await.status(), 200);
    let who: Value = userinfo(&site, &wider).await.json().await.unwrap();
    assert_eq!((&who["email"], &who["email_verified"]), (&json!("member.001@example.com"), &json!(true)));
}

#[tokio::test]
async fn userinfo_needs_its_scopes() {
    let site = Site::start().await;
    let token = site.running.grant(1, &["w_member_social"]);
    let refused = userinfo(&site, &token).await;
    assert_eq!(status_and_code(refused).await, (403, "ACCESS_DENIED".into()));
}

#[tokio::test]
async fn a_token_can_be_asked_about_and_given_back() {
    let site = Site::start().await;
    let answer = token(&site).await;
    let text = answer["access_token"].as_str().unwrap();
    let fields = [("client_id", "klaroen-demo"), ("client_secret", "klaroen-demo-secret"), ("token", text)];
    let introspect = async || site.form("/oauth/v2/introspectToken", &fields).await.json::<Value>().await.unwrap();
    let said = introspect().await;
    assert_eq!((&said["active"], &said["status"], &said["auth_type"]), (&json!(true), &json!("active"), &json!("3L")));
    assert_eq!(said["expires_at"].as_i64().unwrap() - said["created_at"].as_i64().unwrap(), 5_184_000);
    assert_eq!(site.form("/oauth/v2/revoke", &fields).await.status(), 200);
    assert_eq!(introspect().await["status"], "revoked");
    assert_eq!(userinfo(&site, text).await.status(), 401);
    let unknown = [fields[0], fields[1], ("token", "nobody's")];
    let said: Value = site.form("/oauth/v2/introspectToken", &unknown).await.json().await.unwrap();
    assert_eq!(said, json!({ "active": false }));
    let wrong = [fields[0], ("client_secret", "wrong"), fields[2]];
    assert_eq!(site.form("/oauth/v2/introspectToken", &wrong).await.status(), 401);
}

#[tokio::test]
async fn discovery_names_the_endpoints() {
    let site = Site::start().await;
    let found: Value = site.get("/oauth/.well-known/openid-configuration").await.json().await.unwrap();
    assert_eq!(found["issuer"], site.url("/oauth"));
    assert_eq!(found["token_endpoint"], site.url("/oauth/v2/accessToken"));
    assert_eq!(found["subject_types_supported"], json!(["pairwise"]));
    assert_eq!(site.get("/.well-known/openid-configuration").await.status(), 404);
}

#[tokio::test]
async fn a_token_of_an_earlier_run_can_be_adopted() {
    let site = Site::start().await;
    assert_eq!(userinfo(&site, "from-before").await.status(), 401);
    site.running.adopt("from-before", 4, &SCOPES);
    let who: Value = userinfo(&site, "from-before").await.json().await.unwrap();
    assert_eq!(who["name"], "Member 004");
}

#[tokio::test]
async fn consent_is_skipped_for_a_live_grant_when_switched_on() {
    let site = Site::start().await;
    let allowed = decide(&site, "allow", authorize()).await;
    let cookie = allowed.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let code = parameter(&location(&allowed), "code").unwrap();
    assert_eq!(site.form("/oauth/v2/accessToken", &exchange(&code)).await.status(), 200);
    let again = async || {
        let request = site.http.get(site.url("/oauth/v2/authorization")).query(&authorize()).header("Cookie", &cookie);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(again().await, 200);
    site.running.rules(|rules| rules.skip_consent = true);
    assert_eq!(again().await, 302);
    site.advance(Duration::days(61));
    assert_eq!(again().await, 200);
}
