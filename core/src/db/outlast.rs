//! Waiting for everybody else's transactions to end.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Actor, Db, Pools};
use crate::Result;

const PAUSE: Duration = Duration::from_millis(20);

/// Other sessions of this database that are in a transaction.
const OTHERS: &str = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() \
                      and backend_type = 'client backend' and xact_start";

impl Db {
    /// Waits until every transaction that writes and was begun before now has ended, in all processes.
    ///
    /// # Errors
    /// When the database cannot be reached, or on SQLite another writer holds it for too long.
    pub async fn outlast(&self) -> Result<()> {
        let Pools::Postgres(pool) = &self.pools else {
            drop(self.write(Actor::System("outlast")).await?); // there is one writer at a time
            return Ok(());
        };
        let newest = sqlx::AssertSqlSafe(format!("select max(xact_start) {OTHERS} is not null"));
        let newest: Option<DateTime<Utc>> = sqlx::query_scalar(newest).fetch_one(pool).await?;
        let Some(newest) = newest else { return Ok(()) };
        loop {
            let left = sqlx::AssertSqlSafe(format!("select count(*) {OTHERS} <= $1"));
            let left: i64 = sqlx::query_scalar(left).bind(newest).fetch_one(pool).await?;
            if left == 0 {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
