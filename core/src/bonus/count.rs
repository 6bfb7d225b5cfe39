//! Counting: what is published and not yet weighed gets its entry in the ledger, if a program counts it.
//! It reads shares and sets a mark of its own, nothing else: a fault here can neither repeat nor block a share.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use super::{
    ProofClass,
    kept::{self, Deed},
    ledger::{self, About, Counted, Entry},
    program::Program,
    week::{self, Week},
};
use crate::{
    Result,
    db::{Db, Tx},
    id::{PersonId, ShareId},
    network::Network,
    sql,
};

/// Why an entry is reversed: its person took the share back within a day.
const REMOVED: &str = "removed";

/// Shares that one transaction weighs.
const BATCH: i64 = 100;

#[derive(sqlx::FromRow)]
struct Published {
    id: ShareId,
    person_id: PersonId,
    network: Network,
    proof_class: ProofClass,
    #[sqlx(rename = "published_at")]
    at: DateTime<Utc>,
    time_zone: String,
    removed_at: Option<DateTime<Utc>>,
    on_request: Option<bool>,
}

impl Published {
    fn counted(&self) -> Counted {
        Counted {
            share: self.id,
            network: self.network,
            proof: self.proof_class,
            at: self.at,
            time_zone: self.time_zone.clone(),
        }
    }
}

/// True when something waits to be weighed; asks without taking the write lock.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_due(db: &Db) -> Result<bool> {
    let first: Option<(ShareId,)> =
        sql!(db.read(), fetch_optional, "select id from shares where state = 'published' and weighed = false limit 1")?;
    Ok(first.is_some())
}

/// Weighs the next published shares; answers how many there were.
///
/// A share counts in the week of the attempt that the network took, in the zone its person lived in then, in each
/// program that its person joined and that covers the week. Whoever joined nothing gets no entry; joining has their
/// shares weighed again, and so has taking one back: within a day it costs the entry (`kept.rs`).
///
/// # Errors
/// When the database does not accept it; then nothing was counted and nothing is marked.
pub async fn weigh_published(tx: &mut Tx) -> Result<usize> {
    let next = format!(
        "select id, person_id, network, proof_class, published_at, time_zone, \
         (select r.removed_at from removals r where r.share_id = shares.id) as removed_at, \
         (select r.on_request from removals r where r.share_id = shares.id) as on_request from shares \
         where state = 'published' and weighed = false order by published_at limit $1 {}",
        tx.skip_locked()
    );
    let shares: Vec<Published> = sql!(tx, fetch_all, AssertSqlSafe(next), BATCH)?;
    // A join holds its person too: it comes before this or after it, never in between. All in one order, so that two
    // workers never wait for each other.
    for person in shares.iter().map(|share| share.person_id.0).collect::<BTreeSet<_>>() {
        tx.hold("people", person).await?;
    }
    for share in &shares {
        let week = Week::of(share.at, week::zone(&share.time_zone));
        let programs = Program::joined_by(tx, share.person_id).await?;
        let is_lost = kept::is_lost(share.at, share.removed_at, share.on_request.unwrap_or_default());
        for program in programs {
            let whose = About { program: program.id, person: share.person_id, week };
            // Looked at before, when its person joined another program since, or took the share back.
            let entered = ledger::entered(tx, program.id, share.id).await?;
            match kept::deed(entered, program.counts(week, share.network, share.proof_class), is_lost) {
                Deed::Count => ledger::append(tx, &Entry::ShareCounted(whose, &share.counted())).await?,
                Deed::Reverse => ledger::append(tx, &Entry::ShareReversed(whose, share.id, REMOVED)).await?,
                Deed::Leave => {}
            }
        }
        sql!(tx, execute, "update shares set weighed = true where id = $1", share.id)?;
    }
    Ok(shares.len())
}
