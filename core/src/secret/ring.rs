//! The keys of a key file: the first wraps, all of them open. There are two only while the key is being changed.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};

use super::{NONCE, decrypt, encrypt, random};
use crate::Result;

/// How many bytes tell which key wrapped a value; they stand before it.
const ID: usize = 4;
/// The length of a wrapped key behind its id: nonce, key and authentication.
const WRAPPED: usize = NONCE + 32 + 16;

/// A key that wraps others.
pub(super) struct Wrapping(SecretBox<[u8; 32]>);

impl Wrapping {
    /// A fresh one.
    pub fn new() -> Self {
        Self(SecretBox::new(Box::new(random())))
    }

    /// Reads 64 hex digits.
    fn parse(line: &str) -> Option<Self> {
        let bytes = <[u8; 32]>::try_from(hex::decode(line.trim()).ok()?).ok()?;
        Some(Self(SecretBox::new(Box::new(bytes))))
    }

    /// Its line in the key file.
    pub fn line(&self) -> String {
        hex::encode(self.0.expose_secret()) + "\n"
    }

    /// What is stored to recognise it later.
    pub fn check(&self) -> Vec<u8> {
        Sha256::new().chain_update(b"klaroen key check").chain_update(self.0.expose_secret()).finalize().to_vec()
    }

    /// What stands before each key that it wrapped.
    pub fn id(&self) -> Vec<u8> {
        self.check()[..ID].to_vec()
    }

    /// Wraps a key for one place.
    pub fn wrap(&self, own: &[u8; 32], place: &str) -> Result<Vec<u8>> {
        Ok([self.id(), encrypt(self.0.expose_secret(), own, place)?].concat())
    }

    /// The key that was wrapped for `place`; those of before have no id.
    fn unwrap(&self, wrapped: &[u8], place: &str) -> Option<[u8; 32]> {
        let from = wrapped.len().checked_sub(WRAPPED)?;
        decrypt(self.0.expose_secret(), &wrapped[from..], place).ok()?.try_into().ok()
    }
}

/// Reads a key file: one or two lines.
pub(super) fn parse(text: &str) -> Option<Vec<Arc<Wrapping>>> {
    let keys = text.trim().lines().map(|line| Wrapping::parse(line).map(Arc::new)).collect::<Option<Vec<_>>>()?;
    (1..=2).contains(&keys.len()).then_some(keys)
}

/// The key that one of these wrapped for `place`.
pub(super) fn unwrap(keys: &[Arc<Wrapping>], wrapped: &[u8], place: &str) -> Option<[u8; 32]> {
    keys.iter().find_map(|key| key.unwrap(wrapped, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o4_a_key_file_has_one_or_two_keys() {
        let (one, other) = (Wrapping::new().line(), Wrapping::new().line());
        for (text, keys) in [
            (one.clone(), Some(1)),
            (one.trim().to_owned(), Some(1)),
            (format!("\n{one}"), Some(1)),
            (format!("{one}{other}"), Some(2)),
            (format!("{one}{other}{one}"), None),
            (format!("{one}\n{other}"), None),
            (one[..60].to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(parse(&text).map(|keys| keys.len()), keys, "{text:?}");
        }
    }

    #[test]
    fn o4_a_wrapped_key_says_which_key_wrapped_it_and_opens_with_that_one_only() {
        let (old, new) = (Arc::new(Wrapping::new()), Arc::new(Wrapping::new()));
        let own = random();
        let wrapped = old.wrap(&own, "place").unwrap();
        assert!(wrapped.starts_with(&old.id()) && old.id() != new.id());
        assert_eq!(unwrap(&[new.clone(), old.clone()], &wrapped, "place"), Some(own));
        assert_eq!(unwrap(std::slice::from_ref(&old), &wrapped[ID..], "place"), Some(own), "as before there were ids");
        assert_eq!(unwrap(&[new], &wrapped, "place"), None);
        for damaged in [&wrapped[..0], &wrapped[..30], &wrapped[ID + 1..]] {
            assert_eq!(unwrap(std::slice::from_ref(&old), damaged, "place"), None);
        }
    }
}
