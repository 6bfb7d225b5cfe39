//! Teams, for choosing who sees a post.

use axum::extract::State;
use klaroen_core::{App, team};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{auth::Marketer, extract::Json, problem::Problem};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_teams))
}

/// Lists the teams that somebody with an account is in, by name; how many people are in them is not said.
#[utoipa::path(get, path = "/teams", tag = "teams", responses((status = 200, body = Vec<String>)))]
async fn list_teams(State(app): State<App>, _: Marketer) -> Result<Json<Vec<String>>, Problem> {
    Ok(Json(team::list(&mut app.db.read()).await?))
}
