//! What each candidate found over all items, and which candidates are the best.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::Suggestion;
use super::candidates::{By, Candidate};
use crate::limits::Limits;
use crate::xpath::{Engine, Expression, Item, Want};

/// The text that must be found.
pub(super) struct Wanted {
    pub(super) text: String,
    /// A part of what is found is enough, because a text between elements was clicked.
    pub(super) is_part: bool,
}

impl Wanted {
    fn is(&self, found: &str) -> bool {
        if self.is_part { found.contains(&self.text) } else { found.trim() == self.text }
    }
}

/// What one candidate found.
#[derive(Default)]
pub(super) struct Tally {
    filled: u32,
    /// Matches that are not blank, in all items.
    matches: u32,
    /// Whether an item has more than one of them.
    several: bool,
    hit: Hit,
    failed: bool,
}

/// Where in the clicked item's matches that stands which was clicked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Hit {
    #[default]
    Nowhere,
    Later,
    First,
}

impl Tally {
    /// Evaluates on one item; `wanted` if it is the one where the click was.
    pub(super) fn add(
        &mut self,
        expression: &Expression,
        item: &Item,
        engine: &Engine,
        wanted: Option<&Wanted>,
        limits: &Limits,
    ) {
        if self.failed {
            return;
        }
        let Ok(all) = expression.evaluate(item, engine, Want::default(), limits) else {
            self.failed = true;
            return;
        };
        let full: Vec<&str> = all.iter().map(|found| found.text.as_ref()).filter(|t| !t.trim().is_empty()).collect();
        self.filled += u32::from(!full.is_empty());
        self.matches = self.matches.saturating_add(u32::try_from(full.len()).unwrap_or(u32::MAX));
        self.several |= full.len() > 1;
        let Some(wanted) = wanted else { return };
        let is_first = match full.first() {
            Some(first) => wanted.is(first),
            None => wanted.text.is_empty() && !all.is_empty(),
        };
        let is_there = is_first || all.iter().any(|found| wanted.is(&found.text));
        let hit = if is_first {
            Hit::First
        } else if is_there {
            Hit::Later
        } else {
            Hit::Nowhere
        };
        self.hit = self.hit.max(hit);
    }
}

/// How well a candidate says what was meant; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It finds what was clicked, and one thing in each item by something that stays.
    Sure,
    /// What was clicked is one of several things that it finds.
    List,
    /// It counts.
    Position,
    /// It depends on what is in this one item.
    Coincidence,
}

/// The best of the candidates that found what was clicked.
pub(super) fn best(answers: Vec<(Candidate, Tally)>, items: u32, most: usize) -> Vec<Suggestion> {
    let names = answers.iter().find(|(candidate, _)| candidate.by == By::Names);
    let by_names = names.map_or(0, |(_, tally)| tally.matches);
    let filled_by_names = names.map_or(0, |(_, tally)| tally.filled);
    let mut ranked: Vec<_> = answers
        .into_iter()
        .filter(|(_, tally)| tally.hit != Hit::Nowhere && !tally.failed)
        .filter_map(|(candidate, tally)| Some((fit(&candidate, &tally, by_names, filled_by_names)?, candidate, tally)))
        .collect();
    ranked.sort_by(|(fit, a, tally), (other_fit, b, other)| {
        let key = (fit, Reverse(tally.filled), stability(&a.by), a.xpath.len(), &a.xpath);
        key.cmp(&(other_fit, Reverse(other.filled), stability(&b.by), b.xpath.len(), &b.xpath))
    });
    // The same expression may have come up by two ways; the better one counts.
    let mut offered = HashSet::new();
    ranked.retain(|(_, candidate, _)| offered.insert(candidate.xpath.clone()));
    let suggestion = |(_, candidate, tally): (Fit, Candidate, Tally)| {
        let why = why(&candidate, &tally, items);
        Suggestion { xpath: candidate.xpath, filled: tally.filled, items, why }
    };
    ranked.into_iter().take(most).map(suggestion).collect()
}

fn stability(by: &By) -> u8 {
    match by {
        By::Names => 0,
        By::Role(_) => 1,
        By::Value(_) => 2,
        By::Anywhere => 3,
        By::Position => 4,
    }
}

/// `None` if the candidate says nothing that the names alone do not.
fn fit(candidate: &Candidate, tally: &Tally, by_names: u32, filled_by_names: u32) -> Option<Fit> {
    let in_several_items = tally.filled >= 2.min(filled_by_names);
    let recurs = match &candidate.by {
        By::Names | By::Anywhere | By::Position => true,
        By::Role(_) | By::Value(_) if tally.matches == by_names => return None,
        By::Role(_) => in_several_items,
        By::Value(_) => in_several_items && filled_by_names >= 2 && tally.filled * 2 >= filled_by_names,
    };
    match (&candidate.by, tally.hit == Hit::First) {
        (By::Position, true) => Some(Fit::Position),
        (By::Position, false) => None,
        _ if !recurs => Some(Fit::Coincidence),
        (By::Names | By::Anywhere, true) if !tally.several => Some(Fit::Sure),
        (By::Role(_) | By::Value(_), true) => Some(Fit::Sure),
        (By::Anywhere, _) => Some(Fit::Coincidence),
        (By::Names | By::Role(_) | By::Value(_), _) => Some(Fit::List),
    }
}

fn why(candidate: &Candidate, tally: &Tally, items: u32) -> String {
    let filled = match (tally.filled, items) {
        (0, _) => "It is empty in all items".to_owned(),
        (1, 1) => "The only item has it".to_owned(),
        (filled, items) if filled == items => format!("All {items} items have it"),
        (filled, items) => format!("{filled} of {items} items have it"),
    };
    let outside = candidate.xpath.starts_with('/');
    let by = match &candidate.by {
        By::Names if outside => "it stands outside the items, so they share it".to_owned(),
        By::Names if tally.several => "some have several; the first counts, and for categories all do".to_owned(),
        By::Names => "found by names alone".to_owned(),
        By::Role(held) | By::Value(held) => format!("told apart by {held}"),
        By::Anywhere if outside => "searched anywhere in the document".to_owned(),
        By::Anywhere => "searched anywhere in the item".to_owned(),
        By::Position => "by position, which breaks when the order changes".to_owned(),
    };
    format!("{filled}: {by}.")
}
