//! Connections: an employee's authorised account at a network. The token is sealed for its own row;
//! deleting the row deletes the key, which shreds the token in every backup too.

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Grant, Network, Renewed, check, ending, revocation};
use crate::{
    Error, Result,
    db::Tx,
    error::OrConflict,
    id::{ConnectionId, PersonId},
    secret::{Key, Sealed},
    share::{Reason, queue},
    sql,
};

/// Whether something can be published through a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ConnectionState {
    /// Yes.
    Works,
    /// The authorisation ran out; connecting again mends it.
    Expired,
    /// The authorisation was withdrawn at the network; connecting again mends it.
    Revoked,
}

/// An account that a person connected.
#[derive(sqlx::FromRow)]
pub struct Connection {
    /// Where.
    pub network: Network,
    /// The name at the network.
    pub display_name: String,
    /// The name by which others find the account, where the network has such names.
    pub handle: Option<String>,
    /// The server of the account, where its owner named it.
    pub instance: Option<String>,
    state: ConnectionState,
    /// When it was connected or renewed.
    pub connected_at: DateTime<Utc>,
    /// When the authorisation runs out; none: it has no end of its own.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Connection {
    /// The person's connections.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(tx: &mut Tx, person: PersonId) -> Result<Vec<Self>> {
        Ok(sql!(
            tx,
            fetch_all,
            "select network, display_name, handle, instance, state, connected_at, expires_at from connections \
             where person_id = $1",
            person
        )?)
    }

    /// Its state at `now`: an authorisation runs out without anybody telling us.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> ConnectionState {
        state_at(self.state, self.expires_at, now)
    }

    /// Days until the authorisation runs out, the one that has begun among them; 0 once it has; none: it has no end of
    /// its own.
    #[must_use]
    pub fn days_left(&self, now: DateTime<Utc>) -> Option<i64> {
        self.expires_at.map(|at| (at - now + Duration::days(1) - Duration::microseconds(1)).num_days().max(0))
    }

    /// Deletes the person's connection and with it the key of its token; what waits to go out through it is held.
    /// The network is asked to forget the token too, by a worker. False: there was none.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn disconnect(tx: &mut Tx, person: PersonId, network: Network) -> Result<bool> {
        let ended = revocation::take_from(tx, person, Some(network), None).await?;
        queue::hold(tx, person, network, Reason::ConnectionMissing).await?;
        Ok(ended.connections > 0)
    }
}

/// Ends all connections of a person who left; a worker asks the networks to forget their tokens too.
///
/// # Errors
/// When the database does not accept it.
pub async fn end_all(tx: &mut Tx, person: PersonId) -> Result<()> {
    revocation::take_from(tx, person, None, None).await?;
    Ok(())
}

/// The state that `stored` has become by `now`.
#[must_use]
pub fn state_at(stored: ConnectionState, expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> ConnectionState {
    let is_over = expires_at.is_some_and(|at| at <= now);
    if stored == ConnectionState::Works && is_over { ConnectionState::Expired } else { stored }
}

/// Notes that the network no longer takes the token. False: the connection was replaced in the meantime.
///
/// # Errors
/// When the database does not accept it.
pub async fn end(tx: &mut Tx, id: ConnectionId, state: ConnectionState) -> Result<bool> {
    let touched =
        sql!(tx, execute, "update connections set state = $1, remind_at = $2 where id = $3", state, tx.now, id)?;
    Ok(touched == 1)
}

/// Notes that the member's own day at the network is full.
///
/// # Errors
/// When the database does not accept it.
pub async fn pause(tx: &mut Tx, id: ConnectionId, until: DateTime<Utc>) -> Result<()> {
    sql!(tx, execute, "update connections set paused_until = $1 where id = $2", until, id)?;
    Ok(())
}

/// The person's account at a network, if something can be done through it now.
///
/// # Errors
/// When the database cannot be read.
pub async fn working(tx: &mut Tx, person: PersonId, network: Network) -> Result<Option<Account>> {
    Ok(sql!(
        tx,
        fetch_optional,
        "select id, person_id, network, subject, instance, token, token_key from connections \
         where person_id = $1 and network = $2 and state = 'works' and (expires_at is null or expires_at > $3)",
        person,
        network,
        tx.now
    )?)
}

/// A connection with what is needed to publish through it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    /// The connection.
    pub id: ConnectionId,
    /// Whose.
    pub person_id: PersonId,
    /// Where.
    pub network: Network,
    /// The member's id at the network.
    pub subject: String,
    /// The server of the account, where its owner named it.
    pub instance: Option<String>,
    #[sqlx(flatten)]
    pub(super) sealed: Sealed,
}

