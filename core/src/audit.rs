//! The audit log: who did what to which subject, in a hash chain that shows any later change.
//! Rows hold opaque ids and no personal detail, so that erasing a person leaves the chain whole.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Result, chain,
    db::{Actor, Tx},
    sql,
};

/// Adds a row: `action` is noun.verb, `detail` is free of personal data.
///
/// # Errors
/// When the database does not accept it.
pub async fn record(tx: &mut Tx, action: &str, subject: Option<Uuid>, detail: &serde_json::Value) -> Result<()> {
    let (actor_id, actor) = match tx.actor {
        Actor::Person(person) => (Some(person.0), "person"),
        Actor::Anonymous => (None, "anonymous"),
        Actor::System(job) => (None, job),
    };
    let detail = detail.to_string();
    let link = chain::next(tx, "audit").await?;
    let mut row = Row {
        seq: link.seq,
        at: tx.now,
        actor_id,
        actor: actor.to_owned(),
        action: action.to_owned(),
        subject_id: subject,
        detail,
        hash: vec![],
    };
    row.hash = row.hash_after(&link.head);
    sql!(
        tx,
        execute,
        "insert into audit_log (seq, at, actor_id, actor, action, subject_id, detail, hash) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.seq,
        row.at,
        row.actor_id,
        row.actor,
        row.action,
        row.subject_id,
        row.detail,
        &row.hash
    )?;
    chain::advance(tx, "audit", &row.hash).await
}

/// Recomputes the whole chain; answers the number of the first row that does not fit.
///
/// # Errors
/// When the log cannot be read.
pub async fn verify(tx: &mut Tx) -> Result<Option<i64>> {
    let rows: Vec<Row> = sql!(tx, fetch_all, "select * from audit_log order by seq")?;
    let (mut head, mut expected) = (chain::START.to_vec(), 1);
    for row in rows {
        if row.seq != expected || row.hash_after(&head) != row.hash {
            return Ok(Some(expected));
        }
        head = row.hash;
        expected += 1;
    }
    let (entries, newest) = chain::head(tx, "audit").await?;
    Ok((entries >= expected || newest != head).then_some(expected))
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: DateTime<Utc>,
    actor_id: Option<Uuid>,
    actor: String,
    action: String,
    subject_id: Option<Uuid>,
    detail: String,
    hash: Vec<u8>,
}

impl Row {
    fn hash_after(&self, head: &[u8]) -> Vec<u8> {
        let canonical = serde_json::json!([
            self.seq,
            self.at.timestamp_micros(),
            self.actor_id,
            self.actor,
            self.action,
            self.subject_id,
            self.detail
        ]);
        Sha256::new().chain_update(head).chain_update(canonical.to_string()).finalize().to_vec()
    }
}
