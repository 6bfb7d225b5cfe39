//! Rules that a marketer gives a feed: which items become posts, which wait for a yes, which are left out, and why.
//! Pure: the same function decides about real items and about the preview, and the clock is an argument.

mod check;
mod evaluate;
mod language;
mod words;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::check::Fault;
pub use self::evaluate::Fact;
use crate::definition::Field;
use crate::item::Item;

/// The rules of one feed, as JSON. Without rules everything is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// In order: the first that keeps, drops or holds decides, those before it may set topic and language.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// An item that would be kept is held when its title or text has one of these words or phrases.
    #[serde(default)]
    pub stop_words: Vec<String>,
    /// An item is dropped, whatever the rules say, when an earlier one has the same title.
    #[serde(default)]
    pub drop_same_title: bool,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// As the marketer calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which items it is about.
    pub when: Condition,
    /// What happens to them.
    pub action: Action,
}

/// Tests taken together; no tests at all means every item (`all`, `none`) or no item (`any`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// How many of the tests must hold.
    pub of: Of,
    /// The tests.
    pub tests: Vec<Test>,
}

/// How many tests must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Each of them.
    All,
    /// At least one.
    Any,
    /// Not one.
    None,
}

/// A question about an item. Texts are compared without regard to capitals; only patterns mind them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "test", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Test {
    /// A field has the word, not as a part of another word.
    ContainsWord {
        /// Where to look.
        field: Field,
        /// What to look for.
        value: String,
    },
    /// A field has the text anywhere.
    ContainsPhrase {
        /// Where to look.
        field: Field,
        /// What to look for.
        value: String,
    },
    /// A field is the text.
    Equals {
        /// Where to look.
        field: Field,
        /// What to look for.
        value: String,
    },
    /// A field begins with the text.
    StartsWith {
        /// Where to look.
        field: Field,
        /// What to look for.
        value: String,
    },
    /// A field has a match of the regular expression, which takes time linear in the text.
    Matches {
        /// Where to look.
        field: Field,
        /// What to look for; `(?i)` in front makes it blind to capitals.
        pattern: String,
    },
    /// It was published more than so many days ago; an item without a date is neither older nor newer.
    OlderThan {
        /// Whole days.
        days: u16,
    },
    /// It was published less than so many days ago.
    NewerThan {
        /// Whole days.
        days: u16,
    },
    /// It has a picture.
    HasPicture,
    /// One of its categories is this.
    CategoryIs {
        /// The category.
        value: String,
    },
    /// Its title and text are in this language, as far as their most common words tell; too short a text is in none.
    LanguageIs {
        /// The language.
        language: Language,
    },
    /// It is a `YouTube` Short.
    IsShort,
    /// Tests taken together; a group has no groups inside.
    Group {
        /// How many of the tests must hold.
        of: Of,
        /// The tests.
        #[cfg_attr(feature = "schema", schema(no_recursion))]
        tests: Vec<Test>,
    },
}

/// Languages that can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = TextLanguage))]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Dutch.
    Nl,
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = FilterAction))]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It becomes a post; no later rule is asked.
    Keep,
    /// It becomes nothing; no later rule is asked.
    Drop,
    /// It waits for approval; no later rule is asked.
    Hold,
    /// Its post is about this topic; later rules are asked too.
    SetTopic(String),
    /// Its post is in this language, a short code such as `nl`; later rules are asked too.
    SetLanguage(String),
}

/// What becomes of an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
    /// The rules that applied, in order; none when nothing did.
    pub because: Vec<Because>,
}

/// Why: one rule that applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = FilterReason))]
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
    pub titles: &'a HashSet<String>,
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
    mut titles: HashSet<String>,
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

#[cfg(test)]
mod tests;
