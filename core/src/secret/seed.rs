//! What tokens in mails follow from: sealed like a token, so that it outlives the key file that it was made with.

use secrecy::SecretString;

use super::{Key, Sealed, rotation::Wrapped, token};
use crate::{
    Result,
    db::{Actor, Db, Tx},
    sql,
};

const PLACE: &str = "instance/seed";

/// The seed of this deployment; made when there is none yet.
///
/// # Errors
/// When the database does not accept it, or the key file does not open it.
pub(crate) async fn seed(db: &Db, key: &Key) -> Result<SecretString> {
    if let Some(sealed) = stored(&mut db.read()).await? {
        return key.open_sealed(&sealed, PLACE);
    }
    let mut tx = db.write_durable(Actor::System("start")).await?;
    let made = key.seal(&token(), PLACE)?;
    sql!(tx, execute, "update instance set seed = $1, seed_key = $2 where seed is null", &made.token, &made.token_key)?;
    let sealed = stored(&mut tx).await?.unwrap_or(made); // another process may have been first
    tx.commit().await?;
    key.open_sealed(&sealed, PLACE)
}

async fn stored(tx: &mut Tx) -> Result<Option<Sealed>> {
    Ok(sql!(tx, fetch_optional, "select seed as token, seed_key as token_key from instance where seed is not null")?)
}

/// The wrapped key of the seed, unless the key with this id wrapped it.
pub(super) async fn wrapped(tx: &mut Tx, key_id: &[u8]) -> Result<Vec<Wrapped>> {
    let keys: Vec<(Vec<u8>,)> =
        sql!(tx, fetch_all, "select seed_key from instance where substr(seed_key, 1, 4) <> $1", key_id)?;
    let update = "update instance set seed_key = $1 where seed_key = $2 and $3 is null";
    Ok(keys.into_iter().map(|(key,)| Wrapped { update, row: None, place: PLACE.to_owned(), key }).collect())
}
