//! Asking a colleague, or another one after that. What the link names counts as taken until a colleague says no.

use super::Confirmation;
use crate::{
    Error, Result,
    bonus::ProofClass,
    colleague::Colleague,
    db::{Tx, expect_rows},
    error::OrConflict,
    id::{ConfirmationId, PersonId, ShareId},
    share::{Origin, Share, State},
    sql,
};

/// The link of a post of one's own, as it is stored.
#[derive(Clone)]
pub struct Proof {
    /// Its name at the network; of a network without names the address.
    pub urn: String,
    /// Where a browser shows it.
    pub address: String,
}

impl Confirmation {
    /// Asks a colleague to look at the link of a declared share. Asking again replaces who was asked before, and the
    /// answer; its id is another one, so that nobody says yes to a link that they did not see.
    ///
    /// # Errors
    /// `colleague.unknown`, `share.not_declared` when there is nothing to confirm, `share.urn_taken` when the link is
    /// the proof of another share.
    pub async fn ask(
        tx: &mut Tx,
        person: PersonId,
        share: ShareId,
        colleague: PersonId,
        proof: &Proof,
    ) -> Result<Share> {
        Share::get(tx, person, share).await?;
        if !Colleague::can_be_asked(tx, person, colleague).await? {
            return Err(Error::invalid("/confirmer_id", "colleague.unknown", "Choose a colleague from the list."));
        }
        let touched = sql!(
            tx,
            execute,
            "update shares set urn = $1 where id = $2 and person_id = $3 and state = $4 and origin = $5 \
             and proof_class = $6",
            &proof.urn,
            share,
            person,
            State::Published,
            Origin::Declared,
            ProofClass::C
        )
        .or_conflict("share.urn_taken", "This address belongs to another share.")?;
        expect_rows(touched, 1, "share.not_declared", "There is nothing to confirm about this share.")?;
        sql!(
            tx,
            execute,
            "insert into confirmations (id, share_id, confirmer_id, address, state, asked_at) \
             values ($1, $2, $3, $4, 'waiting', $5) on conflict (share_id) do update set id = $1, confirmer_id = $3, \
             address = $4, state = 'waiting', reason = null, asked_at = $5, answered_at = null",
            ConfirmationId::new(),
            share,
            colleague,
            &proof.address,
            tx.now
        )?;
        Share::get(tx, person, share).await
    }
}
