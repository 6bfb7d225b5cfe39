//! Claiming the next due share: a lease, and a fence number that grows with each claim, so that a worker who comes
//! back late cannot write over what happened since. What must not go out is settled on the way.

use chrono::{DateTime, Duration, Utc};
use sqlx::AssertSqlSafe;

use super::{
    Event, Reason, Share, State,
    settle::Resend,
    state::next,
    wake::{Around, Wake, wake},
};
use crate::{
    Error, Result,
    db::{Tx, expect_rows},
    id::{MediaId, PersonId, PostId, ShareId},
    media::Media,
    network::{Account, Draft, Network, Picture},
    post::Post,
    sql,
};

/// Longer than any request may take, so that a lease never runs out under a living worker.
pub(super) const LEASE: Duration = Duration::seconds(120);

/// A due share that this worker holds.
#[derive(Debug)]
pub struct Claimed {
    /// Which.
    pub id: ShareId,
    /// Through which account.
    pub account: Account,
    /// What is to be published.
    pub draft: Draft,
    /// The bytes of an earlier send.
    pub sent: Option<String>,
    pub(super) fence: i64,
    pub(super) resend: Option<Resend>,
}

#[derive(sqlx::FromRow)]
struct Due {
    id: ShareId,
    person_id: PersonId,
    post_id: PostId,
    network: Network,
    state: State,
    reason: Option<Reason>,
    text: String,
    link_code: Option<String>,
    run_at: DateTime<Utc>,
    fence: i64,
    body: Option<String>,
    resend: Option<Resend>,
}

impl Share {
    /// True when a share is due: a cheap read, so that idle workers leave the database's one writer alone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_due(tx: &mut Tx) -> Result<bool> {
        let due: Option<(ShareId,)> =
            sql!(tx, fetch_optional, "select id from shares where due_at <= $1 limit 1", tx.now)?;
        Ok(due.is_some())
    }

    /// Claims the next due share for 120 seconds. Commit whatever the answer: shares that cannot go out were settled.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn claim_due(tx: &mut Tx) -> Result<Option<Claimed>> {
        while let Some(due) = Due::next(tx).await? {
            if due.settle(tx).await? == Wake::Go {
                return due.claimed(tx).await.map(Some);
            }
        }
        Ok(None)
    }
}

impl Due {
    async fn next(tx: &mut Tx) -> Result<Option<Self>> {
        let query = format!(
            "select id, person_id, post_id, network, state, reason, text, link_code, run_at, fence, body, resend \
             from shares where due_at <= $1 order by due_at limit 1 {}",
            tx.skip_locked()
        );
        Ok(sql!(tx, fetch_optional, AssertSqlSafe(query), tx.now)?)
    }

    async fn around(&self, tx: &mut Tx) -> Result<Around> {
        Ok(sql!(
            tx,
            fetch_one,
            "select w.active, p.state as post_state, p.picture is not null as picture_pending, c.state as connection, \
             c.expires_at from people w join posts p on p.id = $2 \
             left join connections c on c.person_id = w.id and c.network = $3 where w.id = $1",
            self.person_id,
            self.post_id,
            self.network
        )?)
    }

    /// Decides what to do and does it in the database; `Go` leaves the share queued under this worker's lease.
    async fn settle(&self, tx: &mut Tx) -> Result<Wake> {
        let around = self.around(tx).await?;
        let decision = wake(self.state, self.reason, self.run_at, &around, tx.now);
        let event = match decision {
            Wake::Go | Wake::Wait(..) => (self.state != State::Queued).then_some(Event::Due),
            Wake::Hold(..) => (self.state != State::Held).then_some(Event::Hold),
            Wake::Lose => Some(Event::Lose),
            Wake::Cancel(_) => Some(Event::Cancel),
        };
        let state = event
            .map_or(Some(self.state), |event| next(self.state, event))
            .ok_or_else(|| Error::internal(anyhow::anyhow!("a share that is {:?} cannot see {event:?}", self.state)))?;
        let (reason, due_at) = match decision {
            Wake::Go => (None, Some(tx.now + LEASE)),
            Wake::Lose => (Some(Reason::ShareInterrupted), None),
            Wake::Cancel(reason) => (Some(reason), None),
            Wake::Hold(reason, at) | Wake::Wait(reason, at) => (Some(reason), Some(at)),
        };
        let touched = sql!(
            tx,
            execute,
            "update shares set state = $1, reason = $2, detail = null, due_at = $3, fence = fence + 1 \
             where id = $4 and fence = $5",
            state,
            reason,
            due_at,
            self.id,
            self.fence
        )?;
        expect_rows(touched, 1, "share.fenced", "Another worker has this share.")?;
        Ok(decision)
    }

    async fn claimed(self, tx: &mut Tx) -> Result<Claimed> {
        let account = sql!(
            tx,
            fetch_one,
            "select id, person_id, network, subject, token, token_key from connections where person_id = $1 and network = $2",
            self.person_id,
            self.network
        )?;
        let post = Post::get(tx, self.post_id).await?;
        let picture = match post.media_id {
            Some(id) => Some(picture(tx, id).await?),
            None => None,
        };
        let draft = Draft {
            text: self.text,
            title: post.title,
            summary: post.text,
            link: post.link,
            link_code: self.link_code,
            picture,
        };
        Ok(Claimed { id: self.id, account, draft, sent: self.body, fence: self.fence + 1, resend: self.resend })
    }
}

async fn picture(tx: &mut Tx, id: MediaId) -> Result<Picture> {
    let media = Media::get(tx, id).await?;
    Ok(Picture { content_type: media.content_type, bytes: media.bytes })
}
