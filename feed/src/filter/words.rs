//! Why, as English sentences. The facts carry the same for other languages.

use super::{Action, Because, Fact, Reason};
use crate::definition::Field;

pub(super) fn because(
    code: Reason,
    rule: Option<usize>,
    name: Option<String>,
    action: Action,
    facts: Vec<Fact>,
) -> Because {
    let done = match &action {
        Action::Keep => "kept",
        Action::Drop => "dropped",
        Action::Hold => "held for approval",
        Action::SetTopic(_) => "given another topic",
        Action::SetLanguage(_) => "given a language",
        Action::SetAudience(_) => "meant for some teams only",
    };
    let by = match (code, rule, &name) {
        (Reason::SameTitle, ..) => "the rule against the same title twice".to_owned(),
        (Reason::StopWord, ..) => "the list of stop words".to_owned(),
        (Reason::Rule, place, None) => format!("rule {}", place.map_or(0, |place| place + 1)),
        (Reason::Rule, place, Some(name)) => format!("rule {} “{name}”", place.map_or(0, |place| place + 1)),
    };
    let found: Vec<String> = facts.iter().map(of_fact).collect();
    let found = if found.is_empty() { "it is about every item".to_owned() } else { found.join(" and ") };
    let words = format!("It was {done} by {by}: {found}.");
    Because { code, rule, name, action, facts, words }
}

fn of_fact(fact: &Fact) -> String {
    let value = fact.value.as_deref().unwrap_or_default();
    let place = match (&fact.xpath, fact.field) {
        (Some(xpath), _) => format!("value of {xpath}"),
        (None, Some(field)) => noun(field).to_owned(),
        (None, None) => "item".to_owned(),
    };
    let (is, is_not) = match &*fact.test {
        "contains-word" => ("the {field} has the word “{value}”", "the {field} does not have the word “{value}”"),
        "contains-phrase" => ("the {field} has “{value}” in it", "the {field} does not have “{value}” in it"),
        "equals" => ("the {field} is “{value}”", "the {field} is not “{value}”"),
        "starts-with" => ("the {field} begins with “{value}”", "the {field} does not begin with “{value}”"),
        "matches" => ("the {field} matches {value}", "the {field} does not match {value}"),
        "older-than" => ("it is older than {value} days", "it is not older than {value} days"),
        "newer-than" => ("it is newer than {value} days", "it is not newer than {value} days"),
        "has-picture" => ("it has a picture", "it has no picture"),
        "category-is" => ("one category is “{value}”", "no category is “{value}”"),
        "language-is" => ("it is in the language {value}", "it is not in the language {value}"),
        "is-short" => ("it is a Short", "it is no Short"),
        "same-title" => ("an earlier item has the same title", "no earlier item has the same title"),
        _ => ("the {field} has the stop word “{value}”", "the {field} has no stop word"),
    };
    // Each gap is filled once: a marketer's words may have braces in them.
    let parts = if fact.not { is_not } else { is }.split("{field}").map(|part| part.replace("{value}", value));
    parts.collect::<Vec<_>>().join(&place)
}

fn noun(field: Field) -> &'static str {
    match field {
        Field::Guid => "guid",
        Field::Title => "title",
        Field::Link => "link",
        Field::Text => "text",
        Field::Image => "address of the picture",
        Field::Published => "date",
        Field::Author => "author",
        Field::Categories => "list of categories",
    }
}
