//! The ledgers of what the networks really accepted, and LinkedIn taking a post down later.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::is_json;
use crate::fields::Fields;
use crate::world::World;
use crate::{HubCall, Post, Record, Status};

/// How many posts can be taken down from the page.
const NEWEST: usize = 5;

/// What LinkedIn accepted.
pub(super) async fn posts(State(world): State<World>) -> Json<Vec<Post>> {
    Json(world.state().posts.clone())
}

/// What Mastodon accepted.
pub(super) async fn statuses(State(world): State<World>) -> Json<Vec<Status>> {
    Json(world.state().mastodon.statuses.clone())
}

/// What Bluesky accepted.
pub(super) async fn records(State(world): State<World>) -> Json<Vec<Record>> {
    Json(world.state().bluesky.records.clone())
}

/// What the hub called.
pub(super) async fn hub_calls(State(world): State<World>) -> Json<Vec<HubCall>> {
    Json(world.state().hub.calls.clone())
}

/// `urn`, as JSON or from the page.
pub(super) async fn remove(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Response {
    let fields = Fields::read(&headers, &body);
    let mut state = world.state();
    match state.posts.iter_mut().find(|post| post.urn == fields.text("urn") && !post.deleted) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(post) => {
            post.deleted = true;
            if is_json(&headers) {
                StatusCode::NO_CONTENT.into_response()
            } else {
                Redirect::to("/switches").into_response()
            }
        }
    }
}

pub(super) fn section(world: &World) -> Markup {
    let mut newest: Vec<Post> = world.state().posts.iter().filter(|post| !post.deleted).cloned().collect();
    newest.sort_by_key(|post| std::cmp::Reverse(post.created_at));
    newest.truncate(NEWEST);
    html! {
        h2 { "Posts on LinkedIn" }
        p { "LinkedIn may take a post down later. These are the newest." }
        @if newest.is_empty() { p.quiet { "There is no post yet." } }
        form method="post" action="/switches/posts/remove" {
            ul.addresses { @for post in &newest {
                li.between {
                    span { strong { (world.member(post.member).map_or("Member", |member| &member.name)) } " · " (opening(&post.text.plain())) }
                    button type="submit" name="urn" value=(post.urn) { "Take down" }
                }
            } }
        }
    }
}

/// The first words of a text.
fn opening(text: &str) -> String {
    let short: String = text.chars().take(70).collect();
    if short.len() < text.len() { format!("{}…", short.trim_end()) } else { short }
}
