//! Asks networks to forget the tokens of connections that were ended here.

use klaroen_core::{App, Result, db::Actor, network::revocation};

use crate::Progress;

const ACTOR: Actor = Actor::System("revoke_tokens");

/// Asks for the next token that is not wanted any more.
///
/// # Errors
/// When the database does not accept it. Trouble with the network is audited.
pub async fn revoke_token(app: &App) -> Result<Progress> {
    if !revocation::is_due(&mut app.db.read()).await? {
        return Ok(Progress::Idle);
    }
    let mut tx = app.db.write(ACTOR).await?;
    let unwanted = revocation::claim(&mut tx).await?;
    tx.commit().await?;
    let Some(unwanted) = unwanted else { return Ok(Progress::Idle) };
    let revoked = app.networks.revoke(&app.db, &unwanted.account).await;
    let mut tx = app.db.write_durable(ACTOR).await?;
    unwanted.settle(&mut tx, revoked).await?;
    tx.commit().await?;
    Ok(Progress::Done)
}
