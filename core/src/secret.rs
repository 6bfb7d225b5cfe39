//! Secrets: random tokens of which only the hash is kept, and the envelope that seals what must be kept.
//! Each sealed value has a key of its own, wrapped by the key file; deleting that key shreds the value, in backups too.

use std::{fs, io::Write, path::Path};

use anyhow::{Context, ensure};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use rand::{TryRngCore, rngs::OsRng};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

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

/// The key that wraps all others.
pub struct Key(SecretBox<[u8; 32]>);

const NONCE: usize = 24;

impl Key {
    /// Reads the key file, or makes it when `may_create` (a new installation).
    ///
    /// # Errors
    /// When the file is missing on an existing installation, unreadable, or not a key.
    pub fn open(file: &Path, may_create: bool) -> anyhow::Result<Self> {
        if !file.exists() && may_create {
            Self::create(file).with_context(|| format!("cannot write the key file {}", file.display()))?;
        }
        let text = fs::read_to_string(file).with_context(|| {
            format!(
                "the secret key file {} cannot be read. Without it no stored token can be opened: \
                 put the file back from your copy, or point KLAROEN_SECRET_KEY_FILE at it",
                file.display()
            )
        })?;
        let bytes = hex::decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let bytes = bytes.with_context(|| format!("{} is not a Klaroen key file (64 hex digits)", file.display()))?;
        Ok(Self(SecretBox::new(Box::new(bytes))))
    }

    fn create(file: &Path) -> std::io::Result<()> {
        use std::os::unix::fs::OpenOptionsExt;
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
        writeln!(file, "{}", hex::encode(random::<32>()))?;
        file.sync_all()
    }

    /// What is stored to recognise this key later.
    #[must_use]
    pub fn check(&self) -> Vec<u8> {
        Sha256::new().chain_update(b"klaroen key check").chain_update(self.0.expose_secret()).finalize().to_vec()
    }

    /// Refuses a key other than the one this database was made with.
    ///
    /// # Errors
    /// When it is another key.
    pub fn recognise(&self, check: &[u8]) -> anyhow::Result<()> {
        ensure!(
            self.check() == check,
            "the secret key file is not the one this database was made with; point KLAROEN_SECRET_KEY_FILE at the right one"
        );
        Ok(())
    }

    /// A secret that follows from this key and `of`, so that it need not be stored: 64 hex digits.
    #[must_use]
    pub fn derive(&self, purpose: &str, of: &SecretString) -> SecretString {
        let digest = Sha256::new().chain_update(purpose).chain_update(self.0.expose_secret());
        hex::encode(digest.chain_update(of.expose_secret()).finalize()).into()
    }

    /// Seals `secret` for one place (`table/row/...`); it opens nowhere else.
    ///
    /// # Errors
    /// Never in practice; the cipher's interface allows for it.
    pub fn seal(&self, secret: &SecretString, place: &str) -> Result<Sealed> {
        let own = random::<32>();
        Ok(Sealed {
            token: encrypt(&own, secret.expose_secret().as_bytes(), place)?,
            token_key: encrypt(self.0.expose_secret(), &own, place)?,
        })
    }

    /// Opens what was sealed for `place`.
    ///
    /// # Errors
    /// When it was sealed for another place, by another key, or changed.
    pub fn open_sealed(&self, sealed: &Sealed, place: &str) -> Result<SecretString> {
        let own = decrypt(self.0.expose_secret(), &sealed.token_key, place)?;
        let own =
            <[u8; 32]>::try_from(own).map_err(|_| Error::internal(anyhow::anyhow!("a wrapped key is not a key")))?;
        let text = String::from_utf8(decrypt(&own, &sealed.token, place)?).map_err(Error::internal)?;
        Ok(text.into())
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key(SecretBox::new(Box::new(random())))
    }

    #[test]
    fn o3_a_sealed_value_opens_only_in_its_own_place() {
        let key = key();
        let sealed = key.seal(&"a token".to_owned().into(), "connections/1").unwrap();
        assert_eq!(key.open_sealed(&sealed, "connections/1").unwrap().expose_secret(), "a token");
        assert!(key.open_sealed(&sealed, "connections/2").is_err());
        let other = key.seal(&"other".to_owned().into(), "connections/2").unwrap();
        let swapped = Sealed { token: other.token, token_key: sealed.token_key };
        assert!(key.open_sealed(&swapped, "connections/1").is_err());
    }

    #[test]
    fn o6_a_missing_or_wrong_key_is_refused_and_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("secret.key");
        assert!(Key::open(&file, false).is_err());
        assert!(!file.exists());
        let first = Key::open(&file, true).unwrap();
        let again = Key::open(&file, true).unwrap();
        again.recognise(&first.check()).unwrap();
        assert!(key().recognise(&first.check()).is_err());
        fs::write(&file, "nonsense").unwrap();
        assert!(Key::open(&file, true).is_err());
    }
}
