//! A fresh database per test: a SQLite file, or a database on the server that `KLAROEN_TEST_POSTGRES` names.

use std::path::Path;

use klaroen_core::{db::Tx, sql};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use url::Url;
use uuid::Uuid;

use super::environment;

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
