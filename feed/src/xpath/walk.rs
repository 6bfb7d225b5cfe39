//! Walks native expressions over a tree.

use std::borrow::Cow;

use super::ast::Axis;
use super::native::{Comparison, Condition, Native, NativePath, NativeStep, NativeTest, Predicate};
use crate::tree::{Data, Name, NodeId, ROOT, Tree};

/// A node or an attribute of the tree; ordered as in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub(crate) node: NodeId,
    /// The attribute's id plus one; 0 is the node itself.
    attribute: u32,
}

impl Found {
    fn node(node: NodeId) -> Self {
        Self { node, attribute: 0 }
    }

    pub(crate) fn string_value<'t>(self, tree: &'t Tree) -> Cow<'t, str> {
        match self.attribute.checked_sub(1) {
            Some(attribute) => Cow::Borrowed(&tree.attribute(attribute).value),
            None => tree.string_value(self.node),
        }
    }
}

impl Found {
    /// The parts of its text, so that comparing need not join them.
    fn texts<'t>(self, tree: &'t Tree) -> impl Iterator<Item = &'t str> {
        let attribute = self.attribute.checked_sub(1).map(|id| tree.attribute(id).value.as_ref());
        let below = if attribute.is_none() { tree.descendants(self.node) } else { 0..0 };
        let own = if attribute.is_none() { tree.text(self.node) } else { None };
        attribute.into_iter().chain(own).chain(below.filter_map(|node| tree.text(node)))
    }

    fn equals(self, tree: &Tree, with: &str) -> bool {
        let mut rest = Some(with);
        for text in self.texts(tree) {
            rest = rest.and_then(|rest| rest.strip_prefix(text));
            if rest.is_none() {
                return false;
            }
        }
        rest.is_some_and(str::is_empty)
    }

    fn starts_with(self, tree: &Tree, with: &str) -> bool {
        let mut rest = with;
        for text in self.texts(tree) {
            match rest.strip_prefix(text) {
                Some(left) => rest = left,
                None => return text.starts_with(rest),
            }
        }
        rest.is_empty()
    }
}

impl Native {
    /// All matches in document order.
    pub(crate) fn find(&self, tree: &Tree, context: NodeId) -> Vec<Found> {
        let [path] = self.0.as_slice() else {
            let mut all: Vec<_> = self.0.iter().flat_map(|path| find(path, tree, context)).collect();
            all.sort_unstable();
            all.dedup();
            return all;
        };
        find(path, tree, context)
    }
}

fn find(path: &NativePath, tree: &Tree, context: NodeId) -> Vec<Found> {
    let start = Found::node(if path.absolute { ROOT } else { context });
    let Some((first, rest)) = path.steps.split_first() else { return vec![start] };
    let mut current = Vec::new();
    take(first, tree, start.node, &mut current);
    let mut next = Vec::new();
    for step in rest {
        if current.is_empty() {
            break;
        }
        take_all(step, tree, &current, &mut next);
        std::mem::swap(&mut current, &mut next);
        next.clear();
    }
    current
}

/// One step from one node.
fn take(step: &NativeStep, tree: &Tree, from: NodeId, into: &mut Vec<Found>) {
    let start = into.len();
    candidates(step, tree, from, into);
    for predicate in &step.predicates {
        keep(predicate, tree, into, start);
    }
}

/// One step from several nodes, which are in document order; so is the answer.
fn take_all(step: &NativeStep, tree: &Tree, from: &[Found], into: &mut Vec<Found>) {
    let searches = matches!(step.axis, Axis::Descendant | Axis::DescendantOrSelf) && step.predicates.is_empty();
    let mut searched_until = 0;
    for found in from {
        // Inside something that was searched already; without positions nothing new can be found.
        if searches && found.node < searched_until {
            continue;
        }
        searched_until = if searches { tree.descendants(found.node).end } else { 0 };
        take(step, tree, found.node, into);
    }
    // Only steps that can meet a node twice, or out of order, need this.
    if from.len() > 1 && !matches!(step.axis, Axis::SelfNode | Axis::Attribute) {
        into.sort_unstable();
        into.dedup();
    }
}

