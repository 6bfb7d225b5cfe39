//! Whether a test holds of an item, and the facts that say why or why not.

use std::borrow::Cow;

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Condition, Of, Test, language};
use crate::definition::Field;
use crate::item::Item;
use crate::pattern;

/// One thing that was found in an item, or not found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FilterFact)]
pub struct Fact {
    /// Name of the test, as in `contains-word`; `same-title` and `stop-word` for what is built in.
    pub test: Cow<'static, str>,
    /// Where it was looked for.
    pub field: Option<Field>,
    /// The expression that was evaluated instead of a field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xpath: Option<String>,
    /// What was looked for: the word, the pattern, the number of days, the language.
    pub value: Option<String>,
    /// True: it was not so.
    pub not: bool,
}

impl Fact {
    pub(super) fn about(test: &'static str, field: Option<Field>, value: Option<&str>, not: bool) -> Self {
        Self { test: test.into(), field, xpath: None, value: value.map(str::to_owned), not }
    }
}

/// Whether it holds, and why or why not.
pub(super) fn condition(condition: &Condition, item: &Item, now: DateTime<Utc>) -> (bool, Vec<Fact>) {
    group(condition.of, &condition.tests, item, now)
}

fn group(of: Of, tests: &[Test], item: &Item, now: DateTime<Utc>) -> (bool, Vec<Fact>) {
    // `all` ends at the first that does not hold, the others at the first that does: that one is the reason. If none
    // ends it, all of them are.
    let ending = of != Of::All;
    let mut facts = Vec::new();
    for one in tests {
        let (holds, own) = test(one, item, now);
        if holds == ending {
            return (of == Of::Any, own);
        }
        facts.extend(own);
    }
    (of != Of::Any, facts)
}

fn test(test: &Test, item: &Item, now: DateTime<Utc>) -> (bool, Vec<Fact>) {
    let fact = |name, field, value: Option<&str>, holds: bool| (holds, vec![Fact::about(name, field, value, !holds)]);
    match test {
        Test::Group { of, tests } => group(*of, tests, item, now),
        Test::ContainsWord { field, xpath, value } => {
            of_text("contains-word", Operand { field: *field, xpath }, value, item, |text| has_word(text, value))
        }
        Test::ContainsPhrase { field, xpath, value } => {
            let wanted = fold(value);
            let operand = Operand { field: *field, xpath };
            of_text("contains-phrase", operand, value, item, |text| fold(text).contains(&wanted))
        }
        Test::Equals { field, xpath, value } => {
            let wanted = fold(value);
            of_text("equals", Operand { field: *field, xpath }, value, item, |text| fold(text) == wanted)
        }
        Test::StartsWith { field, xpath, value } => {
            let wanted = fold(value);
            let operand = Operand { field: *field, xpath };
            of_text("starts-with", operand, value, item, |text| fold(text).starts_with(&wanted))
        }
        Test::Matches { field, xpath, pattern } => {
            // A pattern that does not compile was refused when the filter was saved.
            let regex = pattern::compile(pattern).ok();
            let operand = Operand { field: *field, xpath };
            of_text("matches", operand, pattern, item, |text| regex.as_ref().is_some_and(|regex| regex.is_match(text)))
        }
        Test::OlderThan { days } => {
            let holds = item.published.is_some_and(|published| now - published > Duration::days((*days).into()));
            fact("older-than", Some(Field::Published), Some(&days.to_string()), holds)
        }
        Test::NewerThan { days } => {
            let holds = item.published.is_some_and(|published| now - published < Duration::days((*days).into()));
            fact("newer-than", Some(Field::Published), Some(&days.to_string()), holds)
        }
        Test::HasPicture => fact("has-picture", Some(Field::Image), None, item.image.is_some()),
        Test::CategoryIs { value } => {
            let wanted = fold(value);
            let holds = item.categories.iter().any(|category| fold(category) == wanted);
            fact("category-is", Some(Field::Categories), Some(value), holds)
        }
        Test::LanguageIs { language } => {
            let holds = language::of_item(item) == Some(*language);
            fact("language-is", None, Some(language.code()), holds)
        }
        Test::IsShort => fact("is-short", Some(Field::Link), None, is_short(item)),
    }
}

/// What a test of texts looks at; a filter that was checked has one of them.
#[derive(Clone, Copy)]
struct Operand<'t> {
    field: Option<Field>,
    xpath: &'t Option<String>,
}

fn of_text(
    name: &'static str,
    operand: Operand,
    value: &str,
    item: &Item,
    says: impl Fn(&str) -> bool,
) -> (bool, Vec<Fact>) {
    let of_field = operand.field.into_iter().flat_map(|field| values(item, field));
    let found = operand.xpath.as_ref().and_then(|xpath| item.extras.get(xpath)).into_iter().flatten();
    let holds = of_field.chain(found.map(|text| text.as_str().into())).any(|text| says(&text));
    let fact = Fact { xpath: operand.xpath.clone(), ..Fact::about(name, operand.field, Some(value), !holds) };
    (holds, vec![fact])
}

/// The stop word that an item has, if it has one.
pub(super) fn stop_word(words: &[String], item: &Item) -> Option<Fact> {
    [Field::Title, Field::Text].into_iter().find_map(|field| {
        let text = values(item, field).next()?;
        let found = words.iter().find(|word| has_word(&text, word))?;
        Some(Fact::about("stop-word", Some(field), Some(found), false))
    })
}

/// What a field says; several only of categories.
fn values(item: &Item, field: Field) -> Box<dyn Iterator<Item = Cow<'_, str>> + '_> {
    let one = match field {
        Field::Guid => item.guid.as_deref(),
        Field::Title => item.title.as_deref(),
        Field::Link => item.link.as_deref(),
        Field::Text => item.text.as_deref(),
        Field::Image => item.image.as_deref(),
        Field::Author => item.author.as_deref(),
        Field::Published => {
            let instant = item.published.map(|published| published.to_rfc3339_opts(SecondsFormat::Secs, true));
            return Box::new(instant.map(Cow::Owned).into_iter());
        }
        Field::Categories => return Box::new(item.categories.iter().map(|category| category.as_str().into())),
    };
    Box::new(one.map(Cow::Borrowed).into_iter())
}

/// Small letters, one space between words.
fn fold(text: &str) -> String {
    crate::text::one_line(text).to_lowercase()
}

/// True when the word, or words, stand in the text with no letter or digit directly before or after.
fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (fold(text), fold(word));
    if word.is_empty() {
        return false;
    }
    text.match_indices(&word).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// A Short has an address of its own kind; some channels only mark it in the title.
fn is_short(item: &Item) -> bool {
    let address = item.link.as_deref().and_then(|link| url::Url::parse(link).ok());
    let has_address = address.is_some_and(|url| {
        let host = url.host_str().unwrap_or_default();
        (host == "youtube.com" || host.ends_with(".youtube.com")) && url.path().starts_with("/shorts/")
    });
    has_address || item.title.as_deref().is_some_and(|title| has_word(title, "#shorts"))
}
