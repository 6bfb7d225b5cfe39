//! Forgets what has run out: connections that were begun and never finished (a token that nobody confirmed is not kept),
//! invitations that nobody accepted, sessions that ended long ago, documents that marketers looked at yesterday, and mails
//! that were settled a month ago.

use klaroen_core::{
    App, Result, db::Actor, document::Document, invite::Invite, mail::queue, network::attempt, session,
};

use crate::Progress;

/// Forgets what has run out.
///
/// # Errors
/// When the database does not accept it.
pub async fn forget_expired(app: &App) -> Result<Progress> {
    let read = &mut app.db.read();
    if !(attempt::is_any_over(read).await?
        || Invite::is_any_over(read).await?
        || session::is_any_over(read).await?
        || Document::is_any_over(read).await?
        || queue::is_any_over(read).await?)
    {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(Actor::System("forget_expired")).await?;
    attempt::forget_over(&mut tx).await?;
    Invite::forget_over(&mut tx).await?;
    session::forget_over(&mut tx).await?;
    Document::forget_over(&mut tx).await?;
    queue::forget_over(&mut tx).await?;
    tx.commit().await?;
    Ok(Progress::Done)
}
