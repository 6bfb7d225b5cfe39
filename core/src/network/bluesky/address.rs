//! The names of Bluesky posts and their addresses in a browser. Pure.

use url::Url;

use super::POST;

/// Account and key of a name such as `at://did:plc:abc/app.bsky.feed.post/3k...`.
#[must_use]
pub fn parts(urn: &str) -> Option<(&str, &str)> {
    let (account, rest) = urn.strip_prefix("at://")?.split_once('/')?;
    let key = rest.strip_prefix(POST)?.strip_prefix('/')?;
    (is_plain(account) && is_plain(key)).then_some((account, key))
}

/// Where a browser shows the post.
#[must_use]
pub fn address_of(urn: &str, site: &Url) -> String {
    let site = site.as_str().trim_end_matches('/');
    match parts(urn) {
        Some((account, key)) => format!("{site}/profile/{account}/post/{key}"),
        None => site.to_owned(),
    }
}

/// The post that a pasted address shows: `https://bsky.app/profile/name.bsky.social/post/3k...`.
#[must_use]
pub fn urn_of_address(address: &str, site: &Url) -> Option<String> {
    let url = Url::parse(address.trim()).ok().filter(|url| url.origin() == site.origin())?;
    let path = url.path().strip_prefix(site.path().trim_end_matches('/'))?.replace("%3A", ":");
    let (account, key) = path.strip_prefix("/profile/")?.split_once("/post/")?;
    let key = key.trim_end_matches('/');
    (is_plain(account) && is_plain(key)).then(|| format!("at://{account}/{POST}/{key}"))
}

fn is_plain(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'.' | b'-' | b'_');
    (1..=256).contains(&text.len()) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_post_leads_back_to_it() {
        let urn = "at://did:plc:abc/app.bsky.feed.post/3kabcdefghijk";
        for site in ["https://bsky.app", "http://127.0.0.1:9/bluesky"] {
            let site = Url::parse(site).unwrap();
            let address = address_of(urn, &site);
            assert!(address.ends_with("/profile/did:plc:abc/post/3kabcdefghijk"), "{address}");
            assert_eq!(urn_of_address(&format!(" {address}/?x=1"), &site).as_deref(), Some(urn));
        }
        let site = Url::parse("https://bsky.app").unwrap();
        for bad in [
            "https://bsky.app/profile/name.bsky.social",
            "https://bsky.example/profile/a/post/b",
            "https://bsky.app/profile/a/b/post/c",
            "https://bsky.app/profile/a/post/",
            "",
        ] {
            assert_eq!(urn_of_address(bad, &site), None, "{bad}");
        }
    }
}
