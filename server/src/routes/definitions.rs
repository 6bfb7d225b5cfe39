//! Definitions: named readings of feeds. Nothing is saved before it was tried on the feeds that it reads.

use axum::extract::State;
use klaroen_core::{
    App, audit,
    definition::{self, DefinitionChange, DefinitionDetail, DefinitionSummary, Trial},
    feed::{Definition, Feed},
    id::FeedId,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Marketer,
    extract::{Created, Json, NoContent, Path},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_definitions, create_definition))
        .routes(routes!(show_definition, save_definition, delete_definition))
        .routes(routes!(show_version))
        .routes(routes!(try_definition))
        .routes(routes!(try_feed))
}

/// A definition to try or to save.
#[derive(Deserialize, ToSchema)]
pub struct NewDefinition {
    /// Which elements are items, and where their fields are.
    definition: Definition,
}

/// Lists all definitions: the marketers' own by name, then those that are shipped.
#[utoipa::path(get, path = "/definitions", tag = "definitions", responses((status = 200, body = Vec<DefinitionSummary>)))]
async fn list_definitions(State(app): State<App>, _: Marketer) -> Result<Json<Vec<DefinitionSummary>>, Problem> {
    Ok(Json(DefinitionSummary::list(&mut app.db.snapshot().await?).await?))
}

/// Saves a definition under a new name.
#[utoipa::path(post, path = "/definitions", tag = "definitions", request_body = NewDefinition,
    responses((status = 201, body = DefinitionDetail)))]
async fn create_definition(
    State(app): State<App>,
    marketer: Marketer,
    Json(new): Json<NewDefinition>,
) -> Result<Created<DefinitionDetail>, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    let (id, detail) = definition::create(&mut tx, new.definition).await?;
    audit::record(&mut tx, "definition.created", Some(id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(Created(detail))
}

/// Shows a definition with its versions and the feeds that are read with it. Capitals in the name do not matter.
#[utoipa::path(get, path = "/definitions/{name}", tag = "definitions", params(("name" = String, Path)),
    responses((status = 200, body = DefinitionDetail)))]
async fn show_definition(
    State(app): State<App>,
    _: Marketer,
    Path(name): Path<String>,
) -> Result<Json<DefinitionDetail>, Problem> {
    Ok(Json(DefinitionDetail::get(&mut app.db.snapshot().await?, &name).await?))
}

/// Shows an earlier version of a definition.
#[utoipa::path(get, path = "/definitions/{name}/versions/{version}", tag = "definitions",
    params(("name" = String, Path), ("version" = i32, Path)), responses((status = 200, body = Definition)))]
async fn show_version(
    State(app): State<App>,
    _: Marketer,
    Path((name, version)): Path<(String, i32)>,
) -> Result<Json<Definition>, Problem> {
    Ok(Json(definition::version(&mut app.db.read(), &name, version).await?))
}

/// Says what a change would do to every feed that is read with this definition, on its last document. Saves nothing.
#[utoipa::path(post, path = "/definitions/{name}/try", tag = "definitions", params(("name" = String, Path)),
    request_body = NewDefinition, responses((status = 200, body = Vec<Trial>)))]
async fn try_definition(
    State(app): State<App>,
    _: Marketer,
    Path(name): Path<String>,
    Json(other): Json<NewDefinition>,
) -> Result<Json<Vec<Trial>>, Problem> {
    Ok(Json(definition::trials(&app, &name, &other.definition).await?))
}

/// Says what another definition would change for one feed, on its last document. Saves nothing.
#[utoipa::path(post, path = "/feeds/{id}/try", tag = "definitions", params(("id" = FeedId, Path)),
    request_body = NewDefinition, responses((status = 200, body = Trial)))]
async fn try_feed(
    State(app): State<App>,
    _: Marketer,
    Path(id): Path<FeedId>,
    Json(other): Json<NewDefinition>,
) -> Result<Json<Trial>, Problem> {
    Ok(Json(Feed::try_definition(&app, id, &other.definition).await?))
}

/// Saves a new version. All feeds that are read with it follow at once: what is known of them stays known, so nothing old
/// becomes news. Answers 409 `definition.loses` when a feed would lose items or a field that all its items have, unless
/// `accept` says that it is meant so; 409 `definition.changed_meanwhile` when `version` is not the newest any more.
#[utoipa::path(put, path = "/definitions/{name}", tag = "definitions", params(("name" = String, Path)),
    request_body = DefinitionChange, responses((status = 200, body = DefinitionDetail)))]
async fn save_definition(
    State(app): State<App>,
    marketer: Marketer,
    Path(name): Path<String>,
    Json(change): Json<DefinitionChange>,
) -> Result<Json<DefinitionDetail>, Problem> {
    let plan = change.plan(&app, &name).await?;
    let mut tx = app.db.write(&marketer).await?;
    let (id, detail) = plan.apply(&mut tx).await?;
    audit::record(&mut tx, "definition.changed", Some(id.0), &json!({ "version": detail.version })).await?;
    tx.commit().await?;
    Ok(Json(detail))
}

/// Removes a definition that no feed is read with.
#[utoipa::path(delete, path = "/definitions/{name}", tag = "definitions", params(("name" = String, Path)),
    responses((status = 204)))]
async fn delete_definition(
    State(app): State<App>,
    marketer: Marketer,
    Path(name): Path<String>,
) -> Result<NoContent, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    let id = definition::delete(&mut tx, &name).await?;
    audit::record(&mut tx, "definition.deleted", Some(id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(NoContent)
}
