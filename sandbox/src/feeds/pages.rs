//! The pages behind the sample feeds: the list of feeds, the company's site, its channel, articles and videos. Their
//! heads say where the feeds are, so that discovery has something to find.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::CHANNEL;
use super::change::reserve;
use super::playlist::LISTS;
use super::story::{Item, Shelf, find, items};
use crate::page::{self, Face};
use crate::world::World;

pub(super) fn routes() -> Router<World> {
    Router::new()
        .route("/feeds", get(list))
        .route("/company", get(company))
        .route("/channel/{id}", get(channel))
        .route("/@voorbeeldenergie", get(handle))
        .route("/watch", get(watch))
        .route("/shorts/{id}", get(short))
        .route("/nieuws/{slug}", get(nieuws))
        .route("/insights/{slug}", get(insights))
        .route("/vacatures/{slug}", get(vacatures))
        .route("/agenda/{slug}", get(agenda))
}

async fn list(State(world): State<World>) -> Markup {
    let (now, lost) = (world.now(), world.state().pictures_lost);
    page::practice(
        Face::LinkedIn,
        "Sample feeds · Practice LinkedIn (sandbox)",
        "/feeds",
        &html! {
            main.wide {
                h1 { "Sample feeds" }
                p.lead { "News of a fictitious company, in the exact form of real feeds. Paste an address into Klaroen; a web page or a channel page works too." }
                div.grid.two {
                    @for shelf in Shelf::ALL {
                        @let items = items(&world, shelf);
                        @let waiting = reserve(&world, shelf);
                        section.card.feed {
                            @if let Some(newest) = items.first() { img src=(newest.picture()) alt="" width="1200" height="627"; }
                            h2 { (shelf.title()) }
                            p.quiet { (shelf.form()) " · " (items.len()) " items" @if let Some(newest) = items.first() { " · newest " (page::ago(newest.published, now)) } }
                            a.address href=(shelf.path()) { code { (world.link(&shelf.path())) } }
                            form method="post" action=(format!("/feeds/{}/publish", shelf.name())) {
                                button type="submit" disabled[waiting == 0] { "Bring out a new item" }
                                button type="submit" formaction=(format!("/feeds/{}/edit", shelf.name())) { "Edit the newest title" }
                                button type="submit" formaction=(format!("/feeds/{}/withdraw", shelf.name())) { "Withdraw the newest" }
                                span.quiet { (waiting) " in reserve" }
                            }
                            @if shelf == Shelf::Agenda {
                                form method="post" action="/feeds/agenda/pictures" {
                                    button type="submit" { @if lost { "Bring the pictures back" } @else { "Lose the pictures" } }
                                }
                            }
                        }
                    }
                }
                h2 { "Pages on which a feed can be found" }
                ul.addresses {
                    @for path in ["/company".to_owned(), format!("/channel/{CHANNEL}"), "/@voorbeeldenergie".to_owned()] {
                        li { a href=(path) { code { (world.link(&path)) } } }
                    }
                }
                h2 { "Also here" }
                ul.addresses {
                    @for list in LISTS { li { a href=(list.path()) { code { (world.link(&list.path())) } } " " (list.words()) } }
                    li { a href="/feeds/personeel.xml" { code { (world.link("/feeds/personeel.xml")) } } " the vacancies as XML of no known kind, to map by hand" }
                    @if world.real_feeds().is_some() { li { a href="/real" { "Real feed files" } } }
                    li { a href="/bad" { "Bad input, for trying what happens" } }
                }
            }
        },
    )
}

/// `<link rel="alternate">` for a feed of the company.
fn alternate(world: &World, shelf: Shelf) -> Markup {
    let kind = if shelf == Shelf::Insights { "application/atom+xml" } else { "application/rss+xml" };
    html! { link rel="alternate" type=(kind) title=(shelf.title()) href=(world.link(&shelf.path())); }
}

fn teasers(items: &[Item], count: usize) -> Markup {
    html! {
        div.grid {
            @for item in items.iter().take(count) {
                a.card.teaser href=(item.path()) {
                    img src=(item.picture()) alt="" width="1200" height="627" loading="lazy";
                    strong { (item.title) }
                    span.quiet { (item.published.format("%-d %B %Y")) }
                }
            }
        }
    }
}

