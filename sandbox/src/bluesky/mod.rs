//! The practice Bluesky: one personal data server. It answers below `/bluesky` and at the sandbox's own origin too; its
//! paths all start with `/xrpc/`, so they meet nobody else's.

mod account;
mod blob;
mod caller;
mod cid;
mod lexicon;
mod page;
mod record;
mod refusal;
mod session;
mod write;

use std::collections::{BTreeMap, HashMap};

use axum::{Router, middleware};

pub use account::BlueskyAccount;
pub(crate) use account::{account, find};
pub use record::Record;

use crate::window::Windows;
use crate::world::World;

/// Everything that the server remembers.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) sessions: HashMap<String, session::Session>,
    blobs: HashMap<String, blob::Blob>,
    pub(crate) records: Vec<Record>,
    /// How often a member threw their app password away; each throw makes another one.
    passwords: BTreeMap<u32, u32>,
    sign_ins: Windows,
    points: Windows,
}

impl Memory {
    /// Every session of a member ends, and the app password with them.
    pub(crate) fn revoke(&mut self, member: u32) {
        *self.passwords.entry(member).or_default() += 1;
        for session in self.sessions.values_mut().filter(|session| session.member == member) {
            session.revoked = true;
        }
    }
}

/// Every route of the practice Bluesky.
pub(crate) fn routes(world: &World) -> Router<World> {
    let protocol = Router::new().merge(session::routes()).merge(blob::routes()).merge(write::routes());
    let protocol = protocol.layer(middleware::from_fn_with_state(world.clone(), refusal::reword));
    protocol.clone().nest("/bluesky", protocol).merge(page::routes())
}
