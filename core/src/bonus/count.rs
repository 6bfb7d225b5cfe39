//! Counting: what is published and not yet weighed gets its entry in the ledger, if a program counts it.
//! It reads shares and sets a mark of its own, nothing else: a fault here can neither repeat nor block a share.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use super::{
    ProofClass,
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
/// shares weighed again.
///
/// # Errors
/// When the database does not accept it; then nothing was counted and nothing is marked.
pub async fn weigh_published(tx: &mut Tx) -> Result<usize> {
    let next = format!(
        "select id, person_id, network, proof_class, published_at, time_zone from shares \
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
        for program in programs.iter().filter(|program| program.counts(week, share.network, share.proof_class)) {
            if ledger::has_counted(tx, program.id, share.id).await? {
                continue; // looked at again, because its person joined another program
            }
            let whose = About { program: program.id, person: share.person_id, week };
            let counted = Counted {
                share: share.id,
                network: share.network,
                proof: share.proof_class,
                at: share.at,
                time_zone: share.time_zone.clone(),
            };
            ledger::append(tx, &Entry::ShareCounted(whose, &counted)).await?;
        }
        sql!(tx, execute, "update shares set weighed = true where id = $1", share.id)?;
    }
    Ok(shares.len())
}
