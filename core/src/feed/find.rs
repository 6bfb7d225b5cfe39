//! From what somebody pasted to a document with items: the address of a feed, or of a page that names one or more.

use std::time::Duration;

use klaroen_feed::{
    ReadError, detect,
    discover::{self, Candidate},
    opml::{self, OpmlFeed},
};
use reqwest::StatusCode;
use serde::Serialize;
use tokio::time::timeout;
use url::Url;
use utoipa::ToSchema;

use super::{Trouble, read::in_turn};
use crate::{
    App, Error, Result,
    document::Fetched,
    http::{FEED_CAP, Failure, Request, Response},
};

/// What a feed may be; the rest is taken too, because many servers mislabel.
pub(super) const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1";
/// Longest address that is kept, in bytes.
const LONGEST: usize = 2000;
/// Usual places that are tried when a page names no feed.
const GUESSES: usize = 10;
/// The person waits, and the server answers within 30 seconds.
const PATIENCE: Duration = Duration::from_secs(25);

/// A feed that a web page, or a list of feeds, names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OtherFeed {
    /// Of the feed.
    pub address: String,
    /// As the page calls it.
    pub title: String,
}

/// What stands at an address.
#[derive(Debug)]
pub enum Finding {
    /// A document.
    Document(Fetched),
    /// Several feeds, named by a web page or a list.
    Choice(Vec<OtherFeed>),
}

/// Fetches what somebody pasted.
///
/// # Errors
/// A sentence that says what to do.
pub async fn find(app: &App, typed: &str) -> Result<Finding> {
    let found = timeout(PATIENCE, search(app, parse_address(typed)?)).await;
    found.unwrap_or_else(|_| Err(Trouble::from(Failure::TooSlow))).map_err(Into::into)
}

/// What stands at one address.
enum Look {
    /// A document with items, or with nothing that anybody knows.
    Document(Fetched),
    /// A list of feeds.
    List(Vec<OtherFeed>),
    /// A web page: the feeds that it names, where it may have one nevertheless, and the trouble that it is none itself.
    Page { feeds: Vec<OtherFeed>, guesses: Vec<Url>, trouble: Trouble },
}

async fn search(app: &App, url: Url) -> Result<Finding, Trouble> {
    let (feeds, guesses, trouble) = match look(app, url).await? {
        Look::Document(document) => return Ok(Finding::Document(document)),
        Look::List(feeds) => (feeds, vec![], None),
        Look::Page { feeds, guesses, trouble } => (feeds, guesses, Some(trouble)),
    };
    match (feeds.as_slice(), trouble) {
        ([one], _) => match look(app, Url::parse(&one.address).map_err(|_| Failure::Address)?).await? {
            Look::Document(document) => Ok(Finding::Document(document)),
            Look::List(feeds) => Ok(Finding::Choice(feeds)),
            Look::Page { trouble, .. } => Err(trouble),
        },
        ([], Some(trouble)) => guess(app, guesses).await.map(Finding::Document).ok_or(trouble),
        _ => Ok(Finding::Choice(feeds)),
    }
}

/// A page that names no feed may still have one where most sites have theirs.
async fn guess(app: &App, guesses: Vec<Url>) -> Option<Fetched> {
    for url in guesses.into_iter().take(GUESSES) {
        if let Ok(Look::Document(document)) = look(app, url).await {
            let known = document.clone();
            if in_turn(move || known.open().is_ok_and(|text| detect(&text).is_ok())).await.ok()? {
                return Some(document);
            }
        }
    }
    None
}

