//! The switches of a running sandbox as a page and as calls: faults for the next calls, tokens that die now, figures and
//! open questions. Browser tests and people who try the demo use them; Rust tests have [`crate::Running`].

mod fault;
mod neighbours;
mod page;
mod rules;

use axum::extract::{Form, Json, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Router, http::StatusCode};
use serde::Deserialize;

pub(crate) use rules::with;

use crate::world::World;
use crate::{HubCall, Post, Record, Status};

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/switches", get(page::show).post(fault::ready_made))
        .route("/switches/faults", get(fault::list).post(fault::add).delete(fault::clear))
        .route("/switches/faults/clear", post(fault::clear_from_page))
        .route("/switches/tokens", post(tokens))
        .route("/switches/rules", get(rules::list).post(rules::change))
        .route("/switches/posts", get(posts))
        .route("/switches/posts/remove", post(remove))
        .route("/switches/statuses", get(statuses))
        .route("/switches/records", get(records))
        .route("/switches/hub", get(hub_calls))
        .route("/switches/identity/rotate", post(rotate))
}

#[derive(Deserialize)]
struct End {
    member: u32,
    end: How,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum How {
    Revoked,
    Expired,
}

async fn tokens(State(world): State<World>, Form(form): Form<End>) -> Redirect {
    let now = world.now();
    let mut state = world.state();
    match form.end {
        How::Revoked => state.revoke_tokens(form.member),
        How::Expired => state.expire_tokens(form.member, now),
    }
    Redirect::to("/switches")
}

/// The ledger of what LinkedIn really accepted, for browser tests.
async fn posts(State(world): State<World>) -> Json<Vec<Post>> {
    Json(world.state().posts.clone())
}

#[derive(Deserialize)]
struct Remove {
    urn: String,
}

/// LinkedIn takes a post down later.
async fn remove(State(world): State<World>, Json(remove): Json<Remove>) -> StatusCode {
    let mut state = world.state();
    match state.posts.iter_mut().find(|post| post.urn == remove.urn && !post.deleted) {
        Some(post) => {
            post.deleted = true;
            StatusCode::NO_CONTENT
        }
        None => StatusCode::NOT_FOUND,
    }
}

/// The ledger of Mastodon.
async fn statuses(State(world): State<World>) -> Json<Vec<Status>> {
    Json(world.state().mastodon.statuses.clone())
}

/// The ledger of Bluesky.
async fn records(State(world): State<World>) -> Json<Vec<Record>> {
    Json(world.state().bluesky.records.clone())
}

/// The calls of the hub.
async fn hub_calls(State(world): State<World>) -> Json<Vec<HubCall>> {
    Json(world.state().hub.calls.clone())
}

/// The identity provider changes its key.
async fn rotate(State(world): State<World>) -> Redirect {
    world.state().identity.rotate();
    Redirect::to("/switches")
}
