//! The page of the hub: who subscribed to what, and what the hub said to whom.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Redirect;
use maud::{Markup, html};

use crate::fields::Fields;
use crate::hub;
use crate::page::{self, Face};
use crate::world::World;

/// The newest calls on the page.
const SHOWN: usize = 50;

pub(super) async fn show(State(world): State<World>) -> Markup {
    let now = world.now();
    let (subscriptions, calls) = {
        let state = world.state();
        let live = state.hub.subscriptions.iter().filter(|sub| sub.until > now);
        (live.cloned().collect::<Vec<_>>(), state.hub.calls.iter().rev().take(SHOWN).cloned().collect::<Vec<_>>())
    };
    page::practice(
        Face::LinkedIn,
        "Hub · Practice LinkedIn (sandbox)",
        "/hub",
        &html! {
            main.wide {
                h1 { "Hub" }
                p.lead { "Feeds tell their news here, and the hub (WebSub) tells everyone who subscribed with a POST to " code { (world.link("/hub")) } "." }
                h2 { "Subscriptions" }
                @if subscriptions.is_empty() { p.quiet { "Nobody has subscribed." } }
                ul.addresses {
                    @for sub in &subscriptions {
                        li {
                            code { (sub.topic) } br;
                            (sub.callback) br;
                            span.quiet { "until " (sub.until.format("%-d %B %Y %H:%M UTC")) @if sub.secret.is_some() { " · signed" } }
                            form.row method="post" action="/hub/deny" {
                                input type="hidden" name="topic" value=(sub.topic);
                                input type="hidden" name="callback" value=(sub.callback);
                                button type="submit" { "Deny" }
                            }
                        }
                    }
                }
                h2 { "Calls" }
                @if calls.is_empty() { p.quiet { "The hub has called nobody." } }
                ul.addresses {
                    @for call in &calls {
                        li {
                            (call.kind) " · " @match call.status { Some(status) => (status), None => "no answer" } " · " (page::ago(call.at, now)) br;
                            code { (call.address) }
                        }
                    }
                }
            }
        },
    )
}

pub(super) async fn deny_from_page(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Redirect {
    let fields = Fields::read(&headers, &body);
    hub::deny(&world, fields.text("topic"), fields.get("callback"));
    Redirect::to("/hub")
}
