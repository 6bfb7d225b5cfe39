//! The names of LinkedIn posts and their addresses in a browser.

use url::Url;

/// Kinds of URN that name a post.
const KINDS: [&str; 3] = ["share", "ugcPost", "activity"];

/// The first URN of a post in a text, as in LinkedIn's answer to a duplicate.
#[must_use]
pub fn find_urn(text: &str) -> Option<String> {
    text.match_indices("urn:li:").find_map(|(at, start)| {
        let (kind, rest) = text[at + start.len()..].split_once(':')?;
        let kind = KINDS.into_iter().find(|known| *known == kind)?;
        named(kind, rest)
    })
}

/// The post that a pasted address shows: `.../feed/update/urn:li:share:7...` or `.../posts/name_words-activity-7...-AbCd`.
/// Only addresses of `site` (and, for LinkedIn itself, of its country hosts) are read.
#[must_use]
pub fn urn_of_address(address: &str, site: &Url) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    let is_same = url.host_str() == site.host_str() && url.port_or_known_default() == site.port_or_known_default();
    let is_linkedin = |url: &Url| {
        url.scheme() == "https"
            && url.host_str().is_some_and(|host| host == "linkedin.com" || host.ends_with(".linkedin.com"))
    };
    let is_country_host = is_linkedin(&url) && is_linkedin(site);
    if !(is_same || is_country_host) {
        return None;
    }
    let path = url.path().replace("%3A", ":").replace("%3a", ":");
    find_urn(&path).or_else(|| {
        let slug = path.strip_prefix("/posts/")?;
        KINDS.into_iter().find_map(|kind| {
            let (_, rest) = slug.rsplit_once(&format!("-{kind}-"))?;
            named(kind, rest)
        })
    })
}

/// Where a browser shows the post.
#[must_use]
pub fn address_of(urn: &str, site: &Url) -> String {
    format!("{}/feed/update/{urn}/", site.as_str().trim_end_matches('/'))
}

fn named(kind: &str, rest: &str) -> Option<String> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (5..=25).contains(&digits).then(|| format!("urn:li:{kind}:{}", &rest[..digits]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_is_found_in_a_sentence() {
        let text = "Content is a duplicate of urn:li:share:7000000000000000001";
        assert_eq!(find_urn(text).as_deref(), Some("urn:li:share:7000000000000000001"));
        assert_eq!(
            find_urn("urn:li:person:abc then urn:li:ugcPost:7000001!").as_deref(),
            Some("urn:li:ugcPost:7000001")
        );
        for none in ["", "urn:li:", "urn:li:share:", "urn:li:share:12", "urn:li:image:7000000000000000001", "urn:li:é"]
        {
            assert_eq!(find_urn(none), None, "{none}");
        }
    }

    #[test]
    fn a_pasted_address_names_its_post() {
        let site = Url::parse("https://www.linkedin.com").unwrap();
        for (address, urn) in [
            (
                "https://www.linkedin.com/feed/update/urn:li:share:7000000000000000001/",
                "urn:li:share:7000000000000000001",
            ),
            (
                " https://nl.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7000000000000000001?x=1",
                "urn:li:ugcPost:7000000000000000001",
            ),
            (
                "https://www.linkedin.com/posts/member-one_a-share-word-activity-7000000000000000001-AbCd",
                "urn:li:activity:7000000000000000001",
            ),
        ] {
            assert_eq!(urn_of_address(address, &site).as_deref(), Some(urn), "{address}");
        }
        for bad in [
            "https://linkedin.com.example/feed/update/urn:li:share:7000000000000000001/",
            "https://example.com/feed/update/urn:li:share:7000000000000000001/",
            "http://127.0.0.1/feed/update/urn:li:share:7000000000000000001/",
            "https://www.linkedin.com/feed/",
            "urn:li:share:7000000000000000001",
            "",
        ] {
            assert_eq!(urn_of_address(bad, &site), None, "{bad}");
        }
    }

    #[test]
    fn the_address_of_a_post_leads_back_to_it() {
        let site = Url::parse("http://127.0.0.1:9000/").unwrap();
        let address = address_of("urn:li:share:7000000000000000001", &site);
        assert_eq!(address, "http://127.0.0.1:9000/feed/update/urn:li:share:7000000000000000001/");
        assert_eq!(urn_of_address(&address, &site).as_deref(), Some("urn:li:share:7000000000000000001"));
    }
}
