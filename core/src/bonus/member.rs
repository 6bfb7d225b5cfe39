//! Taking part in a program: the employee's own act, after seeing the rules.
//! Who does not take part appears in no bonus row.

use super::program::{Program, Row, select_program};
use crate::{
    Error, Result,
    db::Tx,
    error::OrConflict,
    id::{PersonId, ProgramId},
    sql,
};

impl Program {
    /// The programs that a person joined.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn joined_by(tx: &mut Tx, person: PersonId) -> Result<Vec<Self>> {
        let rows: Vec<Row> = sql!(
            tx,
            fetch_all,
            select_program!("join program_members m on m.program_id = p.id where m.person_id = $1 order by p.year"),
            person
        )?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// True when the person takes part.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_joined_by(&self, tx: &mut Tx, person: PersonId) -> Result<bool> {
        let row: Option<(i32,)> = sql!(
            tx,
            fetch_optional,
            "select version from program_members where program_id = $1 and person_id = $2",
            self.id,
            person
        )?;
        Ok(row.is_some())
    }

    /// Lets a person take part, with the rules as they are now. What the person shared in the period before joining
    /// counts as well: the worker looks at all their shares again.
    ///
    /// # Errors
    /// `program.not_open` without the works council's decision, `program.over` after the period, `program.joined` when
    /// the person takes part already.
    pub async fn join(tx: &mut Tx, id: ProgramId, person: PersonId) -> Result<Self> {
        tx.hold("people", person.0).await?;
        let program = Self::get(tx, id).await?;
        if program.works_council.is_none() {
            let message = "This program is not open yet: the decision of the works council is not recorded.";
            return Err(Error::conflict("program.not_open", message));
        }
        // Somewhere on Earth it is still yesterday.
        if tx.now.date_naive().pred_opt() > Some(program.ends_on) {
            return Err(Error::conflict("program.over", "This program is over; it can no longer be joined."));
        }
        sql!(
            tx,
            execute,
            "insert into program_members (program_id, person_id, version, joined_at) values ($1, $2, $3, $4)",
            id,
            person,
            program.version,
            tx.now
        )
        .or_conflict("program.joined", "You take part in this program already.")?;
        sql!(
            tx,
            execute,
            "update shares set weighed = false where person_id = $1 and state = 'published' and weighed = true",
            person
        )?;
        Ok(program)
    }
}
