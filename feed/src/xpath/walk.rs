//! Walks native expressions over a tree.

use std::borrow::Cow;
use std::ops::ControlFlow;

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

/// Takes matches one by one and says when it has enough.
type Visit<'v> = &'v mut dyn FnMut(Found) -> ControlFlow<()>;

impl Native {
    /// All matches in document order.
    pub(crate) fn find(&self, tree: &Tree, context: NodeId) -> Vec<Found> {
        let mut all = Vec::new();
        let _ = self.visit(tree, context, &mut |found| {
            all.push(found);
            ControlFlow::Continue(())
        });
        all
    }

    /// Hands over the matches in document order.
    pub(crate) fn visit(&self, tree: &Tree, context: NodeId, visit: Visit) -> ControlFlow<()> {
        if let [path] = self.0.as_slice() {
            return path.visit(tree, context, visit);
        }
        let mut all: Vec<_> = self.0.iter().flat_map(|path| path.gather(tree, context)).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().try_for_each(visit)
    }
}

impl NativePath {
    fn start(&self, context: NodeId) -> NodeId {
        if self.absolute { ROOT } else { context }
    }

    /// Whether each match can be followed to its end before the next is looked for: no step can meet a node twice or out
    /// of order, and no condition counts.
    fn is_direct(&self) -> bool {
        self.steps.iter().all(|step| {
            matches!(step.axis, Axis::Child | Axis::Attribute | Axis::SelfNode)
                && step.predicates.iter().all(|predicate| matches!(predicate, Predicate::Holds(_)))
        })
    }

    fn visit(&self, tree: &Tree, context: NodeId, visit: Visit) -> ControlFlow<()> {
        if self.is_direct() {
            follow(&self.steps, tree, Found::node(self.start(context)), visit)
        } else {
            self.gather(tree, context).into_iter().try_for_each(visit)
        }
    }

    fn first(&self, tree: &Tree, context: NodeId) -> Option<Found> {
        let mut first = None;
        let _ = self.visit(tree, context, &mut |found| {
            first = Some(found);
            ControlFlow::Break(())
        });
        first
    }

    fn any(&self, tree: &Tree, context: NodeId, holds: impl Fn(Found) -> bool) -> bool {
        let mut test = |found| if holds(found) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        self.visit(tree, context, &mut test).is_break()
    }

    /// All matches, step by step.
    fn gather(&self, tree: &Tree, context: NodeId) -> Vec<Found> {
        let mut current = vec![Found::node(self.start(context))];
        let mut next = Vec::new();
        for step in &self.steps {
            if current.is_empty() {
                break;
            }
            take_all(step, tree, &current, &mut next);
            std::mem::swap(&mut current, &mut next);
            next.clear();
        }
        current
    }
}

/// The steps of a direct path from one node; admission allows 12, so recursion is shallow.
fn follow(steps: &[NativeStep], tree: &Tree, from: Found, visit: Visit) -> ControlFlow<()> {
    let Some((step, rest)) = steps.split_first() else { return visit(from) };
    let mut go_on = |found: Found| {
        let holds = |predicate: &Predicate| match predicate {
            Predicate::Holds(condition) => condition.holds(tree, found.node),
            Predicate::Position(_) | Predicate::Last => false,
        };
        if !step.predicates.iter().all(holds) {
            ControlFlow::Continue(())
        } else if rest.is_empty() {
            visit(found)
        } else {
            follow(rest, tree, found, visit)
        }
    };
    match step.axis {
        Axis::Child => tree
            .children(from.node)
            .filter(|&node| is_match(&step.test, tree, node))
            .try_for_each(|node| go_on(Found::node(node))),
        Axis::Attribute => attribute(&step.test, tree, from.node).map_or(ControlFlow::Continue(()), go_on),
        _ if is_match(&step.test, tree, from.node) => go_on(from),
        _ => ControlFlow::Continue(()),
    }
}

fn attribute(test: &NativeTest, tree: &Tree, node: NodeId) -> Option<Found> {
    let NativeTest::Named { namespace, local } = test else { return None };
    let id = tree.attribute_ids(node).find(|&id| {
        let name = &tree.attribute(id).name;
        name.namespace == *namespace && name.local == local
    })?;
    Some(Found { node, attribute: id + 1 })
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
        Axis::Attribute => into.extend(attribute(&step.test, tree, node)),
        _ => {}
    }
}

#[inline]
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
            Self::Exists(path) => path.first(tree, node).is_some(),
            Self::Not(inner) => !inner.holds(tree, node),
            Self::And(a, b) => a.holds(tree, node) && b.holds(tree, node),
            Self::Or(a, b) => a.holds(tree, node) || b.holds(tree, node),
            Self::Compare { path, how, with } => match how {
                Comparison::Equals => path.any(tree, node, |found| found.equals(tree, with)),
                Comparison::Differs => path.any(tree, node, |found| !found.equals(tree, with)),
                Comparison::StartsWith => {
                    path.first(tree, node).map_or(with.is_empty(), |first| first.starts_with(tree, with))
                }
                Comparison::Contains => path
                    .first(tree, node)
                    .map_or(with.is_empty(), |first| first.string_value(tree).contains(with.as_str())),
            },
        }
    }
}
