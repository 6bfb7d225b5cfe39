//! Asks networks once a day whether they still take a token, so that its end is news before a share meets it.

use klaroen_core::{
    App, Result,
    db::Actor,
    network::check::{self, Claimed},
};

use crate::Progress;

const ACTOR: Actor = Actor::System("check_connections");

/// Asks about the next connection.
///
/// # Errors
/// When the database does not accept it. Whatever the network does not answer changes nothing.
pub async fn check_connection(app: &App) -> Result<Progress> {
    if !check::is_due(&mut app.db.read()).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(ACTOR).await?;
    let claimed = check::claim(&mut tx).await?;
    tx.commit().await?;
    let Some(Claimed { account, lives }) = claimed else { return Ok(Progress::Idle) };
    if lives && let Some(state) = app.networks.standing(&account).await {
        let mut tx = app.db.write(ACTOR).await?;
        check::note_end(&mut tx, &account, state).await?;
        tx.commit().await?;
    }
    Ok(Progress::Done)
}
