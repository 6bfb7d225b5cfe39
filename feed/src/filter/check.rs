//! Reading a filter from JSON: what is wrong with it, rule by rule, with a JSON pointer to the place.

use serde_json::Value;

use super::{Action, Filter, Rule, Test};
use crate::pattern;

/// Most rules of a filter.
const RULES: usize = 50;
/// Most tests of a rule, those in groups included.
const TESTS: usize = 50;
/// Most patterns of a filter: each is tried on each item.
const PATTERNS: usize = 20;
/// Most stop words.
const STOP_WORDS: usize = 500;
/// Most characters of a value.
const VALUE: usize = 200;
/// Most characters of a rule's name or a stop word.
const NAME: usize = 100;

/// One thing that is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer from the filter, as in `/rules/0/when/tests/2/pattern`.
    pub pointer: String,
    /// Stable name, as in `filter.pattern`.
    pub code: &'static str,
    /// A sentence that says what to do.
    pub message: String,
}

impl Filter {
    /// Reads a filter and checks it.
    ///
    /// # Errors
    /// All that is wrong with it, in the order in which it stands there.
    pub fn from_json(json: &Value) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::default();
        let mut outside = json.clone();
        let rules = outside.get_mut("rules").map(Value::take);
        if let Some(place) = outside.get_mut("rules") {
            *place = Value::Array(vec![]);
        }
        let outside = if outside.is_object() { serde_json::from_value(outside) } else { Err(no_object()) };
        let mut filter: Self = match outside {
            Ok(filter) => filter,
            Err(error) => {
                faults.add(String::new(), "filter.form", format!("This is not a filter: {error}."));
                return Err(faults.0);
            }
        };
        match rules {
            None => {}
            Some(Value::Array(rules)) => {
                for (place, rule) in rules.into_iter().enumerate() {
                    match serde_json::from_value::<Rule>(rule) {
                        Ok(rule) => {
                            faults.of_rule(&format!("/rules/{place}"), &rule);
                            filter.rules.push(rule);
                        }
                        Err(error) => {
                            faults.add(
                                format!("/rules/{place}"),
                                "filter.form",
                                format!("This is not a rule: {error}."),
                            );
                        }
                    }
                }
            }
            Some(_) => faults.add("/rules".to_owned(), "filter.form", "Give a list of rules.".to_owned()),
        }
        faults.of_filter(&filter);
        if faults.0.is_empty() { Ok(filter) } else { Err(faults.0) }
    }
}

/// serde would read a list as the fields in their order.
fn no_object() -> serde_json::Error {
    serde::de::Error::custom("it has to be an object")
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, pointer: String, code: &'static str, message: String) {
        self.0.push(Fault { pointer, code, message });
    }

    fn of_filter(&mut self, filter: &Filter) {
        if filter.rules.len() > RULES {
            self.add("/rules".to_owned(), "filter.too_many", format!("A filter has at most {RULES} rules."));
        }
        let patterns: usize = filter.rules.iter().map(|rule| patterns(&rule.when.tests)).sum();
        if patterns > PATTERNS {
            let message = format!("A filter has at most {PATTERNS} patterns; these are {patterns}.");
            self.add("/rules".to_owned(), "filter.too_many", message);
        }
        if filter.stop_words.len() > STOP_WORDS {
            let message = format!("There are at most {STOP_WORDS} stop words.");
            self.add("/stop_words".to_owned(), "filter.too_many", message);
        }
        for (place, word) in filter.stop_words.iter().enumerate() {
            self.of_text(format!("/stop_words/{place}"), word, NAME);
        }
    }

    fn of_rule(&mut self, pointer: &str, rule: &Rule) {
        if let Some(name) = &rule.name {
            self.of_text(format!("{pointer}/name"), name, NAME);
        }
        if count(&rule.when.tests) > TESTS {
            let message = format!("A rule has at most {TESTS} tests.");
            self.add(format!("{pointer}/when/tests"), "filter.too_many", message);
        }
        self.of_tests(&format!("{pointer}/when/tests"), &rule.when.tests, false);
        match &rule.action {
            Action::SetTopic(value) => self.of_text(format!("{pointer}/action/set-topic"), value, NAME),
            Action::SetLanguage(value) => self.of_text(format!("{pointer}/action/set-language"), value, NAME),
            Action::Keep | Action::Drop | Action::Hold => {}
        }
    }

    fn of_tests(&mut self, pointer: &str, tests: &[Test], inside: bool) {
        for (place, test) in tests.iter().enumerate() {
            let pointer = format!("{pointer}/{place}");
            match test {
                Test::Group { .. } if inside => {
                    self.add(pointer, "filter.nesting", "A group has no groups inside.".to_owned());
                }
                Test::Group { tests, .. } => self.of_tests(&format!("{pointer}/tests"), tests, true),
                Test::ContainsWord { value, .. }
                | Test::ContainsPhrase { value, .. }
                | Test::Equals { value, .. }
                | Test::StartsWith { value, .. }
                | Test::CategoryIs { value } => self.of_text(format!("{pointer}/value"), value, VALUE),
                Test::Matches { pattern, .. } if pattern.is_empty() => {
                    self.add(format!("{pointer}/pattern"), "filter.empty", "Enter a pattern.".to_owned());
                }
                Test::Matches { pattern, .. } => {
                    if let Err(reason) = pattern::compile(pattern) {
                        let message = format!("This pattern cannot be used: {reason}.");
                        self.add(format!("{pointer}/pattern"), "filter.pattern", message);
                    }
                }
                Test::OlderThan { .. }
                | Test::NewerThan { .. }
                | Test::HasPicture
                | Test::LanguageIs { .. }
                | Test::IsShort => {}
            }
        }
    }

    fn of_text(&mut self, pointer: String, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.add(pointer, "filter.empty", "Enter a text.".to_owned());
        } else if text.chars().count() > most {
            self.add(pointer, "filter.too_long", format!("This text is longer than {most} characters."));
        }
    }
}

fn count(tests: &[Test]) -> usize {
    tests.iter().map(|test| if let Test::Group { tests, .. } = test { 1 + count(tests) } else { 1 }).sum()
}

fn patterns(tests: &[Test]) -> usize {
    let of_one = |test: &Test| match test {
        Test::Group { tests, .. } => patterns(tests),
        test => usize::from(matches!(test, Test::Matches { .. })),
    };
    tests.iter().map(of_one).sum()
}
