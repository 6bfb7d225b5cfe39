//! The timeline of the practice Mastodon, as a reader would see it.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

use crate::mastodon::text::pieces;
use crate::mastodon::{Status, media, username};
use crate::page::{self, Face};
use crate::stream::{SHOWN, avatar, nothing_yet, sides, time};
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/mastodon", get(everyone))
        .route("/mastodon/{account}", get(member))
        .route("/mastodon/{account}/{id}", get(single))
}

async fn everyone(State(world): State<World>) -> Markup {
    timeline(&world, &shown(&world, |_| true))
}

async fn member(State(world): State<World>, Path(account): Path<String>) -> Response {
    let known = world.members().any(|(number, _)| account.strip_prefix('@') == Some(&username(number)));
    if !known {
        return page::not_found().await;
    }
    let statuses = shown(&world, |status| account[1..] == username(status.member));
    timeline(&world, &statuses).into_response()
}

async fn single(State(world): State<World>, Path((_, id)): Path<(String, String)>) -> Response {
    let statuses = shown(&world, |status| status.id == id);
    if statuses.is_empty() {
        let words = "It was removed or never existed.";
        return (StatusCode::NOT_FOUND, page::plain("This post cannot be displayed", words)).into_response();
    }
    timeline(&world, &statuses).into_response()
}

fn shown(world: &World, wanted: impl Fn(&Status) -> bool) -> Vec<Status> {
    let now = world.now();
    let state = world.state();
    let wanted = state.mastodon.statuses.iter().rev().filter(|status| status.is_shown(now) && wanted(status));
    wanted.take(SHOWN).cloned().collect()
}

fn timeline(world: &World, statuses: &[Status]) -> Markup {
    let now = world.now();
    let all: Vec<_> = world
        .state()
        .mastodon
        .statuses
        .iter()
        .filter(|status| status.is_shown(now))
        .map(|status| (status.member, status.created_at))
        .collect();
    page::practice(
        Face::Mastodon,
        "Practice Mastodon (sandbox)",
        "/",
        &sides(
            world,
            Face::Mastodon,
            &all,
            &html! {
                @if statuses.is_empty() { (nothing_yet()) }
                @for status in statuses { (card(world, status)) }
            },
        ),
    )
}

fn card(world: &World, status: &Status) -> Markup {
    let name = world.member(status.member).map_or("Member", |member| member.name.as_str());
    let username = username(status.member);
    let profile = format!("/mastodon/@{username}");
    html! {
        article.card.post data-id=(status.id) data-member=(status.member) {
            header {
                a href=(profile) tabindex="-1" aria-hidden="true" { (avatar(status.member, "small")) }
                div {
                    a.name href=(profile) { (name) }
                    p.quiet { "@" (username) " · " (time(status.created_at, world.now())) " · " (status.visibility) }
                }
            }
            @if !status.spoiler_text.is_empty() { p.text { strong { (status.spoiler_text) } } }
            p.text { @for (piece, is_url) in pieces(&status.text) {
                @if is_url { a href=(piece) rel="nofollow noopener" { (piece) } } @else { (piece) }
            } }
            @if !status.media_ids.is_empty() {
                div.pictures data-count=(status.media_ids.len()) {
                    @for id in &status.media_ids { img src=(format!("/mastodon/media/{id}")) alt=(media::description(world, id)); }
                }
            }
            footer {
                a href=(status.path()) { code { (status.id) } }
                @if let Some(key) = &status.idempotency_key { details { summary { "Idempotency key" } pre { (key) } } }
            }
        }
    }
}
