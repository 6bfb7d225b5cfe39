//! Publishes due shares: each goes out once, and if nobody knows whether it did, it says so.

use klaroen_core::{App, Result, db::Actor, share::Share};

use crate::Progress;

const ACTOR: Actor = Actor::System("publish_shares");

/// Publishes the next due share.
///
/// # Errors
/// When the database does not accept it. Whatever was being sent then becomes `unknown` when its lease runs out.
pub async fn publish_share(app: &App) -> Result<Progress> {
    if !Share::is_due(&mut app.db.read()).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(ACTOR).await?;
    let claimed = Share::claim_due(&mut tx).await?;
    tx.commit().await?; // also keeps what was settled on the way
    let Some(claimed) = claimed else { return Ok(Progress::Idle) };
    let prepared = app.networks.prepare(&claimed.account, &claimed.draft, claimed.sent.as_deref()).await;
    let mut tx = app.db.write_durable(ACTOR).await?;
    let body = match prepared {
        Ok(body) => body,
        Err(obstacle) => {
            claimed.postpone(&mut tx, obstacle).await?;
            tx.commit().await?;
            return Ok(Progress::Done);
        }
    };
    let attempt = claimed.intend(&mut tx, body).await?;
    tx.commit().await?; // the intent is on disk before a byte leaves
    let Some(attempt) = attempt else { return Ok(Progress::Done) }; // stopped in the last moment
    let outcome = app.networks.send(&attempt.account, &attempt.body).await; // once
    let mut tx = app.db.write(ACTOR).await?;
    attempt.record(&mut tx, outcome).await?; // share/settle.rs decides what the outcome means
    tx.commit().await?;
    Ok(Progress::Done)
}
