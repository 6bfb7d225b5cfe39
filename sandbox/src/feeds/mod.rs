//! Sample feeds of a fictitious company, in the exact form of the real ones. Dates count back from the start of the
//! sandbox, so the news is always fresh; a few stories wait in reserve and come out on demand.

mod atom;
mod conditional;
mod pages;
mod personnel;
mod story;
mod vacancies;
mod wordpress;
mod xml;
mod youtube;

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::page;
use crate::world::World;
pub(crate) use conditional::etag;
use story::{Shelf, items};
pub(crate) use story::{picture_of, publish};

/// The channel of the company; like every channel id, `UC` and 22 characters.
pub(crate) const CHANNEL: &str = "UCVoorbeeldEnergieNL0001";

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/feeds/videos.xml", get(videos))
        .route("/feeds/nieuws.xml", get(nieuws))
        .route("/feeds/insights.xml", get(insights))
        .route("/feeds/vacatures.xml", get(vacatures))
        .route("/feeds/personeel.xml", get(personeel))
        .route("/feeds/{shelf}/publish", post(bring_out))
        .merge(pages::routes())
}

/// As at YouTube: no validators, a quarter of an hour of caching, and HTML for a channel that does not exist.
async fn videos(State(world): State<World>, Query(query): Query<HashMap<String, String>>) -> Response {
    let asked = query.get("channel_id").map(String::as_str);
    if asked != Some(CHANNEL) {
        return (StatusCode::NOT_FOUND, page::plain("Error 404 (Not Found)", "There is no such channel."))
            .into_response();
    }
    let now = world.now();
    let in_a_quarter = now + chrono::Duration::minutes(15);
    let headers = [
        (header::CONTENT_TYPE, "text/xml; charset=UTF-8".to_owned()),
        (header::CACHE_CONTROL, "public, max-age=900".to_owned()),
        (header::EXPIRES, httpdate::fmt_http_date(in_a_quarter.into())),
        (header::AGE, "0".to_owned()),
        (header::SERVER, "YouTube RSS Feeds server".to_owned()),
    ];
    (headers, youtube::feed(&world, &items(&world, Shelf::Videos), now)).into_response()
}

async fn nieuws(State(world): State<World>, headers: HeaderMap) -> Response {
    let items = items(&world, Shelf::Nieuws);
    conditional::respond(&headers, "application/rss+xml; charset=UTF-8", wordpress::feed(&world, &items), &items)
}

async fn insights(State(world): State<World>, headers: HeaderMap) -> Response {
    let items = items(&world, Shelf::Insights);
    conditional::respond(&headers, "application/atom+xml; charset=utf-8", atom::feed(&world, &items), &items)
}

async fn vacatures(State(world): State<World>, headers: HeaderMap) -> Response {
    let items = items(&world, Shelf::Vacatures);
    conditional::respond(&headers, "application/rss+xml; charset=utf-8", vacancies::feed(&world, &items), &items)
}

async fn personeel(State(world): State<World>, headers: HeaderMap) -> Response {
    // The newest are not in it yet: it stays the same when the button brings out another.
    let items = items(&world, Shelf::Vacatures);
    let items = &items[items.len().saturating_sub(personnel::OPEN)..];
    conditional::respond(&headers, "text/xml; charset=utf-8", personnel::export(&world, items), items)
}

/// The button on the list of feeds.
async fn bring_out(State(world): State<World>, Path(shelf): Path<String>) -> Redirect {
    let _ = publish(&world, &shelf);
    Redirect::to("/feeds")
}
