//! What a poll means: which entries are new, which were edited, which are the same as before. Pure, so that the
//! rules against posting anything twice can be read and tested on their own.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};

use super::entry::Entry;
use crate::id::ItemId;

/// A blog may date an item back by a day or two; what is older than the baseline by more than this is an old item
/// that came back into the feed's window, not news.
const BACKDATING: Duration = Duration::days(2);

/// An item as an earlier poll stored it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Known {
    /// The item.
    pub id: ItemId,
    /// As stored.
    pub identity: String,
    /// As stored.
    pub canonical_link: Option<String>,
    /// As stored.
    pub content_hash: Vec<u8>,
}

/// What to do about one entry.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// Store it; with `news` it becomes a post as well.
    New {
        /// The entry.
        entry: &'a Entry,
        /// False: it was there before we looked, so nobody is told.
        news: bool,
    },
    /// The publisher changed it; the item and its post follow, nothing is shared again.
    Edited {
        /// The item.
        id: ItemId,
        /// What it says now.
        entry: &'a Entry,
    },
}

/// Compares a document with what is known of the feed. `baseline_at` is the first successful poll; `None` means that
/// this is it. What is not in the answer stays as it is. Oldest first, so that newer posts come out on top.
#[must_use]
pub fn decide<'a>(entries: &'a [Entry], known: &[Known], baseline_at: Option<DateTime<Utc>>) -> Vec<Verdict<'a>> {
    let recognised = recognise(entries, known).into_iter();
    let mut verdicts: Vec<Verdict> = recognised
        .filter_map(|(entry, item)| match item {
            Some(item) if item.content_hash == entry.content_hash && item.identity == entry.identity => None,
            Some(item) => Some(Verdict::Edited { id: item.id, entry }),
            None => Some(Verdict::New { entry, news: is_news(entry, baseline_at) }),
        })
        .collect();
    verdicts.reverse();
    verdicts.sort_by_key(|verdict| match verdict {
        Verdict::New { entry, .. } | Verdict::Edited { entry, .. } => entry.published,
    });
    verdicts
}

/// The entries of a document, each once, with the item as which it is known, if it is.
pub(super) fn recognise<'a, 'k>(entries: &'a [Entry], known: &'k [Known]) -> Vec<(&'a Entry, Option<&'k Known>)> {
    let by_identity: HashMap<&str, &Known> = known.iter().map(|item| (item.identity.as_str(), item)).collect();
    let mut entries: Vec<&Entry> = entries.iter().collect();
    let (mut seen, mut said) = (HashSet::new(), HashSet::new());
    entries.retain(|entry| seen.insert(&entry.identity));
    // The same twice, whatever it is called.
    entries.retain(|entry| said.insert((&entry.canonical_link, &entry.content_hash, entry.published)));
    // A feed may point all its items to one page: a link only identifies when one known item and one entry have it.
    let still_there: HashSet<ItemId> =
        entries.iter().filter_map(|entry| by_identity.get(entry.identity.as_str())).map(|item| item.id).collect();
    let mut by_link = unique_by(known.iter(), |item| item.canonical_link.as_deref());
    by_link.retain(|_, item| !still_there.contains(&item.id));
    let entry_links = unique_by(entries.iter(), |entry| entry.canonical_link.as_deref());

    let item = |entry: &Entry| {
        let link = entry.canonical_link.as_deref().filter(|link| entry_links.contains_key(link));
        let free = |alias: &String| by_identity.get(alias.as_str()).filter(|item| !still_there.contains(&item.id));
        let renamed = || entry.aliases.iter().find_map(free);
        let moved = || link.and_then(|link| by_link.get(link));
        by_identity.get(entry.identity.as_str()).or_else(renamed).or_else(moved).copied()
    };
    entries.iter().map(|entry| (*entry, item(entry))).collect()
}

fn is_news(entry: &Entry, baseline_at: Option<DateTime<Utc>>) -> bool {
    let is_old = |baseline: DateTime<Utc>| entry.published.is_some_and(|published| published < baseline - BACKDATING);
    baseline_at.is_some_and(|baseline| !is_old(baseline))
}

