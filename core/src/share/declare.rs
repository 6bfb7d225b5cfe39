//! Sharing by hand: a person says that a post is on a network. It counts as the person's word (proof C) until a
//! colleague has looked at its link (`confirmation`), and can be taken back as long as nothing rests on it.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Origin, Share, State, day::instant_of};
use crate::{
    Error, Result,
    bonus::{ProofClass, week::zone},
    db::{Tx, expect_rows},
    id::{PersonId, PostId, ShareId},
    network::Network,
    post::{Post, PostState},
    sql,
};

/// What a person says about a share of their own.
#[derive(Debug)]
pub struct Declaration {
    /// Of what.
    pub post: PostId,
    /// Where.
    pub network: Network,
    /// On which day, in the person's own time zone.
    pub shared_on: NaiveDate,
    /// The counting link that was opened, if one was.
    pub link_code: Option<String>,
    /// Made by the form: the same click twice is one share.
    pub key: Uuid,
}

impl Share {
    /// Records what a person says; nothing of what they wrote at the network is kept.
    ///
    /// # Errors
    /// `day.out_of_reach`, `post.not_live`, `link.unknown`, or `share.already_shared` for another share of this post on
    /// this network.
    pub async fn declare(tx: &mut Tx, person: PersonId, new: Declaration) -> Result<Self> {
        let post = Post::get(tx, new.post).await?;
        if !Post::is_for(tx, new.post, person).await? {
            return Err(Error::NotFound);
        }
        let (time_zone,): (String,) = sql!(tx, fetch_one, "select time_zone from people where id = $1", person)?;
        let at = instant_of(new.shared_on, tx.now, zone(&time_zone))?;
        let id = ShareId::new();
        let made = insert(tx, id, person, &new, (at, &time_zone)).await?;
        if made == 0 {
            return Self::of_click(tx, person, new.post, new.key).await;
        }
        // What is over may have been shared while it was live.
        if !matches!(post.state, PostState::Live | PostState::Expired) {
            return Err(Error::conflict("post.not_live", "This post can no longer be shared."));
        }
        if let Some(code) = &new.link_code {
            take_link(tx, id, new.post, code).await?;
        }
        Self::get(tx, person, id).await
    }

    /// Forgets a declared share, as if it had never been said.
    ///
    /// # Errors
    /// `share.not_declared` when it went through the network or a colleague confirmed it, `share.counted` when a bonus
    /// rests on it already.
    pub async fn take_back(tx: &mut Tx, person: PersonId, id: ShareId) -> Result<()> {
        Self::get(tx, person, id).await?;
        // Counting holds the row while it looks at it, so what it entered is seen below.
        let touched = sql!(
            tx,
            execute,
            "update shares set due_at = null where id = $1 and person_id = $2 and state = $3 and origin = $4 \
             and proof_class = $5",
            id,
            person,
            State::Published,
            Origin::Declared,
            ProofClass::C
        )?;
        expect_rows(touched, 1, "share.not_declared", "Only what you declared yourself can be taken back.")?;
        let entry: Option<(i64,)> = sql!(
            tx,
            fetch_optional,
            "select seq from ledger_entries where share_id = $1 and kind = 'share_counted' limit 1",
            id
        )?;
        if entry.is_some() {
            return Err(Error::conflict("share.counted", "This share counts already. Ask HR to correct it."));
        }
        sql!(tx, execute, "delete from shares where id = $1", id)?;
        Ok(())
    }
}

async fn insert(
    tx: &mut Tx,
    id: ShareId,
    person: PersonId,
    new: &Declaration,
    (at, time_zone): (DateTime<Utc>, &str),
) -> Result<u64> {
    Ok(sql!(
        tx,
        execute,
        "insert into shares (id, person_id, post_id, network, origin, state, text, run_at, idempotency_key, time_zone, \
         published_at, proof_class, attempt, fence, created_at) \
         values ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $7, $10, 0, 0, $11) on conflict do nothing",
        id,
        person,
        new.post,
        new.network,
        Origin::Declared,
        State::Published,
        at,
        new.key,
        time_zone,
        ProofClass::C,
        tx.now
    )?)
}

/// The counting link that was made for this post a moment ago, and that no other share has.
async fn take_link(tx: &mut Tx, id: ShareId, post: PostId, code: &str) -> Result<()> {
    let touched = sql!(
        tx,
        execute,
        "update shares set link_code = $1 where id = $2 and exists (select 1 from links where code = $1 and post_id = $3) \
         and not exists (select 1 from shares s where s.link_code = $1)",
        code,
        id,
        post
    )?;
    if touched == 1 {
        return Ok(());
    }
    Err(Error::invalid("/link_code", "link.unknown", "This counting link belongs to another share. Open it again."))
}