impl Account {
    /// The token, which opens only for this row, network and person.
    pub(super) fn open(&self, key: &Key) -> Result<SecretString> {
        key.open_sealed(&self.sealed, &place("connections", self.id, self.network, self.person_id))
    }

    /// Keeps a newer token in the place of this one, unless the connection was replaced in the meantime.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn renew(&mut self, tx: &mut Tx, key: &Key, renewed: &Renewed) -> Result<()> {
        self.sealed = key.seal(&renewed.token, &place("connections", self.id, self.network, self.person_id))?;
        let expires_at = renewed.end.at(tx.now);
        sql!(
            tx,
            execute,
            "update connections set token = $1, token_key = $2, expires_at = $3, remind_at = $4 where id = $5",
            &self.sealed.token,
            &self.sealed.token_key,
            expires_at,
            ending::next(expires_at, tx.now),
            self.id
        )?;
        Ok(())
    }
}

/// Connects an account that the person said is theirs. Replaces whatever they had at this network; what was held for
/// it goes on, and the network is asked to forget the token of another account.
///
/// # Errors
/// When the person left; `connection.taken` when somebody else here connected the same account.
pub async fn connect(tx: &mut Tx, key: &Key, person: PersonId, network: Network, grant: &Grant) -> Result<()> {
    let (id, expires_at) = (ConnectionId::new(), grant.end.at(tx.now));
    let sealed = key.seal(&grant.token, &place("connections", id, network, person))?;
    tx.hold("people", person.0).await?; // who leaves at this moment ends all connections before or after this one
    let is_here: Option<(PersonId,)> =
        sql!(tx, fetch_optional, "select id from people where id = $1 and active = true", person)?;
    is_here.ok_or(Error::NotFound)?;
    let before = revocation::take_from(tx, person, Some(network), Some(&grant.subject)).await?;
    sql!(
        tx,
        execute,
        "insert into connections (id, person_id, network, subject, display_name, state, scopes, token, token_key, \
         expires_at, connected_at, handle, instance, remind_at, check_at, free_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        id,
        person,
        network,
        &grant.subject,
        &grant.display_name,
        ConnectionState::Works,
        &grant.scopes,
        &sealed.token,
        &sealed.token_key,
        expires_at,
        tx.now,
        &grant.handle,
        &grant.instance,
        ending::next(expires_at, tx.now),
        check::first(network, tx.now),
        before.free_at
    )
    .or_conflict(
        "connection.taken",
        "This account is already connected by somebody else here. Sign in at the network with your own account.",
    )?;
    queue::release(tx, person, network).await
}

/// What a sealed token is bound to: it opens in this row, for this network and person, and nowhere else.
pub(super) fn place(table: &str, row: impl std::fmt::Display, network: Network, person: PersonId) -> String {
    format!("{table}/{row}/{}/{person}", network.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authorisation_runs_out_by_itself() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let later = Some(now + chrono::Duration::seconds(1));
        assert_eq!(state_at(ConnectionState::Works, later, now), ConnectionState::Works);
        assert_eq!(state_at(ConnectionState::Works, None, now), ConnectionState::Works);
        assert_eq!(state_at(ConnectionState::Works, Some(now), now), ConnectionState::Expired);
        assert_eq!(state_at(ConnectionState::Revoked, Some(now), now), ConnectionState::Revoked);
    }
}
