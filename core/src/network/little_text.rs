//! LinkedIn's "little" text, the format of a post's text. Fifteen characters are reserved; one that is meant
//! literally and not escaped silently cuts the text there, so everything a person wrote is escaped. Hashtags, and the
//! organisation's own page, go out as elements around escaped text; an address stays whole. The counter of the web app
//! counts the same (`web/src/lib/text.ts`).

use std::ops::Range;

use super::text::{hashtags, links};
use crate::organisation::CompanyPage;

/// Must carry a backslash wherever they are meant literally, even where they form no element.
const RESERVED: [char; 15] = ['|', '{', '}', '@', '[', ']', '(', ')', '<', '>', '#', '\\', '*', '_', '~'];

/// The text as it is sent, so that LinkedIn shows exactly `text`, its hashtags as links, and where `@` and the name of
/// the page stand, the page itself.
#[must_use]
pub fn compose(text: &str, page: Option<&CompanyPage>) -> String {
    let mentions = page.map_or_else(Vec::new, |page| mentions(text, &page.name));
    let mut elements: Vec<_> = hashtags(text).into_iter().filter(|tag| is_beside(tag, &mentions)).collect();
    elements.extend(mentions.iter().cloned());
    elements.sort_by_key(|range| range.start);
    let (mut little, mut at) = (String::with_capacity(text.len() + text.len() / 8), 0);
    for range in elements {
        escape(&mut little, &text[at..range.start]);
        let word = &text[range.start + 1..range.end];
        if let Some(page) = page.filter(|_| mentions.contains(&range)) {
            little.push_str("@[");
            escape(&mut little, word);
            little.push_str("](");
            little.push_str(&page.urn);
            little.push(')');
        } else {
            little.push_str(r"{hashtag|\#|");
            escape(&mut little, word);
            little.push('}');
        }
        at = range.end;
    }
    escape(&mut little, &text[at..]);
    little
}

/// Characters of a text without a page as LinkedIn counts them: as they are sent.
#[must_use]
pub fn length(text: &str) -> usize {
    compose(text, None).chars().count()
}

/// Characters that mentions of the page take up beyond the text itself.
#[must_use]
pub fn extra(text: &str, page: Option<&CompanyPage>) -> usize {
    compose(text, page).chars().count().saturating_sub(length(text))
}

/// Where `@` and the name stand in a text, in bytes: alone, not within a word or an address.
fn mentions(text: &str, name: &str) -> Vec<Range<usize>> {
    let alone = |(at, found): (usize, &str)| {
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        let within = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '/')
            || after.chars().next().is_some_and(char::is_alphanumeric);
        (!within).then_some(at..at + found.len())
    };
    let (links, named) = (links(text), format!("@{name}"));
    let found = text.match_indices(&named).filter_map(alone);
    found.filter(|mention| is_beside(mention, &links)).collect()
}

fn is_beside(range: &Range<usize>, others: &[Range<usize>]) -> bool {
    others.iter().all(|it| range.end <= it.start || it.end <= range.start)
}

fn escape(little: &mut String, text: &str) {
    for c in text.chars() {
        if RESERVED.contains(&c) {
            little.push('\\');
        }
        little.push(c);
    }
}

#[cfg(test)]
#[path = "little_text_tests.rs"]
mod tests;
