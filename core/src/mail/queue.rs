//! The mails that wait: noted once, claimed with a lease, written at that moment, settled once.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use secrecy::ExposeSecret;

use super::{
    ConsentedMail, Failure, Kind, Mailer,
    reminder::{self, Facts, News},
};
use crate::{
    Result,
    bonus::week,
    consent::LiveConsent,
    db::Tx,
    id::{ConnectionId, MailId, PersonId},
    network::{
        Network,
        connection::{ConnectionState, state_at},
        renewal,
    },
    person::Person,
    secret::Key,
    share::Waiting,
    sql,
};

/// Longer than sending may take.
const LEASE: Duration = Duration::seconds(120);
/// How long a settled mail is kept, to be looked at.
const KEPT: Duration = Duration::days(30);

/// Notes a mail, if its person wants such mails. `once` names the news: it is mailed once.
///
/// # Errors
/// When the database does not accept it.
pub async fn note(tx: &mut Tx, person: PersonId, about: ConnectionId, kind: Kind, once: &str) -> Result<()> {
    if LiveConsent::of(tx, person, kind.purpose()).await?.is_none() {
        return Ok(());
    }
    sql!(
        tx,
        execute,
        "insert into mails (id, person_id, connection_id, kind, once, state, due_at, fence, tries, created_at) \
         values ($1, $2, $3, $4, $5, 'waiting', $6, 0, 0, $6) on conflict (once) do nothing",
        MailId::new(),
        person,
        about,
        kind,
        once,
        tx.now
    )?;
    Ok(())
}

/// True when a mail is due; a cheap read.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_due(tx: &mut Tx) -> Result<bool> {
    let due: Option<(MailId,)> = sql!(tx, fetch_optional, "select id from mails where due_at <= $1 limit 1", tx.now)?;
    Ok(due.is_some())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: MailId,
    person_id: PersonId,
    connection_id: ConnectionId,
    kind: Kind,
    fence: i64,
    tries: i32,
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The server took it.
    Sent,
    /// Nobody wants it any more, or there is nothing to say.
    Dropped,
    /// It did not go out.
    Failed(Failure),
}

/// What there is to do about a mail that was due.
pub enum Claimed {
    /// It goes out.
    Written(Box<ConsentedMail>, Ticket),
    /// Nothing: it is settled.
    Settled,
}

/// Claims the next due mail and writes it; none is due: none. Commit whatever the answer: a mail that is not wanted any
/// more was dropped.
///
/// # Errors
/// When the database does not accept it.
pub async fn claim(tx: &mut Tx, mailer: &Mailer, key: &Key) -> Result<Option<Claimed>> {
    let Some(row) = next_due(tx).await? else { return Ok(None) };
    let settled = match write(tx, mailer, key, &row).await? {
        Some(Ok(mail)) => return Ok(Some(Claimed::Written(Box::new(mail), Ticket(row)))),
        Some(Err(failure)) => Settled::Failed(failure),
        None => Settled::Dropped,
    };
    settle(tx, &row, settled).await?;
    Ok(Some(Claimed::Settled))
}

async fn next_due(tx: &mut Tx) -> Result<Option<Row>> {
    let query = format!(
        "update mails set fence = fence + 1, tries = tries + 1, due_at = $2 where id = \
         (select id from mails where due_at <= $1 order by due_at limit 1 {}) \
         returning id, person_id, connection_id, kind, fence, tries",
        tx.skip_locked()
    );
    Ok(sql!(tx, fetch_optional, sqlx::AssertSqlSafe(query), tx.now, tx.now + LEASE)?)
}

/// What is left in hand while a mail is on its way.
pub struct Ticket(Row);

impl Ticket {
    /// Notes what became of it, unless another worker has it by now.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn settle(&self, tx: &mut Tx, settled: Settled) -> Result<()> {
        settle(tx, &self.0, settled).await
    }
}