fn candidates(step: &NativeStep, tree: &Tree, node: NodeId, into: &mut Vec<Found>) {
    let mut push = |node: NodeId| {
        if is_match(&step.test, tree, node) {
            into.push(Found::node(node));
        }
    };
    match step.axis {
        Axis::Child => tree.children(node).for_each(push),
        Axis::SelfNode => push(node),
        Axis::Parent => tree.parent(node).into_iter().for_each(push),
        Axis::Descendant => tree.descendants(node).for_each(push),
        Axis::DescendantOrSelf => {
            push(node);
            tree.descendants(node).for_each(push);
        }
        Axis::Attribute => {
            let NativeTest::Named { namespace, local } = &step.test else { return };
            let found = tree.attribute_ids(node).find(|&id| {
                let name = &tree.attribute(id).name;
                name.namespace == *namespace && name.local == local
            });
            into.extend(found.map(|id| Found { node, attribute: id + 1 }));
        }
        _ => {}
    }
}

fn is_match(test: &NativeTest, tree: &Tree, node: NodeId) -> bool {
    match (test, tree.data(node)) {
        (NativeTest::Node, _) | (NativeTest::Text, Data::Text(_)) | (NativeTest::AnyElement, Data::Element { .. }) => {
            true
        }
        (test, Data::Element { name, .. }) => test.matches(name),
        _ => false,
    }
}

impl NativeTest {
    /// Whether an element of this name passes.
    pub(super) fn matches(&self, name: &Name) -> bool {
        match self {
            Self::Node | Self::AnyElement => true,
            Self::Text => false,
            Self::AnyIn(namespace) => name.namespace == *namespace,
            Self::Named { namespace, local } => name.namespace == *namespace && name.local == local,
        }
    }
}

/// Keeps those from `start` on that pass; positions count among them.
#[expect(clippy::cast_precision_loss, reason = "positions stay far below 2^52")]
fn keep(predicate: &Predicate, tree: &Tree, found: &mut Vec<Found>, start: usize) {
    match predicate {
        Predicate::Last => {
            if found.len() > start {
                found.drain(start..found.len() - 1);
            }
        }
        Predicate::Position(wanted) => {
            let mut position = 0.0 - start as f64;
            found.retain(|_| {
                position += 1.0;
                #[expect(clippy::float_cmp, reason = "positions are whole numbers")]
                let here = position == *wanted;
                position <= 0.0 || here
            });
        }
        Predicate::Holds(condition) => {
            let mut index = 0;
            found.retain(|candidate| {
                index += 1;
                index <= start || condition.holds(tree, candidate.node)
            });
        }
    }
}

impl Condition {
    pub(super) fn holds(&self, tree: &Tree, node: NodeId) -> bool {
        match self {
            Self::Exists(path) => !find(path, tree, node).is_empty(),
            Self::Not(inner) => !inner.holds(tree, node),
            Self::And(a, b) => a.holds(tree, node) && b.holds(tree, node),
            Self::Or(a, b) => a.holds(tree, node) || b.holds(tree, node),
            Self::Compare { path, how, with } => {
                let found = find(path, tree, node);
                match how {
                    Comparison::Equals => found.iter().any(|found| found.equals(tree, with)),
                    Comparison::Differs => found.iter().any(|found| !found.equals(tree, with)),
                    Comparison::StartsWith => {
                        found.first().map_or(with.is_empty(), |first| first.starts_with(tree, with))
                    }
                    Comparison::Contains => {
                        found.first().map_or(with.is_empty(), |first| first.string_value(tree).contains(with.as_str()))
                    }
                }
            }
        }
    }
}
