//! Sending: the intent with its exact bytes is on disk before a byte leaves, and what came of it is written only by
//! the worker that still holds the share.

use chrono::{DateTime, Utc};

use super::{
    Claimed, Reason, State,
    claim::LEASE,
    queue,
    settle::{Change, Moment, Sent, after_send, before_send},
    state::next,
};
use crate::{
    Error, Result,
    db::{Tx, expect_rows},
    id::ShareId,
    network::{
        Account, Obstacle, Outcome,
        connection::{self, ConnectionState},
    },
    sql,
};

/// A send that is on disk and may now leave, once.
#[derive(Debug)]
pub struct Attempt {
    /// Of which share.
    pub id: ShareId,
    /// Through which account.
    pub account: Account,
    /// The exact bytes.
    pub body: String,
    fence: i64,
    sent: Sent,
}

#[derive(sqlx::FromRow)]
struct Intended {
    attempt: i32,
    body_since: DateTime<Utc>,
}

impl Claimed {
    /// Writes down that exactly `body` is about to be sent. Needs a durable transaction. None: the person stopped it
    /// or changed the account in the meantime, or another worker has it.
    ///
    /// # Errors
    /// When the database does not accept it; then nothing may be sent.
    pub async fn intend(self, tx: &mut Tx, body: String) -> Result<Option<Attempt>> {
        // Other bytes than before say nothing about the earlier ones.
        let is_same = self.sent.as_deref() == Some(&body);
        let resend = self.resend.filter(|_| is_same);
        let intended: Option<Intended> = sql!(
            tx,
            fetch_optional,
            "update shares set state = 'posting', attempt = attempt + 1, sent_at = $1, due_at = $2, body = $3, \
             body_since = case when $4 then body_since else $1 end, resend = $5, \
             time_zone = (select time_zone from people p where p.id = shares.person_id) \
             where id = $6 and fence = $7 and state = 'queued' and exists (select 1 from connections c where c.id = $8) \
             returning attempt, body_since",
            tx.now,
            tx.now + LEASE,
            &body,
            is_same,
            resend,
            self.id,
            self.fence,
            self.account.id
        )?;
        Ok(intended.map(|Intended { attempt, body_since }| Attempt {
            id: self.id,
            account: self.account,
            body,
            fence: self.fence,
            sent: Sent { attempt, at: tx.now, body_since, resend },
        }))
    }

    /// Writes down what stood in the way before anything was sent.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn postpone(self, tx: &mut Tx, obstacle: Obstacle) -> Result<()> {
        let obstacle = note_dead_token(tx, &self.account, obstacle).await?;
        let change = before_send(obstacle, self.resend, &moment(tx.now, self.fence));
        // The person may have stopped it meanwhile; then there is nothing to postpone.
        store(tx, self.id, self.fence, State::Queued, &change).await?;
        hold_others(tx, &self.account, &change).await
    }
}

impl Attempt {
    /// Writes down what came of it. If the lease ran out, the share is `unknown` by now and stays so.
    ///
    /// # Errors
    /// `share.fenced` when another worker has taken the share over.
    pub async fn record(self, tx: &mut Tx, outcome: Outcome) -> Result<()> {
        let outcome = match outcome {
            Outcome::NotTaken(obstacle) => Outcome::NotTaken(note_dead_token(tx, &self.account, obstacle).await?),
            outcome => outcome,
        };
        let change = after_send(outcome, &self.sent, &moment(tx.now, self.fence));
        if let Some(reason @ (Reason::NetworkPermission | Reason::NetworkVersion)) = change.reason {
            tracing::error!(share = %self.id, reason = reason.code(), "the network refuses this application; see its settings there");
        }
        let touched = store(tx, self.id, self.fence, State::Posting, &change).await?;
        expect_rows(touched, 1, "share.fenced", "The lease on this share ran out before its outcome was written.")?;
        hold_others(tx, &self.account, &change).await
    }
}

/// A dead token ends the connection. If the person connected anew in the meantime, it only means: once more.
async fn note_dead_token(tx: &mut Tx, account: &Account, obstacle: Obstacle) -> Result<Obstacle> {
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

async fn store(tx: &mut Tx, id: ShareId, fence: i64, from: State, change: &Change) -> Result<u64> {
    let impossible = || Error::internal(anyhow::anyhow!("a share that is {from:?} cannot see {:?}", change.event));
    let state = next(from, change.event).ok_or_else(impossible)?;
    let published = change.published.as_ref();
    Ok(sql!(
        tx,
        execute,
        "update shares set state = $1, reason = $2, detail = $3, due_at = $4, resend = $5, urn = $6, \
         published_at = $7, confirmed_by = $8 where id = $9 and fence = $10 and state = $11",
        state,
        change.reason,
        &change.detail,
        change.due_at,
        change.resend,
        published.map(|published| &published.urn),
        published.map(|published| published.at),
        published.and_then(|published| published.confirmed_by),
        id,
        fence,
        from
    )?)
}

fn moment(now: DateTime<Utc>, tries: i64) -> Moment {
    Moment { now, tries, chance: rand::random() }
}
