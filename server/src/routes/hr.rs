//! HR's view of a year: the weeks of those who joined the program. No text, no click, no time of day, no way of
//! sharing; who did not join appears nowhere; and every look is in the audit log.

use std::collections::BTreeSet;

use axum::{
    extract::State,
    http::{HeaderName, header},
};
use chrono::NaiveDate;
use klaroen_core::{
    App, Error, audit,
    bonus::{
        overview::{Member, members},
        program::Program as Rulebook,
        week::{self, Week, this_week},
        year::{Standing, WeekState, Why},
    },
    csv,
    db::Tx,
    id::PersonId,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::programs::Program;
use crate::{
    auth::Hr,
    extract::{Json, Path, Query},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_hr_year)).routes(routes!(show_hr_person)).routes(routes!(export_hr_year))
}

/// A year of everybody who joined its program.
#[derive(Serialize, ToSchema)]
pub struct HrYear {
    /// ISO year.
    year: i32,
    /// Weeks in the year, 52 or 53.
    weeks: usize,
    /// Number of the current week, if it lies in this year.
    this_week: Option<u32>,
    /// The program of the year.
    program: Option<Program>,
    /// By name.
    rows: Vec<HrRow>,
    /// Teams of those who joined, for the filter.
    teams: BTreeSet<String>,
}

/// Somebody who joined.
#[derive(Serialize, ToSchema)]
pub struct HrRow {
    person_id: PersonId,
    name: String,
    staff_no: Option<String>,
    team: Option<String>,
    /// Weeks that are met.
    met: usize,
    /// Weeks of those that have begun that are not met.
    open_or_missed: usize,
    state: Standing,
    /// One letter per week: m met, o open, x missed, f future, n neutral, - outside.
    weeks: String,
}

impl From<Member> for HrRow {
    fn from(member: Member) -> Self {
        Self {
            person_id: member.person,
            name: member.name,
            staff_no: member.staff_no,
            team: member.team,
            met: member.sum.met,
            open_or_missed: member.sum.missed + usize::from(member.sum.is_open),
            state: member.standing,
            weeks: member.weeks.iter().map(|(_, state, _)| state.letter()).collect(),
        }
    }
}

/// Which rows to show.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HrFilter {
    /// Only this team.
    team: Option<String>,
}

/// The weeks of one person who joined.
#[derive(Serialize, ToSchema)]
pub struct HrPerson {
    person: HrPersonHead,
    /// In order, 52 or 53.
    weeks: Vec<HrWeek>,
}

/// Who it is.
#[derive(Serialize, ToSchema)]
pub struct HrPersonHead {
    name: String,
    staff_no: Option<String>,
    team: Option<String>,
}

/// One week of a person who joined.
#[derive(Serialize, ToSchema)]
pub struct HrWeek {
    /// 1 to 53.
    week: u32,
    /// A Monday.
    starts_on: NaiveDate,
    /// A Sunday.
    ends_on: NaiveDate,
    state: WeekState,
    why: Why,
    /// Shares that count.
    counted: i64,
}

/// Shows the year of everybody who joined its program.
#[utoipa::path(get, path = "/hr/years/{year}", tag = "weeks", params(("year" = i32, Path), HrFilter),
    responses((status = 200, body = HrYear)))]
async fn show_hr_year(
    State(app): State<App>,
    hr: Hr,
    Path(year): Path<i32>,
    Query(filter): Query<HrFilter>,
) -> Result<Json<HrYear>, Problem> {
    let mut tx = app.db.snapshot().await?;
    let weeks = Week::all_of(year).len();
    let program = Rulebook::for_year(&mut tx, year).await?;
    let joined = match &program {
        Some(program) => members(&mut tx, program, None).await?,
        None => vec![],
    };
    let own = match &program {
        Some(program) => program.is_joined_by(&mut tx, hr.id).await?,
        None => false,
    };
    let this_week = this_week(tx.now, week::zone(&hr.time_zone), year);
    drop(tx);
    note(&app, &hr, "hr_year.read", None, year).await?;
    let teams = joined.iter().filter_map(|member| member.team.clone()).collect();
    let is_shown = |member: &Member| filter.team.is_none() || filter.team == member.team;
    let rows = joined.into_iter().filter(is_shown).map(Into::into).collect();
    let program = program.map(|program| Program::new(program, own));
    Ok(Json(HrYear { year, weeks, this_week, program, rows, teams }))
}

