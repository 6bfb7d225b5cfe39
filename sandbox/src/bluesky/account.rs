//! The accounts of the practice members: a handle, a lasting id, and an app password that follows from both.

use sha2::{Digest as _, Sha256};

use crate::bluesky::cid::base32;
use crate::state::State;
use crate::world::World;

/// What a member types in to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlueskyAccount {
    /// The name that people see, a domain.
    pub handle: String,
    /// The id that stays when the handle changes.
    pub did: String,
    /// The password for one application.
    pub app_password: String,
}

/// The account of a member as it is now.
pub(crate) fn account(state: &State, member: u32) -> BlueskyAccount {
    let thrown = state.bluesky.passwords.get(&member).copied().unwrap_or_default();
    let letters = base32(&Sha256::digest(format!("app password {member} {thrown}")));
    let groups: Vec<&str> = (0..4).filter_map(|group| letters.get(group * 4..group * 4 + 4)).collect();
    BlueskyAccount { handle: handle(member), did: did(member), app_password: groups.join("-") }
}

pub(crate) fn handle(member: u32) -> String {
    format!("member{member:03}.sandbox.example")
}

pub(crate) fn did(member: u32) -> String {
    let letters = base32(&Sha256::digest(format!("did {member}")));
    format!("did:plc:{}", letters.get(..24).unwrap_or_default())
}

/// The member behind a handle, an id or an e-mail address.
pub(crate) fn find(world: &World, identifier: &str) -> Option<u32> {
    let identifier = identifier.trim_start_matches('@').to_lowercase();
    let is =
        |(number, email): (u32, &str)| handle(number) == identifier || did(number) == identifier || email == identifier;
    world.members().find(|(number, member)| is((*number, &member.email))).map(|(number, _)| number)
}
