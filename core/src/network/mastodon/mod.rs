//! The Mastodon client: one for all instances. A person names an instance, so every call goes through the guarded way out.

pub(super) mod address;
mod answer;
pub mod application;
pub mod instance;
mod media;
mod oauth;
mod remove;
mod status;

use std::sync::Arc;

use reqwest::Client;
use url::Url;

use self::instance::Instance;
pub(super) use self::status::is_of;
use super::Obstacle;
use crate::{
    config::Config,
    http::{Http, transport::Transport},
    secret::Key,
};

/// Only what sharing needs: who it is, posting for them, and pictures.
const SCOPES: [&str; 3] = ["profile", "write:statuses", "write:media"];

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Mastodon {
    http: Http,
    transport: Transport,
    key: Arc<Key>,
    origin: String,
}

impl Mastodon {
    /// A client that leaves through `http`; `key` seals the secrets of our applications.
    #[must_use]
    pub fn new(config: &Config, http: Http, key: Arc<Key>) -> Self {
        Self { http, transport: Transport::Http, key, origin: config.origin() }
    }

    /// The same, with its calls going through a simulation.
    #[cfg(test)]
    pub(crate) fn through(self, carry: crate::http::transport::Simulated) -> Self {
        Self { transport: Transport::Simulated(carry), ..self }
    }

    /// The status that a pasted address shows: at `instance`, or at any when the person has no account connected. A host
    /// and port that the operator allowed by name is one as well.
    pub(super) fn urn_of_address(&self, address: &str, instance: Option<&str>) -> Option<String> {
        let urn = address::urn_of_address(address, instance)?;
        let is_allowed = || Url::parse(&urn).is_ok_and(|url| self.http.allows(&url));
        (instance.is_some() || address::is_at_an_instance(&urn) || is_allowed()).then_some(urn)
    }

    /// The way to the instance of a connected account.
    fn way(&self, instance: Option<&str>) -> Result<(Client, Url), Obstacle> {
        let again = |detail: &str| Obstacle::Unreachable { detail: detail.to_owned() };
        let instance = instance.and_then(|name| Instance::parse(name).ok());
        let base = instance.ok_or_else(|| again("the account has no instance"))?.url(&self.http);
        let client = self.http.api_at(&base).map_err(|failure| again(&failure.to_string()))?;
        Ok((client, base))
    }
}
