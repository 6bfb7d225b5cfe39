//! The switches of a running sandbox as a page and as calls: faults for the next calls, permissions that end now, figures
//! and open questions. Browser tests and people who try the demo use them; Rust tests have [`crate::Running`].

mod chance;
mod fault;
mod neighbours;
mod page;
mod people;
mod port;
mod posts;
mod rules;
mod versions;

use axum::Router;
use axum::http::{HeaderMap, header};
use axum::routing::{get, post};

pub(crate) use self::rules::with;
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/switches", get(page::show).post(fault::ready_made))
        .route("/switches/faults", get(fault::list).post(fault::add).delete(fault::clear))
        .route("/switches/faults/clear", post(fault::clear_from_page))
        .route("/switches/tokens", post(people::tokens))
        .route("/switches/day", post(people::day))
        .route("/switches/rules", get(rules::list).post(rules::change))
        .route("/switches/versions", post(versions::change))
        .route("/switches/port", post(port::close))
        .route("/switches/seed", post(chance::seed))
        .route("/switches/posts", get(posts::posts))
        .route("/switches/posts/remove", post(posts::remove))
        .route("/switches/statuses", get(posts::statuses))
        .route("/switches/records", get(posts::records))
        .route("/switches/hub", get(posts::hub_calls))
        .route("/switches/identity/rotate", post(people::rotate))
}

/// A test says so with JSON; the page sends forms and wants to be shown again.
fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}
