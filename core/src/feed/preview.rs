//! What an address would become, before anything is stored: the feed that was found, the definition that fits and
//! why, what had to be mended, and the items as cards.

use std::time::Duration;

use chrono::{DateTime, Utc};
use klaroen_feed::{
    discover,
    filter::{Because, Filter, Outcome, Verdict},
};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::{task::spawn_blocking, time::timeout};
use url::{Url, form_urlencoded};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Feed, Trouble,
    decide::Entry,
    filter,
    poll::{ACCEPT, accept},
    read::{self, OtherFeed, Parsed, Repair},
};
use crate::{
    App, Error, Result,
    http::{FEED_CAP, Failure, Request},
    id::FeedId,
};

/// Cards of a preview; a feed may have more items.
const CARDS: usize = 100;
/// Characters of a card's text.
const TEXT: usize = 1000;
/// Longest address that is kept, in bytes.
const LONGEST: usize = 2000;
/// Usual places that are tried when a page names no feed.
const GUESSES: usize = 4;
/// The person waits, and the server answers within 30 seconds.
const PATIENCE: Duration = Duration::from_secs(25);

/// A feed that was just fetched and read.
#[derive(Debug)]
pub struct Reading {
    /// What to poll.
    pub address: String,
    pub(super) title: String,
    pub(super) definition: String,
    pub(super) entries: Vec<Entry>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) body_hash: Vec<u8>,
    reasons: Vec<String>,
    repairs: Vec<Repair>,
}

impl Reading {
    /// Keys of its items, as in the feed.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.identity.as_str())
    }
}

/// What an address would become.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    /// Of the feed that was found.
    pub address: String,
    /// As the feed calls itself.
    pub title: String,
    /// Name of the definition that reads it; empty while there is a choice in `others`.
    pub definition: String,
    /// Why that definition.
    pub reasons: Vec<String>,
    /// What had to be mended to read it.
    pub repairs: Vec<Repair>,
    /// Its items, as in the feed; at most 100.
    pub items: Vec<Card>,
    /// What the filter does to all items of the feed.
    pub counts: FilterCounts,
    /// Feeds that a web page names, when there is more than one.
    pub others: Vec<OtherFeed>,
    /// The feed that polls this address already.
    pub already: Option<FeedId>,
}

/// What a filter does to a feed's items, as if all were new.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct FilterCounts {
    /// They become posts, as the feed says.
    pub pass: usize,
    /// They become nothing.
    pub dropped: usize,
    /// They wait for approval.
    pub held: usize,
}

/// What the filter says of a card.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CardVerdict {
    /// What would become of the item.
    pub action: Outcome,
    /// The rules that apply, in order; none when nothing does.
    pub because: Vec<Because>,
}

/// An item as the card it would become.
#[derive(Debug, Serialize, ToSchema)]
pub struct Card {
    /// Identity of the item; pass it in `offer` to make a post of it at once.
    pub key: String,
    /// Plain text.
    pub title: Option<String>,
    /// At the publisher.
    pub link: Option<String>,
    /// Plain text, at most 1,000 characters.
    pub text: Option<String>,
    /// Its picture, on our own origin.
    pub image: Option<String>,
    /// As the publisher says.
    pub published: Option<DateTime<Utc>>,
    /// As the publisher says.
    pub author: Option<String>,
    /// As the publisher says.
    pub categories: Vec<String>,
    /// What the filter of the request says of it.
    pub verdict: CardVerdict,
}

/// Reads what somebody pasted: the address of a feed, or of a page that names one or more.
///
/// # Errors
/// A sentence that says what to do.
pub async fn preview(app: &App, typed: &str, filter: Option<&Value>) -> Result<Preview> {
    let filter = filter.map_or_else(|| Ok(Filter::default()), filter::parse)?;
    match find(app, typed).await? {
        Ok(reading) => {
            let mut tx = app.db.snapshot().await?;
            let already = Feed::at(&mut tx, &reading.address).await?;
            // What this feed has already is what the preview is about.
            let titles = filter::recent_titles(&mut tx, already.unwrap_or(FeedId(Uuid::nil())), false).await?;
            let now = tx.now;
            drop(tx);
            let Reading { address, title, definition, reasons, repairs, entries, .. } = reading;
            let sift = move || {
                let verdicts = sift(&entries, |oldest_first| filter::sift(&filter, oldest_first, now, titles));
                (entries, verdicts)
            };
            let (entries, verdicts) = spawn_blocking(sift).await.map_err(Error::internal)?;
            let counts = count(&verdicts);
            let items = entries.into_iter().zip(verdicts).take(CARDS).map(Into::into).collect();
            Ok(Preview { address, title, definition, reasons, repairs, items, counts, others: vec![], already })
        }
        Err(others) => Ok(Preview {
            address: typed.trim().to_owned(),
            title: String::new(),
            definition: String::new(),
            reasons: vec![],
            repairs: vec![],
            items: vec![],
            counts: FilterCounts::default(),
            others,
            already: None,
        }),
    }
}

