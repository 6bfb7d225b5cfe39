//! Item paths of name steps, which can be matched while the document streams by.

use super::ast::Axis;
use super::native::{Condition, NativePath, NativeTest, Predicate};
use crate::tree::{Data, Name, NodeId, ROOT, Tree};

/// An item path such as `/rss/channel/item`, `//item` or `/jobs/job[@status='open']`.
#[derive(Debug)]
pub(crate) struct ItemPath(Vec<Step>);

#[derive(Debug)]
struct Step {
    /// Whether it may be any number of levels down: `//`.
    anywhere: bool,
    test: NativeTest,
    /// What the start tag alone must fulfil.
    conditions: Vec<Condition>,
}

impl ItemPath {
    /// Gives the path back when it can only be answered with the whole document at hand.
    pub(super) fn new(path: NativePath) -> Result<Self, NativePath> {
        if !streams(&path) {
            return Err(path);
        }
        let mut steps = Vec::new();
        let mut anywhere = false;
        for step in path.steps {
            if step.axis == Axis::DescendantOrSelf {
                anywhere = true;
                continue;
            }
            let conditions = step.predicates.into_iter().filter_map(Predicate::into_condition).collect();
            steps.push(Step { anywhere, test: step.test, conditions });
            anywhere = false;
        }
        Ok(Self(steps))
    }

    /// All items of a whole tree, in document order.
    pub(super) fn find(&self, tree: &Tree) -> Vec<NodeId> {
        let mut progress = vec![Progress::START];
        let mut items = Vec::new();
        for node in tree.descendants(ROOT) {
            let parent = tree.parent(node).map_or(Progress::START, |parent| progress[parent as usize]);
            let (here, is_item) = match tree.data(node) {
                Data::Element { name, .. } => self.enter(parent, name, tree, node),
                Data::Root | Data::Text(_) => (Progress::default(), false),
            };
            progress.push(here);
            if is_item {
                items.push(node);
            }
        }
        items
    }

    /// Takes one element below `parent`; answers its progress and whether it is an item.
    pub(crate) fn enter(&self, parent: Progress, name: &Name, tree: &Tree, node: NodeId) -> (Progress, bool) {
        let mut here = 0;
        for (n, step) in self.0.iter().enumerate() {
            if parent.0 & (1 << n) == 0 {
                continue;
            }
            if step.anywhere {
                here |= 1 << n;
            }
            if step.matches(name, tree, node) {
                here |= 1 << (n + 1);
            }
        }
        (Progress(here), here & (1 << self.0.len()) != 0)
    }
}

impl Step {
    fn matches(&self, name: &Name, tree: &Tree, node: NodeId) -> bool {
        self.test.matches(name) && self.conditions.iter().all(|condition| condition.holds(tree, node))
    }
}

/// How far the path has been walked at one element: bit `n` says that its first `n` steps lead here.
/// Admission allows 12 steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Progress(u32);

impl Progress {
    /// At the root of the document, no step has been taken.
    pub(crate) const START: Self = Self(1);
}

/// Whether each step goes down to named elements, on conditions that a start tag decides.
fn streams(path: &NativePath) -> bool {
    let simple = path.steps.iter().all(|step| match (step.axis, &step.test) {
        (Axis::DescendantOrSelf, NativeTest::Node) => step.predicates.is_empty(),
        (Axis::Child, NativeTest::AnyElement | NativeTest::AnyIn(_) | NativeTest::Named { .. }) => {
            step.predicates.iter().all(Predicate::needs_only_attributes)
        }
        _ => false,
    });
    simple && path.steps.last().is_some_and(|last| last.axis == Axis::Child)
}
