//! Cuts items out of a whole tree, each in its envelope: for item paths that need the whole document at hand, and for
//! documents whose headers stand behind their items.

use std::collections::{HashMap, HashSet};

use crate::limits::Limits;
use crate::tree::{Mark, Namespaces, NodeId, ROOT, Tree};

/// Small trees of one whole tree.
pub(crate) struct Envelopes<'w, 'd> {
    whole: &'w Tree<'d>,
    /// Children of items' ancestors that are neither items nor such ancestors.
    headers: HashMap<NodeId, Vec<NodeId>>,
    small: Tree<'w>,
    /// The parent whose envelope the small tree holds now, and its place there.
    parent: Option<(NodeId, NodeId)>,
    limits: &'w Limits,
}

impl<'w, 'd> Envelopes<'w, 'd> {
    pub(crate) fn new(whole: &'w Tree<'d>, namespaces: Namespaces, items: &[NodeId], limits: &'w Limits) -> Self {
        let chosen: HashSet<_> = items.iter().copied().collect();
        let mut ancestors = HashSet::new();
        for &item in items {
            let mut above = whole.parent(item);
            while let Some(node) = above.filter(|&node| ancestors.insert(node)) {
                above = whole.parent(node);
            }
        }
        let is_header = |node: &NodeId| !chosen.contains(node) && !ancestors.contains(node);
        let headers = ancestors.iter().map(|&node| (node, whole.children(node).filter(is_header).collect())).collect();
        Self { whole, headers, small: Tree::with(namespaces, whole.has_base), parent: None, limits }
    }

    /// The item in its envelope, until `look` is done with it.
    pub(crate) fn with_item<R>(&mut self, item: NodeId, look: impl FnOnce(&Tree<'w>, NodeId) -> R) -> R {
        let parent = self.whole.parent(item).unwrap_or(ROOT);
        let place = match self.parent {
            Some((known, place)) if known == parent => place,
            _ => self.enclose(parent),
        };
        let mark = self.small.mark(place);
        let copy = self.copy(item, place, self.limits.item_nodes);
        let answer = look(&self.small, copy);
        self.small.cut_back(mark);
        answer
    }

    /// Builds the envelope of a parent; answers its place.
    fn enclose(&mut self, parent: NodeId) -> NodeId {
        let start: Mark = Tree::new().mark(ROOT);
        self.small.cut_back(start);
        let mut chain: Vec<_> = std::iter::successors(Some(parent), |&node| self.whole.parent(node)).collect();
        chain.reverse();
        let mut place = ROOT;
        for node in chain {
            if node != ROOT {
                place = self.small.push_copy(self.whole, node, place);
            }
            for header in self.headers.get(&node).cloned().unwrap_or_default() {
                let room = self.limits.envelope_nodes.saturating_sub(self.small.len() as usize);
                if room > 0 {
                    self.copy(header, place, room);
                }
            }
        }
        self.parent = Some((parent, place));
        place
    }

    /// Copies a node with at most `room` nodes of what is below it.
    fn copy(&mut self, node: NodeId, into: NodeId, room: usize) -> NodeId {
        let copy = self.small.push_copy(self.whole, node, into);
        for (inner, _) in self.whole.descendants(node).zip(1..room) {
            // Ids grow in document order on both sides, so places inside are the same.
            let parent = self.whole.parent(inner).map_or(copy, |parent| copy + (parent - node));
            self.small.push_copy(self.whole, inner, parent);
        }
        copy
    }
}
