//! Reads any XML on the web that has items: RSS, Atom, RDF, YouTube and whatever a marketer maps.
//!
//! Bytes become a [`Document`]; a [`Definition`], shipped ([`builtin`]), detected ([`detect`]) or saved by a marketer, says
//! which `XPath` expressions find the items and their fields; [`read`] streams the document once and answers the items with
//! what had to be mended. The crate knows no network, no clock, no database and no async.
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
pub use identity::{Identity, canonical_link};
pub use item::{Explanation, FieldExplanation, Item, Reading};
pub use limits::Limits;
pub use mapping::{explain, explain_with, read, read_with};
pub use outline::Outline;
pub use repair::{Repair, RepairKind};
pub use transform::Transform;
