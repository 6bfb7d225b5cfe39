//! The wrapped keys of tokens and application secrets, for a change of the key file.

use uuid::Uuid;

use super::{Network, connection, mastodon};
use crate::{Result, db::Tx, id::PersonId, secret::rotation::Wrapped, sql};

/// Those that another key than the one with this id wrapped. A row only ever moves to a table that is read later.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn of_tokens(tx: &mut Tx, key_id: &[u8]) -> Result<Vec<Wrapped>> {
    let mut all = vec![];
    for (table, select, update) in [
        (
            "connection_attempts",
            "select id, network, person_id, token_key from connection_attempts where substr(token_key, 1, 4) <> $1",
            "update connection_attempts set token_key = $1 where token_key = $2 and id = $3",
        ),
        (
            "connections",
            "select id, network, person_id, token_key from connections where substr(token_key, 1, 4) <> $1",
            "update connections set token_key = $1 where token_key = $2 and id = $3",
        ),
        (
            "connections", // what they are sealed for
            "select connection_id, network, person_id, token_key from revocations where substr(token_key, 1, 4) <> $1",
            "update revocations set token_key = $1 where token_key = $2 and connection_id = $3",
        ),
    ] {
        let rows: Vec<(Uuid, Network, PersonId, Vec<u8>)> = sql!(tx, fetch_all, select, key_id)?;
        all.extend(rows.into_iter().map(|(id, network, person, key)| {
            let place = connection::place(table, id, network, person);
            Wrapped { update, row: Some(id), place, key }
        }));
    }
    all.extend(mastodon::application::wrapped(tx, key_id).await?);
    Ok(all)
}
