//! Taking the database away for a while: another writer holds SQLite's file for longer than anybody waits, and
//! PostgreSQL ends every connection again and again, as while it is restarted.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use tokio::{task::JoinHandle, time::sleep};
use url::Url;

use super::{TestApp, environment};

/// Longer than a writer waits for SQLite's lock.
const LOCKED: Duration = Duration::from_secs(12);
const RESTARTING: Duration = Duration::from_secs(4);

/// A database that is away.
pub struct Outage(JoinHandle<()>);

impl Outage {
    /// Begins now.
    pub async fn begin(app: &TestApp) -> Self {
        let (took, taken) = tokio::sync::oneshot::channel();
        let database = app.app.config.database();
        let outage = tokio::spawn(async move {
            match environment::postgres() {
                None => lock(&database, took).await,
                Some(server) => end_connections(&server, &database, took).await,
            }
        });
        taken.await.expect("an outage");
        Self(outage)
    }

    /// Waits until it is over.
    pub async fn end(self) {
        self.0.await.expect("the end of the outage");
    }
}

async fn lock(database: &str, took: tokio::sync::oneshot::Sender<()>) {
    let mut connection = SqliteConnection::connect(database).await.expect("a connection");
    connection.execute("begin immediate").await.expect("the lock");
    took.send(()).expect("somebody waits");
    sleep(LOCKED).await;
    connection.execute("rollback").await.expect("the end of the lock");
}

async fn end_connections(server: &str, database: &str, took: tokio::sync::oneshot::Sender<()>) {
    let mut connection = PgConnection::connect(server).await.expect("a connection");
    let name = Url::parse(database).expect("an address").path().trim_start_matches('/').to_owned();
    let end = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    let mut took = Some(took);
    for _ in 0..RESTARTING.as_millis() / 20 {
        connection.execute(AssertSqlSafe(end.clone())).await.expect("the end of the connections");
        if let Some(took) = took.take() {
            took.send(()).expect("somebody waits");
        }
        sleep(Duration::from_millis(20)).await;
    }
}
