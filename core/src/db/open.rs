//! Opening the database: connection settings, migrations, and the triggers that SQL dialects spell differently.

use std::{str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    AssertSqlSafe, Connection, Executor, PgPool, SqlitePool,
    migrate::Migrator,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Db, Pools};
use crate::{Clock, Error, Result};

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// Tables that are only ever added to; the database itself refuses anything else.
const APPEND_ONLY: [&str; 4] = ["audit_log", "consents", "ledger_entries", "program_versions"];

impl Db {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://...`) and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is not valid, the database cannot be reached, or a migration fails.
    pub async fn open(url: &str, clock: Clock) -> Result<Self> {
        let pools = if url.starts_with("sqlite:") { open_sqlite(url).await? } else { open_postgres(url).await? };
        Ok(Self { pools, clock, latest: Arc::default() })
    }
}

async fn open_sqlite(url: &str) -> Result<Pools> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .pragma("secure_delete", "on")
        .busy_timeout(Duration::from_secs(10));
    // A commit that failed on a full disk is rolled back by SQLite itself, and sqlx then takes the connection for one that
    // is still within the transaction: it is replaced.
    let one = || {
        let options = embedded().max_connections(1).idle_timeout(None).max_lifetime(None);
        options.before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
    };
    let writer = one().connect_with(options.clone()).await?;
    MIGRATIONS.run(&writer).await.map_err(Error::internal)?;
    guard_sqlite(&writer).await?;
    let durable = one().connect_lazy_with(options.clone().synchronous(SqliteSynchronous::Full));
    let readers = embedded().max_connections(8).connect_lazy_with(options.read_only(true));
    Ok(Pools::Sqlite { readers, writer, durable })
}

/// Nobody can hang up on a file, so there is nothing to test before a connection is used.
fn embedded() -> SqlitePoolOptions {
    SqlitePoolOptions::new().test_before_acquire(false)
}

async fn open_postgres(url: &str) -> Result<Pools> {
    let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(10)).connect(url).await?;
    MIGRATIONS.run(&pool).await.map_err(Error::internal)?;
    guard_postgres(&pool).await?;
    Ok(Pools::Postgres(pool))
}

async fn guard_sqlite(pool: &SqlitePool) -> Result<()> {
    for table in APPEND_ONLY {
        for verb in ["update", "delete"] {
            pool.execute(AssertSqlSafe(format!(
                "create trigger if not exists {table}_no_{verb} before {verb} on {table} \
                 begin select raise(abort, '{table} is only ever added to'); end"
            )))
            .await?;
        }
    }
    Ok(())
}

async fn guard_postgres(pool: &PgPool) -> Result<()> {
    let mut tx = pool.begin().await?;
    // Several processes may start at once; the lock makes them take turns.
    tx.execute("select pg_advisory_xact_lock(5177612)").await?;
    tx.execute(
        "create or replace function refuse_change() returns trigger language plpgsql as \
         $$ begin raise exception '% is only ever added to', tg_table_name; end $$",
    )
    .await?;
    for table in APPEND_ONLY {
        tx.execute(AssertSqlSafe(format!(
            "create or replace trigger {table}_no_change before update or delete or truncate on {table} \
             for each statement execute function refuse_change()"
        )))
        .await?;
    }
    Ok(tx.commit().await?)
}
