//! The timeline of the practice Bluesky: facets as links, the card exactly as it was sent.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde_json::Value;
use url::Url;

use crate::bluesky::Record;
use crate::bluesky::account::{self, handle};
use crate::page::{self, Face};
use crate::stream::{SHOWN, avatar, nothing_yet, sides, time};
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/bluesky", get(everyone))
        .route("/bluesky/profile/{account}", get(member))
        .route("/bluesky/profile/{account}/post/{rkey}", get(single))
}

async fn everyone(State(world): State<World>) -> Markup {
    timeline(&world, &shown(&world, |_| true), None)
}

async fn member(State(world): State<World>, Path(account): Path<String>) -> Response {
    let Some(member) = account::find(&world, &account) else { return page::not_found().await };
    timeline(&world, &shown(&world, |record| record.member == member), Some(member)).into_response()
}

async fn single(State(world): State<World>, Path((account, rkey)): Path<(String, String)>) -> Response {
    let member = account::find(&world, &account);
    let records = shown(&world, |record| Some(record.member) == member && record.rkey == rkey);
    if records.is_empty() {
        let words = "It was removed or never existed.";
        return (StatusCode::NOT_FOUND, page::plain("This post cannot be displayed", words)).into_response();
    }
    timeline(&world, &records, None).into_response()
}

fn shown(world: &World, wanted: impl Fn(&Record) -> bool) -> Vec<Record> {
    let state = world.state();
    let wanted = state.bluesky.records.iter().rev().filter(|record| !record.deleted && wanted(record));
    wanted.take(SHOWN).cloned().collect()
}

fn timeline(world: &World, records: &[Record], member: Option<u32>) -> Markup {
    let all: Vec<_> = {
        let state = world.state();
        let live = state.bluesky.records.iter().filter(|record| !record.deleted);
        live.map(|record| (record.member, record.created_at)).collect()
    };
    page::practice(
        Face::Bluesky,
        "Practice Bluesky (sandbox)",
        "/",
        &sides(
            world,
            Face::Bluesky,
            &all,
            &html! {
                @match member { Some(member) => (keys(world, member)), None => (everyones_keys(world)) }
                @if records.is_empty() { (nothing_yet()) }
                @for record in records { (card(world, record)) }
            },
        ),
    )
}

/// What a practice member types in to connect.
fn keys(world: &World, member: u32) -> Markup {
    let account = account::account(&world.state(), member);
    html! {
        section.card.keys {
            h2 { (world.member(member).map_or("Member", |person| person.name.as_str())) }
            dl {
                dt { "Handle" } dd { code { (account.handle) } }
                dt { "App password" } dd { code { (account.app_password) } }
            }
        }
    }
}

fn everyones_keys(world: &World) -> Markup {
    let state = world.state();
    html! {
        details.card.keys {
            summary { "App passwords of the practice members" }
            dl {
                @for (number, _) in world.members() {
                    @let account = account::account(&state, number);
                    dt { code { (account.handle) } } dd { code { (account.app_password) } }
                }
            }
        }
    }
}

fn card(world: &World, record: &Record) -> Markup {
    let name = world.member(record.member).map_or("Member", |member| member.name.as_str());
    let handle = handle(record.member);
    let profile = format!("/bluesky/profile/{handle}");
    html! {
        article.card.post data-uri=(record.uri) data-member=(record.member) {
            header {
                a href=(profile) tabindex="-1" aria-hidden="true" { (avatar(record.member, "small")) }
                div { a.name href=(profile) { (name) } p.quiet { "@" (handle) " · " (time(record.created_at, world.now())) } }
            }
            p.text { (rich_text(&record.record)) }
            (embed(&record.record["embed"]))
            footer { a href=(record.path()) { code { (record.rkey) } } }
        }
    }
}

/// The text with its facets; facets that overlap an earlier one are left out, as clients do.
fn rich_text(record: &Value) -> Markup {
    let text = record["text"].as_str().unwrap_or_default();
    let offset =
        |facet: &Value, name: &str| facet["index"][name].as_u64().and_then(|number| usize::try_from(number).ok());
    let mut facets: Vec<(usize, usize, &Value)> = record["facets"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|facet| Some((offset(facet, "byteStart")?, offset(facet, "byteEnd")?, &facet["features"][0])))
        .collect();
    facets.sort_by_key(|(start, ..)| *start);
    let mut at = 0;
    let mut pieces: Vec<(&str, Option<&Value>)> = Vec::new();
    for (start, end, feature) in facets {
        let (Some(before), Some(inside)) = (text.get(at..start), text.get(start..end)) else { continue };
        pieces.extend([(before, None), (inside, Some(feature))]);
        at = end;
    }
    pieces.push((text.get(at..).unwrap_or_default(), None));
    html! { @for (piece, feature) in pieces { (faceted(piece, feature)) } }
}

fn faceted(piece: &str, feature: Option<&Value>) -> Markup {
    let Some(feature) = feature else { return html! { (piece) } };
    if let Some(uri) = feature["uri"].as_str().filter(|uri| is_web(uri)) {
        return html! { a href=(uri) rel="nofollow noopener" { (piece) } };
    }
    if let Some(did) = feature["did"].as_str() {
        return html! { a.mention href=(format!("/bluesky/profile/{did}")) { (piece) } };
    }
    html! { span.hashtag { (piece) } }
}

/// Schemes like `javascript:` never become links.
fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

fn embed(embed: &Value) -> Markup {
    let text = |name: &str| embed["external"][name].as_str().unwrap_or_default();
    let source = |blob: &Value| blob["ref"]["$link"].as_str().map(|cid| format!("/bluesky/blob/{cid}"));
    let host = Url::parse(text("uri")).ok().and_then(|url| url.host_str().map(String::from)).unwrap_or_default();
    html! {
        @if embed["external"].is_object() {
            a.article href=[Some(text("uri")).filter(|uri| is_web(uri))] rel="nofollow noopener" {
                @if let Some(source) = source(&embed["external"]["thumb"]) { img src=(source) alt="" width="1200" height="627"; }
                span.words {
                    strong { (text("title")) }
                    @if !text("description").is_empty() { span.description { (text("description")) } }
                    span.quiet { (host.trim_start_matches("www.")) }
                }
            }
        }
        @if let Some(images) = embed["images"].as_array() {
            div.pictures data-count=(images.len()) {
                @for image in images {
                    @if let Some(source) = source(&image["image"]) { img src=(source) alt=(image["alt"].as_str().unwrap_or_default()); }
                }
            }
        }
    }
}