async fn settle(tx: &mut Tx, row: &Row, settled: Settled) -> Result<()> {
    let (mut state, mut due_at, mut error) = ("sent", None, None);
    match settled {
        Settled::Sent => {}
        Settled::Dropped => state = "dropped",
        Settled::Failed(failure) => {
            error = Some(failure.to_string());
            due_at = failure.wait(row.tries, rand::random()).map(|wait| tx.now + wait);
            state = if due_at.is_some() { "waiting" } else { "failed" };
        }
    }
    let settled_at = due_at.is_none().then_some(tx.now);
    sql!(
        tx,
        execute,
        "update mails set state = $1, due_at = $2, error = $3, settled_at = $4 where id = $5 and fence = $6",
        state,
        due_at,
        error,
        settled_at,
        row.id,
        row.fence
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct About {
    network: Network,
    display_name: String,
    state: ConnectionState,
    expires_at: Option<DateTime<Utc>>,
}

impl About {
    /// What there is to say by now; none: the news is old.
    fn news(&self, kind: Kind, day: impl Fn(DateTime<Utc>) -> NaiveDate, now: DateTime<Utc>) -> Option<News> {
        match (kind, state_at(self.state, self.expires_at, now), self.expires_at) {
            (Kind::ConnectionEnds, ConnectionState::Works, Some(at)) => Some(News::Ends(day(at))),
            (Kind::ConnectionEnded, ConnectionState::Expired, _) => Some(News::Expired),
            (Kind::ConnectionEnded, ConnectionState::Revoked, _) => Some(News::Revoked),
            _ => None,
        }
    }
}

/// Writes the mail as things are now; none: it is not wanted any more.
async fn write(tx: &mut Tx, mailer: &Mailer, key: &Key, row: &Row) -> Result<Option<Result<ConsentedMail, Failure>>> {
    let Some(consent) = LiveConsent::of(tx, row.person_id, row.kind.purpose()).await? else { return Ok(None) };
    let person = Person::get(tx, consent.person()).await?;
    let about: About = sql!(
        tx,
        fetch_one,
        "select network, display_name, state, expires_at from connections where id = $1",
        row.connection_id
    )?;
    let zone = week::zone(&person.time_zone);
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let Some(news) = about.news(row.kind, day, tx.now).filter(|_| person.active) else { return Ok(None) };
    let waiting = Waiting::of(tx, person.id, about.network).await?;
    let link = if about.network.has_consent_page() {
        let (token, until) = renewal::offer(tx, key, row.id).await?;
        (format!("{}/renew#{}", mailer.origin, token.expose_secret()), Some(day(until)))
    } else {
        (format!("{}/me", mailer.origin), None)
    };
    let letter = reminder::write(&Facts {
        language: person.language,
        name: &person.name,
        news,
        network: about.network,
        account: &about.display_name,
        waiting: waiting.shares,
        kept_until: waiting.kept_until.map(day),
        link,
        consent: (consent.text(), day(consent.given_at())),
        stop: format!("{}/unsubscribe/{}", mailer.origin, consent.unsubscribe_token(key).expose_secret()),
    });
    let from = (&mailer.sender, mailer.host.as_str());
    Ok(Some(ConsentedMail::write(&consent, &person, &letter, from, row.id, tx.now)))
}

/// True when a settled mail is old enough to be forgotten.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_any_over(tx: &mut Tx) -> Result<bool> {
    let limit = tx.now - KEPT;
    let first: Option<(MailId,)> =
        sql!(tx, fetch_optional, "select id from mails where settled_at < $1 limit 1", limit)?;
    Ok(first.is_some())
}

/// Forgets mails that were settled long ago.
///
/// # Errors
/// When the database does not accept it.
pub async fn forget_over(tx: &mut Tx) -> Result<()> {
    sql!(tx, execute, "delete from mails where settled_at < $1", tx.now - KEPT)?;
    Ok(())
}
