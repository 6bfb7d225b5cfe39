//! An entry as the card it would become, and what a filter says of it: as if all items were new.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use klaroen_feed::filter::{Because, Filter, Outcome, Verdict};
use serde::Serialize;
use url::form_urlencoded;
use utoipa::ToSchema;

use super::{entry::Entry, filter};
use crate::item::{Item, Obstacle};

/// Characters of a value on a card.
const EXCERPT: usize = 300;

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
    /// Line of the document on which the item begins.
    pub line: u32,
    /// Plain text, like all values at most 300 characters.
    pub title: Option<String>,
    /// At the publisher.
    pub link: Option<String>,
    /// Plain text.
    pub text: Option<String>,
    /// Its picture, on our own origin.
    pub image: Option<String>,
    /// As the publisher says.
    pub published: Option<DateTime<Utc>>,
    /// As the publisher says.
    pub author: Option<String>,
    /// As the publisher says.
    pub categories: Vec<String>,
    /// Why no post can be made of it; null: it can be offered.
    pub obstacle: Option<Obstacle>,
    /// What the filter of the request says of it.
    pub verdict: CardVerdict,
}

impl Card {
    /// The card of an entry.
    pub(crate) fn new(entry: Entry, line: u32, verdict: Verdict) -> Self {
        let cut = |text: String| text.chars().take(EXCERPT).collect::<String>();
        Self {
            key: entry.identity,
            line,
            title: entry.title.map(cut),
            obstacle: Item::obstacle(entry.link.as_deref()),
            link: entry.link,
            text: entry.text.map(cut),
            image: entry.image.as_deref().map(picture_path),
            published: entry.published,
            author: entry.author.map(cut),
            categories: entry.categories.into_iter().map(cut).collect(),
            verdict: CardVerdict { action: verdict.outcome, because: verdict.because },
        }
    }
}

impl FilterCounts {
    /// Counts what becomes of items.
    pub(crate) fn of(verdicts: &[Verdict]) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            match verdict.outcome {
                Outcome::Keep => counts.pass += 1,
                Outcome::Drop => counts.dropped += 1,
                Outcome::Hold => counts.held += 1,
            }
        }
        counts
    }
}

/// What the filter says of each entry, in the order of the document: a poll would ask the oldest first.
pub(crate) fn sift(filter: &Filter, entries: &[Entry], now: DateTime<Utc>, titles: BTreeSet<String>) -> Vec<Verdict> {
    let mut order: Vec<usize> = (0..entries.len()).rev().collect();
    order.sort_by_key(|place| entries[*place].published);
    let oldest_first: Vec<&Entry> = order.iter().map(|place| &entries[*place]).collect();
    let asked = filter::sift(filter, &oldest_first, now, titles);
    let mut verdicts = vec![Verdict::default(); entries.len()];
    for (place, verdict) in order.into_iter().zip(asked) {
        verdicts[place] = verdict;
    }
    verdicts
}

/// Where a publisher's picture can be seen on our own origin.
#[must_use]
pub fn picture_path(address: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("address", address).finish();
    format!("/api/pictures/preview?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_shown_from_our_own_origin() {
        assert_eq!(
            picture_path("https://cdn.example/a b.jpg?x=1&y=2"),
            "/api/pictures/preview?address=https%3A%2F%2Fcdn.example%2Fa+b.jpg%3Fx%3D1%26y%3D2"
        );
    }
}
