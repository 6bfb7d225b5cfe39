//! Reading a filter from JSON: what is wrong with it, rule by rule, with a JSON pointer to the place.

use serde_json::Value;

use super::{Action, Filter, Rule, Test};
use crate::definition::Field;
use crate::{pattern, xpath};

/// Most rules of a filter.
const RULES: usize = 50;
/// Most tests of a rule, those in groups included.
const TESTS: usize = 50;
/// Most patterns of a filter: each is tried on each item.
const PATTERNS: usize = 20;
/// Most stop words.
const STOP_WORDS: usize = 500;
/// Most teams of an audience.
const TEAMS: usize = 50;
/// Most different expressions of a filter: each is evaluated on each item.
const EXPRESSIONS: usize = 20;
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
    /// 1-based column in an expression, in characters.
    pub column: Option<usize>,
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
        self.0.push(Fault { pointer, code, message, column: None });
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
        let expressions = filter.expressions().len();
        if expressions > EXPRESSIONS {
            let message = format!("A filter has at most {EXPRESSIONS} XPath expressions; these are {expressions}.");
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
            Action::SetAudience(teams) => self.of_teams(&format!("{pointer}/action/set-audience"), teams),
            Action::Keep | Action::Drop | Action::Hold => {}
        }
    }

    fn of_teams(&mut self, pointer: &str, teams: &[String]) {
        if teams.is_empty() {
            self.add(pointer.to_owned(), "filter.empty", "Choose a team, or delete this rule.".to_owned());
        }
        if teams.len() > TEAMS {
            self.add(pointer.to_owned(), "filter.too_many", format!("There are at most {TEAMS} teams."));
        }
        for (place, team) in teams.iter().enumerate() {
            self.of_text(format!("{pointer}/{place}"), team, NAME);
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
                Test::CategoryIs { value } => self.of_text(format!("{pointer}/value"), value, VALUE),
                Test::ContainsWord { field, xpath, value }
                | Test::ContainsPhrase { field, xpath, value }
                | Test::Equals { field, xpath, value }
                | Test::StartsWith { field, xpath, value } => {
                    self.of_operand(&pointer, *field, xpath.as_deref());
                    self.of_text(format!("{pointer}/value"), value, VALUE);
                }
                Test::Matches { field, xpath, pattern } => {
                    self.of_operand(&pointer, *field, xpath.as_deref());
                    self.of_pattern(format!("{pointer}/pattern"), pattern);
                }
                Test::OlderThan { .. }
                | Test::NewerThan { .. }
                | Test::HasPicture
                | Test::LanguageIs { .. }
                | Test::IsShort => {}
            }
        }
    }

    fn of_operand(&mut self, pointer: &str, field: Option<Field>, xpath: Option<&str>) {
        match (field, xpath) {
            (Some(_), None) => {}
            (None, Some(xpath)) => {
                if let Err(error) = xpath::check(xpath, false) {
                    let message = format!("This expression cannot be used: {}.", error.reason);
                    let (pointer, column) = (format!("{pointer}/xpath"), Some(error.column));
                    self.0.push(Fault { pointer, code: "filter.xpath", message, column });
                }
            }
            (Some(_), Some(_)) | (None, None) => {
                let message = "Give a field or an XPath, one of the two.";
                self.add(pointer.to_owned(), "filter.operand", message.to_owned());
            }
        }
    }

    fn of_pattern(&mut self, pointer: String, pattern: &str) {
        if pattern.is_empty() {
            self.add(pointer, "filter.empty", "Enter a pattern.".to_owned());
        } else if let Err(reason) = pattern::compile(pattern) {
            self.add(pointer, "filter.pattern", format!("This pattern cannot be used: {reason}."));
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
