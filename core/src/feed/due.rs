//! Claiming feeds whose time has come, and noting how the poll went. The next check is scheduled with the claim,
//! first of all: a poll that dies takes nothing with it.

use chrono::{DateTime, Duration, Utc};
use sqlx::AssertSqlSafe;

use super::{
    Publish, Trouble, schedule,
    shape::{self, Shape},
    timetable,
};
use crate::{
    Result,
    db::{Db, Tx, expect_rows},
    id::FeedId,
    sql,
};

/// A poll takes 20 seconds at most; after this another worker may try.
const LEASE: Duration = Duration::minutes(2);
const LATE: (&str, &str) = ("feed.late", "Another worker has taken this feed over.");

/// A feed that this worker has claimed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DueFeed {
    /// Opaque id.
    pub id: FeedId,
    /// What to fetch.
    pub address: String,
    /// Name of the definition that reads it; empty: this poll chooses the one that fits.
    pub definition: String,
    pub(super) title: String,
    pub(super) shape: Option<String>,
    pub(super) publish: Publish,
    pub(super) cron: Option<String>,
    pub(super) time_zone: String,
    pub(super) filter: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) body_hash: Option<Vec<u8>>,
    pub(super) fence: i64,
    pub(super) error_count: i32,
    pub(super) baseline_at: Option<DateTime<Utc>>,
}

/// Validators of an answer, kept for the next request.
#[derive(Debug, Default)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) body_hash: Option<Vec<u8>>,
}

/// What a good poll says of the feed itself; what is `None` stays.
#[derive(Debug, Default)]
pub(super) struct Portrait {
    /// Name of the definition that fits.
    pub(super) definition: Option<String>,
    /// As the feed calls itself.
    pub(super) title: Option<String>,
    pub(super) shape: Option<Shape>,
}

impl DueFeed {
    /// True when a feed's time has come; a read, so that idle workers leave the database alone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_any(db: &Db) -> Result<bool> {
        let mut tx = db.read();
        let due: Option<(FeedId,)> = sql!(
            tx,
            fetch_optional,
            "select id from feeds where state = 'active' and next_poll_at <= $1 \
             and (lease_until is null or lease_until <= $1) limit 1",
            tx.now
        )?;
        Ok(due.is_some())
    }

    /// Claims up to `most` feeds whose time has come, for two minutes each.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn claim_due(tx: &mut Tx, most: i64) -> Result<Vec<Self>> {
        let query = format!(
            "select * from feeds where state = 'active' and next_poll_at <= $1 \
             and (lease_until is null or lease_until <= $1) order by next_poll_at limit $2 {}",
            tx.skip_locked()
        );
        let mut claimed: Vec<Self> = sql!(tx, fetch_all, AssertSqlSafe(query), tx.now, most)?;
        for feed in &mut claimed {
            feed.fence += 1;
            let timetable = timetable(feed.cron.as_deref(), &feed.time_zone);
            sql!(
                tx,
                execute,
                "update feeds set next_poll_at = $1, lease_until = $2, fence = $3 where id = $4",
                schedule::after_success(timetable.as_ref(), tx.now, rand::random()),
                tx.now + LEASE,
                feed.fence,
                feed.id
            )?;
        }
        Ok(claimed)
    }

    /// Notes that the poll went well.
    ///
    /// # Errors
    /// `feed.late` when the lease ran out and another worker took over.
    pub(super) async fn succeed(&self, tx: &mut Tx, new: &Validators, portrait: &Portrait) -> Result<()> {
        let touched = sql!(
            tx,
            execute,
            "update feeds set lease_until = null, polled_at = $1, succeeded_at = $1, etag = $2, last_modified = $3, \
             body_hash = $4, baseline_at = coalesce(baseline_at, $1), error_stage = null, error_code = null, \
             error_message = null, error_since = null, error_count = 0, definition = coalesce($7, definition), \
             title = coalesce($8, title), shape = coalesce($9, shape) where id = $5 and fence = $6",
            tx.now,
            &new.etag,
            &new.last_modified,
            &new.body_hash,
            self.id,
            self.fence,
            &portrait.definition,
            &portrait.title,
            portrait.shape.as_ref().and_then(Shape::to_stored)
        )?;
        expect_rows(touched, 1, LATE.0, LATE.1)
    }

    /// Notes that the poll went wrong and when to try again: after an alarm as after a good poll, because the publisher
    /// may mend it any time.
    ///
    /// # Errors
    /// `feed.late` when the lease ran out and another worker took over.
    pub async fn fail(&self, tx: &mut Tx, trouble: &Trouble) -> Result<()> {
        let count = self.error_count.saturating_add(1);
        let next = if trouble.code == shape::ALARM {
            schedule::after_success(timetable(self.cron.as_deref(), &self.time_zone).as_ref(), tx.now, rand::random())
        } else {
            schedule::after_error(count, trouble.retry_after.as_deref(), tx.now, rand::random())
        };
        let touched = sql!(
            tx,
            execute,
            "update feeds set lease_until = null, polled_at = $1, next_poll_at = $2, error_stage = $3, \
             error_code = $4, error_message = $5, error_since = coalesce(error_since, $1), error_count = $6 \
             where id = $7 and fence = $8",
            tx.now,
            next,
            trouble.stage,
            trouble.code,
            &*trouble.message,
            count,
            self.id,
            self.fence
        )?;
        expect_rows(touched, 1, LATE.0, LATE.1)
    }

    /// Remembers what an alarm is about, until somebody says that it is meant so.
    ///
    /// # Errors
    /// `feed.late` when the lease ran out and another worker took over.
    pub(super) async fn remember(&self, tx: &mut Tx, shape: &Shape) -> Result<()> {
        let touched = sql!(
            tx,
            execute,
            "update feeds set shape = $1 where id = $2 and fence = $3",
            shape.to_stored(),
            self.id,
            self.fence
        )?;
        expect_rows(touched, 1, LATE.0, LATE.1)
    }
}
