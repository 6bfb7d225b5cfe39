//! The worker's part: claim the next due removal, ask the network, write down what came of it. A removal may be repeated,
//! so a worker that dies in between only costs its lease.

use sqlx::AssertSqlSafe;

use super::{
    RemovalState, Trouble,
    ask::weigh_again,
    decide::{Next, after},
};
use crate::{
    Result,
    db::{Actor, Db, Tx},
    id::{PersonId, ShareId},
    network::{Account, Network, Networks, Obstacle, connection, notice},
    share::{
        ConfirmedBy, Reason, queue,
        row::LEASE,
        send::{heed, moment, note_dead_token},
    },
    sql,
};

const ACTOR: Actor = Actor::System("remove_shares");

/// What came of one try.
enum Outcome {
    /// It is gone, by us or before us.
    Gone,
    /// The network could not be asked, or said no.
    Hindered(Obstacle),
    /// There is nothing to ask it with.
    Hopeless(Trouble),
}

/// A removal in the hands of a worker.
struct Claimed {
    row: Row,
    account: Option<Account>,
    retired: Vec<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    share_id: ShareId,
    fence: i64,
    tries: i32,
    person_id: PersonId,
    network: Network,
    urn: Option<String>,
    body: Option<String>,
    confirmed_by: Option<ConfirmedBy>,
}

/// True when something is to be removed; a cheap read.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_due(tx: &mut Tx) -> Result<bool> {
    let due: Option<(ShareId,)> =
        sql!(tx, fetch_optional, "select share_id from removals where due_at <= $1 limit 1", tx.now)?;
    Ok(due.is_some())
}

/// Removes the next share that is to be removed; false: none is due.
///
/// # Errors
/// When the database does not accept it; then it is tried again when the lease is over.
pub async fn remove(db: &Db, networks: &Networks) -> Result<bool> {
    let mut tx = db.write(ACTOR).await?;
    let claimed = Claimed::next(&mut tx).await?;
    tx.commit().await?;
    let Some(mut claimed) = claimed else { return Ok(false) };
    let outcome = claimed.ask(db, networks).await?;
    let mut tx = db.write(ACTOR).await?;
    claimed.record(&mut tx, outcome).await?;
    tx.commit().await?;
    Ok(true)
}

impl Claimed {
    async fn next(tx: &mut Tx) -> Result<Option<Self>> {
        let query =
            format!("select share_id from removals where due_at <= $1 order by due_at limit 1 {}", tx.skip_locked());
        let due: Option<(ShareId,)> = sql!(tx, fetch_optional, AssertSqlSafe(query), tx.now)?;
        let Some((share,)) = due else { return Ok(None) };
        sql!(
            tx,
            execute,
            "update removals set fence = fence + 1, tries = tries + 1, due_at = $1 where share_id = $2",
            tx.now + LEASE,
            share
        )?;
        let row: Row = sql!(
            tx,
            fetch_one,
            "select r.share_id, r.fence, r.tries, s.person_id, s.network, s.urn, s.body, s.confirmed_by \
             from removals r join shares s on s.id = r.share_id where r.share_id = $1",
            share
        )?;
        let account = connection::working(tx, row.person_id, row.network).await?;
        let retired = notice::retired(tx, row.network).await?.into_iter().map(|(version, _)| version).collect();
        Ok(Some(Self { row, account, retired }))
    }

    async fn ask(&mut self, db: &Db, networks: &Networks) -> Result<Outcome> {
        let Row { urn, body, network, confirmed_by, .. } = &self.row;
        let Some(urn) = urn.as_deref().filter(|urn| networks.is_removable(*network, urn)) else {
            return Ok(Outcome::Hopeless(Trouble::Refused));
        };
        let Some(account) = &mut self.account else { return Ok(Outcome::Hopeless(Trouble::NoConnection)) };
        if !body.as_deref().is_some_and(|body| account.sent(body)) {
            return Ok(Outcome::Hopeless(Trouble::OtherAccount));
        }
        match networks.renew(account).await {
            Ok(None) => {}
            Ok(Some(renewed)) => {
                let mut tx = db.write(ACTOR).await?;
                account.renew(&mut tx, networks.key(), &renewed).await?;
                tx.commit().await?;
            }
            Err(obstacle) => return Ok(Outcome::Hindered(obstacle)),
        }
        let certain = !matches!(confirmed_by, Some(ConfirmedBy::Duplicate | ConfirmedBy::Probe));
        Ok(match networks.remove(account, urn, certain, &self.retired).await {
            Ok(()) => Outcome::Gone,
            Err(obstacle) => Outcome::Hindered(obstacle),
        })
    }

    /// Whoever changed the wish meanwhile, or took the row over, has the last word.
    async fn record(&self, tx: &mut Tx, outcome: Outcome) -> Result<()> {
        let (next, detail) = match outcome {
            Outcome::Gone => return self.gone(tx).await,
            Outcome::Hopeless(trouble) => (Next::Fail(trouble), None),
            Outcome::Hindered(obstacle) => self.hindered(tx, obstacle).await?,
        };
        let (state, trouble, due_at) = match next {
            Next::Again(trouble, at) => (RemovalState::Waiting, trouble, Some(at)),
            Next::Fail(trouble) => (RemovalState::Failed, trouble, None),
        };
        sql!(
            tx,
            execute,
            "update removals set state = $1, reason = $2, detail = $3, due_at = $4 \
             where share_id = $5 and fence = $6 and state = 'waiting'",
            state,
            trouble,
            detail,
            due_at,
            self.row.share_id,
            self.row.fence
        )?;
        Ok(())
    }

    async fn hindered(&self, tx: &mut Tx, obstacle: Obstacle) -> Result<(Next, Option<String>)> {
        let moment = moment(tx.now, self.row.tries.into());
        let obstacle = match &self.account {
            Some(account) => {
                // All else says nothing about publishing: what cannot be removed can still go out.
                if matches!(obstacle, Obstacle::VersionGone(_)) {
                    heed(tx, account, &obstacle, &moment).await?;
                }
                let obstacle = note_dead_token(tx, account, obstacle).await?;
                hold_shares(tx, account, &obstacle).await?;
                obstacle
            }
            None => obstacle,
        };
        let detail = match &obstacle {
            Obstacle::Refused { detail, .. } => Some(detail.clone()),
            _ => None,
        };
        Ok((after(&obstacle, &moment), detail))
    }

    async fn gone(&self, tx: &mut Tx) -> Result<()> {
        let touched = sql!(
            tx,
            execute,
            "update removals set state = $1, reason = null, detail = null, due_at = null, removed_at = $2 \
             where share_id = $3 and fence = $4 and state = 'waiting'",
            RemovalState::Removed,
            tx.now,
            self.row.share_id,
            self.row.fence
        )?;
        if touched == 1 { weigh_again(tx, self.row.share_id).await } else { Ok(()) }
    }
}

/// What waits behind a dead token would only meet the same end.
async fn hold_shares(tx: &mut Tx, account: &Account, obstacle: &Obstacle) -> Result<()> {
    let reason = match obstacle {
        Obstacle::TokenExpired => Reason::ConnectionExpired,
        Obstacle::TokenRevoked => Reason::ConnectionRevoked,
        _ => return Ok(()),
    };
    queue::hold(tx, account.person_id, account.network, reason).await
}
