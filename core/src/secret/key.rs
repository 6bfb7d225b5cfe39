//! The key file as the running product has it: it follows the file when that changes.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::{Context, bail, ensure};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::{
    Sealed, decrypt, encrypt,
    file::{self, Stamp},
    random,
    ring::{self, Wrapping},
    token,
};
use crate::{Error, Result};

/// The key that wraps all others, and while it is being changed the one before it.
pub struct Key {
    file: PathBuf,
    known: RwLock<Known>,
    seed: SecretString,
}

/// What was read last.
struct Known {
    stamp: Stamp,
    ring: Vec<Arc<Wrapping>>,
    /// Gone from the file: they open what was read from the database before.
    former: Vec<Arc<Wrapping>>,
}

impl Key {
    /// Reads the key file, or makes it when `may_create` (a new installation).
    ///
    /// # Errors
    /// When the file is missing on an existing installation, unreadable, or not a key.
    pub fn open(file: &Path, may_create: bool) -> anyhow::Result<Self> {
        if !file.exists() && may_create {
            file::create(file, &Wrapping::new().line())
                .with_context(|| format!("cannot write the key file {}", file.display()))?;
        }
        let (stamp, ring) = read(file)?;
        let known = Known { stamp, ring, former: vec![] };
        Ok(Self { file: file.to_owned(), known: RwLock::new(known), seed: token() })
    }

    /// The same key with what secrets follow from; without it they hold for this process only.
    #[must_use]
    pub fn with_seed(self, seed: SecretString) -> Self {
        Self { seed, ..self }
    }

    /// What is stored to recognise this key later.
    ///
    /// # Errors
    /// When the file was changed and cannot be read.
    pub fn check(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.look()?[0].check())
    }

    /// What stands before each key that this one wrapped.
    pub(super) fn id(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.look()?[0].id())
    }

    /// Refuses a file without the key that this database was made with or changed to.
    ///
    /// # Errors
    /// When it is another key.
    pub fn recognise(&self, check: &[u8]) -> anyhow::Result<()> {
        ensure!(
            self.look()?.iter().any(|key| key.check() == check),
            "the secret key file is not the one this database was made with; point KLAROEN_SECRET_KEY_FILE at the right one"
        );
        Ok(())
    }

    /// A secret that follows from the seed and `of`, so that it need not be stored: 64 hex digits.
    #[must_use]
    pub fn derive(&self, purpose: &str, of: &SecretString) -> SecretString {
        let digest = Sha256::new().chain_update(purpose).chain_update(self.seed.expose_secret());
        hex::encode(digest.chain_update(of.expose_secret()).finalize()).into()
    }

    /// Seals `secret` for one place (`table/row/...`); it opens nowhere else. Only in a transaction that writes the
    /// result: who changes the key waits for those.
    ///
    /// # Errors
    /// When the file was changed and cannot be read.
    pub fn seal(&self, secret: &SecretString, place: &str) -> Result<Sealed> {
        let own = random();
        let ring = self.look().map_err(Error::internal)?;
        Ok(Sealed {
            token: encrypt(&own, secret.expose_secret().as_bytes(), place)?,
            token_key: ring[0].wrap(&own, place)?,
        })
    }

    /// Opens what was sealed for `place`.
    ///
    /// # Errors
    /// When it was sealed for another place, by another key, or changed.
    pub fn open_sealed(&self, sealed: &Sealed, place: &str) -> Result<SecretString> {
        if let Err(error) = self.look() {
            tracing::warn!("{error:#}");
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let own = ring::unwrap(&known.ring, &sealed.token_key, place)
            .or_else(|| ring::unwrap(&known.former, &sealed.token_key, place))
            .ok_or_else(|| {
                Error::internal(anyhow::anyhow!("a wrapped key does not open: wrong key or changed data"))
            })?;
        let text = String::from_utf8(decrypt(&own, &sealed.token, place)?).map_err(Error::internal)?;
        Ok(text.into())
    }

    /// Wraps a wrapped key anew by the current key; none: no key of the file opens it.
    pub(super) fn wrap_anew(&self, wrapped: &[u8], place: &str) -> Result<Option<Vec<u8>>> {
        let ring = self.look().map_err(Error::internal)?;
        ring::unwrap(&ring, wrapped, place).map(|own| ring[0].wrap(&own, place)).transpose()
    }

    /// Held while the key is changed.
    pub(super) fn turn(&self) -> anyhow::Result<File> {
        let turn = file::turn(&self.file).with_context(|| self.cannot("lock"))?;
        turn.context("the key is being changed by another process already")
    }

    /// Puts a new key before the present one, unless a change that was cut short did.
    pub(super) fn begin(&self) -> anyhow::Result<()> {
        match self.look()?.as_slice() {
            [present] => self.replace(&[&Wrapping::new(), present]),
            [_, _] => Ok(()),
            _ => bail!(self.cannot("read")),
        }
    }

    /// Takes the former key out of the file.
    pub(super) fn finish(&self) -> anyhow::Result<()> {
        self.replace(&[&self.look()?[0]])
    }

    fn replace(&self, keys: &[&Wrapping]) -> anyhow::Result<()> {
        let text: String = keys.iter().map(|key| key.line()).collect();
        file::replace(&self.file, &text).with_context(|| self.cannot("write"))
    }

    /// The keys as the file has them now. A file that is away cannot have been changed.
    fn look(&self) -> anyhow::Result<Vec<Arc<Wrapping>>> {
        let stamp = match Stamp::of(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            stamp => Some(stamp.with_context(|| self.cannot("read"))?),
        };
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if stamp.is_none_or(|stamp| stamp == known.stamp) {
            return Ok(known.ring.clone());
        }
        drop(known);
        let (stamp, ring) = read(&self.file)?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let gone: Vec<_> =
            known.ring.iter().filter(|key| ring.iter().all(|other| other.id() != key.id())).cloned().collect();
        known.former.extend(gone);
        known.stamp = stamp;
        known.ring.clone_from(&ring);
        Ok(ring)
    }

    fn cannot(&self, what: &str) -> String {
        format!("cannot {what} the key file {}", self.file.display())
    }
}

