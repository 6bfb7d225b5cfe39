//! Alarms: trouble that an admin should look at. One row per kind; raising it again says that it goes on.

use chrono::{DateTime, Duration, Utc};

use crate::{Result, db::Tx, sql};

/// A quiet day ends an alarm.
const QUIET: Duration = Duration::days(1);

/// The kinds of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text")]
pub enum Alarm {
    /// The network does not let this application post.
    #[sqlx(rename = "network.permission")]
    NetworkPermission,
    /// The network does not take the form in which we send.
    #[sqlx(rename = "network.form")]
    NetworkForm,
    /// The network called a version of its API gone.
    #[sqlx(rename = "network.version")]
    NetworkVersion,
    /// A version of the network's API is about to end.
    #[sqlx(rename = "network.version_ends")]
    NetworkVersionEnds,
    /// A worker's clock and the database's differ, or it was set back; that worker publishes nothing.
    #[sqlx(rename = "clock.wrong")]
    ClockWrong,
    /// Shares are long past their time, and no worker took them.
    #[sqlx(rename = "share.stuck")]
    ShareStuck,
}

impl Alarm {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.both().0
    }

    /// What it means, and what to do.
    #[must_use]
    pub fn message(self) -> &'static str {
        self.both().1
    }

    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::NetworkPermission => (
                "network.permission",
                "LinkedIn refuses posts of this application. Look at its products and permissions in LinkedIn's developer portal.",
            ),
            Self::NetworkForm => (
                "network.form",
                "LinkedIn refuses the form of what is sent. Is there a newer Klaroen? The code says what it was about.",
            ),
            Self::NetworkVersion => (
                "network.version",
                "LinkedIn no longer serves a version of its API that is configured here. Name a newer one in KLAROEN_LINKEDIN_VERSION.",
            ),
            Self::NetworkVersionEnds => (
                "network.version_ends",
                "LinkedIn will soon stop to serve the version of its API that is in use. Add a newer one to KLAROEN_LINKEDIN_VERSION.",
            ),
            Self::ClockWrong => (
                "clock.wrong",
                "A worker's clock is wrong, so it publishes nothing. Set it right; if it was set back, restart the worker.",
            ),
            Self::ShareStuck => (
                "share.stuck",
                "Shares are more than 15 minutes past their time. Is a worker running, and can it reach the database?",
            ),
        }
    }
}

/// An alarm that was raised within the last day.
#[derive(Debug, sqlx::FromRow)]
pub struct Raised {
    /// What.
    #[sqlx(rename = "code")]
    pub alarm: Alarm,
    /// What was seen.
    pub detail: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it was seen last.
    pub seen_at: DateTime<Utc>,
    /// How often.
    pub times: i32,
}

/// Raises an alarm; `detail` is free of personal data.
///
/// # Errors
/// When the database does not accept it.
pub async fn raise(tx: &mut Tx, alarm: Alarm, detail: &str) -> Result<()> {
    tracing::error!(code = alarm.code(), detail, "{}", alarm.message());
    sql!(
        tx,
        execute,
        "insert into alarms (code, detail, since, seen_at, times) values ($1, $2, $3, $3, 1) \
         on conflict (code) do update set detail = $2, seen_at = $3, \
         since = case when alarms.seen_at > $4 then alarms.since else $3 end, \
         times = case when alarms.seen_at > $4 then alarms.times + 1 else 1 end",
        alarm,
        detail,
        tx.now,
        tx.now - QUIET
    )?;
    Ok(())
}

/// True when it was raised less than `ago` before: whoever looks often need not say it each time.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_fresh(tx: &mut Tx, alarm: Alarm, ago: Duration) -> Result<bool> {
    let seen: Option<(DateTime<Utc>,)> =
        sql!(tx, fetch_optional, "select seen_at from alarms where code = $1 and seen_at > $2", alarm, tx.now - ago)?;
    Ok(seen.is_some())
}

/// What goes on, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn raised(tx: &mut Tx) -> Result<Vec<Raised>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select code, detail, since, seen_at, times from alarms where seen_at > $1 order by seen_at desc",
        tx.now - QUIET
    )?)
}
