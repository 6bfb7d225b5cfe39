//! Forgets connections that were begun and never finished: a token that nobody confirmed is not kept.

use klaroen_core::{App, Result, db::Actor, network::attempt};

use crate::Progress;

/// Forgets those that have run out.
///
/// # Errors
/// When the database does not accept it.
pub async fn forget_attempts(app: &App) -> Result<Progress> {
    if !attempt::is_any_over(&mut app.db.read()).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(Actor::System("forget_attempts")).await?;
    attempt::forget_over(&mut tx).await?;
    tx.commit().await?;
    Ok(Progress::Done)
}
