//! Sample feeds of a fictitious company, in the exact form of the real ones. Dates count back from the start of the
//! sandbox, so the news is always fresh; a few stories wait in reserve and come out on demand.

mod agenda;
mod atom;
mod change;
mod conditional;
mod pages;
mod personnel;
mod playlist;
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
use chrono::{DateTime, TimeDelta, Utc};

use crate::questions::{HubBody, Premieres};
use crate::world::World;
use crate::{hub, page};
pub(crate) use change::Changes;
pub(crate) use conditional::etag;
use playlist::List;
pub(crate) use story::picture_of;
use story::{Item, Shelf, items};

/// The channel of the company; like every channel id, `UC` and 22 characters.
pub(crate) const CHANNEL: &str = "UCVoorbeeldEnergieNL0001";

const ATOM: &str = "application/atom+xml";
const RSS: &str = "application/rss+xml";
/// Between a premiere and what is told of it too early or again.
const AN_HOUR: TimeDelta = TimeDelta::hours(1);

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/feeds/videos.xml", get(videos))
        .route("/feeds/nieuws.xml", get(nieuws))
        .route("/feeds/insights.xml", get(insights))
        .route("/feeds/vacatures.xml", get(vacatures))
        .route("/feeds/agenda.xml", get(agenda))
        .route("/feeds/agenda/pictures", post(switch_pictures))
        .route("/feeds/personeel.xml", get(personeel))
        .route("/feeds/{shelf}/publish", post(bring_out))
        .route("/feeds/{shelf}/edit", post(change_title))
        .route("/feeds/{shelf}/withdraw", post(take_back))
        .route("/xml/feeds/videos.xml", get(videos))
        .merge(pages::routes())
}

/// As at YouTube: no validators, a quarter of an hour of caching, and HTML for a channel that does not exist.
async fn videos(State(world): State<World>, Query(query): Query<HashMap<String, String>>) -> Response {
    let get = |name| query.get(name).map(String::as_str);
    let (now, items) = (world.now(), items(&world, Shelf::Videos));
    let feed = match (get("channel_id"), get("playlist_id").and_then(List::named)) {
        (Some(CHANNEL), None) => youtube::feed(&world, &items, now),
        (None, Some(list)) => youtube::playlist(&world, list, &list.of(items), now),
        _ => {
            let page = page::plain("Error 404 (Not Found)", "There is no such channel.");
            return (StatusCode::NOT_FOUND, page).into_response();
        }
    };
    let in_a_quarter = now + chrono::Duration::minutes(15);
    let headers = [
        (header::CONTENT_TYPE, "text/xml; charset=UTF-8".to_owned()),
        (header::CACHE_CONTROL, "public, max-age=900".to_owned()),
        (header::EXPIRES, httpdate::fmt_http_date(in_a_quarter.into())),
        (header::AGE, "0".to_owned()),
        (header::SERVER, "YouTube RSS Feeds server".to_owned()),
    ];
    (headers, feed).into_response()
}

async fn nieuws(State(world): State<World>, headers: HeaderMap) -> Response {
    let items = items(&world, Shelf::Nieuws);
    let mut response =
        conditional::respond(&headers, "application/rss+xml; charset=UTF-8", wordpress::feed(&world, &items), &items);
    for (path, relation) in [("/hub".to_owned(), "hub"), (topic(Shelf::Nieuws), "self")] {
        if let Ok(link) = format!("<{}>; rel=\"{relation}\"", world.link(&path)).parse() {
            response.headers_mut().append(header::LINK, link);
        }
    }
    response
}

async fn insights(State(world): State<World>, headers: HeaderMap) -> Response {
    let items = items(&world, Shelf::Insights);
    conditional::respond(&headers, "application/atom+xml; charset=utf-8", atom::feed(&world, &items), &items)
}

async fn vacatures(State(world): State<World>, headers: HeaderMap) -> Response {
    let items = items(&world, Shelf::Vacatures);
    conditional::respond(&headers, "application/rss+xml; charset=utf-8", vacancies::feed(&world, &items), &items)
}

