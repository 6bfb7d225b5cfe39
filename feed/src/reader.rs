//! One lenient pass over a document: quick-xml tells the tags apart, this module mends them, keeps the caps and grows one
//! small tree per item inside its envelope, the ancestors with their own headers.
//! Only one item is in memory at a time.

pub(crate) mod attributes;
mod builder;
pub(crate) mod entities;
mod scope;

use std::borrow::Cow;

use memchr::memchr;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::document::{Document, line_of};
use crate::error::{Excess, ReadError};
use crate::limits::Limits;
use crate::repair::{RepairKind, Repairs};
use crate::tree::{NodeId, Tree};
use crate::xpath::ItemPath;
use builder::Builder;

/// Receives what the reader finds.
pub(crate) trait Sink {
    /// A complete item in its envelope.
    fn item(&mut self, tree: &Tree, item: NodeId, repairs: &mut Repairs) -> Result<(), ReadError>;

    /// Headers are about to be forgotten, or the document ends.
    fn headers(&mut self, tree: &Tree);
}

/// What is left when the document has been read.
pub(crate) struct Read<'d> {
    pub(crate) tree: Tree<'d>,
    /// Whether headers stood behind an item, which was handed over without them.
    pub(crate) late_headers: bool,
    /// Elements that the document ends in; such an item is not complete.
    pub(crate) unclosed: Vec<NodeId>,
}

/// Reads a document; without an item path, all of it becomes one tree.
pub(crate) fn read<'d>(
    document: &'d Document,
    tree: Tree<'d>,
    items: Option<&ItemPath>,
    limits: &Limits,
    repairs: &mut Repairs,
    sink: &mut dyn Sink,
) -> Result<Read<'d>, ReadError> {
    let mut builder = Builder::new(document, tree, items, limits, repairs, sink);
    let mut tokens = Tokens::new(document.text());
    while let Some(token) = tokens.next(&mut builder) {
        match token {
            Token::Start { content, at, empty } => {
                if let Some(resume) = builder.start(content, at, empty)? {
                    tokens.resume(resume);
                }
            }
            Token::End { name, at } => builder.end(name, at)?,
            Token::Text { text, at } => builder.text(text, at)?,
        }
    }
    Ok(builder.finish())
}

/// quick-xml with everything that can be lenient set to lenient.
pub(crate) fn tokenizer(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    // Places in the document are counted from the end of what is handed over, so that must be all of it.
    config.trim_markup_names_in_closing_tags = false;
    reader
}

/// The tokeniser at a byte of a text, and the byte from which it counts: at its start it drops a byte order mark without
/// counting that, so one that stands there is left out.
fn start(text: &str, at: usize) -> (Reader<&[u8]>, usize) {
    let rest = text[at..].trim_start_matches('\u{feff}');
    (tokenizer(rest), text.len() - rest.len())
}

/// What matters of a document, with places in bytes.
enum Token<'d> {
    /// `content` is what stands between the angle brackets.
    Start {
        content: &'d str,
        at: usize,
        empty: bool,
    },
    End {
        name: &'d str,
        at: usize,
    },
    Text {
        text: Cow<'d, str>,
        at: usize,
    },
}

/// How many times its own length a document may be read again behind broken markup.
const MOST_REREADING: usize = 8;

struct Tokens<'d> {
    text: &'d str,
    reader: Reader<&'d [u8]>,
    /// Where in the text the reader was started.
    offset: usize,
    /// Bytes that may still be read again, so that reading stays linear.
    patience: usize,
}

impl<'d> Tokens<'d> {
    fn new(text: &'d str) -> Self {
        let (reader, offset) = start(text, 0);
        Self { text, reader, offset, patience: MOST_REREADING.saturating_mul(text.len()) }
    }

    /// Starts again at a byte that was passed already, unless that was done too often: then the broken tag is skipped.
    fn resume(&mut self, at: usize) {
        let again = self.place().saturating_sub(at);
        if again <= self.patience {
            self.patience -= again;
            (self.reader, self.offset) = start(self.text, at);
        }
    }

    fn place(&self) -> usize {
        self.offset + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn next(&mut self, builder: &mut Builder<'_, 'd>) -> Option<Token<'d>> {
        loop {
            let at = self.place();
            let event = self.reader.read_event();
            let end = self.place();
            return Some(match event {
                // The event borrows itself; the same bytes are cut from the text, which lives longer.
                Ok(Event::Start(tag)) => {
                    Token::Start { content: &self.text[end - 1 - tag.len()..end - 1], at, empty: false }
                }
                Ok(Event::Empty(tag)) => {
                    Token::Start { content: &self.text[end - 2 - tag.len()..end - 2], at, empty: true }
                }
                Ok(Event::End(tag)) => Token::End { name: self.text[end - 1 - tag.len()..end - 1].trim(), at },
                Ok(Event::Text(_) | Event::GeneralRef(_)) => return Some(self.text(at, end, builder)),
                Ok(Event::CData(data)) => Token::Text { text: data.into_inner(), at },
                Ok(Event::DocType(_)) => {
                    builder.repair(RepairKind::DoctypeSkipped, "", at);
                    continue;
                }
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => continue,
                Ok(Event::Eof) => return None,
                Err(_) => {
                    let broken = self.offset + usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
                    return self.recover(broken, builder);
                }
            });
        }
    }

    /// All text up to the next tag at once: the tokeniser stops at each reference, which is slow where HTML was escaped.
    fn text(&mut self, at: usize, end: usize, builder: &mut Builder<'_, 'd>) -> Token<'d> {
        let text = self.text;
        let is_whole = matches!(text.as_bytes().get(end), None | Some(b'<')) && text.as_bytes()[at] != b'&';
        if is_whole {
            return Token::Text { text: Cow::Borrowed(&text[at..end]), at };
        }
        let end = memchr(b'<', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
        (self.reader, self.offset) = start(text, end);
        Token::Text { text: builder.unescape(&text[at..end], at), at }
    }

    /// Takes the `<` of unfinished markup as text and reads on behind it, as long as there is markup to gain.
    fn recover(&mut self, broken: usize, builder: &mut Builder<'_, 'd>) -> Option<Token<'d>> {
        let after = broken + 1;
        if self.text.len() - after > self.patience || !self.text.get(after..)?.contains('<') {
            return None;
        }
        builder.repair(RepairKind::BrokenTag, &self.text[broken..], broken);
        self.resume(after);
        Some(Token::Text { text: Cow::Borrowed("<"), at: broken })
    }
}

/// The error of a passed cap.
fn excess(text: &str, at: usize, what: Excess, limit: usize) -> ReadError {
    ReadError::TooLarge { line: line_of(text, at), what, limit }
}
