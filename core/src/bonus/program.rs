//! Programs: the bonus rules of one period, in versions. A program is open once the works council's decision is
//! recorded; joining it is the employee's own act.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ProofClass,
    ledger::{self, Entry},
    new_program::NewProgram,
    rules::Rules,
    week::Week,
};
use crate::{
    Error, Result,
    db::{Actor, Tx, expect_rows},
    error::OrConflict,
    id::ProgramId,
    network::Network,
    sql,
};

/// The consent of the works council, without which a bonus program must not run (WOR 27).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WorksCouncil {
    /// Day of the decision.
    pub decided_on: NaiveDate,
    /// Where it can be found, as in "OR 2026-14".
    pub reference: String,
}

/// The bonus rules of one period, in their newest version.
#[derive(Debug, Clone)]
pub struct Program {
    /// Opaque id.
    pub id: ProgramId,
    /// As HR calls it.
    pub name: String,
    /// ISO year.
    pub year: i32,
    /// First day; a week belongs to the program when all of its days do.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Null: nobody can join yet.
    pub works_council: Option<WorksCouncil>,
    /// From 1.
    pub version: i32,
    /// What earns the reward.
    pub rules: Rules,
}

impl Program {
    /// True when all days of the week lie in the period.
    #[must_use]
    pub fn covers(&self, week: Week) -> bool {
        self.starts_on <= week.first_day() && week.last_day() <= self.ends_on
    }

    /// True when a share on this network, proven this well, counts in this week.
    #[must_use]
    pub fn counts(&self, week: Week, network: Network, proof: ProofClass) -> bool {
        self.covers(week)
            && self.rules.counting_networks.contains(&network)
            && self.rules.proof_classes.contains(&proof)
    }
}

/// The columns of a program with its newest rules, and whatever follows `from`.
macro_rules! select_program {
    ($tail:literal) => {
        concat!(
            "select p.id, p.name, p.year, p.starts_on, p.ends_on, p.council_decided_on, p.council_reference, v.version, \
             v.min_per_week, v.counting_networks, v.proof_classes, v.reward_percent, v.cap_cents, v.strictness, \
             v.allowed_misses from programs p join program_versions v on v.program_id = p.id and v.version = \
             (select max(version) from program_versions n where n.program_id = p.id) ",
            $tail
        )
    };
}

pub(super) use select_program;

impl Program {
    /// Makes a program; its first rules open its part of the ledger.
    ///
    /// # Errors
    /// `program.year_taken` when the year has a program already.
    pub async fn create(tx: &mut Tx, new: NewProgram) -> Result<Self> {
        let id = ProgramId::new();
        let by = if let Actor::Person(person) = tx.actor { Some(person) } else { None };
        sql!(
            tx,
            execute,
            "insert into programs (id, name, year, starts_on, ends_on, council_decided_on, council_reference, created_by, \
             created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id,
            &new.name,
            new.year,
            new.starts_on,
            new.ends_on,
            new.works_council.as_ref().map(|decision| decision.decided_on),
            new.works_council.as_ref().map(|decision| &decision.reference),
            by,
            tx.now
        )
        .or_conflict("program.year_taken", "This year has a program already.")?;
        new.rules.store(tx, id, 1).await?;
        let program = Self::get(tx, id).await?;
        ledger::append(tx, &Entry::PolicyVersion(&program)).await?;
        Ok(program)
    }

    /// Records the works council's decision; from now on people can join.
    ///
    /// # Errors
    /// `program.decided` when one is recorded already.
    pub async fn record_decision(tx: &mut Tx, id: ProgramId, decision: WorksCouncil) -> Result<Self> {
        let mut faults = vec![];
        let decision = decision.check(tx.now.date_naive(), &mut faults);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        Self::get(tx, id).await?;
        let touched = sql!(
            tx,
            execute,
            "update programs set council_decided_on = $1, council_reference = $2 \
             where id = $3 and council_decided_on is null",
            decision.decided_on,
            &decision.reference,
            id
        )?;
        expect_rows(touched, 1, "program.decided", "The decision of the works council is recorded already.")?;
        Self::get(tx, id).await
    }

    /// The program with this id.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(tx: &mut Tx, id: ProgramId) -> Result<Self> {
        let row: Row = sql!(tx, fetch_one, select_program!("where p.id = $1"), id)?;
        row.try_into()
    }

    /// The program of an ISO year.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn for_year(tx: &mut Tx, year: i32) -> Result<Option<Self>> {
        let row: Option<Row> = sql!(tx, fetch_optional, select_program!("where p.year = $1"), year)?;
        row.map(TryInto::try_into).transpose()
    }

    /// All programs, newest year first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(tx: &mut Tx) -> Result<Vec<Self>> {
        let rows: Vec<Row> = sql!(tx, fetch_all, select_program!("order by p.year desc"))?;
        rows.into_iter().map(TryInto::try_into).collect()
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: ProgramId,
    name: String,
    year: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    council_decided_on: Option<NaiveDate>,
    council_reference: Option<String>,
    version: i32,
    #[sqlx(flatten)]
    rules: super::rules::Row,
}

impl TryFrom<Row> for Program {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            name: row.name,
            year: row.year,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            works_council: row
                .council_decided_on
                .zip(row.council_reference)
                .map(|(decided_on, reference)| WorksCouncil { decided_on, reference }),
            version: row.version,
            rules: row.rules.try_into()?,
        })
    }
}
