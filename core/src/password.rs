//! Passwords: argon2id as strong as TRUST asks, and a refusal of guessable ones.
//! Hashing is slow on purpose: call it in `spawn_blocking`, at most two at once.

use std::sync::{Arc, LazyLock};

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::{Error, Fault, Result};

/// Memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (64 * 1024, 3, 1);

/// Each hashing takes 64 MiB, so only two run at once; the others wait in line.
static PERMITS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// What an unknown address is compared with, so that it takes as long as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

fn hasher() -> Argon2<'static> {
    let params = Params::new(COST.0, COST.1, COST.2, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> Result<String> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = hasher().hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(|error| Error::internal(anyhow::anyhow!("hashing failed: {error}")))?.to_string())
}

/// The PHC string to store.
///
/// # Errors
/// Only when the process runs out of memory or is shutting down.
pub async fn hash(password: SecretString) -> Result<String> {
    in_turn(move || hash_now(password.expose_secret())).await?
}

/// True when `password` belongs to `stored`; takes equally long when nothing is stored.
///
/// # Errors
/// Only when the process runs out of memory or is shutting down.
pub async fn verify(password: SecretString, stored: Option<String>) -> Result<bool> {
    in_turn(move || {
        let stored_or_nobody = stored.as_deref().unwrap_or(&NOBODY);
        let matches = PasswordHash::new(stored_or_nobody)
            .is_ok_and(|hash| hasher().verify_password(password.expose_secret().as_bytes(), &hash).is_ok());
        matches && stored.is_some()
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let permit = PERMITS.clone().acquire_owned().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(Error::internal)
}

/// Refuses a password that is short, endless or easily guessed; `words` are those an attacker would try first.
///
/// # Errors
/// One fault for the field `pointer`, saying what would be better.
pub fn check_strength(password: &SecretString, words: &[&str], pointer: &'static str) -> Result<()> {
    let text = password.expose_secret();
    let length = text.chars().count();
    if !(12..=256).contains(&length) {
        return Err(Error::invalid(pointer, "password.length", "Choose a password of 12 to 256 characters."));
    }
    let words: Vec<&str> = words.iter().copied().chain(["klaroen", "linkedin"]).collect();
    let head: String = text.chars().take(100).collect();
    if zxcvbn::zxcvbn(&head, &words).score() >= zxcvbn::Score::Three {
        return Ok(());
    }
    let detail = "This password is easy to guess. Four random words make a good one.";
    Err(Error::Invalid(vec![Fault::new(pointer, "password.weak", detail)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a6_a_stored_password_is_argon2id_of_the_agreed_cost() {
        let stored = hash("correct horse battery".to_owned().into()).await.unwrap();
        let hash = PasswordHash::new(&stored).unwrap();
        assert_eq!(hash.algorithm.as_str(), "argon2id");
        let cost = ["m", "t", "p"].map(|name| hash.params.get_decimal(name).unwrap());
        assert_eq!(cost, [COST.0, COST.1, COST.2]);
        assert!(verify("correct horse battery".to_owned().into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("another".to_owned().into(), Some(stored)).await.unwrap());
        assert!(!verify("nobody has this password".to_owned().into(), None).await.unwrap());
    }

    #[test]
    fn weak_passwords_are_refused_with_a_reason() {
        let words = ["employee@example.com", "Employee 012"];
        let code = |text: &str| match check_strength(&text.to_owned().into(), &words, "/password") {
            Ok(()) => "ok",
            Err(Error::Invalid(faults)) => faults[0].code,
            Err(_) => "other",
        };
        assert_eq!(code("short"), "password.length");
        assert_eq!(code(&"x".repeat(257)), "password.length");
        assert_eq!(code("passwordpassword"), "password.weak");
        assert_eq!(code("employee@example.com"), "password.weak");
        assert_eq!(code("violet tractor harbour nine"), "ok");
    }
}
