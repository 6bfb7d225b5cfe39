//! What another definition would change for a feed, told on the feed's last document. Pure.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use klaroen_feed::Field;
use serde::Serialize;
use utoipa::ToSchema;

use crate::feed::{FeedName, entry::Entry, shape::Shape};

/// Items that are shown.
const SHOWN: usize = 50;
/// Characters of a value.
const EXCERPT: usize = 300;

/// What another definition would change for one feed. Nothing is saved.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Trial {
    /// The feed.
    pub feed: FeedName,
    /// When its last document was fetched; null: there is none yet, so nothing can be tried.
    pub fetched_at: Option<DateTime<Utc>>,
    /// Items that the definition in use finds.
    pub items_before: usize,
    /// Items that the other one finds.
    pub items_after: usize,
    /// Items of which a field changes.
    pub changed: usize,
    /// Live posts, which colleagues see now, whose title, text, link or picture follow.
    pub live_posts: usize,
    /// Fields that all items have now and none would have.
    pub lost: Vec<Field>,
    /// The first 50 items of which a field changes.
    pub rows: Vec<ItemChange>,
    /// Why the document cannot be read with the other definition.
    pub fault: Option<String>,
}

/// What changes of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemChange {
    /// As it is called now.
    pub title: Option<String>,
    /// The fields that change.
    pub changes: Vec<ValueChange>,
}

/// What changes of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ValueChange {
    /// The field.
    pub field: Field,
    /// Its value now, at most 300 characters.
    pub before: Option<String>,
    /// Its value with the other definition.
    pub after: Option<String>,
}

impl Trial {
    /// Of a feed without a document.
    pub(crate) fn without_document(feed: FeedName) -> Self {
        Self {
            feed,
            fetched_at: None,
            items_before: 0,
            items_after: 0,
            changed: 0,
            live_posts: 0,
            lost: vec![],
            rows: vec![],
            fault: None,
        }
    }

    /// Compares the items that the definition in use finds with those of another one.
    pub(crate) fn of(feed: FeedName, fetched_at: DateTime<Utc>, before: &[Entry], after: &[Entry]) -> Self {
        let known: HashMap<usize, &Entry> = before.iter().map(|entry| (entry.place, entry)).collect();
        let pairs = after.iter().filter_map(|after| Some((*known.get(&after.place)?, after)));
        let mut rows: Vec<ItemChange> = pairs.filter_map(|(before, after)| change(before, after)).collect();
        let changed = rows.len();
        rows.truncate(SHOWN);
        Self {
            fetched_at: Some(fetched_at),
            items_before: before.len(),
            items_after: after.len(),
            changed,
            lost: Shape::of(before).lost(after),
            rows,
            ..Self::without_document(feed)
        }
    }

    /// Whether the feed would lose items, a field that was full, or everything.
    pub(crate) fn loses(&self) -> bool {
        self.fault.is_some() || !self.lost.is_empty() || self.items_after < self.items_before
    }
}

fn change(before: &Entry, after: &Entry) -> Option<ItemChange> {
    let fields = Field::ALL.into_iter().filter(|field| before.value(*field) != after.value(*field));
    let excerpt = |entry: &Entry, field| entry.value(field).map(|value| value.chars().take(EXCERPT).collect());
    let changes: Vec<ValueChange> = fields
        .map(|field| ValueChange { field, before: excerpt(before, field), after: excerpt(after, field) })
        .collect();
    let title = excerpt(before, Field::Title).or_else(|| excerpt(after, Field::Title));
    (!changes.is_empty()).then_some(ItemChange { title, changes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::FeedId;

    fn entry(place: usize, title: &str, image: Option<&str>) -> Entry {
        Entry { title: Some(title.to_owned()), image: image.map(str::to_owned), place, ..Entry::default() }
    }

    fn trial(before: &[Entry], after: &[Entry]) -> Trial {
        let feed = FeedName { id: FeedId::new(), title: "Feed".to_owned() };
        Trial::of(feed, "2026-11-23T08:00:00Z".parse().unwrap(), before, after)
    }

    #[test]
    fn items_are_compared_element_by_element() {
        let picture = Some("https://news.example/p.jpg");
        let before = [entry(1, "a", picture), entry(2, "b", picture)];
        let same = trial(&before, &before);
        assert_eq!((same.changed, same.loses()), (0, false));
        let after = [entry(2, "b!", picture), entry(3, "c", picture), entry(1, "a", picture)];
        let more = trial(&before, &after);
        assert_eq!((more.items_before, more.items_after, more.changed, more.loses()), (2, 3, 1, false));
        let owned = |text: &str| Some(text.to_owned());
        let change = ValueChange { field: Field::Title, before: owned("b"), after: owned("b!") };
        assert_eq!(more.rows, [ItemChange { title: owned("b"), changes: vec![change] }]);
    }

    #[test]
    fn fewer_items_a_lost_field_and_a_fault_are_losses() {
        let picture = Some("https://news.example/p.jpg");
        let before = [entry(1, "a", picture), entry(2, "b", picture)];
        assert!(trial(&before, &before[..1]).loses());
        let bare = trial(&before, &[entry(1, "a", None), entry(2, "b", None)]);
        assert_eq!((bare.lost.as_slice(), bare.loses()), (&[Field::Image][..], true));
        assert!(!trial(&before, &[entry(1, "a", None), entry(2, "b", picture)]).loses());
        assert!(Trial { fault: Some("No.".to_owned()), ..trial(&before, &before) }.loses());
    }

    #[test]
    fn a_long_value_is_cut_and_fifty_items_are_shown() {
        let many = |title: &str| (0..60).map(|place| entry(place, title, None)).collect::<Vec<_>>();
        let trial = trial(&many("a"), &many(&"b".repeat(400)));
        assert_eq!((trial.changed, trial.rows.len()), (60, 50));
        assert_eq!(trial.rows[0].changes[0].after.as_ref().unwrap().len(), 300);
    }
}
