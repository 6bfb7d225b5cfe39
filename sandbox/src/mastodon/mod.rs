//! The practice Mastodon: one instance. It answers below `/mastodon`, and at the sandbox's own origin too, for clients
//! that know an instance by its host alone; its paths meet none of LinkedIn's.

mod app;
mod authorize;
mod caller;
mod instance;
mod media;
mod page;
mod refusal;
mod status;
mod text;
mod token;

use std::collections::HashMap;

use axum::{Router, middleware};
use chrono::{DateTime, Utc};

pub use status::Status;
pub use text::TextLimits;

use crate::state::{Scopes, State};
use crate::window::Windows;
use crate::world::World;

/// Everything that the instance remembers.
#[derive(Default)]
pub(crate) struct Memory {
    apps: HashMap<String, app::App>,
    pub(crate) codes: HashMap<String, authorize::Code>,
    pub(crate) tokens: HashMap<String, token::Token>,
    pub(crate) statuses: Vec<Status>,
    /// Which status a member's idempotency key made, and when.
    keys: HashMap<(u32, String), (DateTime<Utc>, String)>,
    media: HashMap<String, media::Media>,
    calls: Windows,
}

impl Memory {
    /// Every token of a member ends.
    pub(crate) fn revoke(&mut self, member: u32) {
        for token in self.tokens.values_mut().filter(|token| token.member == member) {
            token.revoked = true;
        }
    }
}

impl State {
    /// A token without the page, for an application that nobody registered.
    pub(crate) fn grant_mastodon(&mut self, member: u32, scopes: Scopes) -> String {
        let text = self.opaque(43);
        self.mastodon
            .tokens
            .insert(text.clone(), token::Token { client_id: String::new(), member, scopes, revoked: false });
        text
    }
}

/// Every route of the practice Mastodon.
pub(crate) fn routes(world: &World) -> Router<World> {
    let api =
        Router::new().merge(app::routes()).merge(instance::routes()).merge(status::routes()).merge(media::routes());
    let api = api.layer(middleware::from_fn_with_state(world.clone(), caller::limit));
    let protocol = api.merge(authorize::routes()).merge(token::routes());
    protocol.clone().nest("/mastodon", protocol).merge(page::routes())
}

/// The name of a member's account, without the host.
pub(crate) fn username(member: u32) -> String {
    format!("member{member:03}")
}
