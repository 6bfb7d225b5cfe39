//! The practice identity provider, seen by an application that checks what it must: a right sign-in is one, and each of
//! the 25 flaws is refused.

use chrono::Duration;
use klaroen_sandbox::{Endpoint, Fault, Flaw};
use serde_json::{Value, json};

use crate::application::{Application, BACK, CLIENT, ENTRA, GOOGLE, OKTA, VERIFIER};
use crate::support::{Site, location, parameter};

/// Why a careful application refuses a flaw.
fn reason(flaw: Flaw, issuer: &str) -> &'static str {
    match flaw {
        Flaw::BadSignature | Flaw::ForeignKey | Flaw::OwnKeyInHeader => "signature",
        Flaw::AlgNone | Flaw::Hs256WithRsaKey | Flaw::OtherAlgorithm => "algorithm",
        Flaw::UnknownKid => "key",
        Flaw::OtherAudience | Flaw::ManyAudiences => "audience",
        Flaw::OtherTenant if issuer != OKTA => "company",
        Flaw::OtherIssuer | Flaw::IssuerWithSlash | Flaw::OtherTenant => "issuer",
        Flaw::Expired => "expired",
        Flaw::NotYetValid => "not yet",
        Flaw::IssuedInFuture => "future",
        Flaw::NonceMissing | Flaw::NonceReplayed => "nonce",
        Flaw::SubjectMissing => "subject",
        Flaw::EmailOfAnother => "e-mail of another",
        Flaw::EmailUnverified => "e-mail unverified",
        Flaw::TokenMissing => "no token",
        Flaw::UserInfoOfAnother => "userinfo",
        Flaw::StateOther | Flaw::StateMissing => "state",
        Flaw::CodeTwice => "code",
    }
}

fn endpoint(flaw: Flaw) -> Endpoint {
    match flaw {
        Flaw::StateOther | Flaw::StateMissing | Flaw::CodeTwice => Endpoint::IdentityAuthorize,
        Flaw::UserInfoOfAnother => Endpoint::IdentityUserInfo,
        _ => Endpoint::IdentityToken,
    }
}

#[tokio::test]
async fn each_of_the_25_flaws_is_one_that_a_careful_application_refuses() {
    let site = Site::start().await;
    for issuer in [ENTRA, GOOGLE, OKTA] {
        let mut application = Application::at(&site, issuer).await;
        for member in [1, 7] {
            application.sign_in(member).await.unwrap();
        }
        let mut refused = 0;
        for flaw in Flaw::ALL {
            site.running.fault(endpoint(flaw), Some(7), 1, Fault::Flaw(flaw));
            assert_eq!(application.sign_in(1).await.err(), None, "meant for another member");
            assert_eq!(application.sign_in(7).await.err(), Some(reason(flaw, issuer)), "{flaw:?} at {issuer}");
            refused += 1;
            assert_eq!(application.sign_in(7).await.err(), None, "after {flaw:?}");
        }
        assert_eq!(refused, 25);
    }
}

#[tokio::test]
async fn each_provider_tells_who_somebody_is_in_its_own_claims() {
    let site = Site::start().await;
    let entra = Application::at(&site, ENTRA).await.sign_in(7).await.unwrap();
    for name in ["oid", "tid", "sub", "preferred_username", "name", "email", "groups", "ver", "nbf"] {
        assert!(!entra[name].is_null(), "{name}");
    }
    assert!(entra["email_verified"].is_null() && entra["groups"][0].as_str().unwrap().len() == 36);
    assert_ne!(entra["oid"], entra["sub"]);
    let google = Application::at(&site, GOOGLE).await.sign_in(7).await.unwrap();
    assert_eq!(
        (&google["hd"], &google["email_verified"], &google["azp"]),
        (&json!("voorbeeldenergie.example"), &json!(true), &json!(CLIENT))
    );
    assert!(google["sub"].as_str().unwrap().chars().all(|c| c.is_ascii_digit()) && google["groups"].is_null());
    let mut okta = Application::at(&site, OKTA).await;
    assert!(okta.sign_in(7).await.unwrap()["groups"].is_null(), "only with its scope");
    okta.scopes = "openid profile email groups";
    let claims = okta.sign_in(7).await.unwrap();
    assert_eq!(claims["groups"], json!(["Iedereen", "Team 2", "Klaroen"]));
    for name in ["ver", "jti", "amr", "idp", "auth_time"] {
        assert!(!claims[name].is_null(), "{name}");
    }
    for issuer in [ENTRA, GOOGLE, OKTA] {
        let described = okta.json(&format!("{issuer}/.well-known/openid-configuration")).await;
        assert_eq!(described["issuer"], site.url(issuer));
        assert_eq!(described["jwks_uri"], site.url(&format!("{issuer}/keys")));
    }
}

