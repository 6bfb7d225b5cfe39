//! A document as it came from the web, made into text that can be read: unpacked, decoded, free of control characters,
//! and XML if it was a JSON Feed. What is certainly no feed, such as a web page, is refused here with advice.

mod charset;
mod clean;
mod head;
pub(crate) mod json;

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::GzDecoder;
use url::Url;

use charset::Decoded;
pub(crate) use head::Head;

use crate::discover;
use crate::error::{Excess, ReadError};
use crate::limits::Limits;
use crate::reader::entities;
use crate::repair::{RepairKind, Repairs};
use crate::xpath;

/// The text of a document, ready for [`crate::detect`] and [`crate::read`].
#[derive(Debug, Clone)]
pub struct Document {
    text: String,
    address: Option<Url>,
    head: Head,
    repairs: Repairs,
}

impl Document {
    /// Takes the body of an answer or a file; `charset` is that of the `Content-Type` header, `address` the final address
    /// after redirects, to which relative links are joined.
    ///
    /// # Errors
    /// When it is larger than allowed, empty, or certainly no XML.
    pub fn new(
        bytes: impl Into<Vec<u8>>,
        charset: Option<&str>,
        address: Option<Url>,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        let mut repairs = Repairs::default();
        let mut bytes = bytes.into();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            bytes = unpack(&bytes, limits)?;
            repairs.note(RepairKind::Compressed, "", || 1);
        }
        if bytes.len() > limits.bytes {
            return Err(ReadError::TooLarge { line: 1, what: Excess::Bytes, limit: limits.bytes });
        }
        let Decoded { text, replaced, guessed } = charset::decode(bytes, charset);
        if let Some(charset) = guessed {
            repairs.note(RepairKind::GuessedCharset, charset, || 1);
        }
        if replaced {
            let line = || text.find('\u{fffd}').map_or(1, |at| line_of(&text, at));
            repairs.note(RepairKind::UndecodableBytes, "", line);
        }
        if is_binary(&text) {
            return Err(ReadError::NotXml { found: BINARY });
        }
        let text = if json::is_json(&text) { json::to_xml(&text, limits, &mut repairs)? } else { text };
        let text = clean::clean(text, &mut repairs);
        let head = recognise(&text, address.as_ref())?;
        if head.implied {
            repairs.note(RepairKind::MissingNamespace, &head.root, || 1);
        }
        Ok(Self { text, address, head, repairs })
    }

    /// The text, as it will be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The address it came from.
    #[must_use]
    pub fn address(&self) -> Option<&Url> {
        self.address.as_ref()
    }

    /// Name of the root element, without prefix.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.head.root
    }

    /// The prefixes that it declares anywhere, with what they stand for; an empty one is its default namespace.
    #[must_use]
    pub fn namespaces(&self) -> BTreeMap<String, String> {
        let declared = xpath::declarations(&self.text).into_iter();
        let mut all: BTreeMap<_, _> = declared.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect();
        all.extend(self.head.declared.iter().cloned());
        if !self.head.default.is_empty() {
            all.insert(String::new(), self.head.default.clone());
        }
        all
    }

    pub(crate) fn head(&self) -> &Head {
        &self.head
    }

    pub(crate) fn repairs(&self) -> &Repairs {
        &self.repairs
    }
}

/// The 1-based line of a byte offset.
pub(crate) fn line_of(text: &str, at: usize) -> u32 {
    u32::try_from(text[..at.min(text.len())].matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Unpacks a body that a server saved compressed; never more than the cap and one byte.
fn unpack(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut unpacked = Vec::new();
    let cap = u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1);
    match GzDecoder::new(bytes).take(cap).read_to_end(&mut unpacked) {
        // A cut-off body is read as far as it goes.
        Err(_) if unpacked.is_empty() => Err(ReadError::BadCompression),
        _ => Ok(unpacked),
    }
}

/// Elements with which web pages begin, and no feed.
const WEB_PAGE: &[&str] = &[
    "html", "head", "body", "meta", "link", "title", "style", "script", "div", "table", "span", "b", "i", "p", "br",
    "hr", "font",
];

const BINARY: &str = "it looks like a picture, an archive or another file";
/// Characters at the start of a document by which another kind of file is known.
const START: usize = 512;
/// So many of them at most to one control character in another kind of file.
const SPARSE: usize = 32;

/// Whether a text is none: it begins with no tag, and has control characters as only other kinds of file do.
fn is_binary(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0'));
    let controls = start.chars().take(START).filter(|c| entities::is_forbidden(*c)).count();
    !start.starts_with('<') && controls > start.chars().take(START).count() / SPARSE
}

fn recognise(text: &str, address: Option<&Url>) -> Result<Head, ReadError> {
    if text.trim_start().is_empty() {
        return Err(ReadError::Empty);
    }
    let Some(head) = head::head(text) else {
        let found = if text.contains('\u{fffd}') { BINARY } else { "it is plain text" };
        return Err(ReadError::NotXml { found });
    };
    let is_page = WEB_PAGE.iter().any(|name| head.root.eq_ignore_ascii_case(name));
    if is_page {
        let feeds =
            discover::in_page(text, address).into_iter().map(|candidate| candidate.address.to_string()).collect();
        return Err(ReadError::WebPage { feeds });
    }
    Ok(head)
}
