//! The caught mails for people: a list, one mail with its links, and its raw bytes. The HTML part is shown in a frame
//! that may run nothing.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde::Serialize;

use crate::mail::{Mail, Reading};
use crate::page::{self, Face};
use crate::stream::{linked, time};
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/mail", get(list))
        .route("/mail/{id}", get(single))
        .route("/mail/{id}/raw", get(raw))
        .route("/switches/mails", get(ledger))
}

async fn list(State(world): State<World>) -> Markup {
    let mails: Vec<Mail> = world.state().mails.all().rev().take(200).cloned().collect();
    page::practice(
        Face::LinkedIn,
        "Mail (sandbox)",
        "/mail",
        &html! {
            main.wide {
                h1 { "Mail" }
                p.lead { "Every mail that was sent stays here. Nothing is delivered." }
                @if mails.is_empty() { section.card.empty { h2 { "No mails yet" } p { "Invitations, reminders and digests appear here." } } }
                ul.mails {
                    @for mail in &mails {
                        @let reading = mail.read();
                        li { a.card href=(format!("/mail/{}", mail.id)) {
                            strong { @if reading.subject.is_empty() { "(no subject)" } @else { (reading.subject) } }
                            span.quiet { (time(mail.received_at, world.now())) }
                            span.to { "To " (mail.to.join(", ")) }
                            span.quiet.preview { (reading.text.split_whitespace().take(24).collect::<Vec<_>>().join(" ")) }
                        } }
                    }
                }
            }
        },
    )
}

fn find(world: &World, id: &str) -> Option<Mail> {
    let id: u64 = id.parse().ok()?;
    world.state().mails.all().find(|mail| mail.id == id).cloned()
}

async fn single(State(world): State<World>, Path(id): Path<String>) -> Response {
    let Some(mail) = find(&world, &id) else { return page::not_found().await };
    let reading = mail.read();
    let header = |name: &str| {
        let found = reading.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let title = if reading.subject.is_empty() { "(no subject)" } else { &reading.subject };
    let body = html! {
        main.wide.letter {
            p { a href="/mail" { "← All mails" } }
            h1 { (title) }
            section.card {
                dl {
                    dt { "From" } dd { (header("From")) }
                    dt { "To" } dd { (mail.to.join(", ")) }
                    dt { "Received" } dd { (time(mail.received_at, world.now())) }
                }
                p.text { (linked(&reading.text)) }
            }
            @if let Some(html) = &reading.html { details { summary { "HTML part" } iframe title="HTML part" sandbox="" srcdoc=(html) {} } }
            details { summary { "Headers" } pre { @for (name, value) in &reading.headers { (name) ": " (value) "\n" } } }
            p.quiet { a href=(format!("/mail/{}/raw", mail.id)) { "The mail byte for byte" } " · envelope from " (mail.from) }
        }
    };
    page::practice(Face::LinkedIn, title, "/mail", &body).into_response()
}

async fn raw(State(world): State<World>, Path(id): Path<String>) -> Response {
    let Some(mail) = find(&world, &id) else { return page::not_found().await };
    // Never HTML, whatever the mail says of itself.
    let headers = [(header::CONTENT_TYPE, "text/plain"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, mail.raw).into_response()
}

#[derive(Serialize)]
struct Entry {
    id: u64,
    from: String,
    to: Vec<String>,
    received_at: DateTime<Utc>,
    #[serde(flatten)]
    reading: Reading,
}

/// The mails for browser tests, oldest first.
async fn ledger(State(world): State<World>) -> Json<Vec<Entry>> {
    let mails: Vec<Mail> = world.state().mails.all().cloned().collect();
    let entry = |mail: Mail| {
        let reading = mail.read();
        Entry { id: mail.id, from: mail.from, to: mail.to, received_at: mail.received_at, reading }
    };
    Json(mails.into_iter().map(entry).collect())
}
