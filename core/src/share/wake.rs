//! What a worker does with a share whose time has come, before anything is sent. Pure.

use chrono::{DateTime, Duration, Utc};

use super::{Reason, State, queue::PICTURE_WAIT, settle::QUEUE_KEPT};
use crate::{
    network::connection::{ConnectionState, state_at},
    post::PostState,
};

/// What the world looks like around a due share.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub(super) struct Around {
    /// The person's account is switched on.
    pub active: bool,
    /// Of the post.
    pub post_state: PostState,
    /// The post's picture is still being fetched.
    pub picture_pending: bool,
    /// Of the person's connection, if there is one.
    pub connection: Option<ConnectionState>,
    /// When it runs out.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What to do with a due share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wake {
    /// Prepare and send it.
    Go,
    /// Its worker never came back: nobody knows what became of it.
    Lose,
    /// It never goes out.
    Cancel(Reason),
    /// It goes out when something else has changed, or is given up at that time.
    Hold(Reason, DateTime<Utc>),
    /// Look again at that time.
    Wait(Reason, DateTime<Utc>),
}

/// `held` is the reason that a held share waits for.
pub(super) fn wake(
    state: State,
    held: Option<Reason>,
    run_at: DateTime<Utc>,
    around: &Around,
    now: DateTime<Utc>,
) -> Wake {
    if state == State::Posting {
        return Wake::Lose;
    }
    if !around.active {
        return Wake::Cancel(Reason::PersonInactive);
    }
    if around.post_state != PostState::Live {
        return Wake::Cancel(Reason::PostNotLive);
    }
    let connection = around.connection.zip(around.expires_at).map(|(state, at)| state_at(state, at, now));
    let broken = match connection {
        Some(ConnectionState::Works) => None,
        Some(ConnectionState::Expired) => Some(Reason::ConnectionExpired),
        Some(ConnectionState::Revoked) => Some(Reason::ConnectionRevoked),
        None => Some(Reason::ConnectionMissing),
    };
    match broken {
        Some(reason) if state == State::Held && held.is_some_and(Reason::is_connection) => {
            let kept = run_at + QUEUE_KEPT;
            if now >= kept { Wake::Cancel(reason) } else { Wake::Hold(reason, kept) }
        }
        Some(reason) => Wake::Hold(reason, now + QUEUE_KEPT),
        None if around.picture_pending && now < run_at + PICTURE_WAIT => {
            Wake::Wait(Reason::PostPicture, now + Duration::seconds(15))
        }
        None => Wake::Go,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn fine() -> Around {
        let expires_at = Some(now() + Duration::days(1));
        let connection = Some(ConnectionState::Works);
        Around { active: true, post_state: PostState::Live, picture_pending: false, connection, expires_at }
    }

    fn at_once(state: State, around: Around) -> Wake {
        wake(state, None, now(), &around, now())
    }

    #[test]
    fn what_waits_goes_out_when_everything_is_fine() {
        for state in [State::Planned, State::Queued, State::Held] {
            assert_eq!(at_once(state, fine()), Wake::Go);
        }
    }

    #[test]
    fn a_lease_that_ran_out_is_never_a_reason_to_send_again() {
        for around in [fine(), Around { active: false, ..fine() }, Around { connection: None, ..fine() }] {
            assert_eq!(at_once(State::Posting, around), Wake::Lose);
        }
    }

    #[test]
    fn who_left_and_what_was_withdrawn_is_cancelled() {
        let gone = Around { active: false, ..fine() };
        assert_eq!(at_once(State::Queued, gone), Wake::Cancel(Reason::PersonInactive));
        for post_state in [PostState::Draft, PostState::InReview, PostState::Expired, PostState::Withdrawn] {
            let around = Around { post_state, ..fine() };
            assert_eq!(at_once(State::Queued, around), Wake::Cancel(Reason::PostNotLive));
        }
    }

    #[test]
    fn a_broken_connection_holds_and_after_seven_days_cancels() {
        for (connection, expires_at, reason) in [
            (None, None, Reason::ConnectionMissing),
            (Some(ConnectionState::Works), Some(now()), Reason::ConnectionExpired),
            (Some(ConnectionState::Expired), fine().expires_at, Reason::ConnectionExpired),
            (Some(ConnectionState::Revoked), fine().expires_at, Reason::ConnectionRevoked),
        ] {
            let around = Around { connection, expires_at, ..fine() };
            let week = now() + Duration::days(7);
            assert_eq!(at_once(State::Queued, around), Wake::Hold(reason, week));
            let throttled = wake(State::Held, Some(Reason::NetworkThrottled), now(), &around, now());
            assert_eq!(throttled, Wake::Hold(reason, week), "held for something else before");
            let again = |run_at| wake(State::Held, Some(Reason::ConnectionMissing), run_at, &around, now());
            assert_eq!(again(now() - Duration::days(7)), Wake::Cancel(reason));
            assert_eq!(again(now()), Wake::Hold(reason, week), "planned for later than the token died");
        }
    }

    #[test]
    fn a_picture_is_waited_for_but_not_for_ever() {
        let around = Around { picture_pending: true, ..fine() };
        assert_eq!(at_once(State::Queued, around), Wake::Wait(Reason::PostPicture, now() + Duration::seconds(15)));
        assert_eq!(wake(State::Queued, None, now() - PICTURE_WAIT, &around, now()), Wake::Go);
    }
}
