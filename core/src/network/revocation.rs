//! Tokens that are not wanted any more: whoever ends a connection moves its token here in the same transaction, where
//! nothing can be published with it, and a worker asks the network to forget it. Its failure is harmless; the result is
//! audited either way. Some networks hand out the same token again to the same account, so a token of an account that is
//! connected here is left alone.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use sqlx::AssertSqlSafe;

use super::{Account, Network};
use crate::{
    Result, audit,
    db::Tx,
    id::{ConnectionId, PersonId},
    sql,
};

/// Longer than asking may take.
const LEASE: Duration = Duration::seconds(30);
/// Waits between the tries: the first is at once, and there are three more within a minute, the answers' time included.
const WAITS: [i64; 3] = [5, 10, 15];

/// What came of asking a network to forget a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// It did.
    Done,
    /// It answered otherwise; asking again would bring the same.
    Refused(u16),
    /// There was no answer, or one that passes.
    Unanswered,
    /// The token cannot be opened, so nobody can use it either.
    Unreadable,
    /// It was not asked: the account is connected here again, maybe with the same token.
    InUse,
}

impl Revoked {
    /// How an answer is meant.
    pub(super) fn of(status: u16) -> Self {
        match status {
            200..300 => Self::Done,
            429 | 500.. => Self::Unanswered,
            _ => Self::Refused(status),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused(_) => "refused",
            Self::Unanswered => "unanswered",
            Self::Unreadable => "unreadable",
            Self::InUse => "in_use",
        }
    }

    /// How long to wait after this many tries; none: that was the last.
    fn wait(self, tries: i32) -> Option<Duration> {
        let nth = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX);
        let wait = WAITS.get(nth).filter(|_| self == Self::Unanswered);
        wait.map(|seconds| Duration::seconds(*seconds))
    }
}

/// What there was of connections that were ended.
#[derive(Default)]
pub(super) struct Ended {
    /// How many there were.
    pub connections: usize,
    /// Until when a share was under way through one of them, or had just gone out.
    pub free_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    account: Account,
    free_at: Option<DateTime<Utc>>,
}

/// Ends connections of a person: all, or the one at a network. The token of the account `renewed` is only deleted: a newer
/// one takes its place.
///
/// # Errors
/// When the database does not accept it.
pub(super) async fn take_from(
    tx: &mut Tx,
    person: PersonId,
    network: Option<Network>,
    renewed: Option<&str>,
) -> Result<Ended> {
    let ended: Vec<Row> = sql!(
        tx,
        fetch_all,
        "delete from connections where person_id = $1 and network = coalesce($2, network) \
         returning id, person_id, network, subject, instance, token, token_key, free_at",
        person,
        network
    )?;
    for Row { account, .. } in ended.iter().filter(|row| Some(row.account.subject.as_str()) != renewed) {
        sql!(
            tx,
            execute,
            "insert into revocations (connection_id, person_id, network, subject, instance, token, token_key, due_at, \
             fence, tries) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)",
            account.id,
            account.person_id,
            account.network,
            &account.subject,
            &account.instance,
            &account.sealed.token,
            &account.sealed.token_key,
            tx.now
        )?;
    }
    Ok(Ended { connections: ended.len(), free_at: ended.iter().filter_map(|row| row.free_at).max() })
}

/// True when somebody here has connected this account, or is asked whether it is theirs.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn is_in_use(tx: &mut Tx, network: Network, subject: &str) -> Result<bool> {
    let used: Option<(String,)> = sql!(
        tx,
        fetch_optional,
        "select subject from connections where network = $1 and subject = $2 union all \
         select subject from connection_attempts where network = $1 and subject = $2 and expires_at > $3 limit 1",
        network,
        subject,
        tx.now
    )?;
    Ok(used.is_some())
}

/// A token that this worker asks the network to forget.
#[derive(sqlx::FromRow)]
pub struct Unwanted {
    /// The account that it was for.
    #[sqlx(flatten)]
    pub account: Account,
    fence: i64,
    tries: i32,
}

/// True when a token is to be forgotten; a cheap read.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_due(tx: &mut Tx) -> Result<bool> {
    let due: Option<(ConnectionId,)> =
        sql!(tx, fetch_optional, "select connection_id from revocations where due_at <= $1 limit 1", tx.now)?;
    Ok(due.is_some())
}

/// Claims the next token.
///
/// # Errors
/// When the database does not accept it.
pub async fn claim(tx: &mut Tx) -> Result<Option<Unwanted>> {
    let query = format!(
        "update revocations set fence = fence + 1, tries = tries + 1, due_at = $2 where connection_id = \
         (select connection_id from revocations where due_at <= $1 order by due_at limit 1 {}) \
         returning connection_id as id, person_id, network, subject, instance, token, token_key, fence, tries",
        tx.skip_locked()
    );
    Ok(sql!(tx, fetch_optional, AssertSqlSafe(query), tx.now, tx.now + LEASE)?)
}

impl Unwanted {
    /// Notes what came of it: another try, or the end of the token here too.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn settle(&self, tx: &mut Tx, revoked: Revoked) -> Result<()> {
        if let Some(wait) = revoked.wait(self.tries) {
            sql!(
                tx,
                execute,
                "update revocations set due_at = $1 where connection_id = $2 and fence = $3",
                tx.now + wait,
                self.account.id,
                self.fence
            )?;
            return Ok(());
        }
        let touched = sql!(
            tx,
            execute,
            "delete from revocations where connection_id = $1 and fence = $2",
            self.account.id,
            self.fence
        )?;
        if touched == 0 {
            return Ok(()); // another worker has it by now
        }
        let detail = json!({ "network": self.account.network, "result": revoked.word(), "tries": self.tries });
        audit::record(tx, "token.revoked", Some(self.account.person_id.0), &detail).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::clients::REVOKE;

    #[test]
    fn o5_the_network_is_asked_four_times_within_a_minute() {
        let waits: Vec<_> = (1..=4).map(|tries| Revoked::Unanswered.wait(tries)).collect();
        let seconds = |seconds| Some(Duration::seconds(seconds));
        assert_eq!(waits, [seconds(5), seconds(10), seconds(15), None]);
        let all = WAITS.iter().sum::<i64>() + 4 * REVOKE.as_secs().cast_signed();
        assert!(all <= 50, "{all} s without answers, and a worker looks every second");
        for last in [Revoked::Done, Revoked::Refused(404), Revoked::Unreadable, Revoked::InUse] {
            assert_eq!(last.wait(1), None, "{last:?}");
        }
    }

    #[test]
    fn an_answer_is_final_unless_it_passes() {
        for (status, revoked) in [
            (200, Revoked::Done),
            (204, Revoked::Done),
            (400, Revoked::Refused(400)),
            (404, Revoked::Refused(404)),
            (429, Revoked::Unanswered),
            (503, Revoked::Unanswered),
        ] {
            assert_eq!(Revoked::of(status), revoked, "{status}");
        }
    }
}