/// The stamp is from before the reading: a change in between shows at the next look.
fn read(file: &Path) -> anyhow::Result<(Stamp, Vec<Arc<Wrapping>>)> {
    let text = Stamp::of(file).and_then(|stamp| Ok((stamp, fs::read_to_string(file)?)));
    let (stamp, text) = text.with_context(|| {
        format!(
            "the secret key file {} cannot be read. Without it no stored token can be opened: \
             put the file back from your copy, or point KLAROEN_SECRET_KEY_FILE at it",
            file.display()
        )
    })?;
    let ring = ring::parse(&text)
        .with_context(|| format!("{} is not a Klaroen key file (one or two lines of 64 hex digits)", file.display()))?;
    Ok((stamp, ring))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> (Key, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        (Key::open(&dir.path().join("secret.key"), true).unwrap(), dir)
    }

    #[test]
    fn o3_a_sealed_value_opens_only_in_its_own_place() {
        let (key, _dir) = key();
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
        again.recognise(&first.check().unwrap()).unwrap();
        assert!(key().0.recognise(&first.check().unwrap()).is_err());
        fs::write(&file, "nonsense").unwrap();
        assert!(Key::open(&file, true).is_err());
    }

    #[test]
    fn o4_a_running_product_follows_the_file_at_every_step_of_a_change() {
        let (running, dir) = key();
        let file = dir.path().join("secret.key");
        let changing = Key::open(&file, false).unwrap();
        let turn = changing.turn().unwrap();
        assert!(running.turn().is_err(), "one at a time");
        let old = running.seal(&"old".to_owned().into(), "1").unwrap();
        let check = running.check().unwrap();
        changing.begin().unwrap();
        let begun = fs::read_to_string(&file).unwrap();
        changing.begin().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), begun, "a change that was cut short goes on");
        running.recognise(&check).unwrap();
        let new = running.seal(&"new".to_owned().into(), "1").unwrap();
        assert!(
            new.token_key.starts_with(&changing.id().unwrap()) && !old.token_key.starts_with(&changing.id().unwrap())
        );
        let anew = Sealed { token_key: changing.wrap_anew(&old.token_key, "1").unwrap().unwrap(), ..old.clone() };
        changing.finish().unwrap();
        assert!(running.recognise(&check).is_err());
        for sealed in [&old, &new, &anew] {
            assert!(running.open_sealed(sealed, "1").is_ok(), "what it read before still opens");
        }
        let fresh = Key::open(&file, false).unwrap();
        assert!(fresh.open_sealed(&old, "1").is_err());
        assert_eq!(fresh.open_sealed(&new, "1").unwrap().expose_secret(), "new");
        assert_eq!(fresh.open_sealed(&anew, "1").unwrap().expose_secret(), "old");
        drop(turn);
        assert!(running.turn().is_ok());
        fs::write(&file, "nonsense").unwrap();
        assert!(running.seal(&"x".to_owned().into(), "1").is_err(), "nothing is sealed by a key that may be gone");
        fs::remove_file(&file).unwrap();
        assert!(running.seal(&"x".to_owned().into(), "1").is_ok(), "a file that is away was not changed");
    }

    #[test]
    fn o4_what_follows_from_the_seed_stays_when_the_key_changes() {
        let (key, dir) = key();
        let seed = SecretString::from("a seed");
        let before = key.with_seed(seed.clone());
        before.begin().unwrap();
        before.finish().unwrap();
        let after = Key::open(&dir.path().join("secret.key"), false).unwrap().with_seed(seed);
        let of = "1".to_owned().into();
        assert_ne!(before.derive("unsubscribe", &of).expose_secret(), before.derive("renewal", &of).expose_secret());
        assert_eq!(before.derive("renewal", &of).expose_secret(), after.derive("renewal", &of).expose_secret());
    }
}
