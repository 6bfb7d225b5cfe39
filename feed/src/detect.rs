//! Choosing a shipped definition by looking at a document, with the reasons for it.

use memchr::memmem;
use serde::Serialize;

use crate::builtin;
use crate::definition::Definition;
use crate::document::{Document, Head, json};
use crate::error::ReadError;
use crate::namespace;

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
    let found = match (head.root.to_ascii_lowercase().as_str(), head.namespace.as_str()) {
        (json::ROOT, "") => Some(("jsonfeed", "It is a JSON Feed: JSON with a list of items.".to_owned())),
        ("feed", namespace::ATOM) => Some(atom(document, head)),
        ("rdf", _) => Some(("rdf", "RDF documents with items are RSS 1.0.".to_owned())),
        ("rss", _) => Some(rss(document)),
        ("urlset", namespace::SITEMAP) => Some(("sitemap-news", "Its namespace is that of sitemaps.".to_owned())),
        _ => vacancies(document, head),
    };
    let Some((name, reason)) = found else {
        return Err(ReadError::UnknownKind { root: head.root.clone() });
    };
    let root = if name == "jsonfeed" { None } else { Some(format!("The root element is <{}>.", head.root)) };
    let reasons = root.into_iter().chain([reason]).collect();
    Ok(Detected { definition: builtin::named(name)?.clone(), reasons })
}

type Found = (&'static str, String);

fn atom(document: &Document, head: &Head) -> Found {
    if has(document, "<yt:videoId") {
        ("youtube", "Its entries have YouTube video numbers.".to_owned())
    } else if head.declared.iter().any(|(_, uri)| uri == namespace::YOUTUBE) {
        ("youtube", "It declares the namespace of YouTube.".to_owned())
    } else {
        ("atom", "Its namespace is that of Atom.".to_owned())
    }
}

fn rss(document: &Document) -> Found {
    let is_media =
        ["type=\"audio/", "type='audio/", "type=\"video/", "type='video/"].iter().any(|kind| has(document, kind));
    if has(document, "<itunes:") && has(document, "<enclosure") && is_media {
        return ("podcast", "Its items have sound or video files and elements of the iTunes namespace.".to_owned());
    }
    match generator(document.text()) {
        Some(generator) if generator.to_ascii_lowercase().contains("wordpress") => {
            ("wordpress", format!("It names WordPress as its generator ({}).", generator.trim()))
        }
        _ if has(document, "com-wordpress:feed-additions") || has_wordpress_guids(document.text()) => {
            ("wordpress", "Its identifiers or namespaces are those of a WordPress site.".to_owned())
        }
        _ => ("rss", "RSS 2.0 and its ancestors start so.".to_owned()),
    }
}

/// Whether an item's identifier has the form that only WordPress gives: `https://example.com/?p=123`.
fn has_wordpress_guids(text: &str) -> bool {
    let mut guids = text.match_indices("<guid").take(3).filter_map(|(at, _)| text[at..].split('<').nth(1));
    guids.any(|guid| guid.contains("/?p=") || guid.contains("/?post_type="))
}

/// Roots of lists in which `<position>` is a vacancy.
const LISTS_OF_POSITIONS: &[&str] = &["workzag-jobs", "positions", "jobs", "vacancies"];

fn vacancies(document: &Document, head: &Head) -> Option<Found> {
    let has_element = |name: &str| {
        let text = document.text().as_bytes();
        let mut ends = memmem::find_iter(text, name.as_bytes()).map(|at| at + name.len());
        ends.any(|end| text.get(end).is_some_and(|b| b.is_ascii_whitespace() || *b == b'>'))
    };
    if head.root == "source" && has_element("<job") {
        let reason = "It holds <job> elements, as the feeds that companies give to Indeed and other job sites do.";
        return Some(("vacancies", reason.to_owned()));
    }
    let is_list = |name: &&str| match *name {
        "<position" => LISTS_OF_POSITIONS.contains(&head.root.as_str()),
        _ => true,
    };
    let names = ["<job", "<vacature", "<vacancy", "<position"];
    let name = names.into_iter().filter(is_list).find(|name| has_element(name))?;
    Some(("vacancies-list", format!("It is a list of {name}> elements, as job sites exchange them.")))
}

fn has(document: &Document, what: &str) -> bool {
    memmem::find(document.text().as_bytes(), what.as_bytes()).is_some()
}

/// The text of the channel's `<generator>`.
fn generator(text: &str) -> Option<&str> {
    let after = &text[text.find("<generator")?..];
    let after = &after[after.find('>')? + 1..];
    Some(&after[..after.find('<')?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn documents_are_recognised() {
        const ATOM: &str = "<feed xmlns='http://www.w3.org/2005/Atom'";
        const ENCLOSURE: &str = "<enclosure url='https://e.example/a.mp3' type='audio/mpeg'/>";
        for (document, expected) in [
            ("<rss version='2.0'><channel/></rss>".to_owned(), Ok("rss")),
            (
                "<rss><channel><generator>https://wordpress.org/?v=6.4</generator></channel></rss>".to_owned(),
                Ok("wordpress"),
            ),
            ("<rss><channel><generator>Hugo</generator></channel></rss>".to_owned(), Ok("rss")),
            (
                "<rss><item><guid isPermaLink='false'>https://e.example/?p=12</guid></item></rss>".to_owned(),
                Ok("wordpress"),
            ),
            (format!("<rss><item><itunes:duration>1</itunes:duration>{ENCLOSURE}</item></rss>"), Ok("podcast")),
            (format!("<rss><item>{ENCLOSURE}</item></rss>"), Ok("rss")),
            ("<feed/>".to_owned(), Ok("atom")),
            ("<feed xmlns='http://purl.org/atom/ns#'/>".to_owned(), Ok("atom")),
            ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>".to_owned(), Ok("atom")),
            (format!("{ATOM}><entry><yt:videoId>1</yt:videoId></entry></feed>"), Ok("youtube")),
            (format!("{ATOM} xmlns:yt='http://www.youtube.com/xml/schemas/2015'/>"), Ok("youtube")),
            ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>".to_owned(), Ok("rdf")),
            ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>".to_owned(), Ok("sitemap-news")),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}".to_owned(), Ok("jsonfeed")),
            ("<source><publisher>x</publisher><job><title/></job></source>".to_owned(), Ok("vacancies")),
            ("<jobs><job id='1'><title/></job></jobs>".to_owned(), Ok("vacancies-list")),
            ("<vacatures><vacature><titel/></vacature></vacatures>".to_owned(), Ok("vacancies-list")),
            ("<workzag-jobs><position><id/></position></workzag-jobs>".to_owned(), Ok("vacancies-list")),
            ("<gps><position><lat/></position></gps>".to_owned(), Err("feed-unknown-kind")),
            ("<list><jobless/></list>".to_owned(), Err("feed-unknown-kind")),
        ] {
            let document = Document::new(document, None, None, &Limits::default()).unwrap();
            let detected = detect(&document);
            let name = detected.as_ref().map(|detected| detected.definition.name.as_str()).map_err(ReadError::code);
            assert_eq!(name, expected, "{}", document.text());
            let reasons = detected.map(|detected| detected.reasons).unwrap_or_default();
            assert!(reasons.iter().all(|reason| reason.ends_with('.')), "{reasons:?}");
        }
    }
}
