//! What a network said that holds for more than one share. It is kept in the database, so that every worker heeds it.

use chrono::{DateTime, Duration, Utc};

use super::Network;
use crate::{Result, db::Tx, sql};

/// How long a version is believed to be gone; then it is asked for again, which costs one refused request.
const BELIEVED: Duration = Duration::days(1);

/// The network lets nobody of this application through.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Pause {
    /// Where.
    pub network: Network,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Pauses a network for everybody; a pause that lasts longer stays.
///
/// # Errors
/// When the database does not accept it.
pub async fn pause(tx: &mut Tx, network: Network, until: DateTime<Utc>) -> Result<()> {
    sql!(
        tx,
        execute,
        "insert into pauses (network, until, since) values ($1, $2, $3) on conflict (network) do update set \
         since = case when pauses.until > $3 then pauses.since else $3 end, \
         until = case when pauses.until > $2 then pauses.until else $2 end",
        network,
        until,
        tx.now
    )?;
    Ok(())
}

/// The pauses that go on.
///
/// # Errors
/// When the database cannot be read.
pub async fn pauses(tx: &mut Tx) -> Result<Vec<Pause>> {
    Ok(sql!(tx, fetch_all, "select network, until, since from pauses where until > $1 order by network", tx.now)?)
}

/// Notes that the network called a version of its API gone.
///
/// # Errors
/// When the database does not accept it.
pub async fn retire(tx: &mut Tx, network: Network, version: &str) -> Result<()> {
    sql!(
        tx,
        execute,
        "insert into retired_versions (network, version, seen_at) values ($1, $2, $3) \
         on conflict (network, version) do update set seen_at = $3",
        network,
        version,
        tx.now
    )?;
    Ok(())
}

/// The versions that the network called gone within the last day, and when.
///
/// # Errors
/// When the database cannot be read.
pub async fn retired(tx: &mut Tx, network: Network) -> Result<Vec<(String, DateTime<Utc>)>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select version, seen_at from retired_versions where network = $1 and seen_at > $2 order by version",
        network,
        tx.now - BELIEVED
    )?)
}
