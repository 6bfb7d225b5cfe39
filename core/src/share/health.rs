//! How publishing is: shares that no worker took although their time is long past.

use chrono::{DateTime, Duration, Utc};

use super::State;
use crate::{
    Result,
    db::Tx,
    id::PersonId,
    network::{Network, connection::ConnectionState},
    sql,
};

/// So long after its time a share is stuck; a lease, a tick and a restart are shorter.
pub const PATIENCE: Duration = Duration::minutes(15);

/// Shares of one state that are stuck.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Stuck {
    /// Where they are.
    pub state: State,
    /// How many.
    pub shares: i64,
    /// When a worker should have looked at the first of them.
    pub since: DateTime<Utc>,
}

/// What is stuck, by state.
///
/// # Errors
/// When the database cannot be read.
pub async fn stuck(tx: &mut Tx) -> Result<Vec<Stuck>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select state, count(*) as shares, min(due_at) as since from shares where due_at < $1 group by state order by state",
        tx.now - PATIENCE
    )?)
}

/// Somebody whose connection works no more.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CutOff {
    /// Who.
    pub person_id: PersonId,
    /// Their name here.
    pub name: String,
    /// Where.
    pub network: Network,
}

/// Who cannot share right now. Whoever never connected chose so, and is not among them.
///
/// # Errors
/// When the database cannot be read.
pub async fn cut_off(tx: &mut Tx) -> Result<Vec<CutOff>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select w.id as person_id, w.name, c.network from connections c join people w on w.id = c.person_id \
         where w.active = true and (c.state <> $1 or c.expires_at <= $2) order by w.name, w.id, c.network",
        ConnectionState::Works,
        tx.now
    )?)
}
