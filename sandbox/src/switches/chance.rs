//! The seed of everything that happens by chance.

use axum::extract::{Form, State};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;

use crate::world::World;

#[derive(Deserialize)]
pub(super) struct Seed {
    seed: u64,
}

pub(super) async fn seed(State(world): State<World>, Form(form): Form<Seed>) -> Redirect {
    world.state().reseed(form.seed);
    Redirect::to("/switches")
}

pub(super) fn section() -> Markup {
    html! {
        details.card.fold {
            summary { "Chance" }
            p { "Begins anew: every fault is switched off, and with the same number the same calls meet the same faults." }
            form.fields method="post" action="/switches/seed" {
                label { "Seed" input type="number" name="seed" value="1" min="0" required; }
                button type="submit" { "Begin anew" }
            }
        }
    }
}