/// What the filter says of each entry, in the order of the document: a poll would ask the oldest first.
fn sift(entries: &[Entry], ask: impl FnOnce(&[&Entry]) -> Vec<Verdict>) -> Vec<Verdict> {
    let mut order: Vec<usize> = (0..entries.len()).rev().collect();
    order.sort_by_key(|place| entries[*place].published);
    let asked = ask(&order.iter().map(|place| &entries[*place]).collect::<Vec<_>>());
    let mut verdicts = vec![Verdict::default(); entries.len()];
    for (place, verdict) in order.into_iter().zip(asked) {
        verdicts[place] = verdict;
    }
    verdicts
}

fn count(verdicts: &[Verdict]) -> FilterCounts {
    let mut counts = FilterCounts::default();
    for verdict in verdicts {
        match verdict.outcome {
            Outcome::Keep => counts.pass += 1,
            Outcome::Drop => counts.dropped += 1,
            Outcome::Hold => counts.held += 1,
        }
    }
    counts
}

/// Reads the one feed at an address that a marketer wants to follow.
///
/// # Errors
/// As `preview`; `feed.not_a_feed` when there is a choice of feeds.
pub async fn reading(app: &App, typed: &str) -> Result<Reading> {
    find(app, typed).await?.map_err(|_| {
        Error::refused("feed.not_a_feed", "This is a web page that names several feeds. Choose one of them.")
    })
}

/// The feed at an address, or the choice of feeds that a web page gives.
async fn find(app: &App, typed: &str) -> Result<Result<Reading, Vec<OtherFeed>>> {
    let found = timeout(PATIENCE, search(app, parse_address(typed)?)).await;
    found.unwrap_or_else(|_| Err(Trouble::from(Failure::TooSlow))).map_err(Into::into)
}

async fn search(app: &App, url: Url) -> Result<Result<Reading, Vec<OtherFeed>>, Trouble> {
    let trouble = match look(app, url.clone()).await {
        Ok(reading) => return Ok(Ok(reading)),
        Err(trouble) => trouble,
    };
    match trouble.feeds.as_deref() {
        None => Err(trouble),
        Some([]) => guess(app, &url).await.map(Ok).ok_or(trouble),
        Some([one]) => Ok(Ok(look(app, Url::parse(&one.address).map_err(|_| Failure::Address)?).await?)),
        Some(several) => Ok(Err(several.to_vec())),
    }
}

/// A page that names no feed may still have one where most sites have theirs.
async fn guess(app: &App, page: &Url) -> Option<Reading> {
    for path in &discover::COMMON_PATHS[..GUESSES] {
        if let Ok(reading) = look(app, page.join(path).ok()?).await {
            return Some(reading);
        }
    }
    None
}

async fn look(app: &App, url: Url) -> Result<Reading, Trouble> {
    let answer = accept(app.http.fetch(&Request::get(url.clone(), ACCEPT, FEED_CAP)).await?)?;
    let body_hash = Sha256::digest(&answer.bytes).to_vec();
    let (etag, last_modified) = (answer.etag.clone(), answer.last_modified.clone());
    let address = String::from(answer.moved.clone().unwrap_or(url));
    let Parsed { title, definition, reasons, repairs, entries } = read::read(answer, None).await?;
    let title = title.unwrap_or_else(|| address.clone());
    Ok(Reading { address, title, definition, entries, etag, last_modified, body_hash, reasons, repairs })
}

/// What people paste: with or without `https://`, sometimes with `feed:` in front.
fn parse_address(typed: &str) -> Result<Url> {
    let typed = typed.trim();
    let typed = typed.strip_prefix("feed:").map_or(typed, |rest| rest.trim_start_matches("//"));
    let has_scheme = typed.contains("://");
    let url = Url::parse(&if has_scheme { typed.to_owned() } else { format!("https://{typed}") }).ok();
    let url = url.filter(|url| typed.len() <= LONGEST && url.host_str().is_some_and(|host| !host.is_empty()));
    url.map(read::feed_address).ok_or_else(|| {
        Error::invalid(
            "/address",
            "feed.address",
            "Paste the address of a feed or a web page, as https://example.com/news.",
        )
    })
}

impl From<(Entry, Verdict)> for Card {
    fn from((entry, verdict): (Entry, Verdict)) -> Self {
        Self {
            key: entry.identity,
            title: entry.title,
            link: entry.link,
            text: entry.text.map(|text| text.chars().take(TEXT).collect()),
            image: entry.image.as_deref().map(picture_path),
            published: entry.published,
            author: entry.author,
            categories: entry.categories,
            verdict: CardVerdict { action: verdict.outcome, because: verdict.because },
        }
    }
}

/// Where a publisher's picture can be seen on our own origin.
#[must_use]
pub fn picture_path(address: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("address", address).finish();
    format!("/api/feeds/preview/picture?{query}")
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

    #[test]
    fn a_picture_is_shown_from_our_own_origin() {
        assert_eq!(
            picture_path("https://cdn.example/a b.jpg?x=1&y=2"),
            "/api/feeds/preview/picture?address=https%3A%2F%2Fcdn.example%2Fa+b.jpg%3Fx%3D1%26y%3D2"
        );
    }
}
