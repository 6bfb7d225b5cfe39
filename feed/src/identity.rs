//! By what an item is recognised when its feed is read again, so that nothing is posted twice.
//! The publisher's guid counts if it tells the items of the document apart, then the link without its trackers, then the
//! title with its date, then the content.

mod link;

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};

use crate::item::Item;
pub use link::canonical_link;

/// The key of an item within its feed, and further keys under which it may be known already.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Stable as long as the publisher keeps what it is made of; at most 80 bytes.
    pub key: String,
    /// Keys of the same item if the publisher changes its guid or link; only those unique in the document.
    pub aliases: Vec<String>,
}

/// Gives every item of a document its identity.
pub(crate) fn identify(items: &mut [Item]) {
    let candidates: Vec<Candidates> = items.iter().map(Candidates::of).collect();
    let repeated = repeated(&candidates);
    let unique = |key: &Key| !repeated.contains(key);
    let mut given = HashMap::<Key, u32>::new();
    for (item, own) in items.iter_mut().zip(&candidates) {
        let best = own.best(item, unique);
        let mut key = best.text();
        // Items that nothing tells apart are numbered.
        if own.all().all(|key| key != best || !unique(&key)) {
            let times = given.entry(best).or_insert(0);
            *times += 1;
            if *times > 1 {
                let _ = write!(key, "#{times}");
            }
        }
        let aliases = own.all().filter(|alias| *alias != best && unique(alias)).map(|alias| alias.text()).collect();
        item.identity = Identity { key, aliases };
    }
}

/// Keys that more than one item has; mostly none.
fn repeated(candidates: &[Candidates]) -> HashSet<Key> {
    let (mut seen, mut repeated) = (HashSet::with_capacity(candidates.len() * 3), HashSet::new());
    for key in candidates.iter().flat_map(Candidates::all) {
        if !seen.insert(key) {
            repeated.insert(key);
        }
    }
    repeated
}

/// One way to recognise an item: what it is made of, and a digest of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    kind: &'static str,
    digest: [u8; DIGEST],
}

impl Key {
    fn new<S: AsRef<str>>(kind: &'static str, parts: &[S]) -> Self {
        Self { kind, digest: digest(parts) }
    }
}

impl Hash for Key {
    /// A part of a digest is as good as all of it.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest[..8].iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte)).hash(state);
    }
}

impl Key {
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.kind.len() + 1 + 2 * DIGEST);
        text.push_str(self.kind);
        text.push(':');
        push_hexadecimal(&mut text, &self.digest);
        text
    }
}

/// The keys that could be an item's.
struct Candidates {
    guid: Option<Key>,
    link: Option<Key>,
    /// Whether the link has a query, which may hold a token of the day.
    link_may_change: bool,
    title_and_date: Option<Key>,
}

impl Candidates {
    fn of(item: &Item) -> Self {
        let link = item.link.as_deref().map(canonical_link);
        let dated = item.title.as_deref().zip(item.published);
        Self {
            guid: item.guid.as_deref().map(|guid| Key::new("guid", &[guid])),
            link_may_change: link.as_deref().is_some_and(|link| link.contains('?')),
            link: link.map(|link| Key::new("link", &[link])),
            title_and_date: dated.map(|(title, date)| Key::new("title+date", &[title, &date.timestamp().to_string()])),
        }
    }

    fn best(&self, item: &Item, unique: impl Fn(&Key) -> bool) -> Key {
        let Self { guid, link, title_and_date, link_may_change } = *self;
        let guid = guid.map(|key| match &item.link {
            Some(link) if !unique(&key) => {
                Key::new("guid+link", &[item.guid.as_deref().unwrap_or_default(), &canonical_link(link)])
            }
            _ => key,
        });
        let rest = if link_may_change { [title_and_date, link] } else { [link, title_and_date] };
        let all = || guid.into_iter().chain(rest.into_iter().flatten());
        let best = all().find(unique).or_else(|| all().last());
        best.unwrap_or_else(|| Key::new("content", &visible(item)))
    }