async fn look(app: &App, url: Url) -> Result<Look, Trouble> {
    let answer = accept(app.http.fetch(&Request::get(url.clone(), ACCEPT, FEED_CAP)).await?)?;
    let address = String::from(answer.moved.clone().unwrap_or(url));
    let link = answer.link.clone().unwrap_or_default();
    let document = Fetched::new(address, answer);
    in_turn(move || match document.open() {
        Ok(text) if text.root().eq_ignore_ascii_case("opml") => {
            let feeds = opml::parse(text.text())?;
            Ok(Look::List(feeds.into_iter().map(Into::into).collect()))
        }
        Ok(_) => Ok(Look::Document(document)),
        Err(error @ ReadError::WebPage { .. }) => {
            let (page, at) = (String::from_utf8_lossy(&document.bytes), &document.final_address);
            let feeds = named_feeds(&page, &link, at);
            Ok(Look::Page { feeds, guesses: discover::guesses(&page, at), trouble: error.into() })
        }
        Err(error) => Err(error.into()),
    })
    .await?
}

/// Only a 200 has a document in it.
pub(super) fn accept(answer: Response) -> Result<Response, Trouble> {
    match answer.status {
        StatusCode::OK if answer.bytes.is_empty() => Err(ReadError::Empty.into()),
        StatusCode::OK => Ok(answer),
        status => Err(Trouble::of_status(status, answer.retry_after)),
    }
}

/// What people paste: with or without `https://`, sometimes with `feed:` in front.
pub(super) fn parse_address(typed: &str) -> Result<Url> {
    let typed = typed.trim();
    let typed = typed.strip_prefix("feed:").map_or(typed, |rest| rest.trim_start_matches("//"));
    let has_scheme = typed.contains("://");
    let url = Url::parse(&if has_scheme { typed.to_owned() } else { format!("https://{typed}") }).ok();
    let url = url.filter(|url| typed.len() <= LONGEST && url.host_str().is_some_and(|host| !host.is_empty()));
    url.map(feed_address).ok_or_else(|| {
        Error::invalid(
            "/address",
            "feed.address",
            "Paste the address of a feed or a web page, as https://example.com/news.",
        )
    })
}

/// The feed behind an address that is no feed but leads to one by rule, such as that of a YouTube channel.
fn feed_address(url: Url) -> Url {
    match discover::youtube(&url) {
        Some(discover::YouTube::Feed(feed)) => feed,
        Some(discover::YouTube::Page(_)) | None => url,
    }
}

/// The feeds that a page names, in itself or in the header of the answer; the page of a YouTube channel or video means
/// that channel.
fn named_feeds(page: &str, link: &str, address: &Url) -> Vec<OtherFeed> {
    if discover::youtube(address).is_some()
        && let Some(channel) = discover::youtube_channel_in_page(page, address)
    {
        return vec![OtherFeed { address: channel.into(), title: "YouTube".to_owned() }];
    }
    let mut named = discover::in_page(page, Some(address));
    for feed in discover::in_link_header(link, address) {
        if !named.iter().any(|known| known.address == feed.address) {
            named.push(feed);
        }
    }
    named.into_iter().map(Into::into).collect()
}

impl From<Candidate> for OtherFeed {
    fn from(feed: Candidate) -> Self {
        Self { title: feed.title.unwrap_or_else(|| feed.address.to_string()), address: feed.address.into() }
    }
}

impl From<OpmlFeed> for OtherFeed {
    fn from(feed: OpmlFeed) -> Self {
        Self { address: feed.address, title: feed.title }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_paste_becomes_an_address() {
        for (typed, address) in [
            ("https://example.com/feed", "https://example.com/feed"),
            ("  example.com/feed  ", "https://example.com/feed"),
            ("feed:https://example.com/feed", "https://example.com/feed"),
            ("feed://example.com/feed", "https://example.com/feed"),
            ("http://example.com", "http://example.com/"),
        ] {
            assert_eq!(parse_address(typed).unwrap().as_str(), address, "{typed}");
        }
        let long = format!("https://example.com/{}", "x".repeat(2000));
        for typed in ["", "   ", "two words", "https://", "://", &long] {
            assert!(parse_address(typed).is_err(), "{typed}");
        }
    }
}
