//! One entry of a document as a definition maps it, ready to be compared, sifted and stored.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{DateTime, SecondsFormat, Utc};
use klaroen_feed::{Field, Item, identity::canonical_link};

/// Longest address that is kept, in bytes; PostgreSQL's indexes take no more than 2,700.
const LONGEST: usize = 2000;

/// One entry of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Guid, else canonical link, else hash.
    pub identity: String,
    /// As the publisher says; filters may ask for it.
    pub guid: Option<String>,
    /// Identities under which an earlier poll may have stored it.
    pub aliases: Vec<String>,
    /// Finds the item again when its guid changed.
    pub canonical_link: Option<String>,
    /// Tells an edit from a repeat.
    pub content_hash: Vec<u8>,
    /// Plain text.
    pub title: Option<String>,
    /// Absolute address.
    pub link: Option<String>,
    /// Plain text.
    pub text: Option<String>,
    /// Absolute address.
    pub image: Option<String>,
    /// As the publisher says.
    pub published: Option<DateTime<Utc>>,
    /// As the publisher says.
    pub author: Option<String>,
    /// As the publisher says.
    pub categories: Vec<String>,
    /// What the expressions of a filter found, by expression.
    pub extras: BTreeMap<String, Vec<String>>,
    /// Where its element begins in the text of the document, in bytes: the same element is there in every reading.
    pub place: usize,
}

impl Entry {
    /// What a field says, in words.
    #[must_use]
    pub fn value(&self, field: Field) -> Option<Cow<'_, str>> {
        let text = match field {
            Field::Guid => &self.guid,
            Field::Title => &self.title,
            Field::Link => &self.link,
            Field::Text => &self.text,
            Field::Image => &self.image,
            Field::Author => &self.author,
            Field::Published => {
                return self.published.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true).into());
            }
            Field::Categories => {
                return (!self.categories.is_empty()).then(|| self.categories.join(", ").into());
            }
        };
        text.as_deref().map(Cow::Borrowed)
    }

    /// As filters take it.
    pub(super) fn to_item(&self) -> Item {
        Item {
            guid: self.guid.clone(),
            title: self.title.clone(),
            link: self.link.clone(),
            text: self.text.clone(),
            image: self.image.clone(),
            published: self.published,
            author: self.author.clone(),
            categories: self.categories.clone(),
            extras: self.extras.clone(),
            ..Item::default()
        }
    }
}

impl From<Item> for Entry {
    fn from(item: Item) -> Self {
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
            extras: item.extras,
            place: item.place,
        }
    }
}
