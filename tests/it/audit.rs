//! The audit log against somebody who can write to the database, and against our own forgetfulness.

use klaroen_core::{audit, db::Actor, sql};
use serde_json::json;
use sqlx::AssertSqlSafe;

use crate::support::{TestApp, unguard};

async fn filled() -> TestApp {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for number in 0..20 {
        let new = json!({ "email": format!("e{number}@example.com"), "name": "E", "roles": ["employee"] });
        admin.post("/api/invites", &new).await.expect(201);
    }
    app
}

#[tokio::test]
async fn a11_the_audit_log_is_only_ever_added_to() {
    let app = filled().await;
    for statement in ["update audit_log set action = 'x' where seq = 3", "delete from audit_log where seq = 3"] {
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        let refused = sql!(tx, execute, statement).unwrap_err().to_string();
        assert!(refused.contains("is only ever added to"), "{statement}: {refused}");
    }
    assert_eq!(audit::verify(&mut app.app.db.read()).await.unwrap(), None);
}

#[tokio::test]
async fn a11_the_verifier_names_the_first_audit_row_that_was_touched() {
    let app = filled().await;
    for (statement, first) in [
        ("update audit_log set action = 'x' where seq = 7", 7),
        ("update audit_log set actor_id = null where seq = 12", 12),
        ("update audit_log set detail = '{}' where seq = 1", 1),
        ("delete from audit_log where seq = 19", 19),
        ("update audit_log set seq = 100 where seq = 5", 5),
    ] {
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        unguard(&mut tx, "audit_log", app.app.db.is_embedded()).await;
        assert_eq!(sql!(tx, execute, AssertSqlSafe(statement)).unwrap(), 1, "{statement}");
        assert_eq!(audit::verify(&mut tx).await.unwrap(), Some(first), "{statement}");
    }
}

#[tokio::test]
async fn the_audit_log_holds_no_personal_data() {
    let app = filled().await;
    let rows: Vec<(String,)> = sql!(app.app.db.read(), fetch_all, "select detail from audit_log").unwrap();
    assert!(rows.len() >= 20);
    assert!(rows.iter().all(|(detail,)| !detail.contains("example.com") && !detail.contains("Person")), "{rows:?}");
}
