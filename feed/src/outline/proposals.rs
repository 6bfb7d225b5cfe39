//! Which elements look like items: they stand side by side, have several parts, and some of those are called title or link.

use serde::Serialize;
use utoipa::ToSchema;

use super::kinds::{Kind, KindId, Kinds};
use super::{Outline, count, written};
use crate::suggest::Naming;

/// Proposals that are made at most.
const MOST: usize = 5;
/// Parts beyond these make nothing more of an item.
const PARTS: f64 = 12.0;

/// An item path that would find something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ItemPathProposal {
    /// The item path.
    pub xpath: String,
    /// How many items it finds.
    pub count: u32,
    /// One sentence that says what speaks for it.
    pub why: String,
}

impl Outline<'_> {
    /// Item paths of elements that look like items, best first; none if nothing does.
    #[must_use]
    pub fn item_paths(&self) -> Vec<ItemPathProposal> {
        let kinds = self.kinds();
        let naming = Naming::new(self);
        let mut scored: Vec<_> = (1..kinds.all.len())
            .filter(|&id| kinds.all[id].repeats() || (kinds.all[id].count == 1 && is_item_name(&kinds.all[id])))
            .map(|id| (id, likeness(&kinds, id)))
            .filter(|&(_, score)| score > 0.0)
            .collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let proposal = |(id, _): (KindId, f64)| {
            let xpath = naming.item_path(kinds.all[id].first)?;
            let count = count(naming.find(&xpath)?.len());
            Some(ItemPathProposal { xpath, count, why: why(&kinds, id, count) })
        };
        scored.into_iter().filter_map(proposal).take(MOST).collect()
    }
}

/// How much a kind looks like items; 0 and below not at all.
pub(crate) fn likeness(kinds: &Kinds, id: KindId) -> f64 {
    let kind = &kinds.all[id];
    let named = |words: &[&str]| {
        let is_one = |child: &KindId| words.contains(&kinds.all[*child].name.local.to_lowercase().as_str());
        kind.children.iter().copied().filter(is_one).map(|child| kinds.share(id, child)).fold(0.0, f64::max)
    };
    let repetition = f64::from(kind.count).ln().min(7.0);
    let mut score = repetition + parts(kinds, id).min(PARTS) + 4.0 * named(TITLES) + 3.0 * named(LINKS);
    if is_item_name(kind) {
        score += 4.0;
    }
    if !kind.repeats() {
        score *= if kind.count == 1 { 0.5 } else { 0.3 };
    }
    // A list inside an item is a part of it, unless it is called by what items are called.
    let is_inside_item = kinds.around(id).any(|around| kinds.all[around].repeats() && parts(kinds, around) >= 2.0);
    match (is_inside_item, is_item_name(kind)) {
        (false, _) => score,
        (true, true) => score * 0.8,
        (true, false) => score * 0.4,
    }
}

/// How many parts an element of the kind has on average: attributes, and children of different names or attributes.
fn parts(kinds: &Kinds, id: KindId) -> f64 {
    let kind = &kinds.all[id];
    let of_child = |&child: &KindId| {
        let part = &kinds.all[child];
        // <field name="title"> and <field name="link"> are two parts.
        let told_apart = part.is_leaf() && part.attributes >= part.count;
        if told_apart { f64::from(part.count) / f64::from(kind.count) } else { kinds.share(id, child) }
    };
    f64::from(kind.attributes) / f64::from(kind.count.max(1)) + kind.children.iter().map(of_child).sum::<f64>()
}

fn is_item_name(kind: &Kind) -> bool {
    ITEMS.contains(&kind.name.local.to_lowercase().as_str())
}

const ITEMS: &[&str] = &[
    "item", "entry", "job", "vacancy", "vacature", "position", "product", "article", "post", "event", "record", "row",
    "offer", "news", "story", "url", "node", "ad", "listing", "video", "episode",
];
const TITLES: &[&str] = &["title", "headline", "name", "titel", "functie", "functietitel", "jobtitle", "job_title"];
const LINKS: &[&str] = &["link", "url", "href", "loc", "guid", "applyurl", "apply_url"];

/// Parts that are named in a sentence.
const NAMED: usize = 3;

fn why(kinds: &Kinds, id: KindId, count: u32) -> String {
    let kind = &kinds.all[id];
    let mut children: Vec<_> = kind.children.iter().map(|&child| (child, kinds.share(id, child))).collect();
    children.sort_by(|a, b| b.1.total_cmp(&a.1));
    let names: Vec<_> = children.iter().take(NAMED).map(|&(child, _)| written(kinds.all[child].name)).collect();
    let start = match count {
        1 => "There is one".to_owned(),
        _ => format!("There are {count}"),
    };
    let name = written(kind.name);
    match names.as_slice() {
        [] => format!("{start} <{name}>."),
        [one] => format!("{start} <{name}>, with {one} inside."),
        [before @ .., last] => format!("{start} <{name}>, with {} and {last} inside.", before.join(", ")),
    }
}
