//! What waits for a connection of a person: how many shares, and how long they are kept.

use chrono::{DateTime, Utc};

use super::{Reason, State, settle::QUEUE_KEPT};
use crate::{Result, db::Tx, id::PersonId, network::Network, sql};

/// Shares that would go out if the connection worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub shares: i64,
    /// When the first of them is given up.
    pub kept_until: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    state: State,
    reason: Option<Reason>,
    run_at: DateTime<Utc>,
    due_at: Option<DateTime<Utc>>,
}

impl Row {
    /// What is held already knows its end; the rest is kept seven days past its time.
    fn kept_until(&self) -> DateTime<Utc> {
        let is_held = self.state == State::Held && self.reason.is_some_and(Reason::is_connection);
        self.due_at.filter(|_| is_held).unwrap_or(self.run_at + QUEUE_KEPT)
    }
}

impl Waiting {
    /// What waits for the person's connection at this network.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(tx: &mut Tx, person: PersonId, network: Network) -> Result<Self> {
        let rows: Vec<Row> = sql!(
            tx,
            fetch_all,
            "select state, reason, run_at, due_at from shares where person_id = $1 and network = $2 \
             and state in ('planned', 'queued', 'held')",
            person,
            network
        )?;
        let shares = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        Ok(Self { shares, kept_until: rows.iter().map(Row::kept_until).min() })
    }
}
