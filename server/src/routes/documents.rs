//! Documents: what stands at an address, looked at and mapped before it is followed.

use axum::extract::State;
use klaroen_core::{
    App,
    document::{Clicked, Document, Found, Mapped},
    feed::{Definition, Filter, OutlineNode, OutlinePage, Suggestion},
    id::{DocumentId, FeedId},
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Marketer,
    extract::{Created, Json, Path, Query},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(fetch_document))
        .routes(routes!(show_feed_document))
        .routes(routes!(list_nodes))
        .routes(routes!(search_document))
        .routes(routes!(suggest))
        .routes(routes!(map_document))
}

/// An address as it was pasted.
#[derive(Deserialize, ToSchema)]
pub struct NewDocument {
    /// Of a feed, a web page or a YouTube channel.
    address: String,
}

/// Which nodes of a document.
#[derive(Deserialize, IntoParams)]
pub struct Below {
    /// Id of the node around them; none: the document itself, which has its outermost element.
    parent: Option<u32>,
    /// `next` of the page before.
    #[serde(default)]
    after: u32,
}

/// Words to look for in a document.
#[derive(Deserialize, IntoParams)]
pub struct Words {
    /// Part of a name, an attribute or a text; `@url` finds attributes of a name.
    q: String,
}

/// A reading to try.
#[derive(Deserialize, ToSchema)]
pub struct Mapping {
    /// Which elements are items, and where their fields are.
    definition: Definition,
    /// Rules to try on the items.
    #[schema(value_type = Option<Filter>)]
    filter: Option<Value>,
}

/// Fetches an address and keeps what stands there for a day, so that it can be mapped without fetching it again. A page
/// that names one feed means that feed; one that names several answers them in `others`.
#[utoipa::path(post, path = "/documents", tag = "documents", request_body = NewDocument,
    responses((status = 201, body = Found)))]
async fn fetch_document(
    State(app): State<App>,
    marketer: Marketer,
    Json(new): Json<NewDocument>,
) -> Result<Created<Found>, Problem> {
    Ok(Created(Found::at(&app, &new.address, marketer.id).await?))
}

/// Shows the last document of a feed, to change how it is read. Its id changes with its bytes.
#[utoipa::path(get, path = "/feeds/{id}/document", tag = "documents", params(("id" = FeedId, Path)),
    responses((status = 200, body = Found)))]
async fn show_feed_document(
    State(app): State<App>,
    _: Marketer,
    Path(id): Path<FeedId>,
) -> Result<Json<Found>, Problem> {
    Ok(Json(Found::of_feed(&app, id).await?))
}

/// Shows the nodes below one in the document's tree, 100 at a time. The same document always has the same ids.
#[utoipa::path(get, path = "/documents/{id}/nodes", tag = "documents", params(("id" = DocumentId, Path), Below),
    responses((status = 200, body = OutlinePage)))]
async fn list_nodes(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<DocumentId>,
    Query(Below { parent, after }): Query<Below>,
) -> Result<Json<OutlinePage>, Problem> {
    Ok(Json(Document::nodes(&app, marketer.id, id, parent, after).await?))
}

/// Finds the first 50 nodes whose name, attribute or text has the words.
#[utoipa::path(get, path = "/documents/{id}/search", tag = "documents", params(("id" = DocumentId, Path), Words),
    responses((status = 200, body = Vec<OutlineNode>)))]
async fn search_document(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<DocumentId>,
    Query(words): Query<Words>,
) -> Result<Json<Vec<OutlineNode>>, Problem> {
    Ok(Json(Document::search(&app, marketer.id, id, words.q).await?))
}

/// Suggests expressions that a click may mean, best first, each tried on all items.
#[utoipa::path(post, path = "/documents/{id}/suggest", tag = "documents", params(("id" = DocumentId, Path)),
    request_body = Clicked, responses((status = 200, body = Vec<Suggestion>)))]
async fn suggest(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<DocumentId>,
    Json(clicked): Json<Clicked>,
) -> Result<Json<Vec<Suggestion>>, Problem> {
    Ok(Json(Document::suggest(&app, marketer.id, id, clicked).await?))
}

/// Maps a document: all its items as the cards they would become, how many have each field, and what a filter would do.
/// Stores nothing. A wrong expression is answered with its place and the column in it.
#[utoipa::path(post, path = "/documents/{id}/map", tag = "documents", params(("id" = DocumentId, Path)),
    request_body = Mapping, responses((status = 200, body = Mapped)))]
async fn map_document(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<DocumentId>,
    Json(mapping): Json<Mapping>,
) -> Result<Json<Mapped>, Problem> {
    let Mapping { definition, filter } = mapping;
    Ok(Json(Mapped::map(&app, marketer.id, id, definition, filter.as_ref()).await?))
}
