//! What a person wants of a share that is out. Saying it twice is saying it once.

use super::RemovalState;
use crate::{
    Error, Result,
    db::Tx,
    id::{PersonId, ShareId},
    share::{Share, State},
    sql,
};

impl Share {
    /// Has one of the person's own shares removed at its network; a worker does it. What failed is tried anew.
    ///
    /// # Errors
    /// `removal.not_out` when it is not published.
    pub async fn ask_removal(tx: &mut Tx, person: PersonId, id: ShareId) -> Result<Self> {
        let share = published(tx, person, id).await?;
        sql!(
            tx,
            execute,
            "insert into removals (share_id, state, on_request, by_hand, asked_at, due_at, fence, tries) \
             values ($1, $2, $3, $4, $5, $5, 0, 0) on conflict (share_id) do update set state = $2, reason = null, \
             detail = null, on_request = $3, asked_at = $5, due_at = $5, fence = removals.fence + 1, tries = 0 \
             where removals.state in ('failed', 'kept')",
            id,
            RemovalState::Waiting,
            share.is_withdrawn(),
            false,
            tx.now
        )?;
        Self::get(tx, person, id).await
    }

    /// The person removed it at the network. Counting looks at it again.
    ///
    /// # Errors
    /// `removal.not_out` when it is not published.
    pub async fn note_removal(tx: &mut Tx, person: PersonId, id: ShareId) -> Result<Self> {
        let share = published(tx, person, id).await?;
        let touched = sql!(
            tx,
            execute,
            "insert into removals (share_id, state, on_request, by_hand, asked_at, fence, tries, removed_at) \
             values ($1, $2, $3, $4, $5, 0, 0, $5) on conflict (share_id) do update set state = $2, reason = null, \
             detail = null, on_request = $3, by_hand = $4, due_at = null, fence = removals.fence + 1, removed_at = $5 \
             where removals.state <> 'removed'",
            id,
            RemovalState::Removed,
            share.is_withdrawn(),
            true,
            tx.now
        )?;
        if touched == 1 {
            weigh_again(tx, id).await?;
        }
        Self::get(tx, person, id).await
    }

    /// The company took the post back, and the person keeps the share; they are not asked again.
    ///
    /// # Errors
    /// `removal.not_asked` when nobody asks.
    pub async fn keep(tx: &mut Tx, person: PersonId, id: ShareId) -> Result<Self> {
        let share = published(tx, person, id).await?;
        if !share.is_withdrawn() {
            return Err(Error::conflict("removal.not_asked", "Nobody asks you to remove this share."));
        }
        sql!(
            tx,
            execute,
            "insert into removals (share_id, state, on_request, by_hand, asked_at, fence, tries) \
             values ($1, $2, $3, $4, $5, 0, 0) on conflict (share_id) do update set state = $2, reason = null, \
             detail = null, asked_at = $5 where removals.state = 'failed'",
            id,
            RemovalState::Kept,
            true,
            false,
            tx.now
        )?;
        Self::get(tx, person, id).await
    }
}

async fn published(tx: &mut Tx, person: PersonId, id: ShareId) -> Result<Share> {
    let share = Share::get(tx, person, id).await?;
    if share.state == State::Published {
        return Ok(share);
    }
    Err(Error::conflict("removal.not_out", "This share is not out, so there is nothing to remove."))
}

/// Has the counting job look at a share again; what counting makes of it is not decided here.
pub(super) async fn weigh_again(tx: &mut Tx, id: ShareId) -> Result<()> {
    sql!(tx, execute, "update shares set weighed = $1 where id = $2 and state = 'published'", false, id)?;
    Ok(())
}
