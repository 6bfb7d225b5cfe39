//! What comes out: items, ready to become posts, and what had to be mended on the way.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

use crate::definition::Field;
use crate::error::ReadError;
use crate::identity::{self, Identity};
use crate::repair::{Repair, RepairKind};

/// One item of a feed; what the document does not give is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The publisher's own identifier.
    pub guid: Option<String>,
    /// The headline, plain text on one line.
    pub title: Option<String>,
    /// Absolute http or https address.
    pub link: Option<String>,
    /// The summary, plain text; paragraphs are apart by an empty line.
    pub text: Option<String>,
    /// Absolute http or https address of the picture.
    pub image: Option<String>,
    /// When it was published, as the feed says.
    #[serde(serialize_with = "rfc3339")]
    pub published: Option<DateTime<Utc>>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Categories, each once.
    pub categories: Vec<String>,
    /// Where its element begins in the text of the document, in bytes.
    #[serde(skip)]
    pub place: usize,
    /// What the expressions of a filter found, by expression; texts that are not blank, in the order of the document.
    #[serde(skip)]
    pub extras: BTreeMap<String, Vec<String>>,
    /// By what the item is recognised when the feed is read again.
    #[serde(skip)]
    pub identity: Identity,
}

impl Item {
    /// A hash of what a reader sees; another hash under the same identity means that the item was edited.
    /// It leaves out what changes on its own, such as tokens in addresses.
    #[must_use]
    pub fn content_hash(&self) -> String {
        identity::content_hash(self)
    }
}

/// A document that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The items, in the order of the document.
    pub items: Vec<Item>,
    /// The feed's own title.
    pub feed_title: Option<String>,
    /// What was broken and read nevertheless, by line.
    pub repairs: Vec<Repair>,
}

impl Reading {
    /// This reading, if it has a whole item or nothing of one.
    ///
    /// # Errors
    /// `ReadError::CutOff` when the document ends inside an item and no other is there.
    pub fn whole(self) -> Result<Self, ReadError> {
        let cut = self.repairs.iter().find(|repair| repair.kind == RepairKind::TruncatedItem);
        match cut.map(|repair| repair.line) {
            Some(line) if self.items.is_empty() => Err(ReadError::CutOff { line }),
            _ => Ok(self),
        }
    }
}

/// How one item came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// 1-based line of the document where the item starts.
    pub line: u32,
    /// For each field of the definition, what gave it.
    pub fields: Vec<FieldExplanation>,
}

/// What gave a field its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldExplanation {
    /// The field.
    pub field: Field,
    /// The expression that gave the value; `None` when no source gave one.
    pub xpath: Option<String>,
    /// Its place among the field's sources, from 0.
    pub source: Option<usize>,
    /// What the expression found, before the transforms; at most 200 bytes.
    pub found: Option<String>,
}

#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
fn rfc3339<S: Serializer>(instant: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    instant.map(|instant| instant.to_rfc3339_opts(SecondsFormat::Secs, true)).serialize(serializer)
}