/// Those whose key nobody else has.
fn unique_by<'k, T: 'k>(
    all: impl Iterator<Item = &'k T>,
    key: impl Fn(&'k T) -> Option<&'k str>,
) -> HashMap<&'k str, &'k T> {
    let mut found: HashMap<&str, Option<&T>> = HashMap::new();
    for one in all {
        if let Some(key) = key(one) {
            found.entry(key).and_modify(|first| *first = None).or_insert(Some(one));
        }
    }
    found.into_iter().filter_map(|(key, one)| one.map(|one| (key, one))).collect()
}

/// True when both addresses lead to the same picture. The query is left out: some publishers sign it anew each time.
#[must_use]
pub fn is_same_picture(a: Option<&str>, b: Option<&str>) -> bool {
    a.map(without_query) == b.map(without_query)
}

fn without_query(address: &str) -> &str {
    address.split_once('?').map_or(address, |(address, _)| address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(identity: &str, link: &str, title: &str) -> Entry {
        Entry {
            identity: identity.to_owned(),
            canonical_link: Some(link.to_owned()),
            title: Some(title.to_owned()),
            link: Some(link.to_owned()),
            content_hash: title.as_bytes().to_vec(),
            ..Entry::default()
        }
    }

    fn known(entry: &Entry) -> Known {
        let Entry { identity, canonical_link, content_hash, .. } = entry.clone();
        Known { id: ItemId::new(), identity, canonical_link, content_hash }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    const BASELINE: &str = "2026-03-10T10:00:00Z";

    #[test]
    fn the_first_poll_is_a_baseline_and_nobody_is_told() {
        let entries = [entry("2", "l2", "b"), entry("1", "l1", "a")];
        let verdicts = decide(&entries, &[], None);
        assert!(verdicts.iter().all(|verdict| matches!(verdict, Verdict::New { news: false, .. })));
        assert!(matches!(verdicts[0], Verdict::New { entry, .. } if entry.identity == "1"), "oldest first");
    }

    #[test]
    fn a_new_entry_is_news_and_a_known_one_is_nothing() {
        let (old, new) = (entry("1", "l1", "a"), entry("2", "l2", "b"));
        let entries = [new.clone(), old.clone()];
        assert_eq!(decide(&entries, &[known(&old)], Some(at(BASELINE))), [Verdict::New { entry: &new, news: true }]);
        assert_eq!(decide(&entries, &[known(&old), known(&new)], Some(at(BASELINE))), []);
    }

    #[test]
    fn an_edit_is_an_edit_and_never_a_new_item() {
        let before = known(&entry("1", "l1", "a"));
        let entries = [entry("1", "l1", "a, corrected")];
        let verdicts = decide(&entries, std::slice::from_ref(&before), Some(at(BASELINE)));
        assert_eq!(verdicts, [Verdict::Edited { id: before.id, entry: &entries[0] }]);
    }

    #[test]
    fn a_new_guid_on_the_same_link_is_the_same_item() {
        let before = known(&entry("guid-1", "l1", "a"));
        let entries = [entry("guid-2", "l1", "a")];
        let verdicts = decide(&entries, std::slice::from_ref(&before), Some(at(BASELINE)));
        assert_eq!(verdicts, [Verdict::Edited { id: before.id, entry: &entries[0] }]);
    }

    #[test]
    fn items_that_all_link_to_one_page_stay_apart() {
        let old = entry("1", "same", "a");
        let entries = [entry("3", "same", "c"), entry("2", "same", "b"), old.clone()];
        let verdicts = decide(&entries, &[known(&old)], Some(at(BASELINE)));
        assert_eq!(verdicts.len(), 2);
        assert!(verdicts.iter().all(|verdict| matches!(verdict, Verdict::New { news: true, .. })));
        let entries = [entry("2", "same", "b"), old.clone()];
        assert!(matches!(decide(&entries, &[known(&old)], Some(at(BASELINE)))[..], [Verdict::New { .. }]));
    }

    #[test]
    fn an_entry_twice_in_one_document_counts_once() {
        let entries = [entry("1", "l1", "a"), entry("1", "l1", "a"), entry("1", "l1", "a, again")];
        assert_eq!(decide(&entries, &[], Some(at(BASELINE))).len(), 1);
    }

    #[test]
    fn a_known_item_that_stands_twice_under_other_names_is_not_news() {
        let before = known(&entry("guid:1", "l1", "a"));
        let entries = [entry("link:l1", "l1", "a"), entry("link:l1#2", "l1", "a")];
        let verdicts = decide(&entries, std::slice::from_ref(&before), Some(at(BASELINE)));
        assert_eq!(verdicts, [Verdict::Edited { id: before.id, entry: &entries[0] }]);
    }

    #[test]
    fn an_old_item_that_comes_back_into_the_window_is_not_news() {
        let dated = |date: &str| Entry { published: Some(at(date)), ..entry("1", "l1", "a") };
        let news =
            |entry: Entry| matches!(decide(&[entry], &[], Some(at(BASELINE)))[..], [Verdict::New { news: true, .. }]);
        assert!(!news(dated("2026-03-01T10:00:00Z")));
        assert!(news(dated("2026-03-10T00:00:00Z")), "dated by the day");
        assert!(news(dated("2026-03-20T10:00:00Z")));
        assert!(news(entry("1", "l1", "a")), "undated");
    }

    #[test]
    fn an_item_that_gets_a_guid_is_the_same_item() {
        let before = known(&entry("link:l1", "l1", "a"));
        let named = Entry { aliases: vec!["link:l1".to_owned()], canonical_link: None, ..entry("guid:1", "l1", "a") };
        let entries = [named];
        let verdicts = decide(&entries, std::slice::from_ref(&before), Some(at(BASELINE)));
        assert_eq!(verdicts, [Verdict::Edited { id: before.id, entry: &entries[0] }]);
    }

    #[test]
    fn a_picture_that_is_signed_anew_is_the_same_picture() {
        assert!(is_same_picture(Some("https://cdn.example/p.jpg?sig=1"), Some("https://cdn.example/p.jpg?sig=2")));
        assert!(!is_same_picture(Some("https://cdn.example/p.jpg"), Some("https://cdn.example/q.jpg")));
        assert!(!is_same_picture(None, Some("https://cdn.example/p.jpg")));
    }
}
