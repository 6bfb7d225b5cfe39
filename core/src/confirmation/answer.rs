//! The colleague's answer. A yes makes the share proof B and has it weighed again; a no sets its link free.

use serde_json::json;

use super::{Confirmation, ConfirmationState};
use crate::{
    Error, Result, audit,
    bonus::ProofClass,
    db::{Tx, expect_rows},
    id::{ConfirmationId, PersonId, ShareId},
    share::ConfirmedBy,
    sql,
};

const LONGEST: usize = 500;

/// What the colleague saw; parsed, so that a no has its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The post is there.
    Seen,
    /// It is not, or it is something else.
    Unseen(String),
}

impl Verdict {
    /// Reads an answer.
    ///
    /// # Errors
    /// When a no has no reason, or one that is too long.
    pub fn new(confirmed: bool, reason: Option<&str>) -> Result<Self> {
        if confirmed {
            return Ok(Self::Seen);
        }
        let reason = reason.unwrap_or_default().trim();
        let is_fine =
            (1..=LONGEST).contains(&reason.chars().count()) && !reason.contains(|c: char| c.is_control() && c != '\n');
        if is_fine {
            return Ok(Self::Unseen(reason.to_owned()));
        }
        Err(Error::invalid("/reason", "reason.required", "Say why not, in a sentence of at most 500 characters."))
    }
}

impl Confirmation {
    /// Ends the waiting. A new link or another colleague meanwhile makes it somebody else's to answer.
    ///
    /// # Errors
    /// When nothing waits for this colleague under this id.
    pub async fn answer(tx: &mut Tx, colleague: PersonId, id: ConfirmationId, verdict: Verdict) -> Result<()> {
        Self::get(tx, colleague, id).await?;
        let (state, reason) = match verdict {
            Verdict::Seen => (ConfirmationState::Confirmed, None),
            Verdict::Unseen(reason) => (ConfirmationState::Declined, Some(reason)),
        };
        let share: Option<(ShareId,)> = sql!(
            tx,
            fetch_optional,
            "update confirmations set state = $1, reason = $2, answered_at = $3 \
             where id = $4 and confirmer_id = $5 and state = 'waiting' returning share_id",
            state,
            reason,
            tx.now,
            id,
            colleague
        )?;
        let (share,) = share.ok_or(Error::NotFound)?;
        let (touched, action) = match state {
            ConfirmationState::Confirmed => (confirm(tx, share).await?, "share.confirmed"),
            _ => (set_free(tx, share).await?, "share.not_confirmed"),
        };
        expect_rows(touched, 1, "share.not_declared", "There is nothing to confirm about this share.")?;
        audit::record(tx, action, Some(share.0), &json!({})).await
    }
}

async fn confirm(tx: &mut Tx, share: ShareId) -> Result<u64> {
    Ok(sql!(
        tx,
        execute,
        "update shares set proof_class = $1, confirmed_by = $2, weighed = $3 \
         where id = $4 and state = 'published' and origin = 'declared' and urn is not null",
        ProofClass::B,
        ConfirmedBy::Colleague,
        false,
        share
    )?)
}

async fn set_free(tx: &mut Tx, share: ShareId) -> Result<u64> {
    Ok(sql!(tx, execute, "update shares set urn = null where id = $1 and origin = 'declared'", share)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_says_why() {
        let unseen = |reason: &str| Some(Verdict::Unseen(reason.to_owned()));
        for (confirmed, reason, verdict) in [
            (true, None, Some(Verdict::Seen)),
            (true, Some("of no matter"), Some(Verdict::Seen)),
            (false, Some(" Another post. "), unseen("Another post.")),
            (false, Some("Line\nline"), unseen("Line\nline")),
            (false, None, None),
            (false, Some("  "), None),
            (false, Some("a\u{0}b"), None),
            (false, Some(&*"x".repeat(500)), unseen(&"x".repeat(500))),
            (false, Some(&*"x".repeat(501)), None),
        ] {
            assert_eq!(Verdict::new(confirmed, reason).ok(), verdict, "{confirmed} {reason:?}");
        }
    }
}
