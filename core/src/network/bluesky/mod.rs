//! The Bluesky client: a handle and an app password become a session, and posts go into the account's own repository.

pub mod address;
mod answer;
mod card;
mod record;
mod remove;
mod session;

use reqwest::{Client, RequestBuilder};
use url::Url;

pub(super) use self::record::is_of;
use super::{Obstacle, call::at};
use crate::{config::Config, http::transport::Transport};

/// The collection of posts.
const POST: &str = "app.bsky.feed.post";

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Bluesky {
    http: Client,
    transport: Transport,
    service: Url,
    site: Url,
    origin: String,
}

impl Bluesky {
    /// A client for the configured server.
    #[must_use]
    pub fn new(config: &Config, http: Client) -> Self {
        let (service, site) = (config.bluesky_url.clone(), config.bluesky_site.clone());
        Self { http, transport: Transport::Http, service, site, origin: config.origin() }
    }

    /// The same, with its calls going through a simulation.
    #[cfg(test)]
    pub(crate) fn through(self, carry: crate::http::transport::Simulated) -> Self {
        Self { transport: Transport::Simulated(carry), ..self }
    }

    /// Where people read posts in a browser.
    #[must_use]
    pub fn site(&self) -> &Url {
        &self.site
    }

    fn post(&self, method: &str) -> RequestBuilder {
        self.http.post(at(&self.service, &format!("/xrpc/{method}")))
    }

    fn get(&self, method: &str) -> RequestBuilder {
        self.http.get(at(&self.service, &format!("/xrpc/{method}")))
    }
}

fn again(detail: &str) -> Obstacle {
    Obstacle::Unreachable { detail: detail.to_owned() }
}
