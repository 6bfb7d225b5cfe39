//! Feeds and their items.

use axum::extract::State;
use chrono::{DateTime, Utc};
use klaroen_core::{
    App, Error, audit,
    feed::{Feed, FeedChange, NewFeed, Reading, timetable::Timetable},
    id::{FeedId, ItemId},
    item::Item,
    page::Page,
    person::parse_zone,
    post::{LibraryPost, PostState},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Marketer,
    extract::{Accepted, Created, Json, NoContent, Path, Query},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_feeds, create_feed))
        .routes(routes!(show_feed, change_feed, delete_feed))
        .routes(routes!(poll_feed))
        .routes(routes!(accept_shape))
        .routes(routes!(list_items))
        .routes(routes!(search_trail))
        .routes(routes!(offer_item))
        .routes(routes!(check_schedule))
}

/// Which items.
#[derive(Deserialize, IntoParams)]
pub struct After {
    /// `next` of the page before.
    after: Option<String>,
}

/// Which items of all feeds.
#[derive(Deserialize, IntoParams)]
pub struct TrailSearch {
    /// Part of a title or link, or the address of the article.
    #[serde(default)]
    q: String,
    /// `next` of the page before.
    after: Option<String>,
}

/// A timetable as it was typed.
#[derive(Deserialize, ToSchema)]
pub struct CheckSchedule {
    /// Five fields: minute, hour, day of the month, month, day of the week.
    cron: String,
}

/// What a timetable means.
#[derive(Serialize, ToSchema)]
pub struct ScheduleWords {
    /// As a sentence.
    words: String,
    /// The next three polls.
    next: Vec<DateTime<Utc>>,
}

/// Lists the feeds by title.
#[utoipa::path(get, path = "/feeds", tag = "feeds", responses((status = 200, body = Vec<Feed>)))]
async fn list_feeds(State(app): State<App>, _: Marketer) -> Result<Json<Vec<Feed>>, Problem> {
    Ok(Json(Feed::list(&mut app.db.read()).await?))
}

/// Follows a new feed. What is in it now is known, not news; the chosen cards become posts at once.
#[utoipa::path(post, path = "/feeds", tag = "feeds", request_body = NewFeed, responses((status = 201, body = Feed)))]
async fn create_feed(
    State(app): State<App>,
    marketer: Marketer,
    Json(new): Json<NewFeed>,
) -> Result<Created<Feed>, Problem> {
    let reading = Reading::of(&app, &new, &marketer).await?;
    let mut tx = app.db.write(&marketer).await?;
    let feed = Feed::create(&mut tx, &app.config, new, &reading, &marketer.time_zone).await?;
    audit::record(&mut tx, "feed.created", Some(feed.id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(Created(feed))
}

/// Shows a feed with its health.
#[utoipa::path(get, path = "/feeds/{id}", tag = "feeds", params(("id" = FeedId, Path)), responses((status = 200, body = Feed)))]
async fn show_feed(State(app): State<App>, _: Marketer, Path(id): Path<FeedId>) -> Result<Json<Feed>, Problem> {
    Ok(Json(Feed::get(&mut app.db.read(), id).await?))
}

/// Changes a feed. Filter, topic and audience are for new items only: what is known already is not judged again. Another
/// definition is for all: known items and their posts follow, and none of them becomes news.
#[utoipa::path(patch, path = "/feeds/{id}", tag = "feeds", params(("id" = FeedId, Path)), request_body = FeedChange,
    responses((status = 200, body = Feed)))]
async fn change_feed(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<FeedId>,
    Json(change): Json<FeedChange>,
) -> Result<Json<Feed>, Problem> {
    let change = change.plan(&app, id).await?;
    let mut tx = app.db.write(&marketer).await?;
    let feed = Feed::change(&mut tx, id, change).await?;
    audit::record(&mut tx, "feed.changed", Some(id.0), &json!({ "state": feed.state })).await?;
    tx.commit().await?;
    Ok(Json(feed))
}

