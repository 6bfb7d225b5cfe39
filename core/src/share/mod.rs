//! Shares: one employee putting one post on one network. The row is the job; `due_at` says when a worker looks at it.
//! Its states are in `state.rs`, what an outcome means in `settle.rs`; the rest of this folder is the SQL between them.

mod answer;
#[cfg(test)]
mod answers_tests;
mod claim;
mod create;
mod day;
mod declare;
pub mod health;
mod probe;
pub mod publish;
pub mod queue;
mod reason;
pub mod removal;
mod row;
mod send;
pub mod settle;
#[cfg(test)]
mod simulation;
pub mod state;
mod turn;
mod waiting;
mod wake;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::{
    answer::Answer,
    claim::Claimed,
    create::NewShare,
    declare::Declaration,
    reason::Reason,
    removal::{Removal, RemovalState},
    send::Attempt,
    settle::ConfirmedBy,
    state::{Event, State},
    turn::SPACING,
    waiting::Waiting,
};
use crate::{
    Error, Result,
    bonus::{
        ProofClass, kept,
        week::{Week, zone},
    },
    confirmation::Asked,
    db::Tx,
    id::{MediaId, PersonId, PostId, ShareId},
    network::Network,
    page::{PAGE, Page},
    post::PostState,
    sql,
};

/// A share "now" can be undone this long.
pub const UNDO: Duration = Duration::seconds(10);

/// How a share came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Origin {
    /// "Share now".
    Manual,
    /// At a time that the person chose.
    Planned,
    /// By the person's standing order.
    Automatic,
    /// Made by hand at the network and told to us.
    Declared,
}

/// A share as its person sees it.
#[derive(Clone, sqlx::FromRow)]
pub struct Share {
    /// Opaque id.
    pub id: ShareId,
    /// Of what.
    pub post_id: PostId,
    /// Title of the post.
    pub post_title: String,
    /// Picture of the post.
    pub post_media_id: Option<MediaId>,
    /// Where the post leads.
    pub post_link: String,
    /// Where.
    pub network: Network,
    /// How it came to be.
    pub origin: Origin,
    /// Where it is.
    pub state: State,
    /// Why it waits, or what became of it.
    pub reason: Option<Reason>,
    /// What the network said.
    pub detail: Option<String>,
    /// What the person says.
    pub text: String,
    /// What the organisation added below it when the share was made.
    pub disclosure: Option<String>,
    /// The picture itself goes out, with the link below the text, and not a card.
    pub as_picture: bool,
    /// When the person wants it out.
    pub run_at: DateTime<Utc>,
    /// When a worker looks at it next.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was last sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When the network took it.
    pub published_at: Option<DateTime<Utc>>,
    /// Its name at the network.
    pub urn: Option<String>,
    /// What proved it, if the network's answer did not.
    pub confirmed_by: Option<ConfirmedBy>,
    /// How well it is known that it happened.
    pub proof_class: ProofClass,
    /// A colleague's look at it, if one was asked.
    #[sqlx(flatten)]
    pub asked: Asked,
    /// What became of taking it back, if somebody asked.
    #[sqlx(flatten)]
    pub removal: Removal,
    /// Clicks on its own link.
    pub clicks: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    time_zone: String,
    post_state: PostState,
}

/// What a person says stays out of logs.
impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Share({}, {:?})", self.id, self.state)
    }
}

const SELECT: &str = "select s.id, s.post_id, p.title as post_title, p.media_id as post_media_id, p.link as post_link, s.network, s.origin, \
    s.state, s.reason, s.detail, s.text, s.disclosure, s.as_picture, s.run_at, s.due_at, s.sent_at, s.published_at, s.urn, s.confirmed_by, s.created_at, \
    s.time_zone, coalesce((select cast(sum(d.clicks) as bigint) from link_days d where d.code = s.link_code), 0) as clicks, \
    s.proof_class, p.state as post_state, r.state as removal_state, r.reason as removal_reason, r.detail as removal_detail, \
    r.on_request as removal_on_request, r.removed_at as removal_at, c.state as asked_state, c.address as asked_address, c.reason as asked_reason, q.name as asked_name \
    from shares s join posts p on p.id = s.post_id left join confirmations c on c.share_id = s.id \
    left join people q on q.id = c.confirmer_id left join removals r on r.share_id = s.id where s.person_id = $1";

