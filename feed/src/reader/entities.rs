//! References in text and attribute values: the five of XML, the names of HTML, numbers.
//! Nothing a document defines itself is ever expanded; what is not known stays as it was written.

use std::borrow::Cow;

use html_escape::NAMED_ENTITIES;
use memchr::memchr_iter;

/// What a reference stands for.
enum Reference<'t> {
    /// One of XML's own, or a number.
    Char(char),
    /// A name that HTML defines, but XML does not.
    Html(&'static str),
    /// A control character, which no text may hold.
    Nothing,
    /// A name that nobody defined.
    Undefined(&'t str),
    /// No reference: an ampersand alone.
    Lone,
}

/// The reference whose ampersand stands before `after`, and the bytes it takes of that.
fn reference(after: &str) -> (Reference<'_>, usize) {
    match after.as_bytes() {
        [b'a', b'm', b'p', b';', ..] => return (Reference::Char('&'), 4),
        [b'l', b't', b';', ..] => return (Reference::Char('<'), 3),
        [b'g', b't', b';', ..] => return (Reference::Char('>'), 3),
        [b'q', b'u', b'o', b't', b';', ..] => return (Reference::Char('"'), 5),
        [b'a', b'p', b'o', b's', b';', ..] => return (Reference::Char('\''), 5),
        _ => {}
    }
    let Some(name) = name(after) else { return (Reference::Lone, 0) };
    let meaning = match name.strip_prefix('#') {
        Some(number) => character(number),
        None => named(name).map(Reference::Html),
    };
    match meaning {
        Some(meaning) => (meaning, name.len() + 1),
        // It stays as it was written.
        None => (Reference::Undefined(name), 0),
    }
}

fn named(name: &str) -> Option<&'static str> {
    let found = NAMED_ENTITIES.binary_search_by_key(&name.as_bytes(), |(known, _)| known);
    found.ok().map(|at| NAMED_ENTITIES[at].1)
}

fn character(number: &str) -> Option<Reference<'static>> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16),
        None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse(),
        _ => return None,
    };
    let code = match code.ok()? {
        // What browsers do: numbers 128-159 were meant as windows-1252.
        code @ 0x80..=0x9f => u32::from(WINDOWS_1252[code as usize - 0x80]),
        code => code,
    };
    char::from_u32(code).map(|c| if is_forbidden(c) { Reference::Nothing } else { Reference::Char(c) })
}

/// Control characters that XML forbids and PostgreSQL or browsers choke on.
pub(crate) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

const WINDOWS_1252: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d,
    0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d,
    0x17e, 0x178,
];

/// The longest name in HTML's table has 31 letters; a longer run is no reference.
const LONGEST_NAME: usize = 32;

/// Replaces all references of a text; those that are not known stay as they are.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    unescape_reporting(text, |_, _| {})
}

/// What is wrong with a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble<'t> {
    /// HTML defines it, and XML does not.
    Html,
    /// Nobody defines this name.
    Undefined(&'t str),
    /// It stands for a character that no text may hold.
    Control,
    /// It is no reference, but an ampersand alone.
    Lone,
}

/// As [`unescape`], telling the byte of each reference that a strict reader would refuse.
pub(crate) fn unescape_reporting<'t>(text: &'t str, mut report: impl FnMut(usize, Trouble<'t>)) -> Cow<'t, str> {
    let mut ampersands = memchr_iter(b'&', text.as_bytes()).peekable();
    if ampersands.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for at in ampersands {
        out.push_str(&text[done..at]);
        let (meaning, length) = reference(&text[at + 1..]);
        match meaning {
            Reference::Char(c) => out.push(c),
            Reference::Html(text) => {
                out.push_str(text);
                report(at, Trouble::Html);
            }
            Reference::Nothing => report(at, Trouble::Control),
            Reference::Undefined(name) => {
                out.push('&');
                report(at, Trouble::Undefined(name));
            }
            Reference::Lone => {
                out.push('&');
                report(at, Trouble::Lone);
            }
        }
        done = at + 1 + length;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The name between `&` and `;`, if there is one.
fn name(after: &str) -> Option<&str> {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'#' | b'-' | b'_' | b'.');
    let length = after.bytes().take(LONGEST_NAME).take_while(is_part).count();
    (length > 0 && after[length..].starts_with(';')).then(|| &after[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_and_unknown_ones_stay() {
        for (written, means) in [
            ("plain", "plain"),
            ("Tom &amp; Jerry", "Tom & Jerry"),
            ("&lt;p&gt;&quot;&apos;", "<p>\"'"),
            ("caf&eacute;&nbsp;!", "café\u{a0}!"),
            ("&Scaron;&lstrok;&oelig;&gacute;&alpha;&pi;&rho;&euro;&Zscr;", "Šłœǵαπρ€𝒵"),
            ("&NotEqualTilde;&CounterClockwiseContourIntegral;", "≂̸∳"),
            ("&#8211;&#x2013;&#X2013;", "–––"),
            ("&#146;", "’"),
            ("a&#0;b&#x1F;c", "abc"),
            ("a & b &c; &; &#; &#x; &#xD800; & done", "a & b &c; &; &#; &#x; &#xD800; & done"),
            ("?a=1&b=2&copy", "?a=1&b=2&copy"),
            ("&#99999999999;", "&#99999999999;"),
        ] {
            assert_eq!(unescape(written), means, "{written}");
        }
    }

    #[test]
    fn what_a_strict_reader_would_refuse_is_reported() {
        let mut seen = Vec::new();
        let text =
            unescape_reporting("&passwordfile; &#0;and &i; & &nbsp;&amp;&#33;", |at, trouble| seen.push((at, trouble)));
        assert_eq!(text, "&passwordfile; and &i; & \u{a0}&!");
        assert_eq!(
            seen,
            [
                (0, Trouble::Undefined("passwordfile")),
                (15, Trouble::Control),
                (23, Trouble::Undefined("i")),
                (27, Trouble::Lone),
                (29, Trouble::Html)
            ]
        );
    }
}
