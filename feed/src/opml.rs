//! Lists of feeds in OPML, as every feed reader writes them: read however they are spelt, and written so that every
//! reader understands them.

use std::collections::HashSet;
use std::fmt::Write;

use url::Url;

use crate::document::Document;
use crate::error::ReadError;
use crate::limits::Limits;
use crate::outline::Outline;
use crate::reader::entities;
use crate::tree::{Data, NodeId, ROOT, Tree};
use crate::{html, text};

/// One feed of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpmlFeed {
    /// As the list calls it; its address if the list gives no name.
    pub title: String,
    /// Its http or https address.
    pub address: String,
    /// The folder it stands in; folders inside each other are apart by ` / `.
    pub group: Option<String>,
}

/// The feeds of a list, each address once, in the order of the list.
///
/// # Errors
/// When it is no XML, passes a cap, or holds no feed.
pub fn parse(opml: &str) -> Result<Vec<OpmlFeed>, ReadError> {
    Ok(parse_all(opml)?.feeds)
}

/// What a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpmlList {
    /// The feeds, each address once, in the order of the list.
    pub feeds: Vec<OpmlFeed>,
    /// What calls itself a feed, but has an address that is not on the web, such as `javascript:`.
    pub unusable: Vec<OpmlFeed>,
}

/// As [`parse`], with what had to be left out.
///
/// # Errors
/// As [`parse`].
pub fn parse_all(opml: &str) -> Result<OpmlList, ReadError> {
    let limits = Limits::default();
    // Copied from a page that shows it.
    let unescaped = if opml.trim_start().starts_with("&lt;") { entities::unescape(opml) } else { opml.into() };
    let document = Document::new(unescaped.into_owned(), None, None, &limits)?;
    let outline = Outline::new(&document, &limits)?;
    let mut list = OpmlList::default();
    collect(&outline.tree, ROOT, None, &mut list);
    let mut seen = HashSet::new();
    list.feeds.retain(|feed| seen.insert(feed.address.clone()));
    if list.feeds.is_empty() { Err(ReadError::NoFeeds) } else { Ok(list) }
}

/// The depth is capped by the reader, so recursion is safe.
fn collect(tree: &Tree, node: NodeId, group: Option<&str>, list: &mut OpmlList) {
    for child in tree.children(node) {
        let Data::Element { name, .. } = tree.data(child) else { continue };
        if !name.local.eq_ignore_ascii_case("outline") {
            collect(tree, child, group, list);
            continue;
        }
        let title = ["title", "text"].into_iter().find_map(|name| attribute(tree, child, name));
        let title = title.map(|title| text::one_line(&html::to_text(title))).filter(|title| !title.is_empty());
        let address = attribute(tree, child, "xmlUrl").or_else(|| {
            let kind = attribute(tree, child, "type")?.to_ascii_lowercase();
            matches!(kind.as_str(), "rss" | "atom" | "feed").then(|| attribute(tree, child, "url"))?
        });
        if let Some(written) = address {
            let usable = web_address(written);
            let kind = if usable.is_some() { &mut list.feeds } else { &mut list.unusable };
            let address = usable.unwrap_or_else(|| written.to_owned());
            let title = title.unwrap_or_else(|| address.clone());
            kind.push(OpmlFeed { title, address, group: group.map(str::to_owned) });
            collect(tree, child, group, list);
        } else {
            let inside = match (group, &title) {
                (Some(group), Some(title)) => Some(format!("{group} / {title}")),
                (group, title) => title.clone().or_else(|| group.map(str::to_owned)),
            };
            collect(tree, child, inside.as_deref(), list);
        }
    }
}

/// The value of an attribute, however its name is spelt.
fn attribute<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<&'t str> {
    let attributes = tree.attribute_ids(node).map(|id| tree.attribute(id));
    let mut found = attributes.filter(|attribute| attribute.name.local.eq_ignore_ascii_case(name));
    found.find_map(|attribute| Some(attribute.value.trim()).filter(|value| !value.is_empty()))
}

/// An http or https address, which may have been escaped twice or call itself `feed:`.
fn web_address(written: &str) -> Option<String> {
    let address = entities::unescape(written);
    let address = match address.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => format!("https:{rest}"),
        Some(rest) => rest.to_owned(),
        None => address.into_owned(),
    };
    let url = Url::parse(&address).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(address)
}

