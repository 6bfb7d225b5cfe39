//! The keys of the practice identity provider and of the practice LinkedIn. They are part of the program and protect
//! nothing.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RsaEncoding, RsaKeyPair};
use ring::{error::Unspecified, hmac};
use serde_json::{Value, json};

use crate::identity::Flaw;

struct Keys {
    own: [RsaKeyPair; 2],
    stranger: RsaKeyPair,
}

/// Files of the program; a test signs with each.
static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let read = |der: &[u8]| RsaKeyPair::from_pkcs8(der).expect("the practice keys are keys");
    Keys {
        own: [
            read(include_bytes!("../../content/keys/first.der")),
            read(include_bytes!("../../content/keys/second.der")),
        ],
        stranger: read(include_bytes!("../../content/keys/stranger.der")),
    }
});

/// The name of the key after so many rotations.
fn kid(rotation: u32) -> String {
    format!("practice-{rotation}")
}

fn own(rotation: u32) -> &'static RsaKeyPair {
    &KEYS.own[usize::from(!rotation.is_multiple_of(2))]
}

/// The key set: the present key, and the one before it.
pub(super) fn set(rotation: u32) -> Value {
    published(rotation.saturating_sub(1)..=rotation)
}

/// The key set of these rotations.
pub(crate) fn published(rotations: impl IntoIterator<Item = u32>) -> Value {
    let keys = rotations.into_iter().map(|number| public(own(number), &kid(number)));
    json!({ "keys": keys.collect::<Vec<_>>() })
}

fn public(key: &RsaKeyPair, kid: &str) -> Value {
    let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(key.public());
    let [n, e] = [n, e].map(|number| URL_SAFE_NO_PAD.encode(number));
    json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e })
}

/// Signs claims with the present key, or wrongly.
pub(crate) fn sign(claims: &Value, rotation: u32, flaw: Option<Flaw>) -> String {
    let key = own(rotation);
    let head = |alg: &str| json!({ "typ": "JWT", "alg": alg, "kid": kid(rotation) });
    let rs256 = |key, head| signed(key, &RSA_PKCS1_SHA256, &head, claims);
    let token = match flaw {
        Some(Flaw::AlgNone) => Ok(format!("{}.", unsigned(&json!({ "typ": "JWT", "alg": "none" }), claims))),
        Some(Flaw::Hs256WithRsaKey) => {
            let text = unsigned(&head("HS256"), claims);
            let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.public().as_ref()), text.as_bytes());
            Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag)))
        }
        Some(Flaw::OtherAlgorithm) => signed(key, &RSA_PKCS1_SHA384, &head("RS384"), claims),
        Some(Flaw::ForeignKey) => rs256(&KEYS.stranger, head("RS256")),
        Some(Flaw::UnknownKid) => {
            rs256(&KEYS.stranger, json!({ "typ": "JWT", "alg": "RS256", "kid": "practice-unknown" }))
        }
        Some(Flaw::OwnKeyInHeader) => {
            let mut head = head("RS256");
            head["jwk"] = public(&KEYS.stranger, "own");
            rs256(&KEYS.stranger, head)
        }
        Some(Flaw::BadSignature) => rs256(key, head("RS256")).map(|token| changed(&token, claims)),
        _ => rs256(key, head("RS256")),
    };
    // Signing with a whole key does not fail.
    token.unwrap_or_default()
}

fn unsigned(head: &Value, claims: &Value) -> String {
    let [head, claims] = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    format!("{head}.{claims}")
}

fn signed(
    key: &RsaKeyPair,
    method: &'static dyn RsaEncoding,
    head: &Value,
    claims: &Value,
) -> Result<String, Unspecified> {
    let text = unsigned(head, claims);
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(method, &SystemRandom::new(), text.as_bytes(), &mut signature)?;
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// The same token with one claim more.
fn changed(token: &str, claims: &Value) -> String {
    let mut claims = claims.clone();
    claims["roles"] = json!(["admin"]);
    let mut parts: Vec<&str> = token.split('.').collect();
    let written = URL_SAFE_NO_PAD.encode(claims.to_string());
    if let Some(part) = parts.get_mut(1) {
        *part = &written;
    }
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_signs_and_a_rotation_keeps_the_one_before() {
        let claims = json!({ "sub": "a" });
        assert_ne!(sign(&claims, 0, None), sign(&claims, 1, None));
        assert_ne!(sign(&claims, 0, None), sign(&claims, 0, Some(Flaw::ForeignKey)));
        let kids = |rotation| {
            let set = set(rotation);
            set["keys"]
                .as_array()
                .unwrap()
                .iter()
                .map(|key| key["kid"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!((kids(0), kids(1)), (vec!["practice-0".to_owned()], vec!["practice-0".into(), "practice-1".into()]));
        assert_eq!(kids(7), ["practice-6", "practice-7"]);
    }
}
