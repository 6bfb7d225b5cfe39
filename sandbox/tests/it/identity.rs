//! The practice identity provider, seen by an application that checks what it must: a right sign-in is one, and each of
//! the 25 flaws of gate A4 is refused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use klaroen_sandbox::{Endpoint, Fault, Flaw};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::support::{Site, location, parameter};

const ENTRA: &str = "/idp/entra/7b1f8a52-0c1d-4c53-9a3e-5d2f0e6a4b10/v2.0";
const GOOGLE: &str = "/idp/google";
const OKTA: &str = "/idp/okta/oauth2/default";
const BACK: &str = "http://127.0.0.1:4711/api/sign-in/callback";
const CLIENT: &str = "klaroen-sign-in";
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-by-the-book";
const STATE: &str = "the state of this browser";

/// An application that signs people in at one provider, and what it remembers.
struct Application<'s> {
    site: &'s Site,
    issuer: &'static str,
    scopes: &'static str,
    keys: Value,
    /// Addresses of accounts with the subject that each belongs to.
    known: Vec<(String, String)>,
    attempts: u32,
}

impl<'s> Application<'s> {
    async fn at(site: &'s Site, issuer: &'static str) -> Self {
        let mut own =
            Self { site, issuer, scopes: "openid profile email", keys: Value::Null, known: vec![], attempts: 0 };
        own.fetch_keys().await;
        own
    }

    async fn json(&self, path: &str) -> Value {
        self.site.get(path).await.json().await.unwrap()
    }

    async fn fetch_keys(&mut self) {
        self.keys = self.json(&format!("{}/keys", self.issuer)).await;
    }

    /// The way through the browser and back.
    async fn back(&self, member: u32, nonce: &str) -> Url {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let fields = [
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("redirect_uri", BACK),
            ("scope", self.scopes),
            ("state", STATE),
            ("nonce", nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("member", &member.to_string()),
            ("action", "allow"),
        ];
        location(&self.site.form(&format!("{}/authorize", self.issuer), &fields).await)
    }

    async fn exchange(&self, code: &str, verifier: &str) -> (u16, Value) {
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", CLIENT),
            ("client_secret", "klaroen-sign-in-secret"),
            ("redirect_uri", BACK),
            ("code", code),
            ("code_verifier", verifier),
        ];
        let answer = self.site.form(&format!("{}/token", self.issuer), &fields).await;
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Signs a member in: the claims of the token, or why not.
    async fn sign_in(&mut self, member: u32) -> Result<Value, &'static str> {
        self.attempts += 1;
        let nonce = format!("nonce {}", self.attempts);
        let back = self.back(member, &nonce).await;
        if parameter(&back, "state").as_deref() != Some(STATE) {
            return Err("state");
        }
        let (status, answer) = self.exchange(&parameter(&back, "code").ok_or("code")?, VERIFIER).await;
        if status != 200 {
            return Err("code");
        }
        let claims = self.verified(answer["id_token"].as_str().ok_or("no token")?).await?;
        self.check(&claims, &nonce)?;
        let info = self.site.http.get(self.site.url(&format!("{}/userinfo", self.issuer)));
        let info: Value =
            info.bearer_auth(answer["access_token"].as_str().unwrap()).send().await.unwrap().json().await.unwrap();
        if info["sub"] != claims["sub"] {
            return Err("userinfo");
        }
        let (email, subject) =
            (claims["email"].as_str().unwrap_or_default(), claims["sub"].as_str().unwrap_or_default());
        if claims["email_verified"] == false {
            return Err("e-mail unverified");
        }
        if self.known.iter().any(|(known, owner)| known == email && owner != subject) {
            return Err("e-mail of another");
        }
        self.known.push((email.to_owned(), subject.to_owned()));
        Ok(claims)
    }

    /// The claims of a token with a good signature of a key from the provider's own set.
    async fn verified(&mut self, token: &str) -> Result<Value, &'static str> {
        let (text, signature) = token.rsplit_once('.').ok_or("form")?;
        let (head, claims) = text.split_once('.').ok_or("form")?;
        let read = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| "form");
        let head: Value = serde_json::from_slice(&read(head)?).map_err(|_| "form")?;
        if head["alg"] != "RS256" {
            return Err("algorithm");
        }
        if self.key(&head["kid"]).is_none() {
            self.fetch_keys().await;
        }
        let key = self.key(&head["kid"]).ok_or("key")?;
        let [n, e] = ["n", "e"].map(|name| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap());
        RsaPublicKeyComponents { n, e }
            .verify(&RSA_PKCS1_2048_8192_SHA256, text.as_bytes(), &read(signature)?)
            .map_err(|_| "signature")?;
        serde_json::from_slice(&read(claims)?).map_err(|_| "form")
    }

    fn key(&self, kid: &Value) -> Option<&Value> {
        self.keys["keys"].as_array()?.iter().find(|key| key["kid"] == *kid)
    }

    fn check(&self, claims: &Value, nonce: &str) -> Result<(), &'static str> {
        let now = self.site.now().timestamp();
        let at = |name: &str| claims[name].as_i64();
        let is_ours = claims["aud"] == CLIENT && (claims["azp"].is_null() || claims["azp"] == CLIENT);
        let company = match self.issuer {
            ENTRA => claims["tid"] == "7b1f8a52-0c1d-4c53-9a3e-5d2f0e6a4b10",
            GOOGLE => claims["hd"] == "voorbeeldenergie.example",
            _ => true,
        };
        for (holds, reason) in [
            (claims["iss"] == self.site.url(self.issuer), "issuer"),
            (is_ours, "audience"),
            (at("exp").is_some_and(|end| end > now - 60), "expired"),
            (at("iat").is_some_and(|start| start < now + 60), "future"),
            (at("nbf").is_none_or(|start| start < now + 60), "not yet"),
            (claims["nonce"] == nonce, "nonce"),
            (claims["sub"].is_string(), "subject"),
            (company, "company"),
        ] {
            if !holds {
                return Err(reason);
            }
        }
        Ok(())
    }
}

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
async fn a4_each_of_the_25_flaws_is_one_that_a_careful_application_refuses() {
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
