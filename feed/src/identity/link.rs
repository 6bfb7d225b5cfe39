//! One form for all addresses that mean the same page.

use url::Url;

use crate::address;

/// Query parameters that tell where a reader came from, not what is shown.
const TRACKERS: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "twclid",
    "igshid",
    "igsh",
    "yclid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ref_src",
    "ref_url",
    "_hsenc",
    "_hsmi",
    "vero_id",
    "oly_anon_id",
    "oly_enc_id",
    "s_cid",
    "wt_mc",
    "ncid",
    "cmpid",
    "at_medium",
    "at_campaign",
    "sr_share",
    "xtor",
    "guccounter",
    "rss",
    "_ga",
    "_gl",
    "srsltid",
    "li_fat_id",
];
const TRACKER_STARTS: &[&str] = &["utm_", "pk_", "mtm_", "matomo_", "hsa_", "at_custom"];

/// Whether a query parameter is one of those.
fn is_tracker(name: &str) -> bool {
    let starts = |start: &&str| name.get(..start.len()).is_some_and(|part| part.eq_ignore_ascii_case(start));
    TRACKERS.iter().any(|tracker| tracker.eq_ignore_ascii_case(name)) || TRACKER_STARTS.iter().any(starts)
}

/// The address without trackers, fragment, default port and differences that mean nothing.
#[must_use]
pub fn canonical_link(link: &str) -> String {
    let link = link.trim();
    plain(link).unwrap_or_else(|| parsed(link))
}

/// Parsing an address costs more than reading an item; most need none, because it would change nothing in them.
fn plain(link: &str) -> Option<String> {
    let (host, rest) = address::named_host(link)?;
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let in_path = |b: u8| b.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&b);
    let in_query = |b: u8| b.is_ascii_alphanumeric() || b"*-._=&".contains(&b);
    let is_plain = path.bytes().all(in_path)
        && !path.contains("/.")
        && query.bytes().all(in_query)
        && fragment.bytes().all(|b| b.is_ascii_graphic())
        && !fragment.starts_with('!');
    if !is_plain {
        return None;
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut kept: Vec<(&str, &str)> =
        pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).filter(|(name, _)| !is_tracker(name)).collect();
    if kept.iter().any(|(_, value)| value.contains('=')) {
        return None;
    }
    kept.sort_unstable();
    let mut out = String::with_capacity(link.len());
    out.push_str("//");
    out.push_str(host.strip_prefix("www.").unwrap_or(host));
    let path = path.trim_end_matches('/');
    out.push_str(if path.is_empty() { "/" } else { path });
    for (n, (name, value)) in kept.into_iter().enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        out.extend([name, "=", value]);
    }
    Some(out)
}

fn parsed(link: &str) -> String {
    let Ok(mut url) = Url::parse(link) else { return link.to_owned() };
    // `#!` addresses pages of old single-page sites.
    if !url.fragment().is_some_and(|fragment| fragment.starts_with('!')) {
        url.set_fragment(None);
    }
    let mut kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracker(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    kept.sort();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    let text = String::from(url);
    // The same page answers under both schemes, with and without www.
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(&text);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    format!("//{bare}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links_that_mean_one_page_are_one() {
        for (a, b) in [
            ("https://example.com/a?utm_source=x&id=1#top", "https://example.com/a?id=1"),
            ("http://www.example.com/a/", "https://example.com/a"),
            ("https://EXAMPLE.com:443/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
            ("https://example.com/?fbclid=abc", "https://example.com"),
        ] {
            assert_eq!(canonical_link(a), canonical_link(b), "{a} {b}");
        }
        assert_ne!(canonical_link("https://example.com/?id=1"), canonical_link("https://example.com/?id=2"));
    }

    proptest! {
        #[test]
        fn an_address_that_is_not_parsed_gives_what_parsing_gives(
            start in "https?://(www[.])?[a-z][a-z0-9.-]{0,8}",
            path in "(/[A-Za-z0-9._~%!$&'()*+,;=:@-]{0,4}){0,3}",
            query in "([?]([&=]|utm_|rss|[A-Za-z0-9*._%+-]{1,3}){0,8})?",
            fragment in "(#[!-~]{0,4})?",
        ) {
            let link = format!("{start}{path}{query}{fragment}");
            if let Some(plain) = plain(&link) {
                prop_assert_eq!(plain, parsed(&link), "{}", link);
            }
        }
    }
}
