//! The one guarded way out: every request to an address that a person typed goes through here.
//! Addresses inside the house are refused, redirects are followed by hand and checked again,
//! and an answer may cost neither more time nor more memory than its caps say.

mod address;
mod body;
mod client;
mod failure;
mod resolve;
pub mod transport;
mod turns;

use std::{sync::Arc, time::Duration};

use reqwest::{
    StatusCode,
    header::{
        ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LINK,
        LOCATION, RETRY_AFTER,
    },
};
use tokio::time::{Instant, timeout};
use url::Url;

pub use self::{
    address::{check, is_public},
    failure::Failure,
};
use self::{client::Clients, resolve::Guarded, turns::Turns};
use crate::config::Config;

/// Largest feed or web page, in bytes after unpacking.
pub const FEED_CAP: usize = 8 << 20;
/// Largest picture, in bytes.
pub const PICTURE_CAP: usize = 5 << 20;

const FIRST_BYTE: Duration = Duration::from_secs(10);
const TOTAL: Duration = Duration::from_secs(20);
const REDIRECTS: usize = 5;

/// The guarded client. Cheap to clone; all clones share its limits on simultaneous requests.
#[derive(Clone)]
pub struct Http {
    clients: Arc<Clients>,
    config: Arc<Config>,
    turns: Arc<Turns>,
}

/// What to fetch. Validators are those of an earlier answer, byte for byte.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where.
    pub url: Url,
    /// What the caller can read, as in `image/*`.
    pub accept: &'static str,
    /// Most bytes to take, after unpacking.
    pub cap: usize,
    /// Answer only if it changed from this.
    pub etag: Option<String>,
    /// Answer only if it changed since this.
    pub last_modified: Option<String>,
}

/// An answer. Its body is only read for status 200.
#[derive(Debug)]
pub struct Response {
    /// Of the last hop; any status but a redirect.
    pub status: StatusCode,
    /// Address of the last hop.
    pub url: Url,
    /// Where it moved for good: set when every hop was permanent.
    pub moved: Option<Url>,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
    /// The Content-Type header.
    pub content_type: Option<String>,
    /// The Link headers, joined by commas.
    pub link: Option<String>,
    /// Validator for the next request.
    pub etag: Option<String>,
    /// Validator for the next request.
    pub last_modified: Option<String>,
    /// The Retry-After header: seconds or a date.
    pub retry_after: Option<String>,
}

impl Response {
    /// The charset of a header such as `text/xml; charset=utf-8`.
    #[must_use]
    pub fn charset(&self) -> Option<&str> {
        let parameters = self.content_type.as_deref()?.split(';').skip(1);
        let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
        let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
        Some(value.trim().trim_matches('"'))
    }
}

impl Request {
    /// Asks for `url` without validators.
    #[must_use]
    pub fn get(url: Url, accept: &'static str, cap: usize) -> Self {
        Self { url, accept, cap, etag: None, last_modified: None }
    }
}

impl Http {
    /// A client that knows which hosts the operator allowed.
    ///
    /// # Errors
    /// When TLS cannot be set up (no certificate authorities on this machine).
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        Self::with_resolver(config, Guarded::system())
    }

    fn with_resolver(config: &Config, resolver: Guarded) -> anyhow::Result<Self> {
        let clients = Clients::new(&config.origin(), resolver)?;
        Ok(Self { clients: Arc::new(clients), config: Arc::new(config.clone()), turns: Arc::default() })
    }

    /// The client for a network's API, at an address that the operator configured: it neither follows redirects,
    /// keeps connections nor repeats anything, so that one call is at most one request.
    #[must_use]
    pub fn api(&self) -> reqwest::Client {
        self.clients.api.clone()
    }

    /// The same for an API at a host that a person typed: its names resolve to public addresses only, unless the
    /// operator allowed that host.
    ///
    /// # Errors
    /// `Failure::Address` or `Failure::Forbidden`.
    pub fn api_at(&self, url: &Url) -> Result<reqwest::Client, Failure> {
        self.check(url)?;
        Ok(if self.allows(url) { self.clients.api.clone() } else { self.clients.guarded_api.clone() })
    }

    /// Refuses an address that may not be asked.
    ///
    /// # Errors
    /// `Failure::Address` or `Failure::Forbidden`.
    pub fn check(&self, url: &Url) -> Result<(), Failure> {
        check(url, self.config.allows(url))
    }

    /// True when the operator named this exact host and port.
    #[must_use]
    pub fn allows(&self, url: &Url) -> bool {
        self.config.allows(url)
    }

    /// Fetches, following up to five redirects; each hop is checked like the first.
    ///
    /// # Errors
    /// Why there is no answer; an answer with an unpleasant status is an answer.
    pub async fn fetch(&self, request: &Request) -> Result<Response, Failure> {
        let mut url = request.url.clone();
        let mut all_permanent = true;
        let mut left = TOTAL;
        for hop in 0..=REDIRECTS {
            self.check(&url)?;
            let _turn = self.turns.take(&url).await;
            let started = Instant::now();
            let answer = timeout(left, self.hop(&url, request)).await.map_err(|_| Failure::TooSlow)??;
            left = left.saturating_sub(started.elapsed());
            match answer {
                Hop::Answer(mut response) => {
                    response.moved = (hop > 0 && all_permanent).then(|| url.clone());
                    return Ok(*response);
                }
                Hop::Redirect { to, permanent } => {
                    all_permanent &= permanent;
                    url = to;
                }
            }
        }
        Err(Failure::Redirects)
    }

    async fn hop(&self, url: &Url, request: &Request) -> Result<Hop, Failure> {
        let mut call = self.clients.for_address(self.allows(url)).get(url.clone()).header(ACCEPT, request.accept);
        if let Some(etag) = &request.etag {
            call = call.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &request.last_modified {
            call = call.header(IF_MODIFIED_SINCE, date);
        }
        let answer = timeout(FIRST_BYTE, call.send()).await.map_err(|_| Failure::TooSlow)??;
        let header = |name: HeaderName| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let status = answer.status();
        if matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            let to = header(LOCATION).and_then(|location| url.join(&location).ok()).ok_or(Failure::Redirects)?;
            return Ok(Hop::Redirect { to, permanent: matches!(status.as_u16(), 301 | 308) });
        }
        let mut response = Response {
            status,
            url: url.clone(),
            moved: None,
            bytes: vec![],
            content_type: header(CONTENT_TYPE),
            link: links(answer.headers()),
            etag: header(ETAG),
            last_modified: header(LAST_MODIFIED),
            retry_after: header(RETRY_AFTER),
        };
        if status == StatusCode::OK {
            response.bytes = body::read(answer, request.cap).await?;
        }
        Ok(Hop::Answer(Box::new(response)))
    }
}

fn links(headers: &HeaderMap) -> Option<String> {
    let links: Vec<&str> = headers.get_all(LINK).iter().filter_map(|link| link.to_str().ok()).collect();
    (!links.is_empty()).then(|| links.join(", "))
}

enum Hop {
    Answer(Box<Response>),
    Redirect { to: Url, permanent: bool },
}

#[cfg(test)]
mod tests;
