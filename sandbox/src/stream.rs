//! The stream of the practice LinkedIn: every accepted post as a reader would see it. A card shows exactly the fields
//! that were sent; what the text lost is said below it, beside the raw text.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use url::Url;

use crate::attachment::{attachment, plays};
use crate::linkedin::little::Element;
use crate::linkedin::post::Post;
use crate::page::{self, Face, ago};
use crate::world::World;

/// The newest posts on one page.
pub(crate) const SHOWN: usize = 100;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/", get(everyone))
        .route("/in/{member}", get(member))
        .route("/feed/update/{urn}", get(single))
        .route("/feed/update/{urn}/", get(single))
        .route("/sharing/share-offsite/", get(share_offsite))
}

async fn everyone(State(world): State<World>) -> Markup {
    let posts = newest(&world, |_| true);
    page::practice(
        Face::LinkedIn,
        "Practice LinkedIn (sandbox)",
        "/",
        &html! {
            (sides(&world, Face::LinkedIn, &everything(&world), &list(&world, &posts)))
        },
    )
}

/// Who posted when, deleted posts left out.
fn everything(world: &World) -> Vec<(u32, DateTime<Utc>)> {
    world.state().posts.iter().filter(|post| !post.deleted).map(|post| (post.member, post.created_at)).collect()
}

/// The two columns of every stream: what the sandbox is, with the counts of this network, and the posts below the tabs.
pub(crate) fn sides(world: &World, face: Face, all: &[(u32, DateTime<Utc>)], posts: &Markup) -> Markup {
    html! {
        div.columns {
            aside { (about(world, face, all)) }
            main {
                nav.tabs aria-label="Networks" {
                    @for other in Face::ALL { a href=(other.path()) aria-current=[(other == face).then_some("page")] { (other.name()) } }
                }
                (posts)
            }
        }
    }
}

/// Where LinkedIn's own share dialog opens; the practice one has no member signed in, so nothing can be posted here.
async fn share_offsite(Query(asked): Query<Offsite>) -> Markup {
    page::practice(
        Face::LinkedIn,
        "Share · Practice LinkedIn (sandbox)",
        "",
        &html! {
            main {
                section.card {
                    h1 { "LinkedIn's own share dialog" }
                    p { "A member would write a post here, with the card of this address:" }
                    p { code { (asked.url) } }
                }
            }
        },
    )
}

/// The one thing that LinkedIn's dialog takes.
#[derive(serde::Deserialize)]
struct Offsite {
    #[serde(default)]
    url: String,
}

async fn member(State(world): State<World>, Path(number): Path<String>) -> Response {
    let known = number.parse().ok().and_then(|number: u32| Some((number, world.member(number)?)));
    let Some((number, person)) = known else { return page::not_found().await };
    let posts = newest(&world, |post| post.member == number);
    let title = format!("{} · Practice LinkedIn (sandbox)", person.name);
    page::practice(Face::LinkedIn, &title, "", &html! {
        div.columns {
            aside { (about(&world, Face::LinkedIn, &everything(&world))) }
            main {
                section.card.profile {
                    img.banner src=(format!("/pictures/sea-{number}/1110x278.jpg")) alt="" width="1110" height="278";
                    (avatar(number, "large"))
                    h1 { (person.name) }
                    p.quiet { "Practice member · " (posts.len()) @if posts.len() == 1 { " post" } @else { " posts" } }
                }
                (list(&world, &posts))
            }
        }
    })
    .into_response()
}

async fn single(State(world): State<World>, Path(urn): Path<String>) -> Response {
    let posts = newest(&world, |post| post.urn == urn);
    if posts.is_empty() {
        return (
            StatusCode::NOT_FOUND,
            page::plain("This post cannot be displayed", "It was removed or never existed."),
        )
            .into_response();
    }
    page::practice(Face::LinkedIn,
        "Post · Practice LinkedIn (sandbox)",
        "",
        &html! {
            div.columns { aside { (about(&world, Face::LinkedIn, &everything(&world))) } main { (list(&world, &posts)) } }
        },
    )
    .into_response()
}

fn newest(world: &World, wanted: impl Fn(&Post) -> bool) -> Vec<Post> {
    let mut posts: Vec<Post> =
        world.state().posts.iter().filter(|post| !post.deleted && wanted(post)).cloned().collect();
    posts.sort_by_key(|post| std::cmp::Reverse(post.created_at));
    posts.truncate(SHOWN);
    posts
}

