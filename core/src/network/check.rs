//! Whether a network still takes a token: asked once a day, so that a token that was withdrawn there is news before a
//! share meets it. The row is the job: `connections.check_at`. Whatever the network does not answer changes nothing.

use chrono::{DateTime, Duration, Utc};
use sqlx::AssertSqlSafe;

use super::{
    Account, Network,
    connection::{self, ConnectionState},
};
use crate::{
    Result,
    db::Tx,
    id::ConnectionId,
    share::{Reason, queue},
    sql,
};

/// Between two looks, and up to an hour more, so that connections of the same moment drift apart.
const EVERY: Duration = Duration::days(1);

/// When to look first; none: the network tells nobody.
pub(super) fn first(network: Network, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (network == Network::LinkedIn).then(|| now + EVERY)
}

/// True when a connection is to be looked at; a cheap read.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_due(tx: &mut Tx) -> Result<bool> {
    let due: Option<(ConnectionId,)> =
        sql!(tx, fetch_optional, "select id from connections where check_at <= $1 limit 1", tx.now)?;
    Ok(due.is_some())
}

/// Takes the next connection to look at, and says when to look again; none: another worker has it.
///
/// # Errors
/// When the database does not accept it.
pub async fn claim(tx: &mut Tx) -> Result<Option<Claimed>> {
    let again = tx.now + EVERY + Duration::seconds(rand::random_range(0..3600));
    let query = format!(
        "update connections set check_at = case when state = $1 and (expires_at is null or expires_at > $2) \
         then $3 end where id = \
         (select id from connections where check_at <= $2 order by check_at limit 1 {}) \
         returning id, person_id, network, subject, instance, token, token_key, check_at is not null as lives",
        tx.skip_locked()
    );
    Ok(sql!(tx, fetch_optional, AssertSqlSafe(query), ConnectionState::Works, tx.now, again)?)
}

/// A connection that was due.
#[derive(sqlx::FromRow)]
pub struct Claimed {
    /// Whom to ask about.
    #[sqlx(flatten)]
    pub account: Account,
    /// False: it has ended, so there is nothing to ask.
    pub lives: bool,
}

/// Notes that the network no longer takes the token, unless it was renewed meanwhile; what waits for it is held.
///
/// # Errors
/// When the database does not accept it.
pub async fn note_end(tx: &mut Tx, account: &Account, state: ConnectionState) -> Result<()> {
    let reason = match state {
        ConnectionState::Works => return Ok(()),
        ConnectionState::Expired => Reason::ConnectionExpired,
        ConnectionState::Revoked => Reason::ConnectionRevoked,
    };
    if connection::end(tx, account.id, state).await? {
        queue::hold(tx, account.person_id, account.network, reason).await?;
    }
    Ok(())
}
