//! From what people paste to the address of a feed: pages that name their feeds, YouTube channels, lists in OPML.
//! Fetching is the caller's work; here are only the decisions.

use std::cell::RefCell;

use lol_html::{HtmlRewriter, Settings, element};
use serde::Serialize;
use url::Url;

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Its absolute address.
    pub address: Url,
    /// What the page calls it.
    pub title: Option<String>,
}

/// Paths at which sites without a link often have their feed, best first.
pub const COMMON_PATHS: &[&str] = &[
    "/feed",
    "/rss",
    "/feed.xml",
    "/rss.xml",
    "/atom.xml",
    "/index.xml",
    "/feed/",
    "/blog/feed",
    "/news/feed",
    "/blog/rss.xml",
    "/feeds/posts/default",
];

/// Bytes of a page that are looked at; links to feeds stand in its head.
const LOOKED_AT: usize = 1024 * 1024;
/// Candidates kept.
const KEPT: usize = 50;

/// The feeds that a page names, main feeds before feeds of comments; `address` is the page's own.
#[must_use]
pub fn in_page(html: &str, address: Option<&Url>) -> Vec<Candidate> {
    let (links, base) = (RefCell::new(Vec::new()), RefCell::new(None));
    let handlers = vec![
        element!("base[href]", |tag| {
            base.borrow_mut().get_or_insert(tag.get_attribute("href").unwrap_or_default());
            Ok(())
        }),
        element!("link[href]", |tag| {
            let get = |name: &str| tag.get_attribute(name).unwrap_or_default().to_ascii_lowercase();
            let alternate = get("rel").split_whitespace().any(|rel| matches!(rel, "alternate" | "feed"));
            if alternate && is_feed_type(get("type").split(';').next().unwrap_or_default().trim(), &get("rel")) {
                links.borrow_mut().push((tag.get_attribute("href").unwrap_or_default(), tag.get_attribute("title")));
            }
            Ok(())
        }),
    ];
    let settings = handlers.into_iter().fold(Settings::new(), Settings::append_element_content_handler);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let head = &html[..html.floor_char_boundary(LOOKED_AT)];
    // Broken HTML ends the search early; what was found by then counts.
    let _ = rewriter.write(head.as_bytes()).and_then(|()| rewriter.end());
    let base = match (address, base.into_inner()) {
        (Some(address), Some(base)) => address.join(base.trim()).ok().or_else(|| Some(address.clone())),
        (Some(address), None) => Some(address.clone()),
        (None, base) => base.and_then(|base| Url::parse(base.trim()).ok()),
    };
    candidates(links.into_inner(), base.as_ref())
}

fn is_feed_type(media_type: &str, rel: &str) -> bool {
    match media_type {
        "application/rss+xml"
        | "application/atom+xml"
        | "application/rdf+xml"
        | "application/feed+json"
        | "application/xml"
        | "text/xml" => true,
        "" => rel.split_whitespace().any(|rel| rel == "feed"),
        _ => false,
    }
}

fn candidates(links: Vec<(String, Option<String>)>, base: Option<&Url>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (href, title) in links {
        let href = crate::reader::entities::unescape(href.trim()).into_owned();
        let address = match base {
            Some(base) => base.join(&href),
            None => Url::parse(&href),
        };
        let Ok(address) = address else { continue };
        let known = found.iter().any(|candidate| candidate.address == address);
        if matches!(address.scheme(), "http" | "https") && !known && found.len() < KEPT {
            let title = title.map(|title| crate::html::to_text(&title)).filter(|title| !title.is_empty());
            found.push(Candidate { address, title });
        }
    }
    found.sort_by_key(rank);
    found
}

/// Feeds of comments, of single posts and of programs' interfaces come last.
fn rank(candidate: &Candidate) -> u8 {
    let address = candidate.address.as_str().to_ascii_lowercase();
    let title = candidate.title.as_deref().unwrap_or_default().to_lowercase();
    let comments = ["comment", "reacties", "kommentar", "commentaires"];
    let about_comments = comments.iter().any(|word| address.contains(word) || title.contains(word));
    match () {
        () if address.contains("/wp-json/") => 3,
        () if about_comments => 2,
        () if candidate.address.path().ends_with("json") => 1,
        () => 0,
    }
}

/// What a YouTube address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YouTube {
    /// The address of its feed is certain.
    Feed(Url),
    /// A handle or video: the channel's number stands in the page, see [`youtube_channel_in_page`].
    Page(Url),
}

