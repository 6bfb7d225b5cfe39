//! LinkedIn's "little" text format, read as LinkedIn reads it: mentions and hashtags become elements, and at the first
//! reserved character that belongs to neither and carries no backslash, the rest of the text is lost without a word.

use serde::{Deserialize, Serialize};

/// Must carry a backslash wherever they are meant literally.
const RESERVED: &str = r"|{}@[]()<>#\*_~";

/// A piece of a rendered text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// Plain text.
    Text(String),
    /// A person or an organisation.
    Mention {
        /// The name as written.
        name: String,
        /// Whom it names.
        urn: String,
    },
    /// A hashtag, without its `#`.
    Hashtag(String),
}

/// What became of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parsed {
    /// The part that LinkedIn shows, in order.
    pub elements: Vec<Element>,
    /// The byte at which the raw text was cut, if it was.
    pub cut_at: Option<usize>,
}

impl Parsed {
    /// The shown part as one plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        let text = |element: &Element| match element {
            Element::Text(text) => text.clone(),
            Element::Mention { name, .. } => name.clone(),
            Element::Hashtag(word) => format!("#{word}"),
        };
        self.elements.iter().map(text).collect()
    }

    fn push(&mut self, text: &str) {
        if let Some(Element::Text(last)) = self.elements.last_mut() {
            last.push_str(text);
        } else {
            self.elements.push(Element::Text(text.into()));
        }
    }
}

/// Reads a little text.
#[must_use]
pub fn parse(raw: &str) -> Parsed {
    parse_with(raw, false)
}