    fn all(&self) -> impl Iterator<Item = Key> {
        [self.guid, self.link, self.title_and_date].into_iter().flatten()
    }
}

/// See [`Item::content_hash`].
pub(crate) fn content_hash(item: &Item) -> String {
    let mut hash = String::with_capacity(2 * DIGEST);
    push_hexadecimal(&mut hash, &digest(&visible(item)));
    hash
}

/// What a reader sees of an item, without what changes on its own.
fn visible(item: &Item) -> [String; 4] {
    let without_query = |address: &Option<String>| {
        let address = address.as_deref().map(canonical_link).unwrap_or_default();
        address.split('?').next().unwrap_or_default().to_owned()
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [text(&item.title), text(&item.text), without_query(&item.link), without_query(&item.image)]
}

/// Bytes of a digest; 128 bits tell all items of all feeds apart.
const DIGEST: usize = 16;

/// The start of SHA-256 over the parts and their lengths.
fn digest<S: AsRef<str>>(parts: &[S]) -> [u8; DIGEST] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_ref().len().to_le_bytes());
        hasher.update(part.as_ref());
    }
    let mut digest = [0; DIGEST];
    digest.copy_from_slice(&hasher.finalize()[..DIGEST]);
    digest
}

fn push_hexadecimal(text: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(guid: Option<&str>, title: &str, link: &str) -> Item {
        Item {
            guid: guid.map(str::to_owned),
            title: Some(title.to_owned()),
            link: Some(link.to_owned()),
            published: chrono::DateTime::from_timestamp(1_780_308_000, 0),
            ..Item::default()
        }
    }

    fn keys(mut items: Vec<Item>) -> Vec<String> {
        identify(&mut items);
        items.into_iter().map(|item| item.identity.key).collect()
    }

    #[test]
    fn a_guid_outlives_changes_of_title_and_link() {
        let before = keys(vec![item(Some("1"), "Old", "https://example.com/old")]);
        let after = keys(vec![item(Some("1"), "New", "https://example.com/new")]);
        assert_eq!(before, after);
    }

    #[test]
    fn a_repeated_guid_is_told_apart_by_the_link() {
        let all = keys((1..=3).map(|n| item(Some("same"), "t", &format!("https://example.com/{n}"))).collect());
        assert!(all.iter().all(|key| key.starts_with("guid+link:")), "{all:?}");
        assert_eq!(all.iter().collect::<std::collections::HashSet<_>>().len(), 3);
    }

    #[test]
    fn tokens_in_links_do_not_make_new_items() {
        let fetch = |token: &str| {
            let mut items: Vec<_> = (1..=3)
                .map(|n| item(None, &format!("Paper {n}"), &format!("https://example.com/p?id={n}&v={token}{n}")))
                .collect();
            identify(&mut items);
            items.into_iter().map(|item| (item.identity.key.clone(), item.content_hash())).collect::<Vec<_>>()
        };
        assert_eq!(fetch("9f2c"), fetch("77d0"));
    }

    #[test]
    fn items_that_nothing_tells_apart_are_numbered() {
        let all = keys(vec![item(Some("1"), "t", "https://example.com"), item(Some("1"), "t", "https://example.com")]);
        assert_ne!(all[0], all[1]);
        assert_eq!(format!("{}#2", all[0]), all[1]);
    }

    #[test]
    fn a_changed_guid_is_found_again_by_its_aliases() {
        let mut before = vec![item(Some("a"), "T", "https://example.com/1")];
        let mut after = vec![item(Some("b"), "T", "https://example.com/1")];
        identify(&mut before);
        identify(&mut after);
        assert_ne!(before[0].identity.key, after[0].identity.key);
        assert!(before[0].identity.aliases.iter().any(|alias| after[0].identity.aliases.contains(alias)));
    }
}
