//! Posts: what employees may share, and the marketers' library.

use axum::extract::State;
use klaroen_core::{
    App, audit,
    id::{PostId, TopicId},
    page::Page,
    post::{LibraryPost, NewPost, OfferedPost, Post, PostChange, PostState},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::{Employee, Marketer},
    extract::{Created, Json, Path, Query},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_posts, create_post))
        .routes(routes!(show_post, change_post))
        .routes(routes!(list_library))
}

/// Which offered posts.
#[derive(Deserialize, IntoParams)]
pub struct Offered {
    /// Of this topic only.
    topic: Option<TopicId>,
    /// Part of a title or text.
    #[serde(default)]
    q: String,
    /// `next` of the page before.
    after: Option<String>,
}

/// Which posts of the library.
#[derive(Deserialize, IntoParams)]
pub struct Search {
    /// In this state only.
    state: Option<PostState>,
    /// Part of a title or text.
    #[serde(default)]
    q: String,
    /// Leading to exactly this address.
    link: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Lists the posts that may be shared, newest first.
#[utoipa::path(get, path = "/posts", tag = "posts", params(Offered), responses((status = 200, body = Page<OfferedPost>)))]
async fn list_posts(
    State(app): State<App>,
    employee: Employee,
    Query(offered): Query<Offered>,
) -> Result<Json<Page<OfferedPost>>, Problem> {
    let mut tx = app.db.snapshot().await?;
    let after = offered.after.as_deref();
    Ok(Json(OfferedPost::list(&mut tx, employee.id, offered.topic, &offered.q, after).await?))
}

/// Shows a post that may be shared.
#[utoipa::path(get, path = "/posts/{id}", tag = "posts", params(("id" = PostId, Path)), responses((status = 200, body = OfferedPost)))]
async fn show_post(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<PostId>,
) -> Result<Json<OfferedPost>, Problem> {
    Ok(Json(OfferedPost::get(&mut app.db.read(), employee.id, id).await?))
}

/// Lists all posts, newest first.
#[utoipa::path(get, path = "/library", tag = "posts", params(Search), responses((status = 200, body = Page<LibraryPost>)))]
async fn list_library(
    State(app): State<App>,
    _: Marketer,
    Query(search): Query<Search>,
) -> Result<Json<Page<LibraryPost>>, Problem> {
    let mut tx = app.db.snapshot().await?;
    let Search { state, q, link, after } = search;
    Ok(Json(LibraryPost::list(&mut tx, state, &q, link.as_deref(), after.as_deref()).await?))
}

/// Writes a post.
#[utoipa::path(post, path = "/posts", tag = "posts", request_body = NewPost, responses((status = 201, body = LibraryPost)))]
async fn create_post(
    State(app): State<App>,
    marketer: Marketer,
    Json(new): Json<NewPost>,
) -> Result<Created<LibraryPost>, Problem> {
    let draft = new.check(&app.config)?;
    let mut tx = app.db.write(&marketer).await?;
    let post = Post::create(&mut tx, draft).await?;
    audit::record(&mut tx, "post.created", Some(post.id.0), &json!({ "state": post.state })).await?;
    let answer = LibraryPost::get(&mut tx, post.id).await?;
    tx.commit().await?;
    Ok(Created(answer))
}

/// Changes a post; withdrawing it stops all of its shares that have not gone out.
#[utoipa::path(patch, path = "/posts/{id}", tag = "posts", params(("id" = PostId, Path)), request_body = PostChange,
    responses((status = 200, body = LibraryPost)))]
async fn change_post(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<PostId>,
    Json(change): Json<PostChange>,
) -> Result<Json<LibraryPost>, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    let detail = json!({ "state": change.state });
    Post::change(&mut tx, id, change).await?;
    audit::record(&mut tx, "post.changed", Some(id.0), &detail).await?;
    let answer = LibraryPost::get(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Json(answer))
}
