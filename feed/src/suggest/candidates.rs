//! The expressions that could be meant by a click: the way by names, with conditions on attributes, anywhere in the item,
//! and by position.

use super::naming::literal;
use super::{Naming, Target};
use crate::outline::Outline;
use crate::tree::{Data, NodeId, ROOT, Tree};

/// One expression to try.
pub(super) struct Candidate {
    pub(super) xpath: String,
    pub(super) by: By,
}

/// What an expression goes by; what changes less often comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    Names,
    /// A condition on an attribute or child whose name says that it tells siblings apart.
    Role(String),
    /// A condition on any other attribute.
    Value(String),
    Anywhere,
    Position,
}

/// Attributes and children that say what an element is, and not what is in it; the most telling first.
const ROLES: &[&str] = &[
    "rel", "itemprop", "property", "name", "key", "type", "medium", "role", "kind", "lang", "language", "scheme",
    "domain", "class", "code", "format", "size",
];
/// Attributes of an element that are looked at.
const ATTRIBUTES: usize = 6;
/// Characters of a value in a condition.
const LONGEST: usize = 60;

/// One step of the way, with the conditions that are true of its element.
struct Step {
    name: String,
    conditions: Vec<(String, By)>,
    /// Its place among siblings of its name, if there are others.
    position: Option<usize>,
}

pub(super) fn all(outline: &Outline, target: &Target) -> Vec<Candidate> {
    let naming = Naming::new(outline);
    let tree = &outline.tree;
    let attribute = match target.attribute.map(|id| naming.attribute(id)) {
        Some(None) => return Vec::new(),
        Some(written) => written,
        None => None,
    };
    let steps: Option<Vec<Step>> = target.way.iter().map(|&node| Step::new(&naming, tree, node, target)).collect();
    let Some(steps) = steps else { return Vec::new() };
    let paths = Paths { steps, attribute, absolute: target.item.is_none() };

    let mut all = paths.of_names();
    if target.is_text {
        all.push(Candidate { xpath: format!("{}/text()", paths.plain()), by: By::Names });
    }
    all.extend(paths.of_positions());
    if let (Some(item), Some(&node)) = (target.item, target.way.last()) {
        all.extend(paths.counted(tree, item, node, target.attribute));
    }
    all
}

struct Paths {
    steps: Vec<Step>,
    attribute: Option<String>,
    absolute: bool,
}

impl Paths {
    /// The path with a condition on some of its steps.
    fn with(&self, condition: impl Fn(usize) -> Option<String>) -> String {
        let step = |(n, step): (usize, &Step)| match condition(n) {
            Some(condition) => format!("{}[{condition}]", step.name),
            None => step.name.clone(),
        };
        let steps: Vec<String> = self.steps.iter().enumerate().map(step).chain(self.attribute.clone()).collect();
        match (self.absolute, steps.is_empty()) {
            (true, _) => format!("/{}", steps.join("/")),
            (false, true) => ".".to_owned(),
            (false, false) => steps.join("/"),
        }
    }

    fn plain(&self) -> String {
        self.with(|_| None)
    }

    fn of_names(&self) -> Vec<Candidate> {
        let mut all = vec![Candidate { xpath: self.plain(), by: By::Names }];
        for (n, step) in self.steps.iter().enumerate() {
            for (condition, by) in &step.conditions {
                let xpath = self.with(|place| (place == n).then(|| condition.clone()));
                all.push(Candidate { xpath, by: by.clone() });
            }
        }
        // Siblings on several levels: the most telling condition on each.
        let telling = |n: usize| self.steps[n].position.and_then(|_| self.steps[n].conditions.first());
        let several: Vec<_> = (0..self.steps.len()).filter_map(telling).collect();
        if several.len() > 1 {
            let by = several.iter().map(|(_, by)| by).max().cloned().unwrap_or(By::Names);
            all.push(Candidate { xpath: self.with(|n| telling(n).map(|(condition, _)| condition.clone())), by });
        }
        all.extend(self.anywhere());
        all
    }

    /// `.//name`, and `first//name`.
    fn anywhere(&self) -> Vec<Candidate> {
        let [first, .., last] = self.steps.as_slice() else { return Vec::new() };
        let attribute = self.attribute.as_ref().map(|name| format!("/{name}")).unwrap_or_default();
        let start = if self.absolute { "" } else { "." };
        let mut all = vec![format!("{start}//{}{attribute}", last.name)];
        all.extend(last.conditions.iter().map(|(held, _)| format!("{start}//{}[{held}]{attribute}", last.name)));
        if self.steps.len() > 2 && !self.absolute {
            all.push(format!("{}//{}{attribute}", first.name, last.name));
        }
        all.into_iter().map(|xpath| Candidate { xpath, by: By::Anywhere }).collect()
    }

