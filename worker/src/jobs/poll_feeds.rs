//! Polls the feeds whose time has come.

use klaroen_core::{
    App, Error, Result,
    db::Actor,
    feed::{DueFeed, poll},
};

use crate::Progress;

/// Polls the next feed that is due.
///
/// # Errors
/// When the database does not accept it. Trouble with the feed is noted on the feed.
pub async fn poll_feed(app: &App) -> Result<Progress> {
    if !DueFeed::is_any(&app.db).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(Actor::System("poll_feeds")).await?;
    let due = DueFeed::claim_due(&mut tx, 1).await?; // which also says when to look again
    tx.commit().await?;
    let Some(feed) = due.first() else { return Ok(Progress::Idle) };
    match poll::poll(app, feed).await {
        // The lease ran out: what the other worker finds is as good.
        Ok(()) | Err(Error::Conflict { code: "feed.late", .. }) => Ok(Progress::Done),
        Err(error) => Err(error),
    }
}
