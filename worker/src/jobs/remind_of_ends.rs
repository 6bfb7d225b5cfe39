//! Tells people in time that a connection of theirs ends, and once when it has ended.

use klaroen_core::{App, Result, db::Actor, network::ending};

use crate::Progress;

/// Looks at the next connection whose end is news.
///
/// # Errors
/// When the database does not accept it.
pub async fn remind_of_end(app: &App) -> Result<Progress> {
    if !ending::is_due(&mut app.db.read()).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(Actor::System("remind_of_ends")).await?;
    let reminded = ending::remind(&mut tx, app.mailer.is_some()).await?;
    tx.commit().await?;
    Ok(if reminded { Progress::Done } else { Progress::Idle })
}
