//! Accounts and clients of the simulation.

use std::sync::Arc;

use serde_json::json;

use super::{Account, Network, Networks, connection::place};
use crate::{
    config::Config,
    http::{Http, transport::Simulated},
    id::{ConnectionId, PersonId},
    secret::Key,
};

/// The instance of the accounts at Mastodon.
pub(crate) const INSTANCE: &str = "mastodon:8080";

impl Account {
    /// The account `name` of the simulation.
    pub(crate) fn practice(key: &Key, network: Network, person_id: PersonId, name: &str) -> Self {
        let id = ConnectionId::new();
        let (subject, token) = match network {
            Network::Bluesky => {
                (format!("did:plc:{name}"), json!({ "accessJwt": name, "refreshJwt": name }).to_string())
            }
            _ => (name.to_owned(), name.to_owned()),
        };
        let instance = (network == Network::Mastodon).then(|| INSTANCE.to_owned());
        let sealed = key.seal(&token.into(), &place("connections", id, network, person_id));
        Self { id, person_id, network, subject, instance, sealed: sealed.expect("a sealed token") }
    }
}

impl Networks {
    /// Clients whose calls go through a simulation.
    pub(crate) fn simulated(config: &Config, http: &Http, key: Arc<Key>, carry: Simulated) -> Self {
        let real = Self::new(config, http, key);
        let linkedin = real.linkedin.through(carry.clone());
        let mastodon = real.mastodon.through(carry.clone());
        Self { linkedin, mastodon, bluesky: real.bluesky.through(carry), ..real }
    }
}
