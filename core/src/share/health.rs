//! How publishing is: shares that no worker took although their time is long past.

use chrono::{DateTime, Duration, Utc};

use super::State;
use crate::{Result, db::Tx, sql};

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
