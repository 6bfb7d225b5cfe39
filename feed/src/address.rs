//! Addresses of the web as feeds write them: made absolute, and told apart from what is none.

use url::Url;

/// An absolute http or https address; written as in the feed where that is an address already.
pub(crate) fn absolute(value: &str, base: impl FnOnce() -> Option<Url>) -> Option<String> {
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
    let is_part =
        |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}');
    named_host(value).is_some_and(|(_, rest)| rest.bytes().all(is_part))
}

/// The host and what stands behind it, if the host certainly is a name that parsing would leave as it is.
pub(crate) fn named_host(value: &str) -> Option<(&str, &str)> {
    let value = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"))?;
    let end = value.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(value.len());
    let (host, rest) = value.split_at(end);
    let is_name = |label: &[u8]| {
        label.first().is_some_and(u8::is_ascii_lowercase)
            && !label.starts_with(b"xn--")
            && label.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
    };
    host.as_bytes().split(|&b| b == b'.').all(is_name).then_some((host, rest))
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
            assert_eq!(absolute(value, base).as_deref(), with_base, "{value}");
            assert_eq!(absolute(value, || None).as_deref(), without, "{value}");
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
