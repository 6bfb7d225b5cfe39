//! Sending: the intent with its exact bytes is on disk before a byte leaves, and what came of it is written only by
//! the worker that still holds the share.

use chrono::{DateTime, Duration, Utc};

use super::{
    Claimed, Reason, queue,
    row::Row,
    settle::{Change, Moment, Resend, after_send, lifted},
    turn,
};
use crate::{
    Error, Result,
    alarm::{self, Alarm},
    db::Tx,
    id::{PersonId, ShareId},
    network::{
        Account, Network, Obstacle, Outcome, Refusal, Throttle,
        connection::{self, ConnectionState},
        notice,
    },
    sql,
};

/// How long after its intent a send may still leave. With the longest request, of 45 seconds, and clocks that differ by 30 it
/// is over before its lease is, and so before anybody's next turn.
const FRESH: Duration = Duration::seconds(40);

/// A send that is on disk and may now leave, once.
#[derive(Debug)]
pub struct Attempt {
    /// Through which account.
    pub account: Account,
    /// Versions of the network's API to avoid.
    pub retired: Vec<String>,
    pub(super) may_probe: bool,
    pub(super) waited_for: Option<Reason>,
    pub(super) row: Row,
}

impl Claimed {
    /// Writes down that exactly `body` is about to be sent. Needs a durable transaction. None: the person stopped it,
    /// answered, or changed the account in the meantime, or another worker has it.
    ///
    /// # Errors
    /// When the database does not accept it; then nothing may be sent.
    pub async fn intend(self, tx: &mut Tx, body: String) -> Result<Option<Attempt>> {
        let mut row = self.row.clone();
        if !row.intend(body, tx.now)? {
            turn::pass(tx, self.account.id, self.row.due_at, None).await?;
            return Ok(None);
        }
        if !turn::pass(tx, self.account.id, self.row.due_at, row.due_at).await? {
            return Ok(None);
        }
        if !row.save(tx, &self.row).await? {
            turn::pass(tx, self.account.id, row.due_at, None).await?;
            return Ok(None);
        }
        note_zone(tx, row.id, row.person_id).await?;
        Ok(Some(self.attempt(row)))
    }

    /// The send that `row` says is on its way.
    pub(super) fn attempt(self, row: Row) -> Attempt {
        let Self { account, retired, may_probe, waited_for, .. } = self;
        Attempt { account, retired, may_probe, waited_for, row }
    }

    /// Writes down what stood in the way before anything was sent.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn postpone(self, tx: &mut Tx, obstacle: Obstacle) -> Result<()> {
        let obstacle = note_dead_token(tx, &self.account, obstacle).await?;
        let moment = moment(tx.now, self.row.tries.into());
        heed(tx, &self.account, &obstacle, &moment).await?;
        let mut row = self.row.clone();
        let change = row.postpone(obstacle, self.waited_for, &moment)?;
        turn::pass(tx, self.account.id, self.row.due_at, None).await?;
        // The person may have stopped it meanwhile; then there is nothing to postpone.
        row.save(tx, &self.row).await?;
        hold_others(tx, &self.account, &change).await
    }
}

impl Attempt {
    /// The exact bytes.
    #[must_use]
    pub fn body(&self) -> &str {
        self.row.body.as_deref().unwrap_or_default()
    }

    /// True when the very same bytes were sent before.
    #[must_use]
    pub fn is_repeat(&self) -> bool {
        self.row.body_since != self.row.sent_at
    }

