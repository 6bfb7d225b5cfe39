//! The XPath expressions in a filter: what has to be evaluated on each item before its rules can be asked.

use super::{Filter, Test};

impl Filter {
    /// All expressions of its tests, each once, in the order of the rules; what [`crate::read_with`] takes.
    #[must_use]
    pub fn expressions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        self.visit(&mut |_, expression| {
            if !all.contains(&expression) {
                all.push(expression);
            }
        });
        all
    }

    /// JSON pointer from the filter to the first test with an expression, as in `/rules/0/when/tests/2/xpath`.
    #[must_use]
    pub fn pointer_to(&self, expression: &str) -> Option<String> {
        let mut found = None;
        self.visit(&mut |pointer, own| {
            if own == expression {
                found.get_or_insert_with(|| pointer.to_owned());
            }
        });
        found
    }

    fn visit<'f>(&'f self, look: &mut impl FnMut(&str, &'f str)) {
        for (place, rule) in self.rules.iter().enumerate() {
            visit(&format!("/rules/{place}/when/tests"), &rule.when.tests, look);
        }
    }
}

fn visit<'f>(pointer: &str, tests: &'f [Test], look: &mut impl FnMut(&str, &'f str)) {
    for (place, test) in tests.iter().enumerate() {
        match test {
            // Groups have no groups inside, and a filter is checked before it comes here: the depth is small.
            Test::Group { tests, .. } => visit(&format!("{pointer}/{place}/tests"), tests, look),
            test => {
                if let Some(expression) = test.xpath() {
                    look(&format!("{pointer}/{place}/xpath"), expression);
                }
            }
        }
    }
}

impl Test {
    fn xpath(&self) -> Option<&str> {
        match self {
            Self::ContainsWord { xpath, .. }
            | Self::ContainsPhrase { xpath, .. }
            | Self::Equals { xpath, .. }
            | Self::StartsWith { xpath, .. }
            | Self::Matches { xpath, .. } => xpath.as_deref(),
            Self::OlderThan { .. }
            | Self::NewerThan { .. }
            | Self::HasPicture
            | Self::CategoryIs { .. }
            | Self::LanguageIs { .. }
            | Self::IsShort
            | Self::Group { .. } => None,
        }
    }
}
