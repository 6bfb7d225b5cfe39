//! What ends for one member: the permission, and the calls of a day; and the key of the identity provider.

use axum::extract::{Form, State};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;

use crate::state::Quota;
use crate::world::World;

#[derive(Deserialize)]
pub(super) struct End {
    member: u32,
    end: How,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum How {
    Revoked,
    Expired,
    Forgotten,
}

pub(super) async fn tokens(State(world): State<World>, Form(form): Form<End>) -> Redirect {
    let now = world.now();
    let mut state = world.state();
    match form.end {
        How::Revoked => state.revoke_tokens(form.member),
        How::Expired => state.expire_tokens(form.member, now),
        How::Forgotten => state.forget_tokens(form.member),
    }
    Redirect::to("/switches")
}

#[derive(Deserialize)]
pub(super) struct Day {
    /// A number; empty for the whole application.
    #[serde(default)]
    member: String,
    day: Fullness,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fullness {
    Full,
    Empty,
}

pub(super) async fn day(State(world): State<World>, Form(form): Form<Day>) -> Redirect {
    let today = world.now().date_naive();
    let mut state = world.state();
    match form.day {
        Fullness::Full => state.quota.fill(form.member.parse().ok(), today),
        Fullness::Empty => state.quota = Quota::default(),
    }
    Redirect::to("/switches")
}

/// The identity provider changes its key.
pub(super) async fn rotate(State(world): State<World>) -> Redirect {
    world.state().identity.rotate();
    Redirect::to("/switches")
}

/// The members as the choices of a select.
pub(super) fn choices(world: &World) -> Markup {
    html! { @for (number, member) in world.members() { option value=(number) { (member.name) } } }
}

pub(super) fn section(world: &World) -> Markup {
    html! {
        h2 { "People" }
        div.grid.two {
            form.card.switch method="post" action="/switches/tokens" {
                h3 { "A permission ends" }
                p { "What a member allowed ends now, at every network." }
                label { "Member" select name="member" { (choices(world)) } }
                div.row {
                    button type="submit" name="end" value="revoked" { "Withdraw" }
                    button type="submit" name="end" value="expired" { "Run out" }
                    button type="submit" name="end" value="forgotten" { "Forget" }
                }
            }
            form.card.switch method="post" action="/switches/day" {
                h3 { "The day is full" }
                p { "LinkedIn takes no more calls until midnight UTC, from one member or from everyone." }
                label { "Member" select name="member" { option value="" { "Everyone" } (choices(world)) } }
                div.row {
                    button type="submit" name="day" value="full" { "Full now" }
                    button type="submit" name="day" value="empty" { "Empty again" }
                }
            }
        }
    }
}

/// The key of the company sign-in.
pub(super) fn keys() -> Markup {
    html! {
        details.card.fold {
            summary { "Company sign-in" }
            p { "The identity provider signs with another key from now on; its flaws are in " em { "Any call" } "." }
            form method="post" action="/switches/identity/rotate" { button type="submit" { "Change the key" } }
        }
    }
}
