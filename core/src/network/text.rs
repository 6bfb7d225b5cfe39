//! What networks other than `LinkedIn` see in a text: its links, its hashtags, its length in graphemes. Pure.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use url::Url;

/// Longest hashtag that a network takes, in characters.
const TAG: usize = 64;

/// Where the links of a text are, in bytes.
pub(super) fn links(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = vec![];
    for (at, _) in text.match_indices("http") {
        if found.last().is_none_or(|last| last.end <= at)
            && let Some(length) = link(&text[at..])
        {
            found.push(at..at + length);
        }
    }
    found
}

/// The length of the link that a text starts with; what ends a sentence does not belong to it.
fn link(text: &str) -> Option<usize> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let word = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '(' | ')')).next()?;
    let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    Url::parse(word).is_ok_and(|url| url.has_host()).then_some(word.len())
}

/// Where the hashtags of a text are, in bytes, each with its `#`.
pub(super) fn hashtags(text: &str) -> Vec<Range<usize>> {
    let tag = |(at, _): (usize, &str)| {
        let word = text[at + 1..].split(|c: char| !(c.is_alphanumeric() || c == '_')).next()?;
        let is_tag = text[..at].chars().next_back().is_none_or(char::is_whitespace)
            && word.chars().any(char::is_alphabetic)
            && word.chars().count() <= TAG;
        is_tag.then_some(at..at + 1 + word.len())
    };
    text.match_indices('#').filter_map(tag).collect()
}

/// Graphemes of a text.
pub(super) fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Graphemes of a text of which every link counts `per_link`.
pub(super) fn graphemes_with_links(text: &str, per_link: usize) -> usize {
    let (mut length, mut at) = (0, 0);
    for link in links(text) {
        length += graphemes(&text[at..link.start]) + per_link;
        at = link.end;
    }
    length + graphemes(&text[at..])
}

/// At most `longest` characters, cut at a word.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= longest {
        return flat;
    }
    let head: String = flat.chars().take(longest - 1).collect();
    let cut = head.rfind(' ').filter(|at| *at > head.len() / 2).unwrap_or(head.len());
    format!("{}…", &head[..cut])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str, ranges: Vec<Range<usize>>) -> Vec<&str> {
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn links_end_where_a_reader_would_end_them() {
        let text = "See https://a.nl/x?y=(1), <http://b.nl>. httpx https:// or https://é.nl!";
        assert_eq!(cut(text, links(text)), ["https://a.nl/x?y=", "http://b.nl", "https://é.nl"]);
    }

    #[test]
    fn hashtags_stand_alone_and_hold_a_letter() {
        let text = "#trots op #2026 en #co2_neutraal, niet a#b of (#c) of #é! ##";
        assert_eq!(cut(text, hashtags(text)), ["#trots", "#co2_neutraal", "#é"]);
        assert!(hashtags(&format!("#{}", "x".repeat(65))).is_empty());
    }

    #[test]
    fn a_link_has_its_price_and_a_family_is_one() {
        assert_eq!(graphemes_with_links("Look: https://a.nl, 👩‍👩‍👧‍👦é", 23), 6 + 23 + 4);
        assert_eq!(graphemes_with_links("", 23), 0);
    }

    #[test]
    fn long_texts_are_cut_at_a_word() {
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("onetwothree", 5), "onet…");
        assert_eq!(shortened("short", 5), "short");
    }

    proptest! {
        #[test]
        fn f13_what_is_found_lies_on_characters(text in r"(\PC|[#_ ()]|https?://|é|👩‍👩‍👧‍👦)*") {
            for range in links(&text).into_iter().chain(hashtags(&text)) {
                prop_assert!(text.get(range).is_some());
            }
            prop_assert!(graphemes_with_links(&text, 0) <= graphemes(&text));
        }
    }
}
