//! From bytes to entries, outside the async threads: reading a feed is all processor time.

use klaroen_feed::{Detected, Document, Limits, ReadError, builtin, discover, identity::canonical_link};
use serde::Serialize;
use tokio::{sync::Semaphore, task::spawn_blocking};
use url::Url;
use utoipa::ToSchema;

use super::{Stage, Trouble, decide::Entry};
use crate::http::Response;

/// Documents that are read at the same time: reading more would only take memory.
static READING: Semaphore = Semaphore::const_new(2);

/// Longest address that is kept, in bytes; PostgreSQL's indexes take no more than 2,700.
const LONGEST: usize = 2000;

/// A document as it was read.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) title: Option<String>,
    pub(super) definition: String,
    pub(super) reasons: Vec<String>,
    pub(super) repairs: Vec<Repair>,
    pub(super) entries: Vec<Entry>,
}

/// Something that had to be mended to read a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Repair {
    line: Option<u32>,
    /// A sentence.
    what: String,
}

/// A feed that a web page names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OtherFeed {
    /// Of the feed.
    pub address: String,
    /// As the page calls it.
    pub title: String,
}

/// Reads an answer with the definition of that name, or the one that fits.
pub(super) async fn read(answer: Response, definition: Option<String>) -> Result<Parsed, Trouble> {
    let _turn = READING.acquire().await;
    let read = spawn_blocking(move || parse(answer, definition.as_deref())).await;
    match read {
        Ok(read) => read,
        Err(_) => Err(Trouble::new(Stage::Read, "feed.broken", "This document cannot be read. It was logged.")),
    }
}

fn parse(answer: Response, definition: Option<&str>) -> Result<Parsed, Trouble> {
    let limits = Limits::default();
    let charset = answer.charset().map(ToOwned::to_owned);
    // Only somebody who looks for a feed needs the page again that turned out to be none.
    let page = definition.is_none().then(|| answer.bytes.clone());
    let document = match Document::new(answer.bytes, charset.as_deref(), Some(answer.url.clone()), &limits) {
        Err(error @ ReadError::WebPage { .. }) => {
            let feeds = page.map(|page| named_feeds(&String::from_utf8_lossy(&page), &answer.url));
            return Err(Trouble { feeds, ..error.into() });
        }
        document => document?,
    };
    let Detected { definition, reasons } = match definition {
        Some(name) => Detected { definition: builtin::named(name)?.clone(), reasons: vec![] },
        None => klaroen_feed::detect(&document)?,
    };
    let reading = klaroen_feed::read(&document, &definition, &limits)?;
    Ok(Parsed {
        title: reading.feed_title.filter(|title| !title.trim().is_empty()),
        definition: definition.name,
        reasons,
        repairs: reading.repairs.iter().map(Into::into).collect(),
        entries: reading.items.into_iter().map(Into::into).collect(),
    })
}

/// The feed behind an address that is no feed but leads to one by rule, such as that of a YouTube channel.
pub(super) fn feed_address(url: Url) -> Url {
    match discover::youtube(&url) {
        Some(discover::YouTube::Feed(feed)) => feed,
        Some(discover::YouTube::Page(_)) | None => url,
    }
}

/// The feeds that a page names; the page of a YouTube channel or video means that channel.
fn named_feeds(page: &str, address: &Url) -> Vec<OtherFeed> {
    if discover::youtube(address).is_some()
        && let Some(channel) = discover::youtube_channel_in_page(page, address)
    {
        return vec![OtherFeed { address: channel.into(), title: "YouTube".to_owned() }];
    }
    let named = discover::in_page(page, Some(address)).into_iter();
    named
        .map(|feed| OtherFeed {
            title: feed.title.unwrap_or_else(|| feed.address.to_string()),
            address: feed.address.into(),
        })
        .collect()
}

impl From<&klaroen_feed::Repair> for Repair {
    fn from(repair: &klaroen_feed::Repair) -> Self {
        let what = repair.to_string();
        let what = what.split_once(": ").map_or(what.clone(), |(_, what)| what.to_owned());
        Self { line: Some(repair.line), what }
    }
}

impl From<klaroen_feed::Item> for Entry {
    fn from(item: klaroen_feed::Item) -> Self {
        let short = |address: &String| address.len() <= LONGEST;
        Self {
            content_hash: item.content_hash().into_bytes(),
            canonical_link: item.link.as_deref().map(canonical_link).filter(short),
            identity: item.identity.key,
            aliases: item.identity.aliases,
            guid: item.guid,
            title: item.title,
            link: item.link.filter(short),
            text: item.text,
            image: item.image.filter(short),
            published: item.published,
            author: item.author,
            categories: item.categories,
        }
    }
}
