//! An application that signs people in at the practice identity provider, and checks what it must.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::support::{Site, location, parameter};

pub const ENTRA: &str = "/idp/entra/7b1f8a52-0c1d-4c53-9a3e-5d2f0e6a4b10/v2.0";
pub const GOOGLE: &str = "/idp/google";
pub const OKTA: &str = "/idp/okta/oauth2/default";
pub const BACK: &str = "http://127.0.0.1:4711/api/sign-in/callback";
pub const CLIENT: &str = "klaroen-sign-in";
pub const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-by-the-book";
const STATE: &str = "the state of this browser";

/// An application that signs people in at one provider, and what it remembers.
pub struct Application<'s> {
    site: &'s Site,
    issuer: &'static str,
    pub scopes: &'static str,
    pub keys: Value,
    /// Addresses of accounts with the subject that each belongs to.
    known: Vec<(String, String)>,
    attempts: u32,
}

impl<'s> Application<'s> {
    pub async fn at(site: &'s Site, issuer: &'static str) -> Self {
        let mut own =
            Self { site, issuer, scopes: "openid profile email", keys: Value::Null, known: vec![], attempts: 0 };
        own.fetch_keys().await;
        own
    }

    pub async fn json(&self, path: &str) -> Value {
        self.site.get(path).await.json().await.unwrap()
    }

    async fn fetch_keys(&mut self) {
        self.keys = self.json(&format!("{}/keys", self.issuer)).await;
    }

    /// The way through the browser and back.
    pub async fn back(&self, member: u32, nonce: &str) -> Url {
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

    pub async fn exchange(&self, code: &str, verifier: &str) -> (u16, Value) {
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
    pub async fn sign_in(&mut self, member: u32) -> Result<Value, &'static str> {
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
