//! From a click in the outline to the shortest expression that will still be right tomorrow: names first, then attributes
//! that tell siblings apart, positions last. Every suggestion was evaluated on all items before it is made.

mod candidates;
mod items;
mod naming;
mod tally;
#[cfg(test)]
mod tests;

use serde::Serialize;
use utoipa::ToSchema;

use crate::document::Document;
use crate::envelope::Envelopes;
use crate::error::{Place, ReadError};
use crate::limits::Limits;
use crate::outline::{Outline, written};
use crate::tree::{Data, NodeId, ROOT};
use crate::xpath::{Engine, Expression, Item, ItemSelector};
use candidates::Candidate;
pub use items::suggest_items;
pub(crate) use naming::Naming;
use tally::{Tally, Wanted};

/// Suggestions made at most.
const MOST: usize = 5;

/// What was clicked: an element or text, or one attribute of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click {
    /// Id of the node in the outline.
    pub node: u32,
    /// The attribute's name as written; `None` for the node itself.
    pub attribute: Option<String>,
}

/// An expression that finds what was clicked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// The expression.
    pub xpath: String,
    /// In how many items it finds something that is not blank.
    pub filled: u32,
    /// How many items there are.
    pub items: u32,
    /// One sentence about what it goes by.
    pub why: String,
}

/// Expressions from the item to what was clicked, best first, at most five; absolute ones for what stands outside the
/// items. None if the click is on nothing that an expression could give, such as an element that holds the items.
///
/// # Errors
/// When the item path is wrong or too expensive.
pub fn suggest_field(
    document: &Document,
    outline: &Outline,
    click: &Click,
    item_path: &str,
    limits: &Limits,
) -> Result<Vec<Suggestion>, ReadError> {
    let head = document.head();
    let bindings = crate::xpath::Bindings::new(&head.default, &head.declared, document.text());
    let (mut namespaces, mut engine) = (outline.tree.namespaces.clone(), Engine::new());
    let selector = ItemSelector::new(item_path, &bindings, &mut namespaces, &mut engine)
        .map_err(|error| error.at(Place::ItemPath, item_path))?;
    let found = selector.find(&outline.tree);
    let mut envelopes = Envelopes::new(&outline.tree, namespaces.clone(), &found, limits);
    let mut items = Vec::new();
    for &node in found.iter().filter(|node| !outline.unclosed.contains(node)) {
        let accepts = envelopes.with_item(node, |tree, node| selector.accepts(&Item::new(tree, node), &engine, limits));
        if accepts.map_err(|failure| failure.at(Place::ItemPath, item_path))? {
            items.push(node);
        }
    }
    let Some(target) = Target::new(outline, click, &items) else { return Ok(Vec::new()) };
    let mut asked: Vec<(Candidate, Expression, Tally)> = candidates::all(outline, &target)
        .into_iter()
        .filter_map(|candidate| {
            let expression = Expression::new(&candidate.xpath, &bindings, &mut namespaces, &mut engine).ok()?;
            Some((candidate, expression, Tally::default()))
        })
        .collect();
    for &node in &items {
        let is_clicked = target.item.is_none_or(|clicked| clicked == node);
        envelopes.with_item(node, |tree, node| {
            let item = Item::new(tree, node);
            for (_, expression, tally) in &mut asked {
                tally.add(expression, &item, &engine, is_clicked.then_some(&target.wanted), limits);
            }
        });
    }
    let answers = asked.into_iter().map(|(candidate, _, tally)| (candidate, tally)).collect();
    let number = u32::try_from(items.len()).unwrap_or(u32::MAX);
    Ok(tally::best(answers, number, MOST))
}

/// What was clicked, as a way through the tree.
struct Target {
    /// Elements from below the item, or from the root element, down to the one that was clicked or holds the click.
    way: Vec<NodeId>,
    /// The item it stands in; `None` outside the items.
    item: Option<NodeId>,
    /// The attribute's id.
    attribute: Option<u32>,
    /// A text between elements.
    is_text: bool,
    wanted: Wanted,
}

impl Target {
    /// `None` if there is no such node or attribute, or nothing that an expression could give of it.
    fn new(outline: &Outline, click: &Click, items: &[NodeId]) -> Option<Self> {
        let tree = &outline.tree;
        if click.node == ROOT || !outline.exists(click.node) {
            return None;
        }
        let is_text = matches!(tree.data(click.node), Data::Text(_));
        let element = if is_text { tree.parent(click.node)? } else { click.node };
        let attribute = match &click.attribute {
            Some(name) => Some(tree.attribute_ids(element).find(|&id| written(tree.attribute(id).name) == *name)?),
            None => None,
        };
        let around: Vec<NodeId> =
            std::iter::successors(Some(element), |&node| tree.parent(node)).filter(|&node| node != ROOT).collect();
        let item = around.iter().copied().find(|node| items.binary_search(node).is_ok());
        let holds_items = item.is_none() && items.iter().any(|item| tree.descendants(element).contains(item));
        if holds_items && attribute.is_none() {
            return None;
        }
        let mut way: Vec<NodeId> = around.into_iter().take_while(|&node| Some(node) != item).collect();
        way.reverse();
        let text = match attribute {
            Some(id) => tree.attribute(id).value.clone().into_owned(),
            None => tree.string_value(click.node).into_owned(),
        };
        Some(Self { way, item, attribute, is_text, wanted: Wanted { text: text.trim().to_owned(), is_part: is_text } })
    }
}
