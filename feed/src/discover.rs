//! From what people paste to the address of a feed: pages that name their feeds, YouTube channels, lists in OPML.
//! Fetching is the caller's work; here are only the decisions.

mod guesses;
mod link_header;
mod youtube;

use std::cell::RefCell;

use lol_html::{ElementContentHandlers, HtmlRewriter, Selector, Settings, element};
use serde::Serialize;
use url::Url;

pub use guesses::{COMMON_PATHS, guesses};
pub use link_header::in_link_header;
pub use youtube::{YouTube, youtube, youtube_channel_in_page};

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Its absolute address.
    pub address: Url,
    /// What the page calls it.
    pub title: Option<String>,
}

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
            let href = tag.get_attribute("href").unwrap_or_default();
            let alternate = get("rel").split_whitespace().any(|rel| matches!(rel, "alternate" | "feed"));
            if alternate && is_feed_type(&get("type"), &get("rel"), &href) {
                links.borrow_mut().push((href, tag.get_attribute("title")));
            }
            Ok(())
        }),
    ];
    walk(html, handlers);
    let base = match (address, base.into_inner()) {
        (Some(address), Some(base)) => address.join(base.trim()).ok().or_else(|| Some(address.clone())),
        (Some(address), None) => Some(address.clone()),
        (None, base) => base.and_then(|base| Url::parse(base.trim()).ok()),
    };
    candidates(links.into_inner(), base.as_ref())
}

/// What a page says of itself for previews (`og:description`); pages that need a script to show a post have its words there.
#[must_use]
pub fn description(html: &str) -> Option<String> {
    let found = RefCell::new(None);
    let handlers = vec![element!("meta[property='og:description'][content]", |tag| {
        found.borrow_mut().get_or_insert(tag.get_attribute("content").unwrap_or_default());
        Ok(())
    })];
    walk(html, handlers);
    let words = found.into_inner()?;
    let words = crate::reader::entities::unescape(words.trim()).trim().to_owned();
    (!words.is_empty()).then_some(words)
}

type Handler<'h> = (std::borrow::Cow<'h, Selector>, ElementContentHandlers<'h>);

/// Shows the start of a page to handlers of its elements.
fn walk(html: &str, handlers: Vec<Handler>) {
    let settings = handlers.into_iter().fold(Settings::new(), Settings::append_element_content_handler);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let start = &html[..html.floor_char_boundary(LOOKED_AT)];
    // Broken HTML ends the search early; what was found by then counts.
    let _ = rewriter.write(start.as_bytes()).and_then(|()| rewriter.end());
}

/// Whether a link with this type, relation and address leads to a feed.
fn is_feed_type(media_type: &str, rel: &str, href: &str) -> bool {
    match media_type.split(';').next().unwrap_or_default().trim() {
        "application/rss+xml"
        | "application/atom+xml"
        | "application/rdf+xml"
        | "application/feed+json"
        | "application/xml"
        | "application/rss"
        | "application/x-rss+xml"
        | "text/rss+xml"
        | "text/xml" => true,
        // What JSON Feed 1.0 asked for, and what the interfaces of many sites are too.
        "application/json" => href.contains("feed") && !href.contains("/wp-json/") && !href.contains("oembed"),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_page_describes_itself() {
        for (page, words) in [
            ("<meta content='Hi &amp; &quot;bye&quot;' property='og:description'><p>Other", Some("Hi & \"bye\"")),
            ("<meta property=og:description content='one'><meta property=og:description content='two'>", Some("one")),
            ("<meta property='og:description' content=' '>", None),
            ("<meta name='description' content='site'>", None),
            ("", None),
        ] {
            assert_eq!(description(page).as_deref(), words, "{page}");
        }
    }

    #[test]
    fn feeds_of_a_page_are_found_in_order_of_use() {
        let html = r#"<html><head><base href="/blog/">
            <link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
            <link rel="ALTERNATE" type="application/rss+xml; charset=utf-8" title="News &amp; more" href="feed">
            <link rel="alternate" type="application/atom+xml" href="https://other.example/atom">
            <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
            <link rel="alternate" type="application/json" href="/feed.json"><link rel=alternate type="application/rdf+xml" href="/rdf">
            <link rel="alternate" hreflang="nl" href="/nl">
            <link rel="stylesheet" href="style.css"><link rel=alternate type=text/xml href=feed>"#;
        let found = in_page(html, Some(&url("https://example.com/page")));
        let addresses: Vec<_> = found.iter().map(|candidate| candidate.address.as_str()).collect();
        assert_eq!(
            addresses,
            [
                "https://example.com/blog/feed",
                "https://other.example/atom",
                "https://example.com/rdf",
                "https://example.com/feed.json",
                "https://example.com/blog/comments/feed"
            ]
        );
        assert_eq!(found[0].title.as_deref(), Some("News & more"));
        assert_eq!(in_page("<p>no links", None), []);
    }
}
