//! The end of a connection as news: 14, 7, 3 and 1 days before, and once when it has ended. The row is the job:
//! `connections.remind_at` says when to look next. In the app the same is read from the connection itself.

use chrono::{DateTime, Duration, Utc};

use super::connection::{ConnectionState, state_at};
use crate::{
    Result,
    db::Tx,
    id::{ConnectionId, PersonId},
    mail::{Kind, queue},
    sql,
};

/// So many days before the end it is news.
const DAYS: [i64; 4] = [14, 7, 3, 1];

/// When the end is news next, after `now`.
pub(super) fn next(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let end = expires_at?;
    let instants = DAYS.into_iter().chain([0]).map(|days| end - Duration::days(days));
    instants.into_iter().find(|at| *at > now)
}

/// What the end is called at `now`, so that the same news is told once; none: it is no news yet.
fn news(state: ConnectionState, expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<(Kind, i64)> {
    if state_at(state, expires_at, now) != ConnectionState::Works {
        return Some((Kind::ConnectionEnded, 0));
    }
    let end = expires_at?;
    let is_near = |days: &i64| end - Duration::days(*days) <= now;
    DAYS.into_iter().rev().find(is_near).map(|days| (Kind::ConnectionEnds, days))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: ConnectionId,
    person_id: PersonId,
    state: ConnectionState,
    expires_at: Option<DateTime<Utc>>,
}

/// True when the end of a connection is news; a cheap read.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_due(tx: &mut Tx) -> Result<bool> {
    let due: Option<(ConnectionId,)> =
        sql!(tx, fetch_optional, "select id from connections where remind_at <= $1 limit 1", tx.now)?;
    Ok(due.is_some())
}

/// Tells the next news: notes a mail for who wants one, if mails go out at all. False: there was none.
///
/// # Errors
/// When the database does not accept it.
pub async fn remind(tx: &mut Tx, by_mail: bool) -> Result<bool> {
    let query = format!(
        "select id, person_id, state, expires_at from connections where remind_at <= $1 \
         order by remind_at limit 1 {}",
        tx.skip_locked()
    );
    let row: Option<Row> = sql!(tx, fetch_optional, sqlx::AssertSqlSafe(query), tx.now)?;
    let Some(row) = row else { return Ok(false) };
    let news = news(row.state, row.expires_at, tx.now);
    let ended = matches!(news, Some((Kind::ConnectionEnded, _)));
    let next = if ended { None } else { next(row.expires_at, tx.now) };
    sql!(tx, execute, "update connections set remind_at = $1 where id = $2", next, row.id)?;
    if let Some((kind, days)) = news.filter(|_| by_mail) {
        queue::note(tx, row.person_id, row.id, kind, &format!("{}/{days}", row.id)).await?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_news_on_its_days_and_once_when_it_is_there() {
        let end = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let before = |days, seconds| end - Duration::days(days) + Duration::seconds(seconds);
        let works = |now| news(ConnectionState::Works, Some(end), now);
        for (now, told, then) in [
            (before(60, 0), None, Some(before(14, 0))),
            (before(14, -1), None, Some(before(14, 0))),
            (before(14, 0), Some((Kind::ConnectionEnds, 14)), Some(before(7, 0))),
            (before(8, 0), Some((Kind::ConnectionEnds, 14)), Some(before(7, 0))),
            (before(5, 0), Some((Kind::ConnectionEnds, 7)), Some(before(3, 0))),
            (before(3, 0), Some((Kind::ConnectionEnds, 3)), Some(before(1, 0))),
            (before(1, 0), Some((Kind::ConnectionEnds, 1)), Some(end)),
            (before(0, -1), Some((Kind::ConnectionEnds, 1)), Some(end)),
            (end, Some((Kind::ConnectionEnded, 0)), None),
            (before(0, 99), Some((Kind::ConnectionEnded, 0)), None),
        ] {
            assert_eq!((works(now), next(Some(end), now)), (told, then), "{now}");
        }
    }

    #[test]
    fn what_was_withdrawn_has_ended_and_what_has_no_end_is_no_news() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        assert_eq!(news(ConnectionState::Revoked, None, now), Some((Kind::ConnectionEnded, 0)));
        assert_eq!((news(ConnectionState::Works, None, now), next(None, now)), (None, None));
    }
}