/// Leaves a feed; posts made from its items stay.
#[utoipa::path(delete, path = "/feeds/{id}", tag = "feeds", params(("id" = FeedId, Path)), responses((status = 204)))]
async fn delete_feed(State(app): State<App>, marketer: Marketer, Path(id): Path<FeedId>) -> Result<NoContent, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    Feed::delete(&mut tx, id).await?;
    audit::record(&mut tx, "feed.deleted", Some(id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// Polls a feed as soon as a worker is free.
#[utoipa::path(post, path = "/feeds/{id}/poll", tag = "feeds", params(("id" = FeedId, Path)), responses((status = 202, body = Feed)))]
async fn poll_feed(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<FeedId>,
) -> Result<Accepted<Feed>, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    let feed = Feed::poll_now(&mut tx, id).await?;
    audit::record(&mut tx, "feed.polled", Some(id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(Accepted(feed))
}

/// Says of an alarm about a feed's shape (`error.code` is `feed.shape`) that it is meant so: the feed is polled at once,
/// and what the alarm was about is not asked for any more.
#[utoipa::path(post, path = "/feeds/{id}/shape", tag = "feeds", params(("id" = FeedId, Path)), responses((status = 200, body = Feed)))]
async fn accept_shape(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<FeedId>,
) -> Result<Json<Feed>, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    let feed = Feed::accept_shape(&mut tx, id).await?;
    audit::record(&mut tx, "feed.shape_accepted", Some(id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(Json(feed))
}

/// Lists the items of a feed with their trails, newest first.
#[utoipa::path(get, path = "/feeds/{id}/items", tag = "feeds", params(("id" = FeedId, Path), After),
    responses((status = 200, body = Page<Item>)))]
async fn list_items(
    State(app): State<App>,
    _: Marketer,
    Path(id): Path<FeedId>,
    Query(page): Query<After>,
) -> Result<Json<Page<Item>>, Problem> {
    let mut tx = app.db.read();
    Feed::get(&mut tx, id).await?;
    Ok(Json(Item::list(&mut tx, id, page.after.as_deref()).await?))
}

/// Finds items of the last 30 days in all feeds, newest first, and tells how far each came: "why is my article not
/// there?".
#[utoipa::path(get, path = "/trail", tag = "feeds", params(TrailSearch), responses((status = 200, body = Page<Item>)))]
async fn search_trail(
    State(app): State<App>,
    _: Marketer,
    Query(search): Query<TrailSearch>,
) -> Result<Json<Page<Item>>, Problem> {
    Ok(Json(Item::search(&mut app.db.read(), &search.q, search.after.as_deref()).await?))
}

/// Makes a live post from an item that was known before the feed was followed.
#[utoipa::path(post, path = "/items/{id}/offer", tag = "feeds", params(("id" = ItemId, Path)),
    responses((status = 201, body = LibraryPost)))]
async fn offer_item(
    State(app): State<App>,
    marketer: Marketer,
    Path(id): Path<ItemId>,
) -> Result<Created<LibraryPost>, Problem> {
    let mut tx = app.db.write(&marketer).await?;
    let post = Item::offer(&mut tx, &app.config, id, PostState::Live).await?;
    audit::record(&mut tx, "post.created", Some(post.id.0), &json!({ "state": post.state })).await?;
    let answer = LibraryPost::get(&mut tx, post.id).await?;
    tx.commit().await?;
    Ok(Created(answer))
}

/// Says what a timetable means, in the marketer's own time zone.
#[utoipa::path(post, path = "/schedules/check", tag = "feeds", request_body = CheckSchedule,
    responses((status = 200, body = ScheduleWords)))]
async fn check_schedule(
    State(app): State<App>,
    marketer: Marketer,
    Json(check): Json<CheckSchedule>,
) -> Result<Json<ScheduleWords>, Problem> {
    let zone = parse_zone(&marketer.time_zone).map_err(|fault| Error::Invalid(vec![fault]))?;
    let timetable = Timetable::parse(&check.cron, zone)?;
    Ok(Json(ScheduleWords { words: timetable.words(), next: timetable.upcoming(app.clock.now(), 3) }))
}
