//! Rules that a marketer gives a feed: which items become posts, which wait for a yes, which are left out, and why.
//! Pure: the same function decides about real items and about the preview, and the clock is an argument.

mod check;
mod decide;
mod evaluate;
mod expressions;
mod language;
mod words;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::check::Fault;
pub use self::decide::{Because, Context, Outcome, Reason, Verdict, decide, decide_all, normal_title};
pub use self::evaluate::Fact;
use crate::definition::Field;

/// The rules of one feed, as JSON. Without rules everything is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterRule)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterCondition)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// How many of the tests must hold.
    pub of: Of,
    /// The tests.
    pub tests: Vec<Test>,
}

/// How many tests must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterOf)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterTest)]
#[serde(tag = "test", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Test {
    /// A field, or what an expression finds, has the word, not as a part of another word.
    ContainsWord {
        /// Where to look; this or `xpath`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Field>,
        /// Where to look, from the item; this or `field`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        xpath: Option<String>,
        /// What to look for.
        value: String,
    },
    /// A field has the text anywhere.
    ContainsPhrase {
        /// Where to look; this or `xpath`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Field>,
        /// Where to look, from the item; this or `field`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        xpath: Option<String>,
        /// What to look for.
        value: String,
    },
    /// A field is the text.
    Equals {
        /// Where to look; this or `xpath`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Field>,
        /// Where to look, from the item; this or `field`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        xpath: Option<String>,
        /// What to look for.
        value: String,
    },
    /// A field begins with the text.
    StartsWith {
        /// Where to look; this or `xpath`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Field>,
        /// Where to look, from the item; this or `field`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        xpath: Option<String>,
        /// What to look for.
        value: String,
    },
    /// A field has a match of the regular expression, which takes time linear in the text.
    Matches {
        /// Where to look; this or `xpath`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<Field>,
        /// Where to look, from the item; this or `field`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        xpath: Option<String>,
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
        #[schema(no_recursion)]
        tests: Vec<Test>,
    },
}

/// Languages that can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TextLanguage)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterAction)]
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
    /// Its post is for the people of these teams only; later rules are asked too.
    SetAudience(Vec<String>),
}

#[cfg(test)]
mod tests;
