//! Reads any XML on the web that has items: RSS, Atom, RDF, YouTube and whatever a marketer maps.
//!
//! Bytes become a [`Document`]; a [`Definition`], shipped ([`builtin`]), detected ([`detect`]) or saved by a marketer, says
//! which `XPath` expressions find the items and their fields; [`read`] streams the document once and answers the items with
//! what had to be mended. The crate knows no network, no database and no async.
//!
//! ```
//! use klaroen_feed::{Document, Limits, detect, read};
//!
//! let limits = Limits::default();
//! let rss = "<rss><channel><item><title>Caf&eacute; &amp; more</title><link>https://example.com/1</link></item></channel></rss>";
//! let document = Document::new(rss, Some("utf-8"), None, &limits)?;
//! let detected = detect(&document)?;
//! let reading = read(&document, &detected.definition, &limits)?;
//! assert_eq!(reading.items[0].title.as_deref(), Some("Café & more"));
//! # Ok::<(), klaroen_feed::ReadError>(())
//! ```
//!
//! # Documents of any other kind
//!
//! A definition is JSON: where the items are, and for each field the expressions to try in order, with what is done to
//! their answer. Names without a prefix are those of the document's default namespace; prefixes are its own or well known.
//!
//! ```
//! use klaroen_feed::{Definition, Document, Limits, explain};
//!
//! let jobs = "<jobs><job id='7'><position>Monteur</position><page>/7</page><until>01/06/2026</until></job></jobs>";
//! let definition = Definition::from_json(
//!     r#"{ "name": "jobs", "item_path": "/jobs/job", "fields": {
//!         "guid": "@id",
//!         "title": ["title", "concat('Vacancy: ', position)"],
//!         "link": { "xpath": "page", "transforms": ["trim", { "prefix": "https://example.com/jobs" }] },
//!         "published": { "xpath": "until", "transforms": [{ "date-format": "%d/%m/%Y" }] } } }"#,
//! )?;
//! let limits = Limits::default();
//! let document = Document::new(jobs, None, None, &limits)?;
//! let (reading, explanations) = explain(&document, &definition, &limits)?;
//! assert_eq!(reading.items[0].title.as_deref(), Some("Vacancy: Monteur"));
//! assert_eq!(reading.items[0].link.as_deref(), Some("https://example.com/jobs/7"));
//! // Which of the sources gave the title.
//! assert_eq!(explanations[0].fields[1].source, Some(1));
//! # Ok::<(), klaroen_feed::ReadError>(())
//! ```
//!
//! # Sloppy and hostile input
//!
//! Wrong charsets, missing ends, stray ampersands and the like are mended, and each [`Repair`] is told with its line. What
//! passes a cap of [`Limits`] is refused with its line, and an expression that could cost too much with the step that makes
//! it so ([`ReadError`] says both in a sentence, and has a stable [`code`](ReadError::code)). Nothing that a document
//! declares is fetched or expanded. Reading needs a stack of 2 MiB, however deep the document is.
//!
//! # What it costs
//!
//! The document is held once, as text, and beside it one item at a time with its headers. Common expressions run on the
//! reader's own tree and the rest on sxd-xpath; what was compiled is kept for the next reading on the same thread.
//! `make bench` measures both beside lxml, feedparser and bare quick-xml; `docs/feeds.md` tells the figures.
//!
//! Try it: `cargo run -p klaroen-feed --example items -- FILE`.

mod address;
pub mod builtin;
pub mod date;
pub mod definition;
mod detect;
pub mod discover;
mod document;
mod envelope;
pub mod error;
pub mod filter;
mod html;
pub mod identity;
pub mod item;
mod limits;
mod mapping;
mod namespace;
pub mod opml;
pub mod outline;
mod pattern;
mod reader;
mod repair;
mod stopwatch;
pub mod suggest;
mod text;
mod transform;
mod tree;
mod xpath;

pub use definition::{Definition, Field, Pick, Source};
pub use detect::{Detected, detect};
pub use document::Document;
pub use error::ReadError;
pub use html::to_text as html_to_text;
pub use identity::{Identity, canonical_link};
pub use item::{Explanation, FieldExplanation, Item, Reading};
pub use limits::Limits;
pub use mapping::{explain, explain_with, read, read_with};
pub use outline::Outline;
pub use repair::{Repair, RepairKind};
pub use transform::Transform;
