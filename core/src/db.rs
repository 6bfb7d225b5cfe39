//! The database: SQLite in one file by default, PostgreSQL when one machine is too small, one SQL text for both.
//! A transaction is one instant by one actor; it never spans a network call.

mod open;
mod outlast;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::SeqCst},
};

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::{
    Clock, Result,
    clock::{self, Doubt},
    id::PersonId,
};

/// Who acts: every transaction has exactly one actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    Person(PersonId),
    /// Somebody who is not signed in (signing in, accepting an invite, clicking a link).
    Anonymous,
    /// A job of ours, by name.
    System(&'static str),
}

impl From<PersonId> for Actor {
    fn from(person: PersonId) -> Self {
        Self::Person(person)
    }
}

#[derive(Clone)]
enum Pools {
    Sqlite { readers: SqlitePool, writer: SqlitePool, durable: SqlitePool },
    Postgres(PgPool),
}

/// The open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    clock: Clock,
    /// The latest instant that this process asked about, in microseconds since 1970.
    latest: Arc<AtomicI64>,
}

/// What a statement runs on; only the `sql!` macro looks inside.
pub enum Conn {
    /// Single statements outside a transaction.
    SqlitePool(SqlitePool),
    /// Single statements outside a transaction.
    PostgresPool(PgPool),
    /// An open transaction.
    Sqlite(Transaction<'static, Sqlite>),
    /// An open transaction.
    Postgres(Transaction<'static, Postgres>),
}

/// One unit of work: everything in it happens at the same instant by the same actor, or not at all.
pub struct Tx {
    /// For the `sql!` macro.
    pub conn: Conn,
    /// The instant of everything in it.
    pub now: DateTime<Utc>,
    /// Who does it.
    pub actor: Actor,
}

/// Runs one query, written once, on whichever database `$tx` is open on:
/// `sql!(tx, fetch_optional, "select * from feeds where id = $1", id)`.
/// `execute` answers how many rows it touched, and so does `execute_alone`, outside a transaction; the other verbs are sqlx's own.
#[macro_export]
macro_rules! sql {
    ($tx:expr, execute, $sql:expr $(, $arg:expr)* $(,)?) => {
        match &mut $tx.conn {
            $crate::db::Conn::Sqlite(tx) =>
                sqlx::query($sql)$(.bind($arg))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::db::Conn::Postgres(tx) =>
                sqlx::query($sql)$(.bind($arg))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::db::Conn::SqlitePool(_) | $crate::db::Conn::PostgresPool(_) =>
                unreachable!("writes happen in a transaction opened with Db::write"),
        }
    };
    ($tx:expr, execute_alone, $sql:expr $(, $arg:expr)* $(,)?) => {
        match &mut $tx.conn {
            $crate::db::Conn::SqlitePool(pool) =>
                sqlx::query($sql)$(.bind($arg))*.execute(&*pool).await.map(|done| done.rows_affected()),
            $crate::db::Conn::PostgresPool(pool) =>
                sqlx::query($sql)$(.bind($arg))*.execute(&*pool).await.map(|done| done.rows_affected()),
            $crate::db::Conn::Sqlite(_) | $crate::db::Conn::Postgres(_) =>
                unreachable!("a statement that is alone is run with Db::alone"),
        }
    };
    ($tx:expr, $fetch:ident, $sql:expr $(, $arg:expr)* $(,)?) => {
        match &mut $tx.conn {
            $crate::db::Conn::Sqlite(tx) => sqlx::query_as($sql)$(.bind($arg))*.$fetch(&mut **tx).await,
            $crate::db::Conn::Postgres(tx) => sqlx::query_as($sql)$(.bind($arg))*.$fetch(&mut **tx).await,
            $crate::db::Conn::SqlitePool(pool) => sqlx::query_as($sql)$(.bind($arg))*.$fetch(&*pool).await,
            $crate::db::Conn::PostgresPool(pool) => sqlx::query_as($sql)$(.bind($arg))*.$fetch(&*pool).await,
        }
    };
}

impl Db {
    /// For single read statements: no transaction is opened, so hot reads pay no BEGIN.
    #[must_use]
    pub fn read(&self) -> Tx {
        let conn = match &self.pools {
            Pools::Sqlite { readers, .. } => Conn::SqlitePool(readers.clone()),
            Pools::Postgres(pool) => Conn::PostgresPool(pool.clone()),
        };
        Tx { conn, now: self.clock.now(), actor: Actor::Anonymous }
    }

    /// For one statement that writes, a transaction by itself: BEGIN and COMMIT would be two ways more to the database.
    #[must_use]
    pub fn alone(&self, actor: impl Into<Actor>) -> Tx {
        let conn = match &self.pools {
            Pools::Sqlite { writer, .. } => Conn::SqlitePool(writer.clone()),
            Pools::Postgres(pool) => Conn::PostgresPool(pool.clone()),
        };
        Tx { conn, now: self.clock.now(), actor: actor.into() }
    }

    /// A transaction that only reads: its statements see the same moment. Dropping it ends it.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn snapshot(&self) -> Result<Tx> {
        let conn = match &self.pools {
            Pools::Sqlite { readers, .. } => Conn::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => {
                Conn::Postgres(pool.begin_with("begin transaction isolation level repeatable read, read only").await?)
            }
        };
        Ok(Tx { conn, now: self.clock.now(), actor: Actor::Anonymous })
    }

    /// A transaction that writes.
    ///
    /// # Errors
    /// When the database cannot be reached or another writer holds it for too long.
    pub async fn write(&self, actor: impl Into<Actor>) -> Result<Tx> {
        self.begin(actor.into(), |pools| match pools {
            Pools::Sqlite { writer, .. } => Ok(writer.clone()),
            Pools::Postgres(pool) => Err(pool.clone()),
        })
        .await
    }

    /// A transaction whose commit survives a power cut: for an intent to publish, a consent, an audit row.
    ///
    /// # Errors
    /// When the database cannot be reached or another writer holds it for too long.
    pub async fn write_durable(&self, actor: impl Into<Actor>) -> Result<Tx> {
        self.begin(actor.into(), |pools| match pools {
            Pools::Sqlite { durable, .. } => Ok(durable.clone()),
            Pools::Postgres(pool) => Err(pool.clone()),
        })
        .await
    }

    /// SQLite takes its single write lock at once (`begin immediate`), so a writer never fails half-way
    /// for having started as a reader.
    async fn begin(&self, actor: Actor, pick: impl Fn(&Pools) -> Result<SqlitePool, PgPool>) -> Result<Tx> {
        let conn = match pick(&self.pools) {
            Ok(sqlite) => Conn::Sqlite(sqlite.begin_with("begin immediate").await?),
            Err(postgres) => Conn::Postgres(postgres.begin().await?),
        };
        Ok(Tx { conn, now: self.clock.now(), actor })
    }

    /// Asks the database for an answer.
    ///
    /// # Errors
    /// When there is none.
    pub async fn ping(&self) -> Result<()> {
        let _: (i32,) = sql!(self.read(), fetch_one, "select id from instance")?;
        Ok(())
    }

    /// Whether this machine's clock cannot be believed. `SQLite` has no other clock to compare with, and a clock in the
    /// hands of a test is everybody's.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn doubt_clock(&self) -> Result<Option<Doubt>> {
        let now = self.clock.now();
        let latest = self.latest.fetch_max(now.timestamp_micros(), SeqCst);
        let database = match (&self.pools, &self.clock) {
            // The one place that asks the database for the time.
            (Pools::Postgres(pool), Clock::System) => {
                Some(sqlx::query_scalar("select clock_timestamp()").fetch_one(pool).await?)
            }
            _ => None,
        };
        Ok(clock::doubt(now, database, DateTime::from_timestamp_micros(latest).unwrap_or(now)))
    }

