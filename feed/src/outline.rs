//! A document as a tree to click in, handed out a page at a time, and what it says about itself: its names and the elements
//! that look like items. Ids are the places of nodes in the tree, so the same bytes always give the same ids.

pub(crate) mod kinds;
mod names;
pub(crate) mod proposals;
mod search;

use std::collections::HashMap;

use memchr::memchr_iter;
use serde::Serialize;
use utoipa::ToSchema;

pub use names::KnownName;
pub(crate) use names::written;
pub use proposals::ItemPathProposal;

use crate::document::Document;
use crate::error::ReadError;
use crate::limits::Limits;
use crate::reader::{self, Sink};
use crate::repair::Repairs;
use crate::tree::{Data, NodeId, ROOT, Tree};

/// Characters of a text that a node shows.
const TEXT: usize = 200;
/// Characters of an attribute that a node shows.
const VALUE: usize = 2_000;

/// A document as a tree.
pub struct Outline<'d> {
    pub(crate) document: &'d Document,
    pub(crate) tree: Tree<'d>,
    /// Elements that the document ends in; such an item is not read.
    pub(crate) unclosed: Vec<NodeId>,
    /// Bytes at which lines end.
    lines: Vec<usize>,
}

/// An element, or a text between elements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutlineNode {
    /// What it is asked for by; the same for the same bytes.
    pub id: u32,
    /// The element it stands in.
    pub parent: Option<u32>,
    /// What it is.
    pub kind: OutlineKind,
    /// As written, with its prefix; empty for a text.
    pub name: String,
    /// What the prefix stands for; empty if nothing.
    pub namespace: String,
    /// In the order of the document, without namespace declarations.
    pub attributes: Vec<OutlineAttribute>,
    /// Its text, if it has no elements inside; at most 200 characters.
    pub text: Option<String>,
    /// How many nodes it has to show below it.
    pub children: u32,
    /// 1-based line of the document where it starts.
    pub line: u32,
    /// Its place among the siblings of its name, from 1.
    pub place: u32,
    /// How many siblings of its name there are, itself included.
    pub of: u32,
    /// Ids of the elements around it, outermost first; only in what a search found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<u32>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutlineKind {
    /// An element.
    Element,
    /// A text between elements.
    Text,
}

/// An attribute of an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutlineAttribute {
    /// As written, with its prefix.
    pub name: String,
    /// What the prefix stands for; empty if nothing.
    pub namespace: String,
    /// Its value; at most 2,000 characters.
    pub value: String,
}

/// Some of the nodes below one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutlinePage {
    /// In the order of the document.
    pub nodes: Vec<OutlineNode>,
    /// How many to skip for the next page; null on the last.
    pub next: Option<u32>,
}

struct Nothing;

impl Sink for Nothing {
    fn item(&mut self, _: &Tree, _: NodeId, _: &mut Repairs) -> Result<(), ReadError> {
        Ok(())
    }

    fn headers(&mut self, _: &Tree) {}
}

impl<'d> Outline<'d> {
    /// Reads a whole document into a tree.
    ///
    /// # Errors
    /// When it passes a cap, such as the depth or the number of nodes.
    pub fn new(document: &'d Document, limits: &Limits) -> Result<Self, ReadError> {
        let read = reader::read(document, Tree::new(), None, limits, &mut Repairs::default(), &mut Nothing)?;
        let lines = memchr_iter(b'\n', document.text().as_bytes()).collect();
        Ok(Self { document, tree: read.tree, unclosed: read.unclosed, lines })
    }

    /// The nodes below one, without blank texts; `None` stands for the document, which has the root element below it.
    /// An id that does not exist has nothing below it.
    #[must_use]
    pub fn children(&self, parent: Option<u32>, after: u32, most: usize) -> OutlinePage {
        let parent = parent.unwrap_or(ROOT);
        let all = if self.exists(parent) { self.shown(parent) } else { Vec::new() };
        let start = (after as usize).min(all.len());
        let end = start.saturating_add(most).min(all.len());
        let siblings = Siblings::of(self, &all);
        let nodes = all[start..end].iter().zip(start..).map(|(&node, n)| self.node(node, siblings.places[n])).collect();
        OutlinePage { nodes, next: (end < all.len()).then(|| count(end)) }
    }

    pub(crate) fn exists(&self, node: NodeId) -> bool {
        node < self.tree.len()
    }

    pub(crate) fn has_elements(&self, node: NodeId) -> bool {
        self.tree.children(node).any(|child| self.tree.text(child).is_none())
    }

    /// What is shown below a node: nothing if all it has is a text, which is shown with itself.
    fn shown(&self, node: NodeId) -> Vec<NodeId> {
        if !self.has_elements(node) {
            return Vec::new();
        }
        let is_blank = |child: NodeId| self.tree.text(child).is_some_and(|text| text.trim().is_empty());
        self.tree.children(node).filter(|&child| !is_blank(child)).collect()
    }

    fn node(&self, id: NodeId, (place, of): (u32, u32)) -> OutlineNode {
        let (kind, name, namespace) = match self.tree.data(id) {
            Data::Element { name, .. } => {
                (OutlineKind::Element, written(*name), self.tree.namespaces.uri(name.namespace).to_owned())
            }
            Data::Root | Data::Text(_) => (OutlineKind::Text, String::new(), String::new()),
        };
        let attributes = self.tree.attribute_ids(id).map(|id| self.tree.attribute(id));
        let attributes = attributes.map(|attribute| OutlineAttribute {
            name: written(attribute.name),
            namespace: self.tree.namespaces.uri(attribute.name.namespace).to_owned(),
            value: cut(&attribute.value, VALUE),
        });
        OutlineNode {
            id,
            parent: self.tree.parent(id).filter(|&parent| parent != ROOT),
            kind,
            name,
            namespace,
            attributes: attributes.collect(),
            text: (!self.has_elements(id)).then(|| cut(self.tree.string_value(id).trim(), TEXT)),
            children: count(self.shown(id).len()),
            line: self.line(id),
            place,
            of,
            path: Vec::new(),
        }
    }

    fn line(&self, node: NodeId) -> u32 {
        let at = self.tree.place(node);
        count(self.lines.partition_point(|&end| end < at)) + 1
    }
}

/// The place of each of several siblings among those of its name, and how many there are.
struct Siblings {
    places: Vec<(u32, u32)>,
}

impl Siblings {
    fn of(outline: &Outline, siblings: &[NodeId]) -> Self {
        let name = |node: NodeId| match outline.tree.data(node) {
            Data::Element { name, .. } => (name.namespace, name.local),
            Data::Root | Data::Text(_) => (crate::tree::NamespaceId::NONE, ""),
        };
        let mut totals = HashMap::new();
        let mut places = Vec::with_capacity(siblings.len());
        for &node in siblings {
            let seen = totals.entry(name(node)).or_insert(0_u32);
            *seen += 1;
            places.push((*seen, 0));
        }
        for (place, &node) in places.iter_mut().zip(siblings) {
            place.1 = totals[&name(node)];
        }
        Self { places }
    }
}

/// At most so many characters, with an ellipsis if some are missing.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

/// Everything counted here is below the 4 GiB of a document.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