async fn company(State(world): State<World>) -> Markup {
    let shelves = [Shelf::Nieuws, Shelf::Insights, Shelf::Vacatures];
    let head = html! { @for shelf in shelves { (alternate(&world, shelf)) } link rel="canonical" href=(world.link("/company")); };
    page::company(
        "Voorbeeld Energie",
        &head,
        &html! {
            main.wide {
                img.hero src="/pictures/wind-hero/1400x420.jpg" alt="" width="1400" height="420";
                h1 { "Energie van hier" }
                @for shelf in shelves { h2 { (shelf.title()) } (teasers(&items(&world, shelf), 3)) }
            }
        },
    )
}

async fn channel(State(world): State<World>, Path(id): Path<String>) -> Response {
    if id == CHANNEL { channel_page(&world).into_response() } else { page::not_found().await }
}

async fn handle(State(world): State<World>) -> Markup {
    channel_page(&world)
}

fn channel_page(world: &World) -> Markup {
    let feed = world.link(&Shelf::Videos.path());
    let address = world.link(&format!("/channel/{CHANNEL}"));
    let head = html! {
        link rel="canonical" href=(address);
        link rel="alternate" type="application/rss+xml" title="RSS" href=(feed);
        meta property="og:url" content=(address);
        meta property="og:title" content=(Shelf::Videos.title());
        meta itemprop="identifier" content=(CHANNEL);
    };
    page::company(
        "Voorbeeld Energie - Videos",
        &head,
        &html! {
            main.wide {
                img.hero src="/pictures/sea-channel/1400x260.jpg" alt="" width="1400" height="260";
                h1 { (Shelf::Videos.title()) }
                p.quiet { "@voorbeeldenergie · " (items(world, Shelf::Videos).len()) " videos" }
                (teasers(&items(world, Shelf::Videos), 15))
            }
        },
    )
}

#[derive(Deserialize)]
struct Watch {
    #[serde(default)]
    v: String,
}

async fn watch(State(world): State<World>, Query(query): Query<Watch>) -> Response {
    story(&world, Shelf::Videos, &query.v).await
}

async fn short(State(world): State<World>, Path(id): Path<String>) -> Response {
    story(&world, Shelf::Videos, &id).await
}

async fn nieuws(State(world): State<World>, Path(slug): Path<String>) -> Response {
    story(&world, Shelf::Nieuws, &slug).await
}

async fn insights(State(world): State<World>, Path(slug): Path<String>) -> Response {
    story(&world, Shelf::Insights, &slug).await
}

async fn vacatures(State(world): State<World>, Path(slug): Path<String>) -> Response {
    story(&world, Shelf::Vacatures, &slug).await
}

async fn agenda(State(world): State<World>, Path(slug): Path<String>) -> Response {
    story(&world, Shelf::Agenda, &slug).await
}

async fn story(world: &World, shelf: Shelf, slug: &str) -> Response {
    let Some(item) = find(world, shelf, slug) else { return page::not_found().await };
    let story = item.story;
    let head = html! {
        link rel="canonical" href=(world.link(&item.path()));
        (alternate(world, shelf))
        meta property="og:title" content=(item.title);
        meta property="og:description" content=(story.summary);
        meta property="og:image" content=(world.link(&item.picture()));
        meta property="og:url" content=(world.link(&item.path()));
    };
    let body = html! {
        main.story {
            @if shelf == Shelf::Videos {
                div.player { img src=(item.picture()) alt="" width="480" height="360"; span.play aria-hidden="true" {} }
            } @else {
                img.hero src=(item.picture()) alt="" width="1200" height="627";
            }
            h1 { (item.title) }
            p.quiet {
                (item.published.format("%-d %B %Y"))
                @if !story.author.is_empty() { " · " (story.author) }
                @for tag in &story.tags { " " span.tag { (tag) } }
            }
            @if shelf == Shelf::Videos { p.text { (story.summary) } } @else { p.lead { (story.summary) } }
            @for paragraph in &story.text { p { (paragraph) } }
        }
    };
    page::company(&item.title, &head, &body).into_response()
}
