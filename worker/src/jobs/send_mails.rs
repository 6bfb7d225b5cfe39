//! Sends the mails that wait, to those who still want them.

use klaroen_core::{
    App, Result,
    db::Actor,
    mail::queue::{self, Claimed, Settled},
};

use crate::Progress;

const ACTOR: Actor = Actor::System("send_mails");

/// Sends the next mail that is due.
///
/// # Errors
/// When the database does not accept it. Trouble with the mail server is noted on the mail.
pub async fn send_mail(app: &App) -> Result<Progress> {
    let Some(mailer) = &app.mailer else { return Ok(Progress::Idle) };
    if !queue::is_due(&mut app.db.read()).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(ACTOR).await?;
    let claimed = queue::claim(&mut tx, mailer, &app.key).await?;
    tx.commit().await?;
    let (mail, ticket) = match claimed {
        Some(Claimed::Written(mail, ticket)) => (mail, ticket),
        Some(Claimed::Settled) => return Ok(Progress::Done),
        None => return Ok(Progress::Idle),
    };
    let settled = match mailer.send(*mail).await {
        Ok(()) => Settled::Sent,
        Err(failure) => {
            tracing::warn!(%failure, "a mail did not go out");
            Settled::Failed(failure)
        }
    };
    let mut tx = app.db.write(ACTOR).await?;
    ticket.settle(&mut tx, settled).await?;
    tx.commit().await?;
    Ok(Progress::Done)
}
