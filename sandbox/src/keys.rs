//! The practice keys that sign identity tokens with RS256. They lie in the open on purpose: they protect nothing, and
//! fixed keys make every run alike.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::{Value, json};

/// The keys in the order in which they are used, each with the name that tokens give it.
static KEYS: LazyLock<[(&str, Option<KeyPair>); 2]> = LazyLock::new(|| {
    let pair = |der| KeyPair::from_pkcs8(der).ok();
    [
        ("practice-1", pair(include_bytes!("../content/keys/first.der"))),
        ("practice-2", pair(include_bytes!("../content/keys/second.der"))),
    ]
});

/// One of the practice keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    First,
    Second,
}

impl Key {
    fn pair(self) -> Option<(&'static str, &'static KeyPair)> {
        let (kid, pair) = &KEYS[self as usize];
        Some((kid, pair.as_ref()?))
    }

    /// A signed token that says this; none only if the key itself is broken.
    pub(crate) fn sign(self, claims: &Value) -> Option<String> {
        let (kid, pair) = self.pair()?;
        let header = json!({ "alg": "RS256", "kid": kid, "typ": "JWT" });
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let said = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), said.as_bytes(), &mut signature).ok()?;
        Some(format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Its public half as a JSON Web Key.
    pub(crate) fn public(self) -> Option<Value> {
        let (kid, pair) = self.pair()?;
        let PublicKeyComponents::<Vec<u8>> { n, e } = pair.public().into();
        let encode = |number| URL_SAFE_NO_PAD.encode::<Vec<u8>>(number);
        Some(json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": encode(n), "e": encode(e) }))
    }
}
