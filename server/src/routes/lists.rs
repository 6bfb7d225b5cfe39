//! Lists of feeds in OPML, as every feed reader writes them: read, followed, and written.

use axum::{
    extract::{DefaultBodyLimit, State},
    http::header,
    response::{IntoResponse, Response},
};
use klaroen_core::{
    App, audit,
    feed::{Feed, Import, ListedFeed},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Marketer,
    extract::{Created, Json},
    problem::Problem,
};

/// Largest list, in bytes of the request.
const BODY_LIMIT: usize = 2 << 20;

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    let larger = OpenApiRouter::new().routes(routes!(read_opml)).routes(routes!(import_feeds));
    larger.layer(DefaultBodyLimit::max(BODY_LIMIT)).routes(routes!(export_feeds))
}

/// A list of feeds.
#[derive(Deserialize, ToSchema)]
pub struct NewOpml {
    /// The text of the file.
    opml: String,
}

/// Reads a list of feeds and says which are followed already. Stores nothing.
#[utoipa::path(post, path = "/opml", tag = "feeds", request_body = NewOpml, responses((status = 200, body = Vec<ListedFeed>)))]
async fn read_opml(
    State(app): State<App>,
    _: Marketer,
    Json(new): Json<NewOpml>,
) -> Result<Json<Vec<ListedFeed>>, Problem> {
    Ok(Json(ListedFeed::read(&mut app.db.read(), new.opml).await?))
}

/// Follows many feeds, as a list of feeds names them. Each waits for its first poll, which chooses the definition that
/// fits and is the baseline. Answers those that were not followed yet; how far they are is in the list of feeds.
#[utoipa::path(post, path = "/feeds/import", tag = "feeds", request_body = Import, responses((status = 201, body = Vec<Feed>)))]
async fn import_feeds(
    State(app): State<App>,
    marketer: Marketer,
    Json(import): Json<Import>,
) -> Result<Created<Vec<Feed>>, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    let feeds = Feed::import(&mut tx, &import, &marketer.time_zone).await?;
    for feed in &feeds {
        audit::record(&mut tx, "feed.created", Some(feed.id.0), &json!({ "import": true })).await?;
    }
    tx.commit().await?;
    Ok(Created(feeds))
}

/// Writes all feeds as a list in OPML, in folders by their topics.
#[utoipa::path(get, path = "/feeds.opml", tag = "feeds", responses((status = 200, content_type = "text/x-opml", body = String)))]
async fn export_feeds(State(app): State<App>, _: Marketer) -> Result<Response, Problem> {
    let opml = Feed::export(&mut app.db.read()).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/x-opml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"feeds.opml\""),
    ];
    Ok((headers, opml).into_response())
}
