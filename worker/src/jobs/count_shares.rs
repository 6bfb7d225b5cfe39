//! Counts published shares for those who joined a program; never inside the send path.

use klaroen_core::{App, Result, bonus::count, db::Actor};

use crate::Progress;

/// Weighs the next published shares.
///
/// # Errors
/// When the database does not accept it.
pub async fn count_share(app: &App) -> Result<Progress> {
    if !count::is_due(&app.db).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write_durable(Actor::System("count_shares")).await?;
    let weighed = count::weigh_published(&mut tx).await?;
    tx.commit().await?;
    Ok(if weighed > 0 { Progress::Done } else { Progress::Idle })
}
