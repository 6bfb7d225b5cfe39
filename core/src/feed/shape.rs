//! The shape of a feed: which fields all of its items have. When a field that all had is gone from all, the publisher
//! changed something, and what the feed says now is no news but rubbish: an alarm instead of posts. Pure.

use std::collections::BTreeSet;

use klaroen_feed::Field;
use serde::{Deserialize, Serialize};

use super::{Stage, Trouble, entry::Entry};

/// One item alone says nothing about a feed.
const FEWEST: usize = 2;

/// The name of the alarm.
pub(super) const ALARM: &str = "feed.shape";

/// What all items of a feed have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// How many there were.
    items: usize,
    /// Fields that each of them had.
    full: BTreeSet<Field>,
    /// Fields that an alarm is about.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    lost: BTreeSet<Field>,
}

impl Shape {
    /// The shape of these items.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let is_full = |field: &Field| entries.iter().all(|entry| entry.value(*field).is_some());
        let full = Field::ALL.into_iter().filter(is_full).collect();
        Self { items: entries.len(), full, lost: BTreeSet::new() }
    }

    /// A stored shape; one that cannot be read is forgotten.
    pub(super) fn of_stored(stored: Option<&str>) -> Option<Self> {
        serde_json::from_str(stored?).ok()
    }

    /// As it is stored.
    pub(super) fn to_stored(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// The fields that all items had and none has now; none when there are no items.
    #[must_use]
    pub fn lost(&self, now: &[Entry]) -> Vec<Field> {
        if self.items < FEWEST || now.is_empty() {
            return vec![];
        }
        let is_empty = |field: &Field| now.iter().all(|entry| entry.value(*field).is_none());
        self.full.iter().copied().filter(is_empty).collect()
    }

    /// The alarm that these items are, if they are one, and the shape to remember it by.
    pub(super) fn alarm(&self, now: &[Entry]) -> Option<(Trouble, Self)> {
        let lost = self.lost(now);
        let before = self.items;
        let what = match lost.as_slice() {
            [] if now.is_empty() && before >= FEWEST => format!("there are no items; before, there were {before}"),
            [] => return None,
            [field] => format!("no item has {}; before, all {before} had one", with_article(*field)),
            fields => {
                let names: Vec<_> = fields.iter().map(|field| with_article(*field)).collect();
                format!("no item has {}; before, all {before} had", names.join(" or "))
            }
        };
        let message =
            format!("Since this poll {what}. Nothing was posted. Mend the mapping, or say that it is meant so.");
        let lost = lost.into_iter().collect();
        Some((Trouble::new(Stage::Map, ALARM, message), Self { lost, ..self.clone() }))
    }

    /// The shape after somebody said that it is meant so.
    #[must_use]
    pub fn accepted(self) -> Self {
        if self.lost.is_empty() {
            Self::default()
        } else {
            Self { full: &self.full - &self.lost, lost: BTreeSet::new(), ..self }
        }
    }
}

fn with_article(field: Field) -> &'static str {
    match field {
        Field::Guid => "a guid",
        Field::Title => "a title",
        Field::Link => "a link",
        Field::Text => "a text",
        Field::Image => "a picture",
        Field::Published => "a date",
        Field::Author => "an author",
        Field::Categories => "a category",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, image: Option<&str>) -> Entry {
        let owned = |text: &str| Some(text.to_owned());
        Entry {
            title: owned(title),
            link: owned("https://news.example/"),
            image: image.and_then(owned),
            ..Entry::default()
        }
    }

    fn full(items: usize) -> Vec<Entry> {
        vec![entry("a", Some("https://news.example/a.jpg")); items]
    }

    fn words(before: &[Entry], now: &[Entry]) -> Option<String> {
        Shape::of(before).alarm(now).map(|(trouble, _)| trouble.message.split_once(". ").unwrap().0.to_owned())
    }

    #[test]
    fn what_all_had_and_none_has_is_an_alarm() {
        let bare = [entry("a", None), entry("b", None)];
        let nothing = [Entry::default()];
        let mixed = [entry("a", None), entry("b", Some("https://news.example/b.jpg"))];
        for (before, now, alarm) in [
            (full(3), &bare[..], Some("Since this poll no item has a picture; before, all 3 had one")),
            (full(2), &nothing, Some("Since this poll no item has a title or a link or a picture; before, all 2 had")),
            (full(2), &[], Some("Since this poll there are no items; before, there were 2")),
            (full(3), &mixed, None),
            (mixed.to_vec(), &bare, None),
            (full(1), &bare, None),
            (full(1), &[], None),
            (bare.to_vec(), &bare, None),
            (vec![], &bare, None),
        ] {
            assert_eq!(words(&before, now).as_deref(), alarm, "{before:?} {now:?}");
        }
    }

    #[test]
    fn what_is_meant_so_is_not_asked_for_any_more_and_the_rest_is() {
        let bare = [entry("a", None)];
        let (_, remembered) = Shape::of(&full(3)).alarm(&bare).unwrap();
        let stored = Shape::of_stored(remembered.to_stored().as_deref()).unwrap();
        assert_eq!(stored.lost(&bare), [Field::Image], "until somebody says so");
        let accepted = stored.accepted();
        assert_eq!(accepted.lost(&bare), []);
        assert_eq!(accepted.lost(&[Entry::default()]), [Field::Title, Field::Link]);
        let (_, empty) = accepted.alarm(&[]).unwrap();
        assert_eq!(empty.accepted(), Shape::default());
    }
}
