//! The ledger: entries in a hash chain, only ever added to, from which every bonus figure is recomputed.
//! An entry holds opaque ids, and all that is needed to check the week it names.

mod row;

use chrono::{DateTime, Utc};

use self::row::Row;
use super::{ProofClass, program::Program, week::Week};
use crate::{
    Result, chain,
    db::Tx,
    id::{PersonId, ProgramId, ShareId},
    network::Network,
    sql,
};

const CHAIN: &str = "ledger";

/// Rows read at once while the chain is recomputed.
const BATCH: i64 = 1000;

/// A share that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The share.
    pub share: ShareId,
    /// Where it appeared.
    pub network: Network,
    /// How well that is known.
    pub proof: ProofClass,
    /// When the network took it.
    pub at: DateTime<Utc>,
    /// IANA name of the zone that decides the week.
    pub time_zone: String,
}

/// Whose week an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// The program.
    pub program: ProgramId,
    /// Who takes part in it.
    pub person: PersonId,
    /// The week; it never moves.
    pub week: Week,
}

/// What is entered.
#[derive(Debug)]
pub enum Entry<'a> {
    /// The program's rules as they are from now on.
    PolicyVersion(&'a Program),
    /// A share counts in the week in which the network took it.
    ShareCounted(About, &'a Counted),
    /// A share that was counted counts no longer, for a reason.
    ShareReversed(About, ShareId, &'a str),
    /// The week asks nothing, for a reason (leave, sickness, a public holiday).
    NeutralWeek(About, &'a str),
    /// A person decided that the week is met, for a reason.
    ManualGrant(About, &'a str),
}

/// Adds an entry; who made it is the transaction's actor.
///
/// # Errors
/// When the database does not accept it: a share counts once in a program and is reversed once.
pub async fn append(tx: &mut Tx, entry: &Entry<'_>) -> Result<()> {
    let link = chain::next(tx, CHAIN).await?;
    let mut row = Row::new(link.seq, tx.now, tx.actor, entry);
    row.hash = row.hash_after(&link.head);
    sql!(
        tx,
        execute,
        "insert into ledger_entries (seq, at, actor_id, actor, kind, program_id, version, rules, person_id, iso_year, \
         week, share_id, network, proof_class, shared_at, time_zone, reason, hash) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        row.seq,
        row.at,
        row.actor_id,
        row.actor,
        row.kind,
        row.program_id,
        row.version,
        row.rules,
        row.person_id,
        row.iso_year,
        row.week,
        row.share_id,
        row.network,
        row.proof_class,
        row.shared_at,
        row.time_zone,
        row.reason,
        &row.hash
    )?;
    chain::advance(tx, CHAIN, &row.hash).await
}

/// What is entered of a share in a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// It was never counted.
    Nothing,
    /// It counts.
    Counted,
    /// It counted, and counts no longer.
    Reversed,
}

/// What is entered of a share in a program.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn entered(tx: &mut Tx, program: ProgramId, share: ShareId) -> Result<Entered> {
    let last: Option<(String,)> = sql!(
        tx,
        fetch_optional,
        "select kind from ledger_entries where program_id = $1 and share_id = $2 \
         and kind in ('share_counted', 'share_reversed') order by seq desc limit 1",
        program,
        share
    )?;
    Ok(match last.as_ref().map(|(kind,)| kind.as_str()) {
        None => Entered::Nothing,
        Some("share_reversed") => Entered::Reversed,
        Some(_) => Entered::Counted,
    })
}

/// Recomputes the whole chain; answers the number of the first entry that does not fit.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn verify(tx: &mut Tx) -> Result<Option<i64>> {
    let (mut expected, mut head, mut batch) = (1, chain::START.to_vec(), BATCH);
    loop {
        let rows: Vec<Row> = match read_from(tx, expected, batch).await {
            // Something in the batch is no longer readable: find it.
            Err(sqlx::Error::ColumnDecode { .. }) if batch > 1 => {
                batch = 1;
                continue;
            }
            Err(sqlx::Error::ColumnDecode { .. }) => return Ok(Some(expected)),
            rows => rows?,
        };
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != expected || row.hash_after(&head) != row.hash {
                return Ok(Some(expected));
            }
            head = row.hash;
            expected += 1;
        }
    }
    let (seq, stored) = chain::head(tx, CHAIN).await?;
    Ok((seq != expected - 1 || stored != head).then_some(expected))
}

async fn read_from(tx: &mut Tx, seq: i64, limit: i64) -> sqlx::Result<Vec<Row>> {
    sql!(tx, fetch_all, "select * from ledger_entries where seq >= $1 order by seq limit $2", seq, limit)
}
