//! Taking turns: through one connection one share is under way at a time, and the next one waits until followers have
//! seen the last. The connection knows until when it is taken; nobody but the holder passes the turn on before.

use chrono::{DateTime, Duration, Utc};

use super::{
    State,
    row::{LEASE, Row},
};
use crate::{Result, db::Tx, id::ConnectionId, network::Account, sql};

/// Between two posts of one person at one network.
pub const SPACING: Duration = Duration::minutes(1);
/// How soon a share looks again whose turn another worker took at the same moment.
pub(super) const MISSED: Duration = Duration::seconds(1);

/// Takes the turn of a share for the time of its lease. None: another worker has it, or is just taking it.
///
/// # Errors
/// When the database does not accept it.
pub(super) async fn take(tx: &mut Tx, row: &Row) -> Result<Option<Account>> {
    let query = format!(
        "update connections set free_at = $1 where id = (select id from connections where person_id = $2 \
         and network = $3 and (free_at is null or free_at <= $4) {}) \
         returning id, person_id, network, subject, instance, token, token_key",
        tx.skip_locked()
    );
    let (until, now) = (tx.now + LEASE, tx.now);
    Ok(sql!(tx, fetch_optional, sqlx::AssertSqlSafe(query), until, row.person_id, row.network, now)?)
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

/// When the turn ends of a share of which an outcome is known; none: now, because nothing came out.
pub(super) fn end(state: State, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    matches!(state, State::Published | State::Unknown).then_some(now + SPACING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_be_out_has_the_next_one_wait() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        for (state, is_followed_later) in [
            (State::Published, true),
            (State::Unknown, true),
            (State::Refused, false),
            (State::Queued, false),
            (State::Held, false),
        ] {
            assert_eq!(end(state, now), is_followed_later.then_some(now + SPACING), "{state:?}");
        }
    }
}
