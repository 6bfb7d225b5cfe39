//! Feeds that a server names in the `Link` header of an answer, as RFC 8288 says.

use url::Url;

use super::{Candidate, candidates, is_feed_type};

/// The feeds in the value of a `Link` header; `address` is that of the answer.
#[must_use]
pub fn in_link_header(value: &str, address: &Url) -> Vec<Candidate> {
    let feeds = links(value).into_iter().filter(|link| {
        let rel = link.parameter("rel").to_ascii_lowercase();
        let is_alternate = rel.split_whitespace().any(|rel| matches!(rel, "alternate" | "feed"));
        is_alternate && is_feed_type(&link.parameter("type").to_ascii_lowercase(), &rel, link.target)
    });
    let found = feeds.map(|link| {
        let title = link.parameter("title");
        (link.target.to_owned(), (!title.is_empty()).then_some(title))
    });
    candidates(found.collect(), Some(address))
}

struct Link<'v> {
    target: &'v str,
    parameters: Vec<(&'v str, String)>,
}

impl Link<'_> {
    fn parameter(&self, name: &str) -> String {
        let found = self.parameters.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// Links that are read from one header.
const MOST: usize = 100;

/// `<target>; name=value; name="value", <target> ...`
fn links(value: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = value;
    while let Some(start) = rest.find('<').filter(|_| links.len() < MOST) {
        let Some(end) = rest[start..].find('>') else { break };
        let target = rest[start + 1..start + end].trim();
        rest = &rest[start + end + 1..];
        let mut parameters = Vec::new();
        while let Some(after) = rest.trim_start().strip_prefix(';') {
            let length = after.find(['=', ';', ',']).unwrap_or(after.len());
            let name = after[..length].trim();
            rest = &after[length..];
            let value = rest.strip_prefix('=').map_or_else(String::new, |value| {
                let (value, left) = parameter(value.trim_start());
                rest = left;
                value
            });
            parameters.push((name, value));
        }
        links.push(Link { target, parameters });
    }
    links
}

/// A value, in quotes or not, and what comes behind it.
fn parameter(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_in_a_link_header_are_found() {
        let address = Url::parse("https://example.com/page").unwrap();
        for (value, expected) in [
            ("</feed>; rel=\"alternate\"; type=\"application/rss+xml\"", vec!["https://example.com/feed"]),
            ("<feed>;rel=alternate;type=application/atom+xml", vec!["https://example.com/feed"]),
            (
                "<https://x.example/wp-json/>; rel=\"https://api.w.org/\", <https://x.example/rss>; title=\"a, \\\"b\\\"; c\"; rel=\"feed\"",
                vec!["https://x.example/rss"],
            ),
            ("<a>; rel=alternate; hreflang=nl, <b>; rel=\"alternate feed\"", vec!["https://example.com/b"]),
            ("<a>; rel=preload; as=script", vec![]),
            ("<a>; REL=Alternate; TYPE=\"text/xml\"; x", vec!["https://example.com/a"]),
            ("<a; rel=alternate", vec![]),
            ("<javascript:alert(1)>; rel=feed", vec![]),
            ("", vec![]),
        ] {
            let found = in_link_header(value, &address);
            let addresses: Vec<_> = found.iter().map(|candidate| candidate.address.as_str()).collect();
            assert_eq!(addresses, expected, "{value}");
        }
        let titled = in_link_header("</f>; rel=feed; title=\"a, \\\"b\\\"; c\"", &address);
        assert_eq!(titled[0].title.as_deref(), Some("a, \"b\"; c"));
    }
}
