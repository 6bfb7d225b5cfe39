//! LinkedIn's "little" text, the format of a post's text. Fifteen characters are reserved; one that is meant
//! literally and not escaped silently cuts the text there, so everything a person wrote is escaped, and hashtags go out
//! as elements around escaped text. The counter of the web app counts the same (`web/src/lib/text.ts`).

use super::text::hashtags;

/// Must carry a backslash wherever they are meant literally, even where they form no element.
const RESERVED: [char; 15] = ['|', '{', '}', '@', '[', ']', '(', ')', '<', '>', '#', '\\', '*', '_', '~'];

/// The text as it is sent, so that LinkedIn shows exactly `text`, its hashtags as links.
#[must_use]
pub fn compose(text: &str) -> String {
    let (mut little, mut at) = (String::with_capacity(text.len() + text.len() / 8), 0);
    for tag in hashtags(text) {
        escape(&mut little, &text[at..tag.start]);
        little.push_str(r"{hashtag|\#|");
        escape(&mut little, &text[tag.start + 1..tag.end]);
        little.push('}');
        at = tag.end;
    }
    escape(&mut little, &text[at..]);
    little
}

/// Characters of `text` as LinkedIn counts them: as they are sent.
#[must_use]
pub fn length(text: &str) -> usize {
    compose(text).chars().count()
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
