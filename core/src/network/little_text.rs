//! LinkedIn's "little" text, the format of a post's text. Fifteen characters are reserved; one that is meant
//! literally and not escaped silently cuts the text there, so everything a person wrote is escaped.

/// Must carry a backslash wherever they are meant literally, even where they form no element.
const RESERVED: [char; 15] = ['|', '{', '}', '@', '[', ']', '(', ')', '<', '>', '#', '\\', '*', '_', '~'];

/// The text as it is sent, so that LinkedIn shows exactly `text`.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        if RESERVED.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Characters of `text` as LinkedIn counts them: escapes included.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(RESERVED.contains(&c))).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What LinkedIn shows of a text without elements; `None` where it would cut it.
    fn render(little: &str) -> Option<String> {
        let (mut shown, mut chars) = (String::new(), little.chars());
        while let Some(c) = chars.next() {
            match c {
                '\\' => shown.push(chars.next().filter(|c| RESERVED.contains(c))?),
                c if RESERVED.contains(&c) => return None,
                c => shown.push(c),
            }
        }
        Some(shown)
    }

    #[test]
    fn every_reserved_character_is_escaped() {
        assert_eq!(escape(r"|{}@[]()<>#\*_~"), r"\|\{\}\@\[\]\(\)\<\>\#\\\*\_\~");
        assert_eq!(escape("plain. - : / ? & = % + ' \"!\n"), "plain. - : / ? & = % + ' \"!\n");
    }

    #[test]
    fn escapes_count_and_emoji_are_one_character_each() {
        assert_eq!(length("a(b)🎉"), 7);
        assert_eq!(length("é"), 1);
    }

    proptest! {
        #[test]
        fn an_escaped_text_is_shown_as_written(text in r"(\PC|[|{}@\[\]()<>#\\*_~\n])*") {
            prop_assert_eq!(render(&escape(&text)), Some(text.clone()));
            prop_assert_eq!(escape(&text).chars().count(), length(&text));
        }
    }
}
