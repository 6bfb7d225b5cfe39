//! What colleagues ask one to confirm. Only who was chosen sees the link, the page behind it, and may answer.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use klaroen_core::{
    App,
    bonus::week::zone,
    confirmation::{self, Verdict},
    id::ConfirmationId,
    media,
    network::Network,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Employee,
    extract::{Json, NoContent, Path},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_confirmations))
        .routes(routes!(read_page))
        .routes(routes!(answer_confirmation))
}

/// A colleague's share that waits for one's look.
#[derive(Serialize, ToSchema)]
pub struct Confirmation {
    id: ConfirmationId,
    /// The colleague who shared.
    colleague: String,
    network: Network,
    /// Of the colleague's own post.
    url: String,
    /// The day that the colleague named.
    shared_on: NaiveDate,
    asked_at: DateTime<Utc>,
    post: ConfirmedPost,
}

/// What was to be shared.
#[derive(Serialize, ToSchema)]
pub struct ConfirmedPost {
    title: String,
    /// Address of the picture on our own origin.
    image: Option<String>,
    link: String,
}

impl From<confirmation::Confirmation> for Confirmation {
    fn from(asked: confirmation::Confirmation) -> Self {
        Self {
            id: asked.id,
            colleague: asked.person_name,
            network: asked.network,
            url: asked.address,
            shared_on: asked.published_at.with_timezone(&zone(&asked.time_zone)).date_naive(),
            asked_at: asked.asked_at,
            post: ConfirmedPost {
                title: asked.post_title,
                image: asked.post_media_id.map(media::path),
                link: asked.post_link,
            },
        }
    }
}

/// The page behind the link.
#[derive(Serialize, ToSchema)]
pub struct ConfirmationPage {
    /// Its first words as plain text; null: it cannot be read from here.
    text: Option<String>,
    /// Why not, in a sentence.
    problem: Option<String>,
}

/// What one saw.
#[derive(Deserialize, ToSchema)]
pub struct ConfirmationAnswer {
    /// True: the colleague's post is there.
    confirmed: bool,
    /// Why not; the colleague reads it.
    reason: Option<String>,
}

/// Lists what colleagues ask one to confirm, the longest waiting first.
#[utoipa::path(get, path = "/confirmations", tag = "confirmations", responses((status = 200, body = Vec<Confirmation>)))]
async fn list_confirmations(State(app): State<App>, employee: Employee) -> Result<Json<Vec<Confirmation>>, Problem> {
    let waiting = confirmation::Confirmation::waiting_for(&mut app.db.read(), employee.id).await?;
    Ok(Json(waiting.into_iter().map(Into::into).collect()))
}

/// Reads the page behind the link, as somebody who is not signed in at the network would see it.
#[utoipa::path(get, path = "/confirmations/{id}/page", tag = "confirmations", params(("id" = ConfirmationId, Path)),
    responses((status = 200, body = ConfirmationPage)))]
async fn read_page(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ConfirmationId>,
) -> Result<Json<ConfirmationPage>, Problem> {
    let asked = confirmation::Confirmation::get(&mut app.db.read(), employee.id, id).await?;
    Ok(Json(match confirmation::read(&app.http, &asked.address).await {
        Ok(text) => ConfirmationPage { text: Some(text), problem: None },
        Err(problem) => ConfirmationPage { text: None, problem: Some(problem.to_string()) },
    }))
}

/// Says whether the colleague's post is there.
#[utoipa::path(post, path = "/confirmations/{id}/answer", tag = "confirmations", params(("id" = ConfirmationId, Path)),
    request_body = ConfirmationAnswer, responses((status = 204)))]
async fn answer_confirmation(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ConfirmationId>,
    Json(answer): Json<ConfirmationAnswer>,
) -> Result<NoContent, Problem> {
    let verdict = Verdict::new(answer.confirmed, answer.reason.as_deref())?;
    let mut tx = app.db.write_durable(&employee).await?;
    confirmation::Confirmation::answer(&mut tx, employee.id, id, verdict).await?;
    tx.commit().await?;
    Ok(NoContent)
}
