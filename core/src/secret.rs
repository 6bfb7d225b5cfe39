//! Secrets: random tokens of which only the hash is kept, and the envelope that seals what must be kept.
//! Each sealed value has a key of its own, wrapped by the key file; deleting that key shreds the value, in backups too.

mod file;
mod key;
mod ring;
pub mod rotation;
mod seed;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use rand::{TryRngCore, rngs::OsRng};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

pub use key::Key;
pub(crate) use seed::seed;

/// `N` bytes from the system's generator.
///
/// # Panics
/// If the system has no randomness; going on without would be worse.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// A fresh 256-bit token as 43 characters that fit in an address.
#[must_use]
pub fn token() -> SecretString {
    URL_SAFE_NO_PAD.encode(random::<32>()).into()
}

/// What is stored of a token.
#[must_use]
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A value sealed with a key of its own, and that key wrapped by the key file.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Sealed {
    /// The value.
    pub token: Vec<u8>,
    /// Its key.
    pub token_key: Vec<u8>,
}

const NONCE: usize = 24;

fn encrypt(key: &[u8; 32], plain: &[u8], place: &str) -> Result<Vec<u8>> {
    let nonce = random::<NONCE>();
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad: place.as_bytes() })
        .map_err(|_| Error::internal(anyhow::anyhow!("sealing failed")))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn decrypt(key: &[u8; 32], sealed: &[u8], place: &str) -> Result<Vec<u8>> {
    let broken = || Error::internal(anyhow::anyhow!("a sealed value does not open: wrong key or changed data"));
    let (nonce, text) = sealed.split_at_checked(NONCE).ok_or_else(broken)?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(XNonce::from_slice(nonce), Payload { msg: text, aad: place.as_bytes() })
        .map_err(|_| broken())
}