/// A list in OPML 2.0; feeds of one group stand in one folder.
#[must_use]
pub fn write(title: &str, feeds: &[OpmlFeed]) -> String {
    let mut groups: Vec<Option<&str>> = vec![None];
    for group in feeds.iter().map(|feed| feed.group.as_deref()) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let mut opml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n");
    let _ = writeln!(opml, "  <head><title>{}</title></head>\n  <body>", escape(title));
    for group in groups {
        let indent = if group.is_some() { "      " } else { "    " };
        if let Some(group) = group {
            let _ = writeln!(opml, "    <outline text=\"{}\">", escape(group));
        }
        for feed in feeds.iter().filter(|feed| feed.group.as_deref() == group) {
            let (title, address) = (escape(&feed.title), escape(&feed.address));
            let _ = writeln!(
                opml,
                "{indent}<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{address}\"/>"
            );
        }
        if group.is_some() {
            opml.push_str("    </outline>\n");
        }
    }
    opml.push_str("  </body>\n</opml>\n");
    opml
}

/// A text inside quotes of XML; control characters go.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if entities::is_forbidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn feed(title: &str, address: &str, group: Option<&str>) -> OpmlFeed {
        OpmlFeed { title: title.to_owned(), address: address.to_owned(), group: group.map(str::to_owned) }
    }

    #[test]
    fn lists_are_read_however_they_are_spelt() {
        let a = "https://a.example/feed?x=1&y=2";
        for (body, expected) in [
            (r#"<outline text="A" xmlUrl="https://a.example/feed?x=1&amp;y=2"/>"#, vec![feed("A", a, None)]),
            (r#"<OUTLINE TITLE="A" XMLURL="https://a.example/feed?x=1&y=2"/>"#, vec![feed("A", a, None)]),
            (
                r#"<outline text="A &amp;amp; B" xmlurl="https://a.example/feed?x=1&amp;amp;y=2"></outline>"#,
                vec![feed("A & B", a, None)],
            ),
            (
                r#"<outline xmlUrl=" feed://a.example/f "/>"#,
                vec![feed("https://a.example/f", "https://a.example/f", None)],
            ),
            (r#"<outline text="A" xmlUrl="feed:http://a.example/f"/>"#, vec![feed("A", "http://a.example/f", None)]),
            (
                r#"<outline type="rss" text="A" url="https://a.example/f"/>"#,
                vec![feed("A", "https://a.example/f", None)],
            ),
            (
                r#"<outline text="News"><outline text="Dutch"><outline text="A" xmlUrl="https://a.example/1"/></outline>
                   <outline text="B" xmlUrl="https://a.example/2"/></outline><outline text="C" xmlUrl="https://a.example/3"/>"#,
                vec![
                    feed("A", "https://a.example/1", Some("News / Dutch")),
                    feed("B", "https://a.example/2", Some("News")),
                    feed("C", "https://a.example/3", None),
                ],
            ),
            (
                r#"<outline text="A" xmlUrl="https://a.example/1"/><outline text="again" xmlUrl="https://a.example/1"/><outline text="site" htmlUrl="https://a.example"/>"#,
                vec![feed("A", "https://a.example/1", None)],
            ),
            (
                r#"<outline text="&broken; <b>A</b>" xmlUrl="https://a.example/1"/>"#,
                vec![feed("&broken; A", "https://a.example/1", None)],
            ),
        ] {
            let opml = format!("<?xml version='1.0'?><opml version='1.0'><head/><body>{body}</body></opml>");
            assert_eq!(parse(&opml), Ok(expected), "{body}");
        }
        let escaped = "&lt;opml&gt;&lt;body&gt;&lt;outline xmlUrl=&quot;https://a.example/1&quot;/&gt;";
        assert_eq!(parse(escaped).map(|feeds| feeds.len()), Ok(1));
        for (text, code) in [
            ("<opml><body><outline text='A' xmlUrl='javascript:alert(1)'/></body></opml>", "opml-no-feeds"),
            ("<opml/>", "opml-no-feeds"),
            ("hello", "feed-not-xml"),
            ("<html><body>", "feed-web-page"),
        ] {
            assert_eq!(parse(text).map_err(|error| error.code()), Err(code), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(parts in prop::collection::vec(("[a-zé&'\"]{1,8}", 0..20_u8, prop::option::of("[a-c&]{1,2}")), 1..9)) {
            let mut feeds: Vec<OpmlFeed> = Vec::new();
            for (title, number, group) in parts {
                let address = format!("https://a.example/{number}?a=1&b='{number}'");
                if feeds.iter().all(|known| known.address != address) {
                    feeds.push(OpmlFeed { title, address, group });
                }
            }
            let mut read = parse(&write("Our \"feeds\" <&>", &feeds)).unwrap();
            read.sort_by(|a, b| a.address.cmp(&b.address));
            feeds.sort_by(|a, b| a.address.cmp(&b.address));
            prop_assert_eq!(read, feeds);
        }
    }
}
