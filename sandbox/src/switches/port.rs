//! Calls that end before they were sent: the port closes for a while, and addresses that a client can be given instead.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Form, State};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;

use crate::port::NO_NAME;
use crate::world::World;

/// The longest time for which the port can be closed from the page.
const LONGEST: u64 = 3_600;

#[derive(Deserialize)]
pub(super) struct Closed {
    seconds: u64,
}

pub(super) async fn close(State(world): State<World>, Form(form): Form<Closed>) -> Redirect {
    let port = Arc::clone(world.port());
    port.set(false).await;
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(form.seconds.min(LONGEST))).await;
        port.set(true).await;
    });
    Redirect::to("/switches")
}

pub(super) fn section(world: &World) -> Markup {
    let no_tls = world.base_url().replacen("http://", "https://", 1);
    html! {
        details.card.fold {
            summary { "LinkedIn cannot be reached" }
            p { "For a while nobody can connect to the sandbox, this page included. What is connected stays so." }
            form.fields method="post" action="/switches/port" {
                label { "Seconds" input type="number" name="seconds" value="20" min="1" max=(LONGEST) required; }
                button type="submit" { "Close the port" }
            }
            p { "Or start Klaroen with one of these as " code { "KLAROEN_LINKEDIN_API_URL" } ":" }
            dl.addresses {
                div { dt { "Nobody listens" } dd { code { (world.port().closed_url()) } } }
                div { dt { "The name does not exist" } dd { code { (NO_NAME) } } }
                div { dt { "No TLS is spoken" } dd { code { (no_tls) } } }
            }
        }
    }
}
