//! Accepts values for the fields of an item if they are what the field needs.

use url::Url;

use crate::definition::Field;
use crate::item::Item;
use crate::{date, text};

#[derive(Default)]
pub(super) struct ItemBuilder(Item);

impl ItemBuilder {
    /// Takes a value; answers whether the field could use it.
    pub(super) fn set(&mut self, field: Field, value: &str, base: impl FnOnce() -> Option<Url>) -> bool {
        let value = value.trim();
        if value.is_empty() {
            return false;
        }
        let item = &mut self.0;
        match field {
            Field::Guid => item.guid = Some(value.to_owned()),
            Field::Title => item.title = Some(text::one_line(value)),
            Field::Text => item.text = Some(value.to_owned()),
            Field::Author => item.author = Some(text::one_line(value)),
            Field::Link => item.link = address(value, base),
            Field::Image => item.image = address(value, base),
            Field::Published => item.published = date::parse(value),
            Field::Categories => {
                let category = text::one_line(value);
                if !item.categories.contains(&category) {
                    item.categories.push(category);
                }
            }
        }
        match field {
            Field::Link => item.link.is_some(),
            Field::Image => item.image.is_some(),
            Field::Published => item.published.is_some(),
            _ => true,
        }
    }

    pub(super) fn finish(self) -> Item {
        self.0
    }
}

/// An absolute http or https address; written as in the feed where that is an address already.
fn address(value: &str, base: impl FnOnce() -> Option<Url>) -> Option<String> {
    if is_plain(value) {
        return Some(value.to_owned());
    }
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    match Url::parse(value) {
        Ok(url) if !is_web(&url) => None,
        Ok(_) if value.bytes().all(|b| b.is_ascii_graphic()) => Some(value.to_owned()),
        Ok(url) => Some(url.into()),
        Err(url::ParseError::RelativeUrlWithoutBase) if value.starts_with("www.") => {
            Url::parse(&format!("https://{value}")).ok().map(String::from)
        }
        Err(url::ParseError::RelativeUrlWithoutBase) => match base() {
            Some(base) => base.join(value).ok().filter(is_web).map(String::from),
            None => {
                value.starts_with("//").then(|| Url::parse(&format!("https:{value}")).ok()).flatten().map(String::from)
            }
        },
        Err(_) => None,
    }
}

/// Whether it certainly is an address of the web, which spares parsing nearly all: a name with letters for a host, and
/// only characters that addresses consist of.
fn is_plain(value: &str) -> bool {
    let Some(rest) = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")) else { return false };
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let is_name = |label: &str| label.starts_with(|c: char| c.is_ascii_lowercase()) && !label.starts_with("xn--");
    host.split('.').all(is_name)
        && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'))
        && rest.bytes().all(|b| {
            b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_absolute_and_of_the_web() {
        let base = || Url::parse("https://example.com/a/b").ok();
        for (value, with_base, without) in [
            ("https://x.example/a?b=1&c", Some("https://x.example/a?b=1&c"), Some("https://x.example/a?b=1&c")),
            ("http://x.example", Some("http://x.example"), Some("http://x.example")),
            ("http://x.example/a b", Some("http://x.example/a%20b"), Some("http://x.example/a%20b")),
            ("c", Some("https://example.com/a/c"), None),
            ("/c?d", Some("https://example.com/c?d"), None),
            ("//cdn.example/c", Some("https://cdn.example/c"), Some("https://cdn.example/c")),
            ("www.example.org/x", Some("https://www.example.org/x"), Some("https://www.example.org/x")),
            ("https://127.1/x", Some("https://127.1/x"), Some("https://127.1/x")),
            ("https://bücher.example/", Some("https://xn--bcher-kva.example/"), Some("https://xn--bcher-kva.example/")),
            ("https://999.999.999.999/", None, None),
            ("javascript:alert(1)", None, None),
            ("mailto:a@example.com", None, None),
            ("tag:example.com,2026:1", None, None),
            ("http://", None, None),
        ] {
            assert_eq!(address(value, base).as_deref(), with_base, "{value}");
            assert_eq!(address(value, || None).as_deref(), without, "{value}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_looks_plain_is_an_address(value in "https?://[a-z0-9.-]{1,12}[/?#]?[ -~]{0,12}") {
            if is_plain(&value) {
                proptest::prop_assert!(Url::parse(&value).is_ok_and(|url| url.has_host()), "{}", value);
            }
        }
    }
}
