//! An employee's own year as boxes, each with the shares in it and why it counts or not.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use klaroen_core::{
    App,
    bonus::{
        ProofClass,
        overview::{OwnShare, OwnWeek, own_year},
        week::{self, this_week},
        year::{WeekState, Why},
    },
    id::ShareId,
    network::Network,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::programs::Program;
use crate::{
    auth::Employee,
    extract::{Json, Path},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_year))
}

/// One's own year.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "as the API spells it")]
pub struct Year {
    /// ISO year.
    year: i32,
    /// In order, 52 or 53.
    weeks: Vec<Week>,
    /// Weeks that are met.
    met: usize,
    /// Weeks that the program asks for, without neutral ones; without a program all weeks of the year.
    counted_weeks: usize,
    /// Number of the current week, if it lies in this year.
    this_week: Option<u32>,
    /// The program of the year, joined or not.
    program: Option<Program>,
    /// True when one takes part in it.
    joined: bool,
}

/// One week.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "as the API spells it")]
pub struct Week {
    /// 1 to 53.
    week: u32,
    /// A Monday.
    starts_on: NaiveDate,
    /// A Sunday.
    ends_on: NaiveDate,
    state: WeekState,
    why: Why,
    /// What was shared in it, oldest first.
    shares: Vec<WeekShare>,
}

/// A share in its week.
#[derive(Serialize, ToSchema)]
pub struct WeekShare {
    id: ShareId,
    at: DateTime<Utc>,
    post_title: String,
    network: Network,
    proof_class: ProofClass,
    /// True when it helps to meet the week.
    counts: bool,
    /// True when one took it back within a day, so that it does not count.
    taken_back: bool,
}

impl From<OwnWeek> for Week {
    fn from(own: OwnWeek) -> Self {
        Self {
            week: own.week.number(),
            starts_on: own.week.first_day(),
            ends_on: own.week.last_day(),
            state: own.state,
            why: own.state.why(),
            shares: own.shares.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<OwnShare> for WeekShare {
    fn from(share: OwnShare) -> Self {
        Self {
            taken_back: share.is_lost(),
            id: share.id,
            at: share.published_at,
            post_title: share.post_title,
            network: share.network,
            proof_class: share.proof_class,
            counts: share.counts,
        }
    }
}

/// Shows one's own year; with or without a program.
#[utoipa::path(get, path = "/years/{year}", tag = "weeks", params(("year" = i32, Path)), responses((status = 200, body = Year)))]
async fn show_year(State(app): State<App>, employee: Employee, Path(year): Path<i32>) -> Result<Json<Year>, Problem> {
    let mut tx = app.db.snapshot().await?;
    let zone = week::zone(&employee.time_zone);
    let own = own_year(&mut tx, employee.id, zone, year).await?;
    Ok(Json(Year {
        year,
        met: own.sum.met,
        counted_weeks: if own.program.is_some() { own.sum.asked() } else { own.weeks.len() },
        this_week: this_week(tx.now, zone, year),
        program: own.program.map(|program| Program::new(program, own.joined)),
        joined: own.joined,
        weeks: own.weeks.into_iter().map(Into::into).collect(),
    }))
}
