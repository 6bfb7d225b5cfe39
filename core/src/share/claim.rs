//! Claiming the next due share: a lease, and a fence number that grows with each claim, so that a worker who comes
//! back late cannot write over what happened since. What must not go out is settled on the way.

use sqlx::AssertSqlSafe;

use super::{
    Reason, Share, State,
    row::{COLUMNS, Row},
    turn,
    wake::{Around, wake},
};
use crate::{
    Error, Result,
    db::Tx,
    id::{MediaId, ShareId},
    media::Media,
    network::{Account, Draft, Picture, address, notice},
    organisation::LinkHosts,
    post::Post,
    sql,
};

/// A due share that this worker holds.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Through which account.
    pub account: Account,
    /// What is to be published.
    pub draft: Draft,
    /// Versions of the network's API to avoid.
    pub retired: Vec<String>,
    pub(super) may_probe: bool,
    pub(super) waited_for: Option<Reason>,
    pub(super) row: Row,
}

impl Claimed {
    /// The bytes of an earlier send.
    #[must_use]
    pub fn sent(&self) -> Option<&str> {
        self.row.body.as_deref()
    }

    /// The bytes to send, when it is a probe: exactly those that may be out already.
    #[must_use]
    pub fn probe(&self) -> Option<String> {
        self.row.body.clone().filter(|_| self.row.state == State::Unknown)
    }
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
        while let Some(was) = next_due(tx).await? {
            let account = account(tx, &was).await?;
            let mut around = around(tx, &was, account.as_ref()).await?;
            let mut decision = wake(&was, &around, tx.now);
            if let Some(account) = account.as_ref().filter(|_| decision.goes())
                && !turn::take(tx, account.id).await?
            {
                around.free_at = Some(tx.now + turn::MISSED);
                decision = wake(&was, &around, tx.now);
            }
            let mut row = was.clone();
            row.settle(decision, tx.now)?;
            if !row.save(tx, &was).await? {
                return Err(Error::conflict("share.fenced", "Another worker has this share."));
            }
            if let Some(account) = account.filter(|_| decision.goes()) {
                return claimed(tx, row, account, around.may_probe, was.reason).await.map(Some);
            }
        }
        Ok(None)
    }
}

async fn next_due(tx: &mut Tx) -> Result<Option<Row>> {
    let query =
        format!("select {COLUMNS} from shares where due_at <= $1 order by due_at, id limit 1 {}", tx.skip_locked());
    Ok(sql!(tx, fetch_optional, AssertSqlSafe(query), tx.now)?)
}

async fn around(tx: &mut Tx, row: &Row, account: Option<&Account>) -> Result<Around> {
    let mut around: Around = sql!(
        tx,
        fetch_one,
        "select w.active, w.may_probe, p.state as post_state, p.picture is not null as picture_pending, \
         c.state as connection, c.expires_at, c.paused_until as member_paused_until, z.until as network_paused_until, c.free_at \
         from people w join posts p on p.id = $2 left join connections c on c.person_id = w.id and c.network = $3 \
         left join pauses z on z.network = $3 where w.id = $1",
        row.person_id,
        row.post_id,
        row.network
    )?;
    around.is_sender = account.is_some_and(|account| row.is_sent_by(account));
    around.is_approved = LinkHosts::get(tx).await?.allow(&target(tx, row).await?);
    Ok(around)
}

/// Where its readers end up.
async fn target(tx: &mut Tx, row: &Row) -> Result<String> {
    let (link, counted): (String, Option<String>) = sql!(
        tx,
        fetch_one,
        "select p.link, l.target from posts p left join links l on l.code = $1 where p.id = $2",
        &row.link_code,
        row.post_id
    )?;
    Ok(address(counted, &link))
}

async fn account(tx: &mut Tx, row: &Row) -> Result<Option<Account>> {
    Ok(sql!(
        tx,
        fetch_optional,
        "select id, person_id, network, subject, instance, token, token_key from connections \
         where person_id = $1 and network = $2",
        row.person_id,
        row.network
    )?)
}

async fn claimed(
    tx: &mut Tx,
    row: Row,
    account: Account,
    may_probe: bool,
    waited_for: Option<Reason>,
) -> Result<Claimed> {
    let post = Post::get(tx, row.post_id).await?;
    let picture = match post.media_id {
        Some(id) => Some(picture(tx, id).await?),
        None => None,
    };
    let draft = Draft {
        text: row.words(),
        title: post.title,
        summary: post.text,
        link: post.link,
        link_code: row.link_code.clone(),
        picture,
        as_picture: row.as_picture,
        page: row.page.clone().into(),
        at: tx.now,
    };
    let retired = notice::retired(tx, row.network).await?.into_iter().map(|(version, _)| version).collect();
    Ok(Claimed { account, draft, retired, may_probe, waited_for, row })
}

async fn picture(tx: &mut Tx, id: MediaId) -> Result<Picture> {
    let media = Media::get(tx, id).await?;
    Ok(Picture { content_type: media.content_type, bytes: media.bytes })
}
