//! The names that occur in a document, to complete what a marketer types.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::Outline;
use crate::tree::{Data, Name, ROOT};

/// Names that are told at most; the rarest are left out.
const MOST: usize = 1_000;

/// A name that occurs in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KnownName {
    /// As written, such as `media:thumbnail`; an attribute has an `@` in front.
    pub name: String,
    /// How often it occurs.
    pub count: u32,
}

impl Outline<'_> {
    /// The names of all elements and attributes, the commonest first.
    #[must_use]
    pub fn names(&self) -> Vec<KnownName> {
        let mut counts: HashMap<(bool, &str, &str), u32> = HashMap::new();
        for node in self.tree.descendants(ROOT) {
            if let Data::Element { name, .. } = self.tree.data(node) {
                *counts.entry((false, name.prefix, name.local)).or_default() += 1;
            }
            for id in self.tree.attribute_ids(node) {
                let name = self.tree.attribute(id).name;
                *counts.entry((true, name.prefix, name.local)).or_default() += 1;
            }
        }
        let mut names: Vec<_> = counts
            .into_iter()
            .map(|((is_attribute, prefix, local), count)| {
                let sign = if is_attribute { "@" } else { "" };
                let colon = if prefix.is_empty() { "" } else { ":" };
                KnownName { name: format!("{sign}{prefix}{colon}{local}"), count }
            })
            .collect();
        names.sort_by(|a, b| (Reverse(a.count), &a.name).cmp(&(Reverse(b.count), &b.name)));
        names.truncate(MOST);
        names
    }
}

/// A name as the document has it.
pub(crate) fn written(name: Name) -> String {
    let colon = if name.prefix.is_empty() { "" } else { ":" };
    format!("{}{colon}{}", name.prefix, name.local)
}