/// Reads a little text; whether `_` and `~` may stand in addresses without a backslash is an open question. With one they
/// are meant literally anyway.
pub(crate) fn parse_with(raw: &str, urls_exempt: bool) -> Parsed {
    let mut parsed = Parsed::default();
    let mut rest = raw;
    while let Some(first) = rest.chars().next() {
        if urls_exempt && (rest.starts_with("https://") || rest.starts_with("http://")) {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (mut address, after) = rest.split_at(end);
            while let Some(c) = address.chars().next() {
                let (literal, more) = escaped(address).unwrap_or_else(|| address.split_at(c.len_utf8()));
                parsed.push(literal);
                address = more;
            }
            rest = after;
            continue;
        }
        if !RESERVED.contains(first) {
            let end = rest.find(|c| RESERVED.contains(c)).unwrap_or(rest.len());
            let url = ["https://", "http://"].iter().filter_map(|scheme| rest[..end].find(scheme)).min();
            let end = url.filter(|_| urls_exempt).unwrap_or(end);
            parsed.push(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        if let Some((literal, after)) = escaped(rest) {
            parsed.push(literal);
            rest = after;
        } else if let Some((element, after)) = element(rest) {
            parsed.elements.push(element);
            rest = after;
        } else {
            parsed.cut_at = Some(raw.len() - rest.len());
            break;
        }
    }
    parsed
}

/// A text in which nothing is an element and nothing is cut.
pub(crate) fn verbatim(raw: &str) -> Parsed {
    Parsed { elements: vec![Element::Text(raw.into())], cut_at: None }
}

/// `\` and one reserved character, which is then meant literally.
fn escaped(text: &str) -> Option<(&str, &str)> {
    let literal = text.strip_prefix('\\')?;
    literal.starts_with(|c| RESERVED.contains(c)).then(|| literal.split_at(1))
}

fn element(text: &str) -> Option<(Element, &str)> {
    match text.chars().next()? {
        '@' => mention(&text[1..]),
        '#' => hashtag(&text[1..]),
        '{' => template(&text[1..]),
        _ => None,
    }
}

/// `@[Name](urn)`; the name may be missing.
fn mention(text: &str) -> Option<(Element, &str)> {
    let (name, after) = match text.strip_prefix('[') {
        Some(inner) => {
            let (name, after) = until(inner, ']')?;
            (Some(name), after)
        }
        None => (None, text),
    };
    let (urn, after) = after.strip_prefix('(')?.split_once(')')?;
    let known = ["urn:li:person:", "urn:li:organization:", "urn:li:organizationBrand:"];
    let id = known.iter().find_map(|kind| urn.strip_prefix(kind))?;
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    Some((Element::Mention { name: name.unwrap_or_else(|| urn.into()), urn: urn.into() }, after))
}

/// `#` and one word.
fn hashtag(text: &str) -> Option<(Element, &str)> {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    (end > 0).then(|| (Element::Hashtag(text[..end].into()), &text[end..]))
}

/// `{hashtag|\#|word}`, the form that LinkedIn itself gives back.
fn template(text: &str) -> Option<(Element, &str)> {
    let sign = text.strip_prefix("hashtag|")?;
    let word = [r"\#|", "#|", "\u{ff03}|"].iter().find_map(|form| sign.strip_prefix(form))?;
    let (word, after) = until(word, '}')?;
    (!word.is_empty()).then_some((Element::Hashtag(word), after))
}

/// The unescaped text up to an unescaped `end`; nothing else reserved may come before it.
fn until(text: &str, end: char) -> Option<(String, &str)> {
    let (mut found, mut rest) = (String::new(), text);
    loop {
        let first = rest.chars().next()?;
        if first == end {
            return Some((found, &rest[first.len_utf8()..]));
        }
        if let Some((literal, after)) = escaped(rest) {
            found.push_str(literal);
            rest = after;
        } else if RESERVED.contains(first) {
            return None;
        } else {
            found.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Element {
        Element::Text(text.into())
    }

    #[test]
    fn escaped_text_survives_whole() {
        for original in [r"a (b) [c] {d} <e> |f| *g* _h_ ~i~ #j @k \l", "émoji 🎉 and 漢字", "", r"\\\", "line\nline"]
        {
            let escape = |c: char| if RESERVED.contains(c) { format!("\\{c}") } else { c.to_string() };
            let parsed = parse(&original.chars().map(escape).collect::<String>());
            assert_eq!(parsed.plain(), original);
            assert_eq!(parsed.cut_at, None);
        }
    }

    #[test]
    fn the_first_stray_character_cuts_the_text() {
        for stray in RESERVED.chars() {
            let raw = format!("kept \\({stray} lost");
            let parsed = parse(&raw);
            assert_eq!((parsed.plain().as_str(), parsed.cut_at), ("kept (", Some(7)), "{stray}");
        }
        assert_eq!(parse("ends with \\").plain(), "ends with ");
        assert_eq!(parse("wrong escape \\n").plain(), "wrong escape ");
    }

    #[test]
    fn addresses_may_be_exempt() {
        let raw = "See https://example.com/a_b~c and a_b";
        assert_eq!(parse(raw).plain(), "See https://example.com/a");
        assert_eq!(parse_with(raw, true).plain(), "See https://example.com/a_b~c and a");
        assert_eq!(parse_with("http and http://a_b", true).plain(), "http and http://a_b");
        assert_eq!(
            parse_with(r"See https://example.com/a\_é and \(b\)", true).plain(),
            "See https://example.com/a_é and (b)"
        );
    }

    #[test]
    fn hashtags_and_mentions_are_elements() {
        let parsed = parse(r"Hi @[Member \(One\)](urn:li:person:a1-B_2), see #jobs and {hashtag|\#|energie}!");
        assert_eq!(
            parsed.elements,
            [
                text("Hi "),
                Element::Mention { name: "Member (One)".into(), urn: "urn:li:person:a1-B_2".into() },
                text(", see "),
                Element::Hashtag("jobs".into()),
                text(" and "),
                Element::Hashtag("energie".into()),
                text("!"),
            ]
        );
        assert_eq!(parsed.plain(), "Hi Member (One), see #jobs and #energie!");
    }

    #[test]
    fn broken_elements_cut_too() {
        for raw in
            ["@someone", "@[x](urn:li:share:1)", "@[x](nonsense)", "@[x", "# alone", "{hashtag|x|y}", "{hashtag|#|}"]
        {
            assert_eq!(parse(raw).cut_at, Some(0), "{raw}");
        }
    }
}
