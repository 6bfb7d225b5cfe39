//! Another reading for a feed. What is known stays known: the feed's last document is read with the definition in use
//! and with the other one, items are paired by their element, and their identities move along. What only the other
//! reading finds is stored as known, so that nothing old ever becomes news.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use klaroen_feed::{Definition, ReadError};

use super::{
    Feed, FeedName,
    decide::{self, Known},
    entry::Entry,
    read::{self, in_turn},
    shape::Shape,
};
use crate::{
    App, Error, Result,
    db::Tx,
    definition::{Chosen, Own, Trial},
    document::Document,
    id::{DefinitionId, DocumentId, FeedId, ItemId},
    item::{Item, Shown},
    sql,
};

/// What a feed becomes when it is read otherwise.
pub(crate) struct Reread {
    feed: Feed,
    /// The document that was read, and when it was fetched.
    document: Option<(DocumentId, DateTime<Utc>)>,
    /// Of the marketers' own: the definition in use, and its version, with which `before` was read.
    in_use: Option<(DefinitionId, i32)>,
    before: Vec<Entry>,
    after: Result<Vec<Entry>, ReadError>,
    /// What is known of the feed, and those of it that colleagues see now.
    known: Vec<Known>,
    shown: Vec<Shown>,
}

/// What is to be stored of an entry that the other reading finds.
#[derive(Debug, PartialEq, Eq)]
enum Move<'a> {
    /// This item is found there now.
    Item(ItemId, &'a Entry),
    /// Nobody knew of it, and it is no news.
    Known(&'a Entry),
}

impl Reread {
    /// Reads a feed's last document both ways.
    ///
    /// # Errors
    /// When there is no such feed.
    pub(crate) async fn plan(app: &App, feed: FeedId, other: &Definition) -> Result<Self> {
        let mut tx = app.db.snapshot().await?;
        let feed = Feed::get(&mut tx, feed).await?;
        let Some(document) = Document::of_feed(&mut tx, feed.id).await? else {
            let (before, after, known, shown) = (vec![], Ok(vec![]), vec![], vec![]);
            return Ok(Self { feed, document: None, in_use: None, before, after, known, shown });
        };
        let chosen = Chosen::find(&mut tx, &feed.definition).await?;
        let (known, shown) = (Item::known(&mut tx, feed.id).await?, Shown::of_feed(&mut tx, feed.id).await?);
        drop(tx);
        let (in_use, own) = (chosen.as_ref().map(|chosen| chosen.definition.clone()), chosen.and_then(|c| c.own));
        let other = other.clone();
        in_turn(move || {
            let text = document.open()?;
            let read = |definition: &Definition| Ok(read::parse(&text, definition, &[])?.entries);
            // What cannot be read in the old way has nothing to be paired with.
            let before = in_use.and_then(|in_use| read(&in_use).ok()).unwrap_or_default();
            let document = Some((document.id, document.fetched_at));
            Ok(Self { feed, document, in_use: own, before, after: read(&other), known, shown })
        })
        .await?
    }

    /// What would change, for a person to look at.
    pub(crate) fn trial(&self) -> Trial {
        let name = FeedName { id: self.feed.id, title: self.feed.title.clone() };
        let Some((_, fetched_at)) = self.document else { return Trial::without_document(name) };
        let fault = self.after.as_ref().err().map(ToString::to_string);
        let after = self.after.as_ref().map(Vec::as_slice).unwrap_or_default();
        let live_posts = moves(&self.before, after, &self.known)
            .iter()
            .filter(|step| matches!(step, Move::Item(item, entry) if self.is_shown_otherwise(*item, entry)))
            .count();
        Trial { live_posts, fault, ..Trial::of(name, fetched_at, &self.before, after) }
    }

    fn is_shown_otherwise(&self, item: ItemId, entry: &Entry) -> bool {
        self.shown.iter().any(|shown| shown.item() == item && shown.follows(entry))
    }

    /// Reads the feed with the definition of this name from now on, beginning with a poll at once.
    ///
    /// # Errors
    /// `feed.changed_meanwhile` when a poll or a colleague changed the feed since this was planned.
    pub(crate) async fn apply(self, tx: &mut Tx, name: &str) -> Result<()> {
        let id = self.feed.id;
        tx.hold("feeds", id.0).await?;
        self.insist_on_same(tx).await?;
        let shape = match (self.document, &self.after) {
            (Some(_), Ok(after)) => Some(Shape::of(after)),
            _ => None,
        };
        sql!(
            tx,
            execute,
            "update feeds set definition = $1, shape = $2, next_poll_at = $3, lease_until = null, fence = fence + 1 \
             where id = $4",
            name,
            shape.as_ref().and_then(Shape::to_stored),
            tx.now,
            id
        )?;
        let (Some(_), Ok(after)) = (shape, &self.after) else {
            // Nothing can be paired: the next poll reads all of it, and whatever it finds is known and no news.
            sql!(
                tx,
                execute,
                "update feeds set baseline_at = null, etag = null, last_modified = null, body_hash = null where id = $1",
                id
            )?;
            return Ok(());
        };
        let known = Item::known(tx, id).await?;
        if known.is_empty() && self.feed.last_success_at.is_none() {
            return Ok(()); // its first poll is still to come
        }
        for step in moves(&self.before, after, &known) {
            match step {
                Move::Item(item, entry) => Item::edit(tx, item, entry).await?,
                Move::Known(entry) => {
                    Item::insert(tx, id, entry, true, None).await?;
                }
            }
        }
        Ok(())
    }

    /// Insists that the definition in use is still the one with which this was planned. Needs the feed to be held.
    ///
    /// # Errors
    /// `feed.changed_meanwhile`.
    pub(crate) async fn insist_on_same_version(&self, tx: &mut Tx) -> Result<()> {
        let now = Own::find(tx, &self.feed.definition).await?.map(|own| (own.id, own.version));
        if self.document.is_none() || now == self.in_use { Ok(()) } else { Err(changed_meanwhile()) }
    }

    async fn insist_on_same(&self, tx: &mut Tx) -> Result<()> {
        let now: Option<(DocumentId,)> =
            sql!(tx, fetch_optional, "select id from documents where feed_id = $1", self.feed.id)?;
        let definition = Feed::get(tx, self.feed.id).await?.definition;
        if now.map(|(id,)| id) == self.document.map(|(id, _)| id) && definition == self.feed.definition {
            return Ok(());
        }
        Err(changed_meanwhile())
    }
}

fn changed_meanwhile() -> Error {
    Error::conflict("feed.changed_meanwhile", "This feed was polled or changed at this very moment. Try again.")
}

/// What is to be stored when a document is read otherwise. An entry that only a failed poll has seen is left alone: the
/// next poll says whether it is news. An old reading that recognises nothing at all cannot tell those, so they are known.
fn moves<'a>(before: &[Entry], after: &'a [Entry], known: &[Known]) -> Vec<Move<'a>> {
    let places: HashMap<usize, Option<ItemId>> =
        decide::recognise(before, known).iter().map(|(entry, item)| (entry.place, item.map(|item| item.id))).collect();
    let owners: HashMap<&str, ItemId> = known.iter().map(|item| (item.identity.as_str(), item.id)).collect();
    let unchanged: HashSet<(&str, &[u8])> =
        known.iter().map(|item| (item.identity.as_str(), item.content_hash.as_slice())).collect();
    let is_blind = places.values().all(Option::is_none);
    let mut done = HashSet::new();
    let step = |(entry, recognised): (&'a Entry, Option<&Known>)| {
        let item = match places.get(&entry.place) {
            Some(Some(item)) => *item,
            Some(None) if !is_blind => return None,
            _ => match recognised {
                Some(item) => item.id,
                None => return Some(Move::Known(entry)),
            },
        };
        // If another item has this identity, the next poll finds that one under it.
        let is_free = owners.get(entry.identity.as_str()).is_none_or(|owner| *owner == item);
        let is_same = unchanged.contains(&(entry.identity.as_str(), entry.content_hash.as_slice()));
        (is_free && !is_same && done.insert(item)).then_some(Move::Item(item, entry))
    };
    decide::recognise(after, known).into_iter().filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry at a place of the document; every one says something else.
    fn entry(identity: &str, place: usize) -> Entry {
        let content_hash = identity.as_bytes().to_vec();
        Entry { identity: identity.to_owned(), content_hash, place, ..Entry::default() }
    }

    fn known(entry: &Entry) -> Known {
        let Entry { identity, canonical_link, content_hash, .. } = entry.clone();
        Known { id: ItemId::new(), identity, canonical_link, content_hash }
    }

    #[test]
    fn the_same_element_is_the_same_item() {
        let before = [entry("a", 10), entry("b", 20)];
        let items: Vec<Known> = before.iter().map(known).collect();
        let after = [entry("x", 20), entry("y", 10)];
        assert_eq!(
            moves(&before, &after, &items),
            [Move::Item(items[1].id, &after[0]), Move::Item(items[0].id, &after[1])]
        );
    }

    #[test]
    fn an_element_that_only_the_other_reading_finds_is_known_and_no_news() {
        let before = [entry("a", 10)];
        let items = [known(&before[0])];
        let after = [entry("x", 10), entry("y", 15)];
        assert_eq!(moves(&before, &after, &items), [Move::Item(items[0].id, &after[0]), Move::Known(&after[1])]);
        // It was known under this identity from an earlier poll, and has changed since, or not.
        let changed = Known { content_hash: vec![], ..known(&after[1]) };
        let items = [items[0].clone(), changed];
        assert_eq!(moves(&before, &after, &items)[1], Move::Item(items[1].id, &after[1]));
        let items = [items[0].clone(), known(&after[1])];
        assert_eq!(moves(&before, &after, &items), [Move::Item(items[0].id, &after[0])]);
    }

    #[test]
    fn an_element_that_only_a_failed_poll_has_seen_is_left_to_the_next_one() {
        let before = [entry("new", 5), entry("a", 10)];
        let items = [known(&before[1])];
        let after = [entry("y", 5), entry("x", 10)];
        assert_eq!(moves(&before, &after, &items), [Move::Item(items[0].id, &after[1])]);
    }

    #[test]
    fn an_identity_that_another_item_has_is_not_taken_from_it() {
        let before = [entry("a", 10)];
        let items = [known(&before[0]), known(&entry("x", 0))];
        let after = [entry("x", 10)];
        assert_eq!(moves(&before, &after, &items), []);
    }

    #[test]
    fn nothing_is_known_of_a_document_that_could_not_be_read_before() {
        let after = [entry("x", 10), entry("y", 20)];
        assert_eq!(moves(&[], &after, &[known(&after[1])]), [Move::Known(&after[0])]);
    }
}
