//! How mail is, for an admin: what waits and what did not go out, by kind. Neither recipients nor words.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::Kind;
use crate::{Result, audit, db::Tx, sql};

/// Mails of one kind that did not go out.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Failed {
    /// What they were about.
    pub kind: Kind,
    /// Code of the failure, as in `smtp.550`.
    pub error: String,
    /// How many.
    pub mails: i64,
    /// When the last of them was given up.
    pub at: DateTime<Utc>,
}

/// Mails that wait.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// How many.
    pub mails: i64,
    /// Code of a failure among them; they are tried again.
    pub error: Option<String>,
}

/// What waits.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting(tx: &mut Tx) -> Result<Waiting> {
    Ok(sql!(tx, fetch_one, "select count(*) as mails, max(error) as error from mails where state = 'waiting'")?)
}

/// What was given up within the last 30 days.
///
/// # Errors
/// When the database cannot be read.
pub async fn failed(tx: &mut Tx) -> Result<Vec<Failed>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select kind, error, count(*) as mails, max(settled_at) as at from mails where state = 'failed' \
         group by kind, error order by max(settled_at) desc"
    )?)
}

/// Has every mail that was given up tried anew, from now on; what is no news by then is dropped.
///
/// # Errors
/// When the database does not accept it.
pub async fn retry(tx: &mut Tx) -> Result<()> {
    let mails = sql!(
        tx,
        execute,
        "update mails set state = 'waiting', due_at = $1, tries = 0, settled_at = null where state = 'failed'",
        tx.now
    )?;
    if mails > 0 {
        audit::record(tx, "mails.retried", None, &json!({ "mails": mails })).await?;
    }
    Ok(())
}
