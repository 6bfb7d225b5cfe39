//! What had to be mended to read a sloppy document.
//! Recovery is never silent: each kind of repair is reported once, with the first line where it was needed.

use serde::Serialize;

/// One way in which a document was broken and read nevertheless.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// 1-based line of the document where it first was needed.
    pub line: u32,
    /// What was done.
    pub kind: RepairKind,
    /// The name or text concerned; may be empty.
    pub detail: String,
    /// How often it was needed.
    pub times: u32,
}

/// The ways of mending that the reader knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairKind {
    /// Bytes that are no character of the charset became the replacement character.
    UndecodableBytes,
    /// Nothing says, or says rightly, which charset it is; it was guessed.
    GuessedCharset,
    /// NUL and other control characters were removed.
    ControlCharacters,
    /// Text before the document was skipped.
    LeadingJunk,
    /// Text after the document was skipped.
    TrailingJunk,
    /// The DOCTYPE was skipped; nothing in it is fetched or expanded.
    DoctypeSkipped,
    /// A reference to an entity that is not defined stayed as text.
    UndefinedEntity,
    /// A reference that only HTML defines, such as `&nbsp;`, was read as HTML does.
    HtmlEntity,
    /// An ampersand that begins no reference was taken as text.
    LoneAmpersand,
    /// A bare `<` or broken tag was taken as text.
    BrokenTag,
    /// An attribute was not well-formed.
    BrokenAttribute,
    /// An element was closed because something around it ended.
    UnclosedElement,
    /// An end tag without a start was ignored.
    StrayEndTag,
    /// A prefix was used without a declaration.
    UndeclaredPrefix,
    /// The feed declares no namespace where its format asks for one.
    MissingNamespace,
    /// The document ends in the middle of an item, which was left out.
    TruncatedItem,
    /// The document ends before its elements are closed.
    TruncatedDocument,
    /// A text longer than the cap was cut.
    LongText,
    /// An item has more parts than the cap; the rest was left out.
    LargeItem,
    /// A date that cannot be read was left out.
    UnreadableDate,
    /// What stands where a web address should was left out.
    UnusableAddress,
    /// The body was still compressed and was unpacked.
    Compressed,
    /// The JSON is broken; what comes after was left out.
    BrokenJson,
}

impl std::fmt::Display for Repair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.kind.sentence())?;
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        if self.times > 1 {
            write!(f, ", {} times", self.times)?;
        }
        Ok(())
    }
}

impl RepairKind {
    /// Whether items of the document are missing because of it, which a person should know.
    #[must_use]
    pub fn loses_items(self) -> bool {
        matches!(self, Self::TruncatedItem | Self::BrokenJson)
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::UndecodableBytes => "bytes that are no text in this charset were replaced",
            Self::ControlCharacters => "control characters were removed",
            Self::LeadingJunk => "text before the document was skipped",
            Self::TrailingJunk => "text after the document was skipped",
            Self::DoctypeSkipped => "the DOCTYPE was skipped, its entities are not expanded",
            Self::GuessedCharset => "the charset is not told, or not rightly, and was guessed",
            Self::HtmlEntity => "an entity that only HTML knows was read as HTML does",
            Self::LoneAmpersand => "an ampersand that was not escaped was taken as text",
            Self::UnusableAddress => "what should be an address is none",
            Self::UndefinedEntity => "an undefined entity stayed as text",
            Self::BrokenTag => "a broken tag was read as text",
            Self::BrokenAttribute => "a broken attribute was mended",
            Self::UnclosedElement => "an element that was not closed was closed",
            Self::StrayEndTag => "an end tag without a start was ignored",
            Self::UndeclaredPrefix => "a prefix was not declared",
            Self::MissingNamespace => "the namespace was missing and was added",
            Self::TruncatedItem => "the document ends inside an item, which was left out",
            Self::TruncatedDocument => "the document ends before it is closed",
            Self::LongText => "a text was too long and was cut",
            Self::LargeItem => "an item was too large, the rest of it was left out",
            Self::UnreadableDate => "a date could not be read",
            Self::Compressed => "the document was still compressed",
            Self::BrokenJson => "the JSON is broken here, the rest was left out",
        }
    }
}

/// Distinct repairs kept per document; more of a new sort are not worth anyone's time.
const KEPT: usize = 100;

/// Collects repairs, counting repetitions instead of listing them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Repairs(Vec<Repair>);

impl Repairs {
    /// Notes a repair; `line` is only asked for when it is the first of its sort.
    pub(crate) fn note(&mut self, kind: RepairKind, detail: &str, line: impl FnOnce() -> u32) {
        let detail = excerpt(detail);
        if let Some(known) = self.0.iter_mut().find(|known| known.kind == kind && known.detail == detail) {
            known.times = known.times.saturating_add(1);
        } else if self.0.len() < KEPT {
            self.0.push(Repair { line: line(), kind, detail: detail.to_owned(), times: 1 });
        }
    }

    pub(crate) fn into_vec(mut self) -> Vec<Repair> {
        self.0.sort_by_key(|repair| repair.line);
        self.0
    }
}

fn excerpt(detail: &str) -> &str {
    &detail[..detail.floor_char_boundary(60)]
}
