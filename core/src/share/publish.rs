//! The step that publishes: claim, prepare, write the intent down, send once, write down what came of it.
//! `Rows` is where the shares are: the database, or in the simulation a model of it that keeps simulated time.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::{Attempt, Claimed, Share};
use crate::{
    Error, Result,
    db::{Actor, Db},
    failpoint::reached,
    network::{Networks, Obstacle, Outcome},
};

const ACTOR: Actor = Actor::System("publish_shares");
/// How long an intent or an outcome in hand is kept while the database cannot take it. Together with the longest request it is
/// shorter than the lease.
const KEPT: Duration = Duration::from_mins(1);
/// Between two offers.
const PAUSE: Duration = Duration::from_secs(1);

/// Where the shares are.
#[derive(Clone)]
pub enum Rows {
    /// In the database.
    Database(Db),
    /// In memory, under a simulated clock.
    #[cfg(test)]
    Model(super::simulation::Model),
}

/// Publishes the next due share; false: none is due.
///
/// # Errors
/// When the database does not accept it. Whatever was being sent then becomes `unknown` when its lease runs out.
pub async fn publish(rows: &Rows, networks: &Networks) -> Result<bool> {
    let Some(mut claimed) = rows.claim().await? else { return Ok(false) };
    let hindrance = rows.renew(networks, &mut claimed).await?;
    let prepared = match (claimed.probe(), &hindrance) {
        (Some(body), _) => Ok(body),
        (None, Some(obstacle)) => Err(obstacle.clone()),
        (None, None) => networks.prepare(&claimed.account, &claimed.draft, claimed.sent(), &claimed.retired).await,
    };
    let body = match prepared {
        Ok(body) => body,
        Err(obstacle) => return rows.postpone(claimed, obstacle).await.map(|()| true),
    };
    let Some(sending) = networks.sending().await else {
        let detail = "the worker is stopping".to_owned();
        return rows.postpone(claimed, Obstacle::Unreachable { detail }).await.map(|()| true);
    };
    // The intent is on disk before a byte leaves; none: stopped in the last moment.
    let Some(attempt) = rows.intend(claimed, body).await? else { return Ok(true) };
    let outcome = if attempt.is_stale(rows.now()) {
        Outcome::NotTaken(Obstacle::Unreachable { detail: "the worker stood still before it could send".to_owned() })
    } else if let Some(obstacle) = hindrance {
        Outcome::NotTaken(obstacle)
    } else {
        networks.send(&attempt.account, attempt.body(), &attempt.retired, attempt.is_repeat()).await // once
    };
    drop(sending);
    rows.record(&attempt, outcome).await?; // settle.rs decides what the outcome means
    Ok(true)
}

impl Rows {
    fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Database(db) => db.read().now,
            #[cfg(test)]
            Self::Model(model) => model.now(),
        }
    }

    async fn claim(&self) -> Result<Option<Claimed>> {
        match self {
            Self::Database(db) => {
                // With a wrong clock nothing goes out; the job that watches says so.
                if !Share::is_due(&mut db.read()).await? || db.doubt_clock().await?.is_some() {
                    return Ok(None);
                }
                reached("claim.begin");
                let mut tx = db.write(ACTOR).await?;
                let claimed = Share::claim_due(&mut tx).await?;
                reached("claim.write");
                tx.commit().await?; // also keeps what was settled on the way
                reached("claim.done");
                Ok(claimed)
            }
            #[cfg(test)]
            Self::Model(model) => model.claim().await,
        }
    }

    /// Trades a token that has ended for the next one; answers what stands in the way, if anything does.
    async fn renew(&self, networks: &Networks, claimed: &mut Claimed) -> Result<Option<Obstacle>> {
        let renewed = match networks.renew(&claimed.account).await {
            Ok(Some(renewed)) => renewed,
            Ok(None) => return Ok(None),
            Err(obstacle) => return Ok(Some(obstacle)),
        };
        match self {
            Self::Database(db) => {
                let mut tx = db.write(ACTOR).await?;
                claimed.account.renew(&mut tx, networks.key(), &renewed).await?;
                tx.commit().await?;
            }
            #[cfg(test)]
            Self::Model(_) => {} // its networks do not look at tokens
        }
        Ok(None)
    }

    async fn postpone(&self, claimed: Claimed, obstacle: Obstacle) -> Result<()> {
        match self {
            Self::Database(db) => {
                let mut tx = db.write(ACTOR).await?;
                claimed.postpone(&mut tx, obstacle).await?;
                reached("postpone.write");
                tx.commit().await
            }
            #[cfg(test)]
            Self::Model(model) => model.postpone(claimed, obstacle).await,
        }
    }

    async fn intend(&self, claimed: Claimed, body: String) -> Result<Option<Attempt>> {
        match self {
            Self::Database(db) => {
                let patience = Patience::default();
                loop {
                    match intend(db, claimed.clone(), body.clone()).await {
                        Err(error) if patience.bears(&error) => tokio::time::sleep(PAUSE).await,
                        other => return other,
                    }
                }
            }
            #[cfg(test)]
            Self::Model(model) => model.intend(claimed, body).await,
        }
    }

    async fn record(&self, attempt: &Attempt, mut outcome: Outcome) -> Result<()> {
        let patience = Patience::default();
        loop {
            match self.record_once(attempt, outcome.clone()).await {
                Err(error) if patience.bears(&error) => tokio::time::sleep(PAUSE).await,
                Err(Error::Conflict { code: "share.urn_taken", .. }) => {
                    let detail = "The network named a post that belongs to another share.".to_owned();
                    outcome = Outcome::Lost { detail };
                }
                Err(Error::Conflict { code: "share.fenced", .. }) => {
                    tracing::warn!(share = %attempt.row.id, "an outcome came after the lease had run out; the share is unknown");
                    return Ok(());
                }
                other => return other,
            }
        }
    }

    async fn record_once(&self, attempt: &Attempt, outcome: Outcome) -> Result<()> {
        match self {
            Self::Database(db) => {
                let mut tx = db.write(ACTOR).await?;
                attempt.record(&mut tx, outcome).await?;
                reached("record.write");
                tx.commit().await?;
                reached("record.done");
                Ok(())
            }
            #[cfg(test)]
            Self::Model(model) => model.record(attempt, outcome).await,
        }
    }
}

async fn intend(db: &Db, claimed: Claimed, body: String) -> Result<Option<Attempt>> {
    let mut tx = db.write_durable(ACTOR).await?;
    let attempt = claimed.intend(&mut tx, body).await?;
    reached("intent.write");
    tx.commit().await?;
    reached("intent.done");
    Ok(attempt)
}

/// What is in hand is worth waiting for: while the database is away, it is offered again.
struct Patience(Instant);

impl Default for Patience {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Patience {
    fn bears(&self, error: &Error) -> bool {
        let lasts = matches!(error, Error::Unavailable(_)) && self.0.elapsed() < KEPT;
        if lasts {
            tracing::warn!("a share cannot be written down yet: {error}");
        }
        lasts
    }
}
