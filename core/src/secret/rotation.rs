//! Changing the key file while the product runs. Only the wrapped keys are wrapped anew; the tokens are not touched.
//! After each step a death leaves what the product starts with and what the same command goes on with.

use serde_json::json;
use uuid::Uuid;

use super::{Key, seed};
use crate::{
    App, Result, audit,
    db::{Actor, Db},
    failpoint::reached,
    network::wrapped,
    sql,
};

const ACTOR: Actor = Actor::System("keys");
const BATCH: usize = 500;

/// A wrapped key and where it stands.
pub(crate) struct Wrapped {
    /// Puts another one ($1) in its place, if it is still this one ($2) in the row ($3).
    pub update: &'static str,
    /// None: the wrapped key alone tells which row it is.
    pub row: Option<Uuid>,
    /// What it is bound to.
    pub place: String,
    /// As it is stored.
    pub key: Vec<u8>,
}

/// What a change of the key did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Rotated {
    /// Wrapped anew.
    pub keys: usize,
    /// Neither key opens these; they were lost before.
    pub lost: usize,
}

/// Changes the key, or goes on with a change that was cut short; `tell` hears how far it is.
///
/// # Errors
/// One sentence that says what stands in the way; the product goes on with both keys.
pub async fn rotate(app: &App, tell: impl Fn(Rotated)) -> anyhow::Result<Rotated> {
    let _turn = app.key.turn()?;
    app.key.begin()?;
    reached("rotate.begun");
    let mut rotated = Rotated::default();
    loop {
        // What was begun before sealed with the former key, or moves a row as it was.
        app.db.outlast().await?;
        let before = rotated.keys;
        rotated.lost = round(&app.db, &app.key, &mut rotated, &tell).await?;
        if rotated.keys == before {
            break;
        }
    }
    let mut tx = app.db.write_durable(ACTOR).await?;
    sql!(tx, execute, "update instance set key_check = $1", app.key.check()?)?;
    let detail = json!({ "keys": rotated.keys, "lost": rotated.lost });
    audit::record(&mut tx, "key.changed", None, &detail).await?;
    tx.commit().await?;
    reached("rotate.noted");
    app.key.finish()?;
    Ok(rotated)
}

/// Wraps anew what another key wrapped; answers how many no key opens.
async fn round(db: &Db, key: &Key, rotated: &mut Rotated, tell: &impl Fn(Rotated)) -> anyhow::Result<usize> {
    let (key_id, mut lost) = (key.id()?, 0);
    let mut waiting = wrapped::of_tokens(&mut db.read(), &key_id).await?;
    waiting.extend(seed::wrapped(&mut db.read(), &key_id).await?);
    for batch in waiting.chunks(BATCH) {
        let anew: Vec<_> = batch.iter().map(|one| key.wrap_anew(&one.key, &one.place)).collect::<Result<_>>()?;
        let mut tx = db.write_durable(ACTOR).await?;
        for (one, anew) in batch.iter().zip(anew) {
            let Some(anew) = anew else {
                lost += 1;
                continue;
            };
            // One that was replaced meanwhile counts too: there is another round to look at what replaced it.
            sql!(tx, execute, one.update, anew, &one.key, one.row)?;
            rotated.keys += 1;
        }
        reached("rotate.batch");
        tx.commit().await?;
        tell(*rotated);
    }
    Ok(lost)
}
