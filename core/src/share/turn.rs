//! Taking turns: through one connection one share is under way at a time, and the next one waits until followers have
//! seen the last. The connection knows until when it is taken; nobody but the holder passes the turn on before.

use chrono::{DateTime, Duration, Utc};
use sqlx::AssertSqlSafe;

use super::row::end_of_lease;
use crate::{Result, db::Tx, id::ConnectionId, network::Outcome, sql};

/// Between two posts of one person at one network.
pub const SPACING: Duration = Duration::minutes(1);
/// How soon a share looks again whose turn another worker took at the same moment.
pub(super) const MISSED: Duration = Duration::seconds(1);

/// Takes the turn through a connection for the time of a lease. False: another worker has it or is just taking it, or the
/// connection is gone.
///
/// # Errors
/// When the database does not accept it.
pub(super) async fn take(tx: &mut Tx, connection: ConnectionId) -> Result<bool> {
    let query = format!(
        "update connections set free_at = $1 where id = \
         (select id from connections where id = $2 and (free_at is null or free_at <= $3) {})",
        tx.skip_locked()
    );
    let touched = sql!(tx, execute, AssertSqlSafe(query), end_of_lease(tx.now), connection, tx.now)?;
    Ok(touched == 1)
}

/// Has the turn that was to end with the lease end at `until`; none: now. False: it is not this share's turn any more, or
/// the connection is gone. Whoever ends the connection now waits for this transaction.
///
/// # Errors
/// When the database does not accept it.
pub(super) async fn pass(
    tx: &mut Tx,
    connection: ConnectionId,
    end_of_lease: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "update connections set free_at = $1 where id = $2 and free_at = $3",
        until,
        connection,
        end_of_lease
    )?;
    Ok(touched == 1)
}

/// When a turn ends after an outcome; none: now, because nothing came out.
pub(super) fn end(outcome: &Outcome, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match outcome {
        Outcome::NotTaken(_) => None,
        Outcome::Published { .. } | Outcome::Duplicate { .. } | Outcome::Conflict | Outcome::Lost { .. } => {
            Some(now + SPACING)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Obstacle;

    #[test]
    fn only_what_may_be_out_has_the_next_one_wait() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        assert_eq!(end(&Outcome::NotTaken(Obstacle::TokenExpired), now), None);
        for outcome in [
            Outcome::Conflict,
            Outcome::Published { urn: "urn:li:share:1".into() },
            Outcome::Duplicate { urn: None },
            Outcome::Lost { detail: "no answer".into() },
        ] {
            assert_eq!(end(&outcome, now), Some(now + Duration::minutes(1)), "{outcome:?}");
        }
    }
}
