//! Identity tokens and the keys that prove them, and the forms in which a member is told.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use klaroen_sandbox::questions::{Locale, ScopeRefusal, SigningKeys};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};

use crate::support::{CALLBACK, SCOPES, Site, location, parameter};

async fn token(site: &Site, scopes: &str) -> Value {
    let asked = [
        ("response_type", "code"),
        ("client_id", "klaroen-demo"),
        ("redirect_uri", CALLBACK),
        ("scope", scopes),
        ("member", "7"),
        ("action", "allow"),
    ];
    let code = parameter(&location(&site.form("/oauth/v2/authorization", &asked).await), "code").unwrap();
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", CALLBACK),
        ("client_id", "klaroen-demo"),
        ("client_secret", "klaroen-demo-secret"),
    ];
    site.form("/oauth/v2/accessToken", &fields).await.json().await.unwrap()
}

async fn keys(site: &Site) -> Vec<Value> {
    let set: Value = site.get("/oauth/openid/jwks").await.json().await.unwrap();
    set["keys"].as_array().unwrap().clone()
}

fn decoded(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// The claims of a token that one of the published keys proves; none if no key does.
fn proven(token: &str, keys: &[Value]) -> Option<Value> {
    let (said, signature) = token.rsplit_once('.').unwrap();
    let (header, claims) = said.split_once('.').unwrap();
    let header: Value = serde_json::from_slice(&decoded(header)).unwrap();
    assert_eq!(header["alg"], "RS256");
    let key = keys.iter().find(|key| key["kid"] == header["kid"])?;
    let part = |name: &str| decoded(key[name].as_str().unwrap());
    let public = RsaPublicKeyComponents { n: part("n"), e: part("e") };
    public.verify(&RSA_PKCS1_2048_8192_SHA256, said.as_bytes(), &decoded(signature)).ok()?;
    serde_json::from_slice(&decoded(claims)).ok()
}

#[tokio::test]
async fn an_identity_token_comes_with_openid_alone_and_is_proven_by_the_published_key() {
    let site = Site::start().await;
    assert!(token(&site, "w_member_social").await["id_token"].is_null());
    let answer = token(&site, "openid profile email").await;
    let claims = proven(answer["id_token"].as_str().unwrap(), &keys(&site).await).unwrap();
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(site.url("/oauth")), &json!("klaroen-demo")));
    assert_eq!((&claims["sub"], &claims["name"]), (&json!(site.running.sub(7)), &json!("Member 007")));
    assert_eq!(claims["email_verified"], "true", "a text here, unlike in userinfo");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3_600);
    let answer = token(&site, "openid").await;
    let claims = proven(answer["id_token"].as_str().unwrap(), &keys(&site).await).unwrap();
    assert!(claims["name"].is_null() && claims["email"].is_null());
}

#[tokio::test]
async fn keys_change_in_turn() {
    let site = Site::start().await;
    let turn = |keys| site.running.rules(|rules| rules.questions.signing_keys = keys);
    let signed = async || token(&site, "openid").await["id_token"].as_str().unwrap().to_owned();
    let old = signed().await;
    turn(SigningKeys::Both);
    let (still_old, both) = (signed().await, keys(&site).await);
    assert_eq!(both.len(), 2);
    turn(SigningKeys::Second);
    let (new, second) = (signed().await, keys(&site).await);
    assert!(proven(&old, &both).is_some() && proven(&still_old, &both).is_some() && proven(&new, &both).is_some());
    assert!(proven(&new, &second).is_some());
    assert!(proven(&old, &second).is_none(), "the first key is gone");
}

#[tokio::test]
async fn an_application_knows_a_member_by_an_id_of_its_own() {
    let (ours, theirs) = (Site::start().await, Site::start_with(|settings| settings.client.id = "other".into()).await);
    assert_ne!(ours.running.sub(7), theirs.running.sub(7));
    assert_eq!(ours.running.sub(7), Site::start().await.running.sub(7));
}

#[tokio::test]
async fn a_locale_may_be_a_text_and_a_scope_refused_on_a_page() {
    let site = Site::start().await;
    let bearer = site.running.grant(7, &SCOPES);
    let told = async || {
        let request = site.http.get(site.url("/v2/userinfo")).bearer_auth(&bearer);
        request.send().await.unwrap().json::<Value>().await.unwrap()["locale"].clone()
    };
    assert_eq!(told().await, json!({ "country": "NL", "language": "nl" }));
    site.running.rules(|rules| rules.questions.locale = Locale::Text);
    assert_eq!(told().await, "nl-NL");
    let asked = [
        ("response_type", "code"),
        ("client_id", "klaroen-demo"),
        ("redirect_uri", CALLBACK),
        ("scope", "openid r_member_social"),
    ];
    let asks = || site.http.get(site.url("/oauth/v2/authorization")).query(&asked).send();
    let back = location(&asks().await.unwrap());
    assert_eq!(parameter(&back, "error").as_deref(), Some("unauthorized_scope_error"));
    site.running.rules(|rules| rules.questions.scope_refusal = ScopeRefusal::Page);
    let page = asks().await.unwrap();
    assert_eq!(page.status(), 400);
    assert!(page.text().await.unwrap().contains("Bummer, something went wrong"));
}