    /// True when the embedded database is in use.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        matches!(self.pools, Pools::Sqlite { .. })
    }

    /// Closes all connections; SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { readers, writer, durable } => {
                readers.close().await;
                writer.close().await;
                durable.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything in it happen.
    ///
    /// # Errors
    /// When the database did not accept it; then nothing happened.
    pub async fn commit(self) -> Result<()> {
        match self.conn {
            Conn::Sqlite(tx) => tx.commit().await?,
            Conn::Postgres(tx) => tx.commit().await?,
            Conn::SqlitePool(_) | Conn::PostgresPool(_) => {}
        }
        Ok(())
    }

    /// Holds one row until the transaction ends, so that what was read of it still holds when it is written.
    /// SQLite has one writer anyway.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn hold(&mut self, table: &'static str, id: uuid::Uuid) -> Result<()> {
        if let Conn::Postgres(tx) = &mut self.conn {
            let lock = AssertSqlSafe(format!("select 1 from {table} where id = $1 for update"));
            sqlx::query(lock).bind(id).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// What makes a claim skip rows that another worker holds; empty on SQLite, which has one writer anyway.
    /// The one dialect branch in queries.
    #[must_use]
    pub fn skip_locked(&self) -> &'static str {
        if matches!(self.conn, Conn::Postgres(_)) { "for update skip locked" } else { "" }
    }
}

/// Insists that a guarded update touched exactly the rows it was meant for.
///
/// # Errors
/// `Error::Conflict` with the given code when it did not.
pub fn expect_rows(touched: u64, expected: u64, code: &'static str, message: &'static str) -> Result<()> {
    if touched == expected { Ok(()) } else { Err(crate::Error::conflict(code, message)) }
}
