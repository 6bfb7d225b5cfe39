//! The person's answer to "did this appear?". Only an unknown share asks, and only its person knows.

use super::{ConfirmedBy, Event, Reason, Share, State, UNDO, row::URN_TAKEN, settle::Resend, state::next};
use crate::{
    Error, Result,
    db::{Tx, expect_rows},
    error::OrConflict,
    id::{PersonId, ShareId},
    sql,
};

/// What the person saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is there, under this name.
    Appeared {
        /// Read from the address that the person pasted.
        urn: String,
    },
    /// It is not there, and that is the end of it.
    Absent,
    /// It is not there; send it again.
    Again,
}

impl Share {
    /// Ends the uncertainty. Sending again sends the same bytes, so that the network itself can still tell a second
    /// one from the first.
    ///
    /// # Errors
    /// `share.not_unknown` when nobody asks, `share.urn_taken` when the pasted post is another share's.
    pub async fn answer(tx: &mut Tx, person: PersonId, id: ShareId, answer: Answer) -> Result<Self> {
        let event = match answer {
            Answer::Appeared { .. } => Event::Appear,
            Answer::Absent => Event::Vanish,
            Answer::Again => Event::Resend,
        };
        let state = next(State::Unknown, event).ok_or_else(|| Error::internal(anyhow::anyhow!("no such answer")))?;
        let touched = match answer {
            Answer::Appeared { urn } => sql!(
                tx,
                execute,
                "update shares set state = $1, reason = null, detail = null, due_at = null, urn = $2, \
                 confirmed_by = $3, published_at = sent_at where id = $4 and person_id = $5 and state = 'unknown'",
                state,
                urn,
                ConfirmedBy::Person,
                id,
                person
            )
            .or_conflict(URN_TAKEN.0, URN_TAKEN.1)?,
            Answer::Absent => sql!(
                tx,
                execute,
                "update shares set state = $1, reason = $2, detail = null, due_at = null \
                 where id = $3 and person_id = $4 and state = 'unknown'",
                state,
                Reason::ShareNotPublished,
                id,
                person
            )?,
            Answer::Again => sql!(
                tx,
                execute,
                "update shares set state = $1, reason = null, detail = null, resend = $2, run_at = $3, due_at = $3 \
                 where id = $4 and person_id = $5 and state = 'unknown'",
                state,
                Resend::Person,
                tx.now + UNDO,
                id,
                person
            )?,
        };
        // Somebody else's share is as unknown as one that does not exist.
        let share = Self::get(tx, person, id).await?;
        expect_rows(touched, 1, "share.not_unknown", "What became of this share is known already.")?;
        Ok(share)
    }
}
