//! Years as people see them: an employee their own with every share, HR the weeks of those who joined.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::{
    ProofClass, kept,
    program::Program,
    tally::{self, Tally},
    week::{self, Week},
    year::{Standing, Sum, WeekState},
};
use crate::{
    Error, Result,
    db::Tx,
    id::{PersonId, ShareId},
    network::Network,
    sql,
};

/// One of a person's own published shares.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnShare {
    /// The share.
    pub id: ShareId,
    /// When the network took it.
    pub published_at: DateTime<Utc>,
    time_zone: String,
    /// Title of the post.
    pub post_title: String,
    /// Where it appeared.
    pub network: Network,
    /// How well that is known.
    pub proof_class: ProofClass,
    removed_at: Option<DateTime<Utc>>,
    on_request: Option<bool>,
    /// True when it helps to meet its week.
    #[sqlx(skip)]
    pub counts: bool,
}

impl OwnShare {
    /// True when the person took it back too early to count.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        kept::is_lost(self.published_at, self.removed_at, self.on_request.unwrap_or_default())
    }
}

/// A week of a person's own year.
#[derive(Debug)]
pub struct OwnWeek {
    /// The week.
    pub week: Week,
    /// What it is.
    pub state: WeekState,
    /// What the person shared in it, oldest first.
    pub shares: Vec<OwnShare>,
}

/// A person's own year.
#[derive(Debug)]
pub struct OwnYear {
    /// The program of the year, joined or not.
    pub program: Option<Program>,
    /// True when the person takes part in it.
    pub joined: bool,
    /// The weeks, 52 or 53.
    pub weeks: Vec<OwnWeek>,
    /// How many weeks are what.
    pub sum: Sum,
}

/// A person's own year. Who joined sees what the ledger says; who did not sees what their shares would be worth.
///
/// # Errors
/// When the database cannot be read.
pub async fn own_year(tx: &mut Tx, person: PersonId, zone: Tz, year: i32) -> Result<OwnYear> {
    let program = Program::for_year(tx, year).await?;
    let joined = match &program {
        Some(program) => program.is_joined_by(tx, person).await?,
        None => false,
    };
    let mut shares = own_shares(tx, person, year).await?;
    let tallies: HashMap<u32, Tally> = match program.as_ref().filter(|_| joined) {
        Some(program) => {
            let counted: HashSet<_> = tally::counted_shares(tx, program.id, person).await?.into_iter().collect();
            for (_, share) in &mut shares {
                share.counts = counted.contains(&share.id);
            }
            let rows = tally::tallies(tx, program.id, Some(person)).await?;
            rows.into_iter().map(|(_, week, tally)| (week, tally)).collect()
        }
        None => preview(program.as_ref(), &mut shares),
    };
    let today = tx.now.with_timezone(&zone).date_naive();
    let mut weeks: Vec<_> = Week::all_of(year)
        .map(|week| {
            let tally = tallies.get(&week.number()).copied().unwrap_or_default();
            OwnWeek { week, state: WeekState::of(program.as_ref(), week, tally, today), shares: vec![] }
        })
        .collect();
    for (week, share) in shares {
        weeks[week.number() as usize - 1].shares.push(share);
    }
    let sum = Sum::of(&weeks.iter().map(|week| week.state).collect::<Vec<_>>());
    Ok(OwnYear { program, joined, weeks, sum })
}

/// What shares would be worth by the rules; without a program everything that can be proven counts.
fn preview(program: Option<&Program>, shares: &mut [(Week, OwnShare)]) -> HashMap<u32, Tally> {
    let mut tallies = HashMap::<u32, Tally>::new();
    for (week, share) in shares {
        share.counts = match program {
            Some(program) => program.counts(*week, share.network, share.proof_class),
            None => share.proof_class != ProofClass::C,
        } && !share.is_lost();
        tallies.entry(week.number()).or_default().counted += i64::from(share.counts);
    }
    tallies
}

async fn own_shares(tx: &mut Tx, person: PersonId, year: i32) -> Result<Vec<(Week, OwnShare)>> {
    let edges = Week::all_of(year).next().zip(Week::all_of(year).next_back());
    let (first, last) = edges.ok_or(Error::NotFound)?;
    // A day more on both sides: zones lie up to 14 hours from UTC.
    let at = |day: Option<NaiveDate>| day.map(|day| day.and_time(NaiveTime::MIN).and_utc()).ok_or(Error::NotFound);
    let rows: Vec<OwnShare> = sql!(
        tx,
        fetch_all,
        "select s.id, s.published_at, s.time_zone, p.title as post_title, s.network, s.proof_class, r.removed_at, r.on_request \
         from shares s join posts p on p.id = s.post_id left join removals r on r.share_id = s.id \
         where s.person_id = $1 and s.state = 'published' and s.published_at >= $2 and s.published_at < $3 order by s.published_at",
        person,
        at(first.first_day().checked_sub_days(Days::new(1)))?,
        at(last.last_day().checked_add_days(Days::new(2)))?
    )?;
    let in_week = |share: OwnShare| (Week::of(share.published_at, week::zone(&share.time_zone)), share);
    Ok(rows.into_iter().map(in_week).filter(|(week, _)| week.year() == year).collect())
}

/// Somebody who takes part, as HR sees them: no text, no click, no time of day, no way of sharing.
#[derive(Debug)]
pub struct Member {
    /// Opaque id.
    pub person: PersonId,
    /// As the person wants to be called.
    pub name: String,
    /// What payroll calls them.
    pub staff_no: Option<String>,
    /// For HR's filter.
    pub team: Option<String>,
    /// The weeks with what counted in each, 52 or 53.
    pub weeks: Vec<(Week, WeekState, Tally)>,
    /// How many weeks are what.
    pub sum: Sum,
    /// How they stand.
    pub standing: Standing,
}

/// Everybody who takes part in the program, or the one person asked for, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn members(tx: &mut Tx, program: &Program, person: Option<PersonId>) -> Result<Vec<Member>> {
    type Row = (PersonId, String, Option<String>, Option<String>, String);
    let rows: Vec<Row> = sql!(
        tx,
        fetch_all,
        "select p.id, p.name, p.staff_no, p.team, p.time_zone from program_members m join people p on p.id = m.person_id \
         where m.program_id = $1 and p.id = coalesce($2, p.id) order by lower(p.name), p.id",
        program.id,
        person
    )?;
    let mut tallies = HashMap::<PersonId, HashMap<u32, Tally>>::new();
    for (person, week, tally) in tally::tallies(tx, program.id, person).await? {
        tallies.entry(person).or_default().insert(week, tally);
    }
    let now = tx.now;
    let member = |(person, name, staff_no, team, time_zone): Row| {
        let today = now.with_timezone(&week::zone(&time_zone)).date_naive();
        let entered = tallies.remove(&person).unwrap_or_default();
        let weeks: Vec<_> = Week::all_of(program.year)
            .map(|week| {
                let tally = entered.get(&week.number()).copied().unwrap_or_default();
                (week, WeekState::of(Some(program), week, tally, today), tally)
            })
            .collect();
        let sum = Sum::of(&weeks.iter().map(|(_, state, _)| *state).collect::<Vec<_>>());
        let standing = Standing::of(&program.rules, sum, today);
        Member { person, name, staff_no, team, weeks, sum, standing }
    };
    Ok(rows.into_iter().map(member).collect())
}
