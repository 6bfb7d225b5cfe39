//! The text of a status: how Mastodon counts it, and the HTML that it makes of it.

use unicode_segmentation::UnicodeSegmentation as _;
use url::Url;

/// How long a status may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLimits {
    /// Characters (graphemes) of a status, its warning included.
    pub characters: usize,
    /// What every address counts, however long it is.
    pub reserved_per_url: usize,
}

impl Default for TextLimits {
    fn default() -> Self {
        Self { characters: 500, reserved_per_url: 23 }
    }
}

/// The length of a text: graphemes, with every address at its fixed price.
pub(crate) fn length(text: &str, limits: TextLimits) -> usize {
    pieces(text)
        .map(|(piece, is_url)| if is_url { limits.reserved_per_url } else { piece.graphemes(true).count() })
        .sum()
}

/// The text in order, cut into addresses and what stands between them.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = match address(rest) {
            Some(length) => {
                let (piece, after) = rest.split_at(length);
                rest = after;
                return Some((piece, true));
            }
            None => (1..rest.len())
                .find(|at| rest.is_char_boundary(*at) && address(&rest[*at..]).is_some())
                .unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some((piece, false))
    })
}

/// The length of the address that a text starts with; punctuation that ends a sentence does not belong to it.
fn address(text: &str) -> Option<usize> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let word = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '(' | ')')).next()?;
    let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    (Url::parse(word).is_ok_and(|url| url.host().is_some())).then_some(word.len())
}

/// The `content` of a status.
pub(crate) fn html(text: &str) -> String {
    let mut content = String::from("<p>");
    for (piece, is_url) in pieces(text) {
        let escaped = piece.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        if is_url {
            content.push_str("<a href=\"");
            content.push_str(&escaped);
            content.push_str("\" target=\"_blank\" rel=\"nofollow noopener\">");
            content.push_str(&escaped);
            content.push_str("</a>");
        } else {
            content.push_str(&escaped.replace("\n\n", "</p><p>").replace('\n', "<br />"));
        }
    }
    content + "</p>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_fixed_price() {
        let length = |text: &str| length(text, TextLimits::default());
        assert_eq!(length(""), 0);
        assert_eq!(length("https://a.nl"), 23);
        assert_eq!(length(&format!("Look: https://example.com/{}, yes", "a".repeat(300))), 6 + 23 + 5);
        assert_eq!(length("👩‍👩‍👧‍👦é"), 2);
        assert_eq!(length("http:// is no address"), 21);
    }

    #[test]
    fn content_is_html() {
        assert_eq!(
            html("A & <b>\nhttps://example.com/?a=1&b=2.\n\nC"),
            "<p>A &amp; &lt;b&gt;<br /><a href=\"https://example.com/?a=1&amp;b=2\" target=\"_blank\" \
             rel=\"nofollow noopener\">https://example.com/?a=1&amp;b=2</a>.</p><p>C</p>"
        );
    }
}
