//! What happens to waiting shares when something else changes: a connection ends or comes back, a post is withdrawn,
//! a person leaves. One statement each, in the transaction of the cause.

use chrono::Duration;

use super::{Reason, UNDO, settle::QUEUE_KEPT};
use crate::{
    Result,
    db::Tx,
    id::{PersonId, PostId},
    network::Network,
    sql,
};

/// Holds what waits for this network until the connection is back; kept for seven days after its planned time.
///
/// # Errors
/// When the database does not accept it.
pub async fn hold(tx: &mut Tx, person: PersonId, network: Network, reason: Reason) -> Result<()> {
    let kept = tx.now + QUEUE_KEPT;
    sql!(
        tx,
        execute,
        "update shares set state = 'held', reason = $1, detail = null, fence = fence + 1, \
         due_at = case when run_at > $2 then run_at else $2 end \
         where person_id = $3 and network = $4 and (state in ('planned', 'queued') \
         or (state = 'held' and reason in ('connection.missing', 'connection.expired', 'connection.revoked')))",
        reason,
        kept,
        person,
        network
    )?;
    Ok(())
}

/// Sets free what was held for a connection: to its planned time, or to go out after another undo window.
///
/// # Errors
/// When the database does not accept it.
pub async fn release(tx: &mut Tx, person: PersonId, network: Network) -> Result<()> {
    sql!(
        tx,
        execute,
        "update shares set state = case when run_at > $1 then 'planned' else 'queued' end, \
         due_at = case when run_at > $1 then run_at else $1 end, reason = null, detail = null \
         where person_id = $2 and network = $3 and state = 'held' \
         and reason in ('connection.missing', 'connection.expired', 'connection.revoked')",
        tx.now + UNDO,
        person,
        network
    )?;
    Ok(())
}

/// Nothing more of a post goes out.
///
/// # Errors
/// When the database does not accept it.
pub async fn cancel_post(tx: &mut Tx, post: PostId) -> Result<u64> {
    Ok(sql!(
        tx,
        execute,
        "update shares set state = 'cancelled', reason = $1, detail = null, due_at = null \
         where post_id = $2 and state in ('planned', 'queued', 'held')",
        Reason::PostNotLive,
        post
    )?)
}

/// Nothing more of a person goes out.
///
/// # Errors
/// When the database does not accept it.
pub async fn cancel_person(tx: &mut Tx, person: PersonId) -> Result<u64> {
    Ok(sql!(
        tx,
        execute,
        "update shares set state = 'cancelled', reason = $1, detail = null, due_at = null \
         where person_id = $2 and state in ('planned', 'queued', 'held')",
        Reason::PersonInactive,
        person
    )?)
}

/// How long a share waits for its picture before it goes out without.
pub(super) const PICTURE_WAIT: Duration = Duration::minutes(10);
