//! Where a page that names no feed may have one nevertheless: WordPress always has one, other pages link to theirs in
//! the text, and many sites keep theirs at one of a few usual paths. Each guess has to be tried.

use std::cell::RefCell;

use lol_html::element;
use url::Url;

use super::walk;
use crate::reader::entities;

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
    "/nieuws/feed",
    "/nieuws/rss",
    "/blog/rss.xml",
    "/blog/index.xml",
    "/feeds/posts/default",
    "/feed.json",
];

/// Links in the text of a page that are guessed at most.
const LINKS: usize = 5;

/// Addresses to try when a page names no feed, best first and each once.
#[must_use]
pub fn guesses(html: &str, address: &Url) -> Vec<Url> {
    let mut found: Vec<Url> = Vec::new();
    let mut add = |url: Option<Url>| {
        if let Some(url) = url.filter(|url| matches!(url.scheme(), "http" | "https") && !found.contains(url)) {
            found.push(url);
        }
    };
    let seen = Seen::of(html);
    if let Some(site) = seen.wordpress(address) {
        add(site.join("feed/").ok());
        add(site.join("?feed=rss2").ok());
    }
    for link in &seen.links {
        add(address.join(&entities::unescape(link.trim())).ok());
    }
    for path in COMMON_PATHS {
        add(address.join(path).ok());
    }
    found
}

/// What tells of a feed in a page.
#[derive(Default)]
struct Seen {
    /// Address of WordPress's interface for programs, which stands at the root of the site.
    api: Option<String>,
    generator: String,
    /// Addresses in the text that look like those of feeds.
    links: Vec<String>,
}

impl Seen {
    fn of(html: &str) -> Self {
        let seen = RefCell::new(Self::default());
        let handlers = vec![
            element!("link[rel='https://api.w.org/'][href]", |tag| {
                seen.borrow_mut().api = tag.get_attribute("href");
                Ok(())
            }),
            element!("meta[name='generator'][content]", |tag| {
                seen.borrow_mut().generator.push_str(&tag.get_attribute("content").unwrap_or_default());
                Ok(())
            }),
            element!("a[href]", |tag| {
                let href = tag.get_attribute("href").unwrap_or_default();
                let mut seen = seen.borrow_mut();
                if looks_like_feed(&href) && seen.links.len() < LINKS {
                    seen.links.push(href);
                }
                Ok(())
            }),
        ];
        walk(html, handlers);
        seen.into_inner()
    }

    /// The root of the site, if it is one of WordPress.
    fn wordpress(&self, address: &Url) -> Option<Url> {
        if let Some(api) = &self.api {
            let api = address.join(&entities::unescape(api.trim())).ok()?;
            let path = api.path();
            let root = &path[..path.find("wp-json").unwrap_or(path.len())];
            return api.join(root).ok();
        }
        if self.generator.to_ascii_lowercase().contains("wordpress") { address.join("/").ok() } else { None }
    }
}

fn looks_like_feed(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    matches!(last, "rss" | "feed" | "atom" | "rss.xml" | "feed.xml" | "atom.xml" | "feed.json" | "rss.php")
        || [".rss", ".atom", ".rdf"].iter().any(|end| last.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_places_are_tried_first() {
        for (html, expected) in [
            (
                "<link rel='https://api.w.org/' href='https://example.com/blog/wp-json/'>",
                vec![
                    "https://example.com/blog/feed/",
                    "https://example.com/blog/?feed=rss2",
                    "https://example.com/feed",
                ],
            ),
            (
                "<meta name='generator' content='WordPress 6.4'><a href='/nl/rss.xml'>RSS</a>",
                vec!["https://example.com/feed/", "https://example.com/?feed=rss2", "https://example.com/nl/rss.xml"],
            ),
            (
                "<a href='/about'>x</a><a href='news.rss?a=1&amp;b=2'>x</a><a href='mailto:rss'>x</a>",
                vec!["https://example.com/dir/news.rss?a=1&b=2", "https://example.com/feed"],
            ),
            ("<p>nothing", vec!["https://example.com/feed", "https://example.com/rss"]),
        ] {
            let found = guesses(html, &Url::parse("https://example.com/dir/page").unwrap());
            let addresses: Vec<_> = found.iter().map(Url::as_str).take(expected.len()).collect();
            assert_eq!(addresses, expected, "{html}");
            assert!(found.len() >= COMMON_PATHS.len());
        }
    }
}
