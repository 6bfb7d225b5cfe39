//! What a filter says of an item, and why. The first rule that keeps, drops or holds decides; a title that was there
//! before goes before all rules, a stop word after them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Action, Fact, Filter, evaluate, words};
use crate::definition::Field;
use crate::item::Item;

/// What becomes of an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterOutcome)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It becomes a post, as the feed says.
    #[default]
    Keep,
    /// It becomes nothing.
    Drop,
    /// It waits for approval.
    Hold,
}

/// What the filter says of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What becomes of it.
    pub outcome: Outcome,
    /// Topic that a rule set.
    pub topic: Option<String>,
    /// Language that a rule set.
    pub language: Option<String>,
    /// Teams that a rule set.
    pub audience: Option<Vec<String>>,
    /// The rules that applied, in order; none when nothing did.
    pub because: Vec<Because>,
}

/// Why: one rule that applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterBecause)]
pub struct Because {
    /// `rule`, `same-title` or `stop-word`.
    pub code: Reason,
    /// Its place among the rules, from 0; null for what is built in.
    pub rule: Option<usize>,
    /// As the marketer calls it.
    pub name: Option<String>,
    /// What it did.
    pub action: Action,
    /// What was found in the item.
    pub facts: Vec<Fact>,
    /// All of this as an English sentence.
    pub words: String,
}

/// What kind of rule applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterReason)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// One of the marketer's rules.
    Rule,
    /// Built in: the title was there before.
    SameTitle,
    /// Built in: a stop word.
    StopWord,
}

/// What surrounds an item.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The present.
    pub now: DateTime<Utc>,
    /// Titles that were there before, as [`normal_title`] gives them.
    pub titles: &'a BTreeSet<String>,
}

/// What the filter says of an item, and why.
#[must_use]
pub fn decide(filter: &Filter, item: &Item, context: Context<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let title = item.title.as_deref().unwrap_or_default();
    if filter.drop_same_title && !title.is_empty() && context.titles.contains(&normal_title(title)) {
        verdict.outcome = Outcome::Drop;
        let fact = Fact::about("same-title", Some(Field::Title), Some(title), false);
        verdict.because.push(words::because(Reason::SameTitle, None, None, Action::Drop, vec![fact]));
        return verdict;
    }
    for (place, rule) in filter.rules.iter().enumerate() {
        let (holds, facts) = evaluate::condition(&rule.when, item, context.now);
        if !holds {
            continue;
        }
        let action = rule.action.clone();
        verdict.because.push(words::because(Reason::Rule, Some(place), rule.name.clone(), action.clone(), facts));
        match action {
            Action::SetTopic(topic) => verdict.topic = Some(topic),
            Action::SetLanguage(language) => verdict.language = Some(language),
            Action::SetAudience(teams) => verdict.audience = Some(teams),
            Action::Drop => {
                verdict.outcome = Outcome::Drop;
                return verdict;
            }
            Action::Hold => {
                verdict.outcome = Outcome::Hold;
                return verdict;
            }
            Action::Keep => break,
        }
    }
    if let Some(fact) = evaluate::stop_word(&filter.stop_words, item) {
        verdict.outcome = Outcome::Hold;
        verdict.because.push(words::because(Reason::StopWord, None, None, Action::Hold, vec![fact]));
    }
    verdict
}

/// What the filter says of several items, oldest first. A title counts as there before once an item that was not
/// dropped has it.
#[must_use]
pub fn decide_all<'a>(
    filter: &Filter,
    items: impl IntoIterator<Item = &'a Item>,
    now: DateTime<Utc>,
    mut titles: BTreeSet<String>,
) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for item in items {
        let verdict = decide(filter, item, Context { now, titles: &titles });
        if verdict.outcome != Outcome::Drop
            && let Some(title) = &item.title
        {
            titles.insert(normal_title(title));
        }
        verdicts.push(verdict);
    }
    verdicts
}

/// A title as it is compared: letters and digits only, small, one space between words.
#[must_use]
pub fn normal_title(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