#[tokio::test]
async fn too_many_groups_are_told_elsewhere() {
    let site = Site::start().await;
    let mut application = Application::at(&site, ENTRA).await;
    let whole = application.sign_in(7).await.unwrap()["groups"].clone();
    for (question, value) in [("identity_groups", "2"), ("identity_overage", "hasgroups")] {
        assert_eq!(site.form("/switches/rules", &[(question, value)]).await.status(), 303);
    }
    let claims = application.sign_in(7).await.unwrap();
    assert_eq!((&claims["hasgroups"], &claims["groups"]), (&json!(true), &Value::Null));
    site.form("/switches/rules", &[("identity_overage", "claim_sources")]).await;
    let claims = application.sign_in(7).await.unwrap();
    assert_eq!((&claims["_claim_names"]["groups"], &claims["groups"]), (&json!("src1"), &Value::Null));
    let endpoint = claims["_claim_sources"]["src1"]["endpoint"].as_str().unwrap();
    assert_eq!(site.http.post(endpoint).send().await.unwrap().status(), 401);
    let code = parameter(&application.back(7, "n").await, "code").unwrap();
    let (_, answer) = application.exchange(&code, VERIFIER).await;
    let asked = site.http.post(endpoint).bearer_auth(answer["access_token"].as_str().unwrap());
    let groups: Value = asked.send().await.unwrap().json().await.unwrap();
    assert_eq!(groups["value"], whole);
}

#[tokio::test]
async fn a_new_key_is_fetched_when_its_name_is_unknown() {
    let site = Site::start().await;
    let mut application = Application::at(&site, OKTA).await;
    let first = application.keys.clone();
    site.running.rotate_identity_keys();
    application.sign_in(7).await.unwrap();
    assert_ne!(application.keys, first);
    assert_eq!(application.keys["keys"].as_array().unwrap().len(), 2, "the key before is still there");
    assert_eq!(site.form("/switches/identity/rotate", &[]).await.status(), 303);
    application.sign_in(7).await.unwrap();
    let kids: Vec<_> = application.keys["keys"].as_array().unwrap().iter().map(|key| &key["kid"]).collect();
    assert_eq!(kids, ["practice-1", "practice-2"]);
}

#[tokio::test]
async fn codes_work_once_for_ten_minutes_and_with_their_verifier() {
    let site = Site::start().await;
    let application = Application::at(&site, GOOGLE).await;
    let code = async || parameter(&application.back(7, "n").await, "code").unwrap();
    let first = code().await;
    assert_eq!(application.exchange(&first, VERIFIER).await.0, 200);
    assert_eq!(application.exchange(&first, VERIFIER).await.1["error"], "invalid_grant");
    assert_eq!(application.exchange(&code().await, "another verifier").await.1["error"], "invalid_grant");
    let old = code().await;
    site.advance(Duration::minutes(10));
    assert_eq!(application.exchange(&old, VERIFIER).await.1["error"], "invalid_grant");
    let elsewhere = Application::at(&site, OKTA).await;
    assert_eq!(elsewhere.exchange(&code().await, VERIFIER).await.1["error"], "invalid_grant", "of another provider");
    let path = format!("{GOOGLE}/authorize");
    let page =
        site.get(&format!("{path}?response_type=code&client_id={CLIENT}&redirect_uri={BACK}&scope=openid")).await;
    assert!(page.text().await.unwrap().contains("Sign in as"));
    for wrong in [("client_id", "x"), ("redirect_uri", "https://evil.example/")] {
        let mut fields =
            vec![("response_type", "code"), ("client_id", CLIENT), ("redirect_uri", BACK), ("scope", "openid")];
        fields.push(wrong);
        assert_eq!(site.form(&path, &fields).await.status(), 400, "{wrong:?}");
    }
    let fields = [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", BACK),
        ("scope", "openid"),
        ("action", "deny"),
    ];
    let back = location(&site.form(&path, &fields).await);
    assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"));
    site.running.fault(Endpoint::IdentityKeys, None, 1, Fault::RetryAfter { status: 503, seconds: 9 });
    assert_eq!(site.get(&format!("{GOOGLE}/keys")).await.status(), 503);
}
