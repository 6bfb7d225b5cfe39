//! What a worker does with a share whose time has come, before anything is sent. Pure.

use chrono::{DateTime, Duration, Utc};

use super::{Reason, State, queue::PICTURE_WAIT, row::Row, settle::QUEUE_KEPT, turn::SPACING};
use crate::{
    network::connection::{ConnectionState, state_at},
    post::PostState,
};

/// What the world looks like around a due share.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Around {
    /// The person's account is switched on.
    pub active: bool,
    /// The person allows one probe.
    pub may_probe: bool,
    /// Of the post.
    pub post_state: PostState,
    /// Its link may lead to where it leads.
    #[sqlx(skip)]
    pub is_approved: bool,
    /// The connected account is the one that sent the bytes, if any were.
    #[sqlx(skip)]
    pub is_sender: bool,
    /// The post's picture is still being fetched.
    pub picture_pending: bool,
    /// Of the person's connection, if there is one.
    pub connection: Option<ConnectionState>,
    /// When it runs out, if it does.
    pub expires_at: Option<DateTime<Utc>>,
    /// Until then the member's own day is full.
    pub member_paused_until: Option<DateTime<Utc>>,
    /// Until then the network lets nobody through.
    pub network_paused_until: Option<DateTime<Utc>>,
    /// Until then another share of the person is under way there, or has just gone out.
    pub free_at: Option<DateTime<Utc>>,
}

/// What to do with a due share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wake {
    /// Prepare and send it.
    Go,
    /// Send the same bytes once more, to see whether they are out.
    Probe,
    /// The same, but it is another share's turn: look again at that time.
    ProbeLater(DateTime<Utc>),
    /// Nobody may probe it any more: its person decides.
    Leave,
    /// Its worker never came back: nobody knows what became of it. The time of its probe, if there may be one.
    Lose(Option<DateTime<Utc>>),
    /// It never goes out.
    Cancel(Reason),
    /// It goes out when something else has changed, or is given up at that time.
    Hold(Reason, DateTime<Utc>),
    /// Look again at that time.
    Wait(Reason, DateTime<Utc>),
}

impl Wake {
    /// True when the worker holds the share now, to send it.
    pub(super) fn goes(self) -> bool {
        matches!(self, Self::Go | Self::Probe)
    }
}

/// Decides what to do with a due share.
pub(super) fn wake(row: &Row, around: &Around, now: DateTime<Utc>) -> Wake {
    let sent = row.sent(around.may_probe, row.reason, now);
    match row.state {
        State::Posting => Wake::Lose(if sent.may_probe { sent.rule.due(sent.at, sent.body_since, now) } else { None }),
        State::Unknown => {
            let is_own = around.is_sender && sent.may_probe;
            let in_time = |at| is_own && sent.rule.is_in_time(sent.body_since, at);
            match way(row, around, now) {
                Wake::Go if in_time(now) => Wake::Probe,
                // Before whatever waits for the same turn, because only a probe can be too late.
                Wake::Wait(Reason::ShareSpaced, at) if in_time(at) => {
                    let moment = Duration::milliseconds(1);
                    Wake::ProbeLater((at - moment).max(now + moment))
                }
                _ => Wake::Leave,
            }
        }
        _ => way(row, around, now),
    }
}

/// Whether something may go out at all.
fn way(row: &Row, around: &Around, now: DateTime<Utc>) -> Wake {
    if !around.active {
        return Wake::Cancel(Reason::PersonInactive);
    }
    if around.post_state != PostState::Live {
        return Wake::Cancel(Reason::PostNotLive);
    }
    if !around.is_approved {
        return Wake::Cancel(Reason::HostNotApproved);
    }
    if let Some(reason) = broken(around, now) {
        let was_held_for_it = row.state == State::Held && row.reason.is_some_and(Reason::is_connection);
        let kept = if was_held_for_it { row.run_at + QUEUE_KEPT } else { now + QUEUE_KEPT };
        return if now >= kept { Wake::Cancel(reason) } else { Wake::Hold(reason, kept) };
    }
    let lasts = |until: &DateTime<Utc>| *until > now;
    if let Some(until) = around.network_paused_until.filter(lasts) {
        return Wake::Hold(Reason::NetworkPaused, until);
    }
    if let Some(until) = around.member_paused_until.filter(lasts) {
        return Wake::Hold(Reason::NetworkThrottled, until);
    }
    if around.picture_pending && now < row.run_at + PICTURE_WAIT {
        return Wake::Wait(Reason::PostPicture, now + Duration::seconds(15));
    }
    if let Some(free) = around.free_at.filter(lasts) {
        // What is under way is mostly over long before its lease.
        return Wake::Wait(Reason::ShareSpaced, free.min(now + SPACING));
    }
    Wake::Go
}

/// What is wrong with the connection, if anything.
fn broken(around: &Around, now: DateTime<Utc>) -> Option<Reason> {
    let connection = around.connection.map(|state| state_at(state, around.expires_at, now));
    match connection {
        Some(ConnectionState::Works) => None,
        Some(ConnectionState::Expired) => Some(Reason::ConnectionExpired),
        Some(ConnectionState::Revoked) => Some(Reason::ConnectionRevoked),
        None => Some(Reason::ConnectionMissing),
    }
}

#[cfg(test)]
#[path = "wake_tests.rs"]
mod tests;