    /// True when the process stood still since the intent, so that another worker, or nobody, may have the share by now.
    /// With the longest request, of 45 seconds, a probe still arrives while the network recognises a duplicate.
    #[must_use]
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        self.row.sent_at.is_none_or(|intended| now > intended + FRESH)
    }

    /// Writes down what came of it. If the lease ran out, the share is `unknown` by now and stays so.
    ///
    /// # Errors
    /// `share.fenced` when another worker has taken the share over, `share.urn_taken` when the network named the post
    /// of another share.
    pub async fn record(&self, tx: &mut Tx, outcome: Outcome) -> Result<()> {
        let moment = moment(tx.now, self.row.tries.into());
        let outcome = match outcome {
            Outcome::NotTaken(obstacle) => {
                heed(tx, &self.account, &obstacle, &moment).await?;
                let heard = note_dead_token(tx, &self.account, obstacle.clone()).await?;
                // There is no second probe, not even with a new token.
                Outcome::NotTaken(if self.row.resend == Some(Resend::Probe) { obstacle } else { heard })
            }
            outcome => outcome,
        };
        turn::pass(tx, self.account.id, self.row.due_at, turn::end(&outcome, tx.now)).await?;
        let (row, change) = self.after(outcome, &moment)?;
        if !row.save(tx, &self.row).await? {
            return Err(fenced());
        }
        hold_others(tx, &self.account, &change).await
    }

    /// What an outcome makes of the share.
    pub(super) fn after(&self, outcome: Outcome, moment: &Moment) -> Result<(Row, Change)> {
        let change = after_send(outcome, &self.row.sent(self.may_probe, self.waited_for, moment.now), moment);
        let mut row = self.row.clone();
        row.change(change.clone())?;
        Ok((row, change))
    }
}

pub(super) fn fenced() -> Error {
    Error::conflict("share.fenced", "The lease on this share ran out before its outcome was written.")
}

/// The zone in which the person lives at this moment decides the week.
async fn note_zone(tx: &mut Tx, id: ShareId, person: PersonId) -> Result<()> {
    sql!(
        tx,
        execute,
        "update shares set time_zone = (select time_zone from people where id = $1) where id = $2",
        person,
        id
    )?;
    Ok(())
}

/// What an answer says beyond its share: to the other workers, and to the admin.
pub(super) async fn heed(tx: &mut Tx, account: &Account, obstacle: &Obstacle, moment: &Moment) -> Result<()> {
    match obstacle {
        Obstacle::Throttled(throttle @ Throttle::Application) => {
            notice::pause(tx, account.network, lifted(*throttle, moment)).await
        }
        Obstacle::Throttled(throttle) => connection::pause(tx, account.id, lifted(*throttle, moment)).await,
        Obstacle::VersionGone(choice) => notice::retire(tx, account.network, &choice.version).await,
        _ => Ok(()),
    }?;
    match alarm_of(account.network, obstacle) {
        Some((alarm, seen)) => alarm::raise(tx, alarm, &seen).await,
        None => Ok(()),
    }
}

/// What an admin should look at, with what was seen.
pub(super) fn alarm_of(network: Network, obstacle: &Obstacle) -> Option<(Alarm, String)> {
    match obstacle {
        Obstacle::VersionGone(choice) => Some((Alarm::NetworkVersion, choice.version.clone())),
        Obstacle::Refused { kind: Refusal::Form(code) | Refusal::Picture(code), .. } => {
            Some((Alarm::NetworkForm, (*code).to_owned()))
        }
        // Only there the application is the organisation's; elsewhere it is a matter of the one account.
        Obstacle::Refused { kind: Refusal::Permission, detail } if network == Network::LinkedIn => {
            // The network may say whose post it was; that is nothing for an admin.
            let words = detail.split("urn:").next().unwrap_or_default();
            Some((Alarm::NetworkPermission, words.to_owned()))
        }
        _ => None,
    }
}

/// A dead token ends the connection. If the person connected anew in the meantime, it only means: once more.
pub(super) async fn note_dead_token(tx: &mut Tx, account: &Account, obstacle: Obstacle) -> Result<Obstacle> {
    let state = match obstacle {
        Obstacle::TokenExpired => ConnectionState::Expired,
        Obstacle::TokenRevoked => ConnectionState::Revoked,
        other => return Ok(other),
    };
    if !connection::end(tx, account.id, state).await? {
        return Ok(Obstacle::Unreachable { detail: "the connection was renewed meanwhile".to_owned() });
    }
    Ok(obstacle)
}

/// What waits behind a share that was held for its connection would only meet the same end.
async fn hold_others(tx: &mut Tx, account: &Account, change: &Change) -> Result<()> {
    match change.reason {
        Some(reason) if reason.is_connection() => queue::hold(tx, account.person_id, account.network, reason).await,
        _ => Ok(()),
    }
}

/// The instant of a decision, with its chance.
pub(super) fn moment(now: DateTime<Utc>, tries: i64) -> Moment {
    Moment { now, tries, chance: rand::random() }
}
