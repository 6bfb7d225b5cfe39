//! A fresh database per test: a SQLite file, or a database on the server that `KLAROEN_TEST_POSTGRES` names.

use std::path::Path;

use klaroen_core::{db::Tx, sql};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use url::Url;
use uuid::Uuid;

use super::{TestApp, environment};

/// The address of a database that nobody else uses.
pub async fn fresh(dir: &Path) -> String {
    let Some(server) = environment::postgres() else {
        return format!("sqlite:{}", dir.join("klaroen.db").display());
    };
    let name = format!("test_{}", Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(&server).await.expect("KLAROEN_TEST_POSTGRES leads to a server");
    connection.execute(AssertSqlSafe(format!("create database {name}"))).await.expect("a new database");
    connection.close().await.expect("a clean end");
    let mut url = Url::parse(&server).expect("KLAROEN_TEST_POSTGRES is an address");
    url.set_path(&name);
    url.into()
}

/// Takes the guard off a table that is only ever added to, as somebody with the rights of the database's owner could.
pub async fn unguard(tx: &mut Tx, table: &str, is_embedded: bool) {
    if is_embedded {
        for verb in ["update", "delete"] {
            let drop = format!("drop trigger {table}_no_{verb}");
            sql!(tx, execute, AssertSqlSafe(drop)).expect("a trigger");
        }
    } else {
        sql!(tx, execute, AssertSqlSafe(format!("alter table {table} disable trigger user"))).expect("triggers");
    }
}

/// All that the database holds: its files, or on a server the rows of every table, with their bytes in hex.
pub async fn everything_stored(app: &TestApp) -> Vec<u8> {
    if app.app.db.is_embedded() {
        return app.database_files().iter().flat_map(|file| std::fs::read(file).expect("a file")).collect();
    }
    let tables = "select cast(table_name as text) from information_schema.tables where table_schema = 'public'";
    let tables: Vec<(String,)> = sql!(app.app.db.read(), fetch_all, tables).expect("the tables");
    let mut stored = String::new();
    for (table,) in tables {
        let rows = AssertSqlSafe(format!("select cast(t as text) from {table} t"));
        let rows: Vec<(String,)> = sql!(app.app.db.read(), fetch_all, rows).expect("the rows");
        stored.extend(rows.into_iter().map(|(row,)| row));
    }
    stored.into_bytes()
}
