//! Hash chains: each entry's hash covers the one before, so a changed, dropped or swapped entry shows.
//! Taking the next link locks the chain, so that writers queue up.

use crate::{Result, db::Tx, sql};

/// Head of an empty chain.
pub const START: [u8; 32] = [0; 32];

/// Where the next entry goes.
pub struct Link {
    /// Number of the entry, from 1.
    pub seq: i64,
    /// Hash of the entry before.
    pub head: Vec<u8>,
}

/// Takes the next link of a chain; no other transaction gets one until this one ends.
///
/// # Errors
/// When the database does not accept it.
pub async fn next(tx: &mut Tx, name: &str) -> Result<Link> {
    sql!(
        tx,
        execute,
        "insert into chains (name, seq, head) values ($1, 0, $2) on conflict (name) do nothing",
        name,
        START.as_slice()
    )?;
    let (seq, head) = sql!(tx, fetch_one, "update chains set seq = seq + 1 where name = $1 returning seq, head", name)?;
    Ok(Link { seq, head })
}

/// Number of entries and hash of the newest.
///
/// # Errors
/// When the database cannot be read.
pub async fn head(tx: &mut Tx, name: &str) -> Result<(i64, Vec<u8>)> {
    let found = sql!(tx, fetch_optional, "select seq, head from chains where name = $1", name)?;
    Ok(found.unwrap_or((0, START.to_vec())))
}

/// Makes `hash` the head of the chain.
///
/// # Errors
/// When the database does not accept it.
pub async fn advance(tx: &mut Tx, name: &str, hash: &[u8]) -> Result<()> {
    sql!(tx, execute, "update chains set head = $1 where name = $2", hash, name)?;
    Ok(())
}
