//! Bonus programs: HR makes them, every colleague can read their rules, and joining one is the employee's own act.

use std::collections::HashSet;

use axum::extract::State;
use chrono::NaiveDate;
use klaroen_core::{
    App, audit,
    bonus::{
        ProofClass,
        new_program::Draft,
        program::{Program as Rulebook, WorksCouncil},
        rules::{NewRules, Strictness},
    },
    id::ProgramId,
    network::Network,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::{Employee, Hr, SignedIn},
    extract::{Created, Json, Path},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_programs, create_program))
        .routes(routes!(change_program))
        .routes(routes!(join_program))
}

/// The bonus rules of one period.
#[derive(Serialize, ToSchema)]
pub struct Program {
    id: ProgramId,
    name: String,
    /// ISO year.
    year: i32,
    /// A week belongs to the program when all of its days do.
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    /// Shares that meet a week.
    min_per_week: i32,
    counting_networks: Vec<Network>,
    proof_classes: Vec<ProofClass>,
    /// Percent of the raise.
    reward_percent: i32,
    /// Null: no cap.
    cap_cents: Option<i64>,
    strictness: Strictness,
    /// Weeks that may be missed when the strictness is `allowed_misses`.
    allowed_misses: i32,
    /// Null: nobody can join yet.
    works_council: Option<WorksCouncil>,
    /// True when the person who asks takes part.
    joined: bool,
}

impl Program {
    pub(super) fn new(program: Rulebook, joined: bool) -> Self {
        let rules = program.rules;
        Self {
            id: program.id,
            name: program.name,
            year: program.year,
            starts_on: program.starts_on,
            ends_on: program.ends_on,
            min_per_week: rules.min_per_week,
            counting_networks: rules.counting_networks,
            proof_classes: rules.proof_classes,
            reward_percent: rules.reward_percent,
            cap_cents: rules.cap_cents,
            strictness: rules.strictness,
            allowed_misses: rules.allowed_misses,
            works_council: program.works_council,
            joined,
        }
    }
}

/// A program to be made; what is left out is one share a week on LinkedIn, the whole year, for 25 % of the raise.
#[derive(Deserialize, ToSchema)]
pub struct NewProgram {
    name: String,
    /// ISO year; it has one program.
    year: i32,
    /// Left out: the year's first Monday.
    starts_on: Option<NaiveDate>,
    /// Left out: the Sunday of the year's last week.
    ends_on: Option<NaiveDate>,
    min_per_week: Option<i32>,
    counting_networks: Option<Vec<Network>>,
    proof_classes: Option<Vec<ProofClass>>,
    reward_percent: Option<i32>,
    cap_cents: Option<i64>,
    strictness: Option<Strictness>,
    allowed_misses: Option<i32>,
    /// Left out: nobody can join until it is recorded.
    works_council: Option<WorksCouncil>,
}

impl From<NewProgram> for Draft {
    fn from(new: NewProgram) -> Self {
        Self {
            name: new.name,
            year: new.year,
            starts_on: new.starts_on,
            ends_on: new.ends_on,
            rules: NewRules {
                min_per_week: new.min_per_week,
                counting_networks: new.counting_networks,
                proof_classes: new.proof_classes,
                reward_percent: new.reward_percent,
                cap_cents: new.cap_cents,
                strictness: new.strictness,
                allowed_misses: new.allowed_misses,
            },
            works_council: new.works_council,
        }
    }
}

/// What may be recorded about a program later.
#[derive(Deserialize, ToSchema)]
pub struct ProgramChange {
    /// The decision that opens the program.
    works_council: WorksCouncil,
}

/// Lists the programs, newest year first.
#[utoipa::path(get, path = "/programs", tag = "programs", responses((status = 200, body = Vec<Program>)))]
async fn list_programs(State(app): State<App>, who: SignedIn) -> Result<Json<Vec<Program>>, Problem> {
    let mut tx = app.db.snapshot().await?;
    let joined: HashSet<_> =
        Rulebook::joined_by(&mut tx, who.id).await?.into_iter().map(|program| program.id).collect();
    let programs = Rulebook::list(&mut tx).await?.into_iter();
    let view = |program: Rulebook| {
        let joined = joined.contains(&program.id);
        Program::new(program, joined)
    };
    Ok(Json(programs.map(view).collect()))
}

/// Makes a program.
#[utoipa::path(post, path = "/programs", tag = "programs", request_body = NewProgram, responses((status = 201, body = Program)))]
async fn create_program(
    State(app): State<App>,
    hr: Hr,
    Json(new): Json<NewProgram>,
) -> Result<Created<Program>, Problem> {
    let mut tx = app.db.write_durable(&hr).await?;
    let new = Draft::from(new).check(tx.now.date_naive())?;
    let program = Rulebook::create(&mut tx, new).await?;
    audit::record(&mut tx, "program.created", Some(program.id.0), &json!({ "year": program.year })).await?;
    tx.commit().await?;
    Ok(Created(Program::new(program, false)))
}

/// Records the works council's decision, which opens the program.
#[utoipa::path(patch, path = "/programs/{id}", tag = "programs", params(("id" = ProgramId, Path)), request_body = ProgramChange,
    responses((status = 200, body = Program)))]
async fn change_program(
    State(app): State<App>,
    hr: Hr,
    Path(id): Path<ProgramId>,
    Json(change): Json<ProgramChange>,
) -> Result<Json<Program>, Problem> {
    let mut tx = app.db.write_durable(&hr).await?;
    let program = Rulebook::record_decision(&mut tx, id, change.works_council).await?;
    audit::record(&mut tx, "program.opened", Some(id.0), &json!(program.works_council)).await?;
    tx.commit().await?;
    Ok(Json(Program::new(program, false)))
}

/// Takes part in a program.
#[utoipa::path(post, path = "/programs/{id}/join", tag = "programs", params(("id" = ProgramId, Path)),
    responses((status = 200, body = Program)))]
async fn join_program(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ProgramId>,
) -> Result<Json<Program>, Problem> {
    let mut tx = app.db.write_durable(&employee).await?;
    let program = Rulebook::join(&mut tx, id, employee.id).await?;
    audit::record(&mut tx, "program.joined", Some(id.0), &json!({ "version": program.version })).await?;
    tx.commit().await?;
    Ok(Json(Program::new(program, true)))
}