async fn agenda(State(world): State<World>, headers: HeaderMap) -> Response {
    let items = items(&world, Shelf::Agenda);
    let pictures = !world.state().pictures_lost;
    let feed = agenda::feed(&world, &items, pictures);
    conditional::respond(&headers, "application/rss+xml; charset=utf-8", feed, &items)
}

async fn personeel(State(world): State<World>, headers: HeaderMap) -> Response {
    // The newest are not in it yet: it stays the same when the button brings out another.
    let items = items(&world, Shelf::Vacatures);
    let items = &items[items.len().saturating_sub(personnel::OPEN)..];
    conditional::respond(&headers, "text/xml; charset=utf-8", personnel::export(&world, items), items)
}

/// The button that takes the pictures of the agenda away, or brings them back.
async fn switch_pictures(State(world): State<World>) -> Redirect {
    let mut state = world.state();
    state.pictures_lost = !state.pictures_lost;
    Redirect::to("/feeds")
}

/// The button on the list of feeds.
async fn bring_out(State(world): State<World>, Path(shelf): Path<String>) -> Redirect {
    let _ = publish(&world, &shelf);
    Redirect::to("/feeds")
}

/// The button that changes the newest title.
async fn change_title(State(world): State<World>, Path(shelf): Path<String>) -> Redirect {
    let _ = edit(&world, &shelf);
    Redirect::to("/feeds")
}

/// The button that takes the newest item back.
async fn take_back(State(world): State<World>, Path(shelf): Path<String>) -> Redirect {
    let _ = withdraw(&world, &shelf);
    Redirect::to("/feeds")
}

/// Brings out the next story in reserve, tells the hub, and returns its title.
pub(crate) fn publish(world: &World, shelf: &str) -> Option<String> {
    let shelf = Shelf::named(shelf)?;
    let (now, premieres) = (world.now(), world.state().rules.questions.premieres);
    let early = shelf == Shelf::Videos && premieres == Premieres::Early;
    let item = change::bring_out(world, shelf, if early { now + AN_HOUR } else { now })?;
    tell(world, shelf, &item, now);
    if shelf == Shelf::Videos && premieres == Premieres::Repeated {
        tell(world, shelf, &item, now + AN_HOUR);
    }
    Some(item.title)
}

/// Changes the title of the newest item, tells the hub, and returns the new title.
pub(crate) fn edit(world: &World, shelf: &str) -> Option<String> {
    let shelf = Shelf::named(shelf)?;
    let item = change::edit(world, shelf)?;
    tell(world, shelf, &item, world.now());
    Some(item.title)
}

/// Takes the newest item back; of a video the hub tells that it is gone. Returns its title.
pub(crate) fn withdraw(world: &World, shelf: &str) -> Option<String> {
    let shelf = Shelf::named(shelf)?;
    let item = change::withdraw(world, shelf)?;
    if shelf == Shelf::Videos {
        hub::deliver(world, &topic(shelf), youtube::tombstone(world, &item, world.now()), ATOM, world.now());
    }
    Some(item.title)
}

/// The address that subscribers of a feed name; YouTube's differs from that of the feed.
fn topic(shelf: Shelf) -> String {
    match shelf {
        Shelf::Videos => format!("/xml{}", shelf.path()),
        other => other.path(),
    }
}

/// Whether a path with its query can be subscribed to.
pub(crate) fn is_topic(path: &str) -> bool {
    Shelf::ALL.into_iter().any(|shelf| topic(shelf) == path)
}

/// Hands an item that is new or changed to the hub, for the time that is given.
fn tell(world: &World, shelf: Shelf, item: &Item, at: DateTime<Utc>) {
    let carried = world.state().rules.questions.hub_body;
    let shown = match carried {
        HubBody::News => vec![item.clone()],
        HubBody::Everything => items(world, shelf),
    };
    let (body, kind) = match shelf {
        Shelf::Videos => (youtube::news(world, item, at), ATOM),
        Shelf::Nieuws => (wordpress::feed(world, &shown), RSS),
        Shelf::Insights => (atom::feed(world, &shown), ATOM),
        Shelf::Vacatures => (vacancies::feed(world, &shown), RSS),
        Shelf::Agenda => (agenda::feed(world, &shown, true), RSS),
    };
    hub::deliver(world, &topic(shelf), body, kind, at);
}
