//! The definitions that come with the product, and choosing one by looking at a document.
//! They are JSON files of the same shape that marketers save, so each can be copied and changed.

use std::sync::LazyLock;

use serde::Serialize;

use crate::definition::Definition;
use crate::document::Document;
use crate::error::ReadError;
use crate::namespace;

static ALL: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    [
        include_str!("../definitions/rss.json"),
        include_str!("../definitions/atom.json"),
        include_str!("../definitions/rdf.json"),
        include_str!("../definitions/youtube.json"),
        include_str!("../definitions/sitemap-news.json"),
    ]
    .into_iter()
    .map(|json| Definition::from_json(json).expect("a test reads every shipped definition"))
    .collect()
});

/// All definitions that are shipped.
#[must_use]
pub fn all() -> &'static [Definition] {
    &ALL
}

/// Their names.
#[must_use]
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|definition| definition.name.as_str()).collect()
}

/// The shipped definition of a name.
///
/// # Errors
/// When there is none of that name.
pub fn named(name: &str) -> Result<&'static Definition, ReadError> {
    let found = ALL.iter().find(|definition| definition.name.eq_ignore_ascii_case(name));
    found.ok_or_else(|| ReadError::UnknownDefinition { name: name.to_owned() })
}

/// A definition chosen for a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detected {
    /// The shipped definition that fits.
    pub definition: Definition,
    /// What in the document speaks for it, as sentences.
    pub reasons: Vec<String>,
}

/// Chooses the shipped definition that fits a document.
///
/// # Errors
/// When the document is of no kind that is known; its items must then be pointed out.
pub fn detect(document: &Document) -> Result<Detected, ReadError> {
    let head = document.head();
    let mut reasons = vec![format!("The root element is <{}>.", head.root)];
    let mut because = |reason: &str| reasons.push(reason.to_owned());
    let name = match (head.root.to_ascii_lowercase().as_str(), head.namespace.as_str()) {
        ("feed", namespace::ATOM) if document.text().contains("<yt:videoId") => {
            because("Its entries have YouTube video numbers.");
            "youtube"
        }
        ("feed", namespace::ATOM) => {
            because("Its namespace is that of Atom.");
            "atom"
        }
        ("rdf", _) => {
            because("RDF documents with items are RSS 1.0.");
            "rdf"
        }
        ("rss", _) => {
            because("RSS 2.0 and its ancestors start so.");
            "rss"
        }
        ("urlset", namespace::SITEMAP) => {
            because("Its namespace is that of sitemaps.");
            "sitemap-news"
        }
        _ => return Err(ReadError::UnknownKind { root: head.root.clone() }),
    };
    Ok(Detected { definition: named(name)?.clone(), reasons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn every_shipped_definition_can_be_read() {
        assert_eq!(names(), ["rss", "atom", "rdf", "youtube", "sitemap-news"]);
        assert_eq!(named("RSS").unwrap().name, "rss");
        assert_eq!(named("nonsense").unwrap_err().code(), "definition-unknown");
    }

    #[test]
    fn documents_are_recognised() {
        for (document, expected) in [
            ("<rss version='2.0'><channel/></rss>", Ok("rss")),
            ("<feed/>", Ok("atom")),
            ("<feed xmlns='http://purl.org/atom/ns#'/>", Ok("atom")),
            ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", Ok("atom")),
            (
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><yt:videoId>1</yt:videoId></entry></feed>",
                Ok("youtube"),
            ),
            ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", Ok("rdf")),
            ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", Ok("sitemap-news")),
            ("<jobs><job/></jobs>", Err("feed-unknown-kind")),
        ] {
            let document = Document::new(document, None, None, &Limits::default()).unwrap();
            let detected = detect(&document);
            let name = detected.as_ref().map(|detected| detected.definition.name.as_str()).map_err(ReadError::code);
            assert_eq!(name, expected, "{}", document.text());
        }
    }
}
