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
use crate::config::Config;

/// The collection of posts.
const POST: &str = "app.bsky.feed.post";

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Bluesky {
    http: Client,
    service: Url,
    site: Url,
    origin: String,
}

impl Bluesky {
    /// A client for the configured server.
    #[must_use]
    pub fn new(config: &Config, http: Client) -> Self {
        let (service, site) = (config.bluesky_url.clone(), config.bluesky_site.clone());
        Self { http, service, site, origin: config.origin() }
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
