//! First start: the link printed by the process makes the first admin.

use axum::extract::State;
use axum_extra::extract::CookieJar;
use klaroen_core::{App, person::Person};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    invites::{Joining, join},
    session::Session,
};
use crate::{
    extract::{Created, Json},
    problem::Problem,
};
use klaroen_core::person::Language;

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_setup, set_up))
}

/// Whether somebody still has to set this installation up.
#[derive(Serialize, ToSchema)]
pub struct Setup {
    needed: bool,
}

/// The first admin.
#[derive(Deserialize, ToSchema)]
pub struct FirstAdmin {
    /// From the link that the process printed.
    token: String,
    name: String,
    email: String,
    #[schema(value_type = String)]
    password: SecretString,
    language: Language,
    time_zone: String,
}

/// Tells whether somebody still has to set this installation up.
#[utoipa::path(get, path = "/setup", tag = "setup", responses((status = 200, body = Setup)))]
async fn show_setup(State(app): State<App>) -> Result<Json<Setup>, Problem> {
    Ok(Json(Setup { needed: Person::none_yet(&mut app.db.read()).await? }))
}

/// Makes the first admin and signs them in.
#[utoipa::path(post, path = "/setup", tag = "setup", request_body = FirstAdmin, responses((status = 201, body = Session)))]
async fn set_up(
    State(app): State<App>,
    jar: CookieJar,
    Json(first): Json<FirstAdmin>,
) -> Result<(CookieJar, Created<Session>), Problem> {
    let FirstAdmin { token, name, email, password, language, time_zone } = first;
    join(&app, jar, Joining { token, name, password, language, time_zone }, Some(email)).await
}
