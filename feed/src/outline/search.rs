//! Finding a word in a document: in the names of elements, in their attributes and in their texts.

use super::{Outline, OutlineNode, Siblings, cut, written};
use crate::tree::{Data, NodeId, ROOT};

/// Characters that are shown before what was found in a long text.
const BEFORE: usize = 40;

impl Outline<'_> {
    /// The first nodes whose name, attribute or text contains the query, capitals or not; each with the ids around it.
    /// `@url` finds attributes of a name.
    #[must_use]
    pub fn search(&self, query: &str, most: usize) -> Vec<OutlineNode> {
        let query = query.trim().to_lowercase();
        if query.is_empty() {
            return Vec::new();
        }
        let found = self.tree.descendants(ROOT).filter(|&node| self.contains(node, &query)).take(most);
        found.map(|node| self.found(node, &query)).collect()
    }

    fn contains(&self, node: NodeId, query: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(query);
        match self.tree.data(node) {
            Data::Root => false,
            // The text of an element without others inside is shown, and found, with the element.
            Data::Text(text) => self.tree.parent(node).is_some_and(|parent| self.has_elements(parent)) && has(text),
            Data::Element { name, attributes } => {
                let mut attributes = attributes.clone().map(|id| self.tree.attribute(id));
                has(&written(*name))
                    || attributes.any(|a| has(&a.value) || has(&format!("@{}", written(a.name))))
                    || (!self.has_elements(node) && has(&self.tree.string_value(node)))
            }
        }
    }

    fn found(&self, node: NodeId, query: &str) -> OutlineNode {
        let parent = self.tree.parent(node).unwrap_or(ROOT);
        let siblings = self.shown(parent);
        let own = siblings.iter().position(|&sibling| sibling == node).unwrap_or_default();
        let mut found = self.node(node, Siblings::of(self, &siblings).places[own]);
        found.path = std::iter::successors(Some(parent), |&node| self.tree.parent(node)).collect();
        found.path.retain(|&node| node != ROOT);
        found.path.reverse();
        if found.text.as_ref().is_some_and(|text| !text.to_lowercase().contains(query)) {
            found.text = around(self.tree.string_value(node).trim(), query).or(found.text);
        }
        found
    }
}

/// The part of a long text where the query stands.
fn around(text: &str, query: &str) -> Option<String> {
    let at = text.char_indices().position(|(at, _)| {
        let window = &text[at..text.floor_char_boundary(at.saturating_add(4 * query.len()).min(text.len()))];
        window.to_lowercase().starts_with(query)
    })?;
    let part: String = text.chars().skip(at.saturating_sub(BEFORE)).collect();
    Some(cut(&format!("…{part}"), super::TEXT))
}
