//! From a click to the item path: which of the clicked element and those around it is one of many alike.

use super::naming::literal;
use super::{MOST, Naming, Suggestion};
use crate::outline::Outline;
use crate::outline::kinds::{KindId, Kinds};
use crate::outline::proposals::likeness;
use crate::tree::{Data, NodeId, ROOT};

/// Attributes that divide siblings of one name into sorts.
const SORTS: &[&str] = &["type", "kind", "class", "status", "category", "rel"];

/// Item paths on which a node, or an element around it, is an item; best first, at most five.
#[must_use]
pub fn suggest_items(outline: &Outline, node: u32) -> Vec<Suggestion> {
    if node == ROOT || !outline.exists(node) {
        return Vec::new();
    }
    let (tree, kinds, naming) = (&outline.tree, outline.kinds(), Naming::new(outline));
    let around = std::iter::successors(Some(node), |&node| tree.parent(node)).filter(|&node| node != ROOT);
    let mut ranked: Vec<(f64, Suggestion)> = Vec::new();
    for element in around.filter(|&node| tree.text(node).is_none()) {
        let kind = kinds.of(element);
        let score = likeness(&kinds, kind);
        let Some(path) = naming.item_path(element) else { continue };
        let is_named = !path.ends_with(']');
        let wider =
            path.rfind('/').filter(|_| is_named && alike_elsewhere(&kinds, kind)).map(|at| format!("/{}", &path[at..]));
        let narrower = if is_named { sort(outline, element, &path) } else { None };
        for (n, xpath) in wider.into_iter().chain([path.clone()]).chain(narrower).enumerate() {
            let is_there = |found: &Vec<NodeId>| found.contains(&element) || outline.unclosed.contains(&element);
            let Some(found) = naming.find(&xpath).filter(is_there) else { continue };
            // Of one element the widest path goes first.
            let score = score - f64::from(u32::try_from(n).unwrap_or(u32::MAX)) * 0.01;
            ranked.push((score, suggestion(outline, xpath, &found, &path)));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().map(|(_, suggestion)| suggestion).take(MOST).collect()
}

/// Whether elements of the same name and mostly the same parts stand at other paths too, as in nested groups.
fn alike_elsewhere(kinds: &Kinds, id: KindId) -> bool {
    let kind = &kinds.all[id];
    let parts = |id: KindId| kinds.all[id].children.iter().map(|&child| kinds.all[child].name.local);
    let alike = |&other: &KindId| {
        let same_name =
            kinds.all[other].name.local == kind.name.local && kinds.all[other].name.namespace == kind.name.namespace;
        let common = parts(other).filter(|part| parts(id).any(|own| own == *part)).count();
        other != id && same_name && common * 2 >= kind.children.len().max(1)
    };
    (1..kinds.all.len()).any(|other| alike(&other))
}

/// The path to elements of the same sort only, if siblings of the name are of several sorts.
fn sort(outline: &Outline, element: NodeId, path: &str) -> Option<String> {
    let tree = &outline.tree;
    let name = |node: NodeId| match tree.data(node) {
        Data::Element { name, .. } => Some((name.namespace, name.local)),
        Data::Root | Data::Text(_) => None,
    };
    SORTS.iter().find_map(|attribute| {
        let own = tree.attribute_value(element, attribute).filter(|value| !value.is_empty())?;
        let mut siblings = tree.children(tree.parent(element)?).filter(|&sibling| name(sibling) == name(element));
        let others = siblings.any(|sibling| tree.attribute_value(sibling, attribute) != Some(own));
        others.then(|| Some(format!("{path}[@{attribute}={}]", literal(own)?))).flatten()
    })
}

fn suggestion(outline: &Outline, xpath: String, found: &[NodeId], path: &str) -> Suggestion {
    let items = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let is_full = |&&node: &&NodeId| {
        !outline.tree.attribute_ids(node).is_empty() || !outline.tree.string_value(node).trim().is_empty()
    };
    let filled = u32::try_from(found.iter().filter(is_full).count()).unwrap_or(u32::MAX);
    let number = if items == 1 { "It finds one item".to_owned() } else { format!("It finds {items} items") };
    let why = match &xpath {
        xpath if xpath.starts_with("//") => format!("{number}, at any depth."),
        xpath if xpath != path => format!("{number}, only those of this sort."),
        _ => format!("{number}."),
    };
    Suggestion { xpath, filled, items, why }
}