/// Shows the weeks of one person who joined.
#[utoipa::path(get, path = "/hr/years/{year}/people/{person_id}", tag = "weeks",
    params(("year" = i32, Path), ("person_id" = PersonId, Path)), responses((status = 200, body = HrPerson)))]
async fn show_hr_person(
    State(app): State<App>,
    hr: Hr,
    Path((year, person)): Path<(i32, PersonId)>,
) -> Result<Json<HrPerson>, Problem> {
    let mut tx = app.db.snapshot().await?;
    let program = program_of(&mut tx, year).await?;
    let member = members(&mut tx, &program, Some(person)).await?.pop().ok_or(Error::NotFound)?;
    drop(tx);
    note(&app, &hr, "hr_person.read", Some(person), year).await?;
    let week = |(week, state, tally): &(Week, WeekState, klaroen_core::bonus::tally::Tally)| HrWeek {
        week: week.number(),
        starts_on: week.first_day(),
        ends_on: week.last_day(),
        state: *state,
        why: state.why(),
        counted: tally.counted,
    };
    let weeks = member.weeks.iter().map(week).collect();
    let person = HrPersonHead { name: member.name, staff_no: member.staff_no, team: member.team };
    Ok(Json(HrPerson { person, weeks }))
}

/// Downloads the year of everybody who joined as CSV: one line per person, one column per week.
#[utoipa::path(get, path = "/hr/years/{year}/export.csv", tag = "weeks", params(("year" = i32, Path)),
    responses((status = 200, body = String, content_type = "text/csv")))]
async fn export_hr_year(
    State(app): State<App>,
    hr: Hr,
    Path(year): Path<i32>,
) -> Result<([(HeaderName, String); 2], Vec<u8>), Problem> {
    let mut tx = app.db.snapshot().await?;
    let program = program_of(&mut tx, year).await?;
    let joined = members(&mut tx, &program, None).await?;
    drop(tx);
    note(&app, &hr, "hr_year.exported", None, year).await?;
    let heading = ["staff_no", "name", "team", "weeks_met", "weeks_asked", "state"].map(ToOwned::to_owned);
    let heading = heading.into_iter().chain(Week::all_of(year).map(|week| week.to_string())).collect();
    let file = csv::write([heading].into_iter().chain(joined.into_iter().map(line)))?;
    let disposition = format!("attachment; filename=\"klaroen-weeks-{year}.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, file))
}

fn line(member: Member) -> Vec<String> {
    let words = member.weeks.iter().map(|(_, state, _)| state.word().to_owned());
    let totals = [member.sum.met.to_string(), member.sum.asked().to_string(), member.standing.word().to_owned()];
    [member.staff_no.unwrap_or_default(), member.name, member.team.unwrap_or_default()]
        .into_iter()
        .chain(totals)
        .chain(words)
        .collect()
}

async fn program_of(tx: &mut Tx, year: i32) -> Result<Rulebook, Problem> {
    Ok(Rulebook::for_year(tx, year).await?.ok_or(Error::NotFound)?)
}

/// Every look at people's weeks leaves a line.
async fn note(app: &App, hr: &Hr, action: &str, person: Option<PersonId>, year: i32) -> Result<(), Problem> {
    let mut tx = app.db.write_durable(hr).await?;
    audit::record(&mut tx, action, person.map(|person| person.0), &json!({ "year": year })).await?;
    Ok(tx.commit().await?)
}
