//! Removes shares that their people take back at the network.

use klaroen_core::{App, Result, share::removal};

use crate::Progress;

/// Removes the next share that is to be removed.
///
/// # Errors
/// When the database does not accept it. The removal is then tried again when its lease is over.
pub async fn remove_share(app: &App) -> Result<Progress> {
    if !removal::is_due(&mut app.db.read()).await? {
        return Ok(Progress::Idle);
    }
    let removed = removal::remove(&app.db, &app.networks).await?;
    Ok(if removed { Progress::Done } else { Progress::Idle })
}