fn about(world: &World, face: Face, all: &[(u32, DateTime<Utc>)]) -> Markup {
    let day = world.now().date_naive();
    let today = all.iter().filter(|(_, at)| at.date_naive() == day).count();
    let members: BTreeSet<u32> = all.iter().map(|(member, _)| *member).collect();
    html! {
        section.card.about {
            h2 { "This is a sandbox" }
            p { "It answers like " (face.name()) " and shows what it accepted. Nothing here reaches the real " (face.name()) "." }
            dl {
                div { dt { "Posts" } dd { (all.len()) } }
                div { dt { "Today" } dd { (today) } }
                div { dt { "Members" } dd { (members.len()) } }
            }
            p { a href="/feeds" { "Sample feeds to follow →" } }
        }
    }
}

/// What stands in a stream without posts.
pub(crate) fn nothing_yet() -> Markup {
    html! {
        section.card.empty {
            div.art aria-hidden="true" { span {} span {} span {} }
            h2 { "No posts yet" }
            p { "As soon as someone shares a post through Klaroen, it appears here with its card and picture." }
        }
    }
}

fn list(world: &World, posts: &[Post]) -> Markup {
    html! {
        @if posts.is_empty() { (nothing_yet()) }
        @for post in posts { (card(world, post)) }
    }
}

/// The drawn portrait of a member.
pub(crate) fn avatar(number: u32, size: &str) -> Markup {
    html! { img.avatar.(size) src=(format!("/pictures/member-{number:03}/144x144.jpg")) alt="" width="48" height="48"; }
}

fn card(world: &World, post: &Post) -> Markup {
    let name = world.member(post.member).map_or("Member", |member| member.name.as_str());
    let profile = format!("/in/{}", post.member);
    html! {
        article.card.post data-urn=(post.urn) data-member=(post.member) {
            header {
                a href=(profile) tabindex="-1" aria-hidden="true" { (avatar(post.member, "small")) }
                div {
                    a.name href=(profile) { (name) }
                    p.quiet { "Practice member · " (time(post.created_at, world.now())) @if post.edited { " · Edited" } " · " (seen_by(&post.visibility)) }
                }
            }
            @if !post.text.elements.is_empty() { p.text { @for element in &post.text.elements { (rendered(element)) } } }
            @if let Some(at) = post.text.cut_at { (lost(&post.commentary, at)) }
            @if let Some(content) = &post.content { (attachment(content, plays(world))) }
            footer {
                a href=(format!("/feed/update/{}/", post.urn).trim_end_matches('/')) { code { (post.urn) } }
                details { summary { "Text as sent" } pre { (post.commentary) } }
            }
        }
    }
}

/// How long ago, with the instant itself behind it.
pub(crate) fn time(at: DateTime<Utc>, now: DateTime<Utc>) -> Markup {
    html! { time datetime=(at.to_rfc3339()) title=(at.format("%-d %B %Y %H:%M UTC")) { (ago(at, now)) } }
}

fn seen_by(visibility: &str) -> &'static str {
    match visibility {
        "PUBLIC" => "Anyone",
        "CONNECTIONS" => "Connections only",
        "LOGGED_IN" => "Members only",
        _ => "Group",
    }
}

fn lost(raw: &str, at: usize) -> Markup {
    let count = raw.get(at..).map_or(0, |lost| lost.chars().count());
    html! {
        p.lost role="note" {
            strong { "Cut here. " }
            (count) " characters, from " code { (raw.get(at..).and_then(|lost| lost.chars().next()).unwrap_or(' ')) } " on, are lost."
        }
    }
}

fn rendered(element: &Element) -> Markup {
    match element {
        Element::Text(text) => linked(text),
        Element::Mention { name, urn } => html! { strong.mention title=(urn) { (name) } },
        Element::Hashtag(word) => html! { span.hashtag { "#" (word) } },
    }
}

/// Plain text with its addresses made clickable, as the stream of LinkedIn does.
pub(crate) fn linked(text: &str) -> Markup {
    html! {
        @for piece in text.split_inclusive(char::is_whitespace) {
            @let word = piece.trim_end();
            @if (word.starts_with("https://") || word.starts_with("http://")) && Url::parse(word).is_ok() {
                a href=(word) rel="nofollow noopener" { (word) } (piece[word.len()..])
            } @else { (piece) }
        }
    }
}