    fn of_positions(&self) -> Vec<Candidate> {
        let place = |n: usize| self.steps[n].position.map(|position| position.to_string());
        if (0..self.steps.len()).all(|n| place(n).is_none()) {
            return Vec::new();
        }
        // Conditions where there are some, positions for the rest.
        let mixed = |n: usize| {
            let told = self.steps[n].position.and_then(|_| self.steps[n].conditions.first());
            told.map(|(condition, _)| condition.clone()).or_else(|| place(n))
        };
        [self.with(place), self.with(mixed)].map(|xpath| Candidate { xpath, by: By::Position }).into()
    }

    /// `(.//name)[7]`: finds anything, however deep it stands.
    fn counted(&self, tree: &Tree, item: NodeId, node: NodeId, attribute: Option<u32>) -> Option<Candidate> {
        let name = |node: NodeId| match tree.data(node) {
            Data::Element { name, .. } => Some((name.namespace, name.local)),
            Data::Root | Data::Text(_) => None,
        };
        let has_attribute = |node: NodeId| {
            let Some(wanted) = attribute.map(|id| tree.attribute(id).name) else { return true };
            let mut names = tree.attribute_ids(node).map(|id| tree.attribute(id).name);
            names.any(|name| name.namespace == wanted.namespace && name.local == wanted.local)
        };
        let before = (item + 1..=node).filter(|&other| name(other) == name(node) && has_attribute(other)).count();
        let attribute = self.attribute.as_ref().map(|name| format!("/{name}")).unwrap_or_default();
        let last = &self.steps.last()?.name;
        Some(Candidate { xpath: format!("(.//{last}{attribute})[{before}]"), by: By::Position })
    }
}

impl Step {
    fn new(naming: &Naming, tree: &Tree, node: NodeId, target: &Target) -> Option<Self> {
        let mut conditions: Vec<(usize, String, By)> = Vec::new();
        let mut add = |rank: Option<usize>, test: String, value: &str| {
            if value.is_empty() || value.chars().count() > LONGEST {
                return;
            }
            let Some(value) = literal(value) else { return };
            let held = format!("{test}={value}");
            let by = if rank.is_some() { By::Role(held.clone()) } else { By::Value(held.clone()) };
            conditions.push((rank.unwrap_or(ROLES.len()), held, by));
        };
        for id in tree.attribute_ids(node).filter(|&id| target.attribute != Some(id)).take(ATTRIBUTES) {
            let attribute = tree.attribute(id);
            add(role(attribute.name.local), naming.attribute(id)?, &attribute.value);
        }
        let is_last = target.way.last() == Some(&node);
        for child in tree.children(node).filter(|child| !is_last && !target.way.contains(child)) {
            let Data::Element { name, .. } = tree.data(child) else { continue };
            let rank = role(name.local);
            if rank.is_some() && tree.children(child).all(|inside| tree.text(inside).is_some()) {
                add(rank, naming.element(child)?, &tree.string_value(child));
            }
        }
        conditions.sort_by_key(|(rank, ..)| *rank);
        let pair = match conditions.as_slice() {
            [(_, one, By::Role(_)), (_, two, By::Role(_)), ..] => Some(format!("{one} and {two}")),
            _ => None,
        };
        let mut conditions: Vec<_> = conditions.into_iter().map(|(_, held, by)| (held, by)).collect();
        conditions.extend(pair.map(|pair| (pair.clone(), By::Role(pair))));
        Some(Self { name: naming.element(node)?, conditions, position: position(tree, node) })
    }
}

fn role(name: &str) -> Option<usize> {
    ROLES.iter().position(|role| role.eq_ignore_ascii_case(name))
}

/// The place of an element among siblings of its name; `None` if it is alone.
fn position(tree: &Tree, node: NodeId) -> Option<usize> {
    let name = |node: NodeId| match tree.data(node) {
        Data::Element { name, .. } => Some((name.namespace, name.local)),
        Data::Root | Data::Text(_) => None,
    };
    let siblings = tree.children(tree.parent(node).unwrap_or(ROOT));
    let alike: Vec<_> = siblings.filter(|&sibling| name(sibling) == name(node)).collect();
    let place = alike.iter().position(|&sibling| sibling == node)?;
    (alike.len() > 1).then_some(place + 1)
}