impl Share {
    /// One of the person's own shares.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(tx: &mut Tx, person: PersonId, id: ShareId) -> Result<Self> {
        Ok(sql!(tx, fetch_one, AssertSqlSafe(format!("{SELECT} and s.id = $2")), person, id)?)
    }

    /// The person's own shares, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(tx: &mut Tx, person: PersonId, after: Option<&str>) -> Result<Page<Self>> {
        let (at, id) = after.and_then(cursor).unwrap_or((tx.now + Duration::days(1), Uuid::max()));
        let rows: Vec<Self> = sql!(
            tx,
            fetch_all,
            AssertSqlSafe(format!(
                "{SELECT} and (s.created_at < $2 or (s.created_at = $2 and s.id < $3)) \
                 order by s.created_at desc, s.id desc limit $4"
            )),
            person,
            at,
            id,
            PAGE + 1
        )?;
        Ok(Page::new(rows, |share| format!("{}.{}", share.created_at.timestamp_micros(), share.id)))
    }

    /// The person's own shares of posts that the company took back, as long as they did not say what becomes of them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn asked_back(tx: &mut Tx, person: PersonId) -> Result<Vec<Self>> {
        let query = format!(
            "{SELECT} and s.state = 'published' and p.state = 'withdrawn' and r.share_id is null \
             order by s.published_at desc, s.id limit {PAGE}"
        );
        Ok(sql!(tx, fetch_all, AssertSqlSafe(query), person)?)
    }

    /// Stops one of the person's own shares before it is sent.
    ///
    /// # Errors
    /// `share.too_late` when it is being sent or was.
    pub async fn cancel(tx: &mut Tx, person: PersonId, id: ShareId) -> Result<Self> {
        let touched = sql!(
            tx,
            execute,
            "update shares set state = 'cancelled', reason = null, detail = null, due_at = null \
             where id = $1 and person_id = $2 and state in ('planned', 'queued', 'held')",
            id,
            person
        )?;
        let share = Self::get(tx, person, id).await?;
        if touched == 1 {
            return Ok(share);
        }
        Err(Error::conflict("share.too_late", "It is too late to stop this share: it was sent, or it is over."))
    }

    /// Until when it can be undone; none: it is not waiting for that.
    #[must_use]
    pub fn undo_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        (self.state == State::Queued && self.origin == Origin::Manual && self.run_at > now).then_some(self.run_at)
    }

    /// When it is sent once more to see whether it is out; none: only its person can tell.
    #[must_use]
    pub fn probe_at(&self) -> Option<DateTime<Utc>> {
        self.due_at.filter(|_| self.state == State::Unknown)
    }

    /// Before when a share that is held, or waits for its turn, does not go out; then it does so by itself. None: something
    /// else has to change first.
    #[must_use]
    pub fn held_until(&self) -> Option<DateTime<Utc>> {
        let waits = match self.state {
            State::Held => !self.reason.is_some_and(Reason::is_connection),
            State::Queued => self.reason == Some(Reason::ShareSpaced),
            _ => false,
        };
        self.due_at.filter(|_| waits)
    }

    /// True when the company took its post back.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.post_state == PostState::Withdrawn
    }

    /// True when its person is asked whether to remove it: the company took the post back.
    #[must_use]
    pub fn is_asked_back(&self) -> bool {
        self.state == State::Published && self.is_withdrawn() && self.removal.state.is_none()
    }

    /// Until when removing it costs what it counts for; none: it keeps counting, or what was removed has cost it already.
    #[must_use]
    pub fn costs_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = self.published_at? + kept::LEAST;
        (self.removal.removed_at.is_none() && !self.is_withdrawn() && now < until).then_some(until)
    }

    /// False when it was taken back so early that it counts no longer.
    #[must_use]
    pub fn keeps_counting(&self) -> bool {
        let Removal { removed_at, on_request, .. } = self.removal;
        let costs = |published| kept::is_lost(published, removed_at, on_request.unwrap_or_default());
        !self.published_at.is_some_and(costs)
    }

    /// The week in which it counts, once it is out.
    #[must_use]
    pub fn week(&self) -> Option<Week> {
        self.published_at.map(|at| Week::of(at, zone(&self.time_zone)))
    }
}

fn cursor(text: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (micros, id) = text.split_once('.')?;
    Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back() {
        let id = Uuid::now_v7();
        let at = DateTime::from_timestamp_micros(1_790_000_000_123_456).unwrap();
        assert_eq!(cursor(&format!("1790000000123456.{id}")), Some((at, id)));
        for bad in ["", ".", "x.y", "1.2", "99999999999999999999.x"] {
            assert_eq!(cursor(bad), None, "{bad}");
        }
    }
}
