//! Totals: what the entries of the ledger add up to. They are recomputed each time and stored nowhere.

use crate::{
    Result,
    db::Tx,
    id::{PersonId, ProgramId, ShareId},
    sql,
};

/// What the ledger says about one week of one person.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Shares counted and not reversed.
    pub counted: i64,
    /// A person decided that the week is met.
    pub granted: bool,
    /// The week asks nothing.
    pub neutral: bool,
}

/// Person, number of the week, tally.
type Row = (PersonId, i32, i64, i64, i64);

/// The sums of the entries that `$whose` picks. The index `ledger_entries_of` holds all that it reads.
macro_rules! sums {
    ($whose:literal) => {
        concat!(
            "select person_id, week, \
             cast(sum(case kind when 'share_counted' then 1 when 'share_reversed' then -1 else 0 end) as bigint), \
             cast(sum(case kind when 'manual_grant' then 1 else 0 end) as bigint), \
             cast(sum(case kind when 'neutral_week' then 1 else 0 end) as bigint) \
             from ledger_entries where program_id = $1 and week is not null and ",
            $whose,
            " group by person_id, week"
        )
    };
}

/// The tallies of everybody in a program, or of one person: person, number of the week, tally.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn tallies(tx: &mut Tx, program: ProgramId, person: Option<PersonId>) -> Result<Vec<(PersonId, u32, Tally)>> {
    let rows: Vec<Row> = match person {
        Some(person) => sql!(tx, fetch_all, sums!("person_id = $2"), program, person)?,
        None => sql!(tx, fetch_all, sums!("person_id is not null"), program)?,
    };
    let tally = |(person, week, counted, granted, neutral): Row| {
        (person, week.unsigned_abs(), Tally { counted, granted: granted > 0, neutral: neutral > 0 })
    };
    Ok(rows.into_iter().map(tally).collect())
}

/// The shares of a person that count in a program.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn counted_shares(tx: &mut Tx, program: ProgramId, person: PersonId) -> Result<Vec<ShareId>> {
    let rows: Vec<(ShareId,)> = sql!(
        tx,
        fetch_all,
        "select share_id from ledger_entries where program_id = $1 and person_id = $2 and share_id is not null \
         group by share_id having sum(case kind when 'share_counted' then 1 else -1 end) > 0",
        program,
        person
    )?;
    Ok(rows.into_iter().map(|(share,)| share).collect())
}