/// Recognises addresses of YouTube channels, playlists, handles and videos.
#[must_use]
pub fn youtube(address: &Url) -> Option<YouTube> {
    let host = address.host_str()?.trim_start_matches("www.").trim_start_matches("m.");
    if host == "youtu.be" {
        return Some(YouTube::Page(address.clone()));
    }
    if !matches!(host, "youtube.com" | "music.youtube.com" | "youtube-nocookie.com") {
        return None;
    }
    let query =
        |wanted: &str| address.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
    let mut parts = address.path_segments()?.filter(|part| !part.is_empty());
    let feed = |parameter: &str, value: &str| {
        let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        let url = format!("https://www.youtube.com/feeds/videos.xml?{parameter}={value}");
        plain.then(|| Url::parse(&url).ok().map(YouTube::Feed)).flatten()
    };
    match (parts.next(), parts.next()) {
        (Some("feeds"), Some("videos.xml")) => Some(YouTube::Feed(address.clone())),
        (Some("channel"), Some(id)) if id.starts_with("UC") => match parts.next() {
            // Undocumented playlists of one sort of a channel's uploads.
            Some("videos") => feed("playlist_id", &id.replacen("UC", "UULF", 1)),
            Some("shorts") => feed("playlist_id", &id.replacen("UC", "UUSH", 1)),
            Some("streams") => feed("playlist_id", &id.replacen("UC", "UULV", 1)),
            _ => feed("channel_id", id),
        },
        (Some("user"), Some(name)) => feed("user", name),
        (Some("playlist" | "watch"), _) if query("list").is_some() => feed("playlist_id", &query("list")?),
        (Some(handle), _) if handle.starts_with('@') => Some(YouTube::Page(address.clone())),
        (Some("watch" | "c" | "shorts" | "live" | "embed"), _) => Some(YouTube::Page(address.clone())),
        _ => None,
    }
}

/// The feed of the channel that a page of YouTube belongs to.
#[must_use]
pub fn youtube_channel_in_page(html: &str) -> Option<Url> {
    let markers = [
        "channel_id=",
        "youtube.com/channel/",
        "\"channelId\":\"",
        "\"externalId\":\"",
        "itemprop=\"identifier\" content=\"",
    ];
    let id = markers.iter().find_map(|marker| {
        let after = &html[html.find(marker)? + marker.len()..];
        let id: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        (id.len() == 24 && id.starts_with("UC")).then_some(id)
    })?;
    Url::parse(&format!("https://www.youtube.com/feeds/videos.xml?channel_id={id}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn feeds_of_a_page_are_found_in_order_of_use() {
        let html = r#"<html><head><base href="/blog/">
            <link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
            <link rel="ALTERNATE" type="application/rss+xml; charset=utf-8" title="News &amp; more" href="feed">
            <link rel="alternate" type="application/atom+xml" href="https://other.example/atom">
            <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
            <link rel="alternate" hreflang="nl" href="/nl">
            <link rel="stylesheet" href="style.css"><link rel=alternate type=text/xml href=feed>"#;
        let found = in_page(html, Some(&url("https://example.com/page")));
        let addresses: Vec<_> = found.iter().map(|candidate| candidate.address.as_str()).collect();
        assert_eq!(
            addresses,
            ["https://example.com/blog/feed", "https://other.example/atom", "https://example.com/blog/comments/feed"]
        );
        assert_eq!(found[0].title.as_deref(), Some("News & more"));
        assert_eq!(in_page("<p>no links", None), []);
    }

    #[test]
    fn addresses_of_youtube_lead_to_feeds() {
        let feed = |query: &str| Some(YouTube::Feed(url(&format!("https://www.youtube.com/feeds/videos.xml?{query}"))));
        let page = |address: &str| Some(YouTube::Page(url(address)));
        for (address, expected) in [
            ("https://www.youtube.com/channel/UCabc", feed("channel_id=UCabc")),
            ("https://m.youtube.com/channel/UCabc/about", feed("channel_id=UCabc")),
            ("https://www.youtube.com/channel/UCabc/shorts", feed("playlist_id=UUSHabc")),
            ("https://www.youtube.com/channel/UCabc/videos", feed("playlist_id=UULFabc")),
            ("https://www.youtube.com/playlist?list=PLx_y-z", feed("playlist_id=PLx_y-z")),
            ("https://www.youtube.com/watch?v=1&list=PLx", feed("playlist_id=PLx")),
            ("https://www.youtube.com/user/name", feed("user=name")),
            ("https://www.youtube.com/feeds/videos.xml?channel_id=UCabc", feed("channel_id=UCabc")),
            ("https://www.youtube.com/@handle", page("https://www.youtube.com/@handle")),
            ("https://youtu.be/abcdefghijk", page("https://youtu.be/abcdefghijk")),
            ("https://www.youtube.com/watch?v=abcdefghijk", page("https://www.youtube.com/watch?v=abcdefghijk")),
            ("https://www.youtube.com/playlist?list=a%26b", None),
            ("https://www.youtube.com/about", None),
            ("https://youtube.com.example/channel/UCabc", None),
        ] {
            assert_eq!(youtube(&url(address)), expected, "{address}");
        }
    }

    #[test]
    fn the_channel_of_a_page_of_youtube_is_found() {
        let id = format!("UC{}", "x".repeat(22));
        for html in [
            format!("<link rel=canonical href=\"https://www.youtube.com/channel/{id}\">"),
            format!("{{\"channelId\":\"{id}\"}}"),
        ] {
            assert!(youtube_channel_in_page(&html).unwrap().as_str().ends_with(&id), "{html}");
        }
        assert_eq!(youtube_channel_in_page("channel_id=UCshort"), None);
    }
}
