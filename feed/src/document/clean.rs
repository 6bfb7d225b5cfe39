//! Removes what no XML reader should meet: control characters, carriage returns, and junk before the declaration.

use super::line_of;
use crate::reader::entities::is_forbidden;
use crate::repair::{RepairKind, Repairs};

pub(super) fn clean(text: String, repairs: &mut Repairs) -> String {
    let text = if is_clean(&text) { text } else { rewrite(&text, repairs) };
    let junk = junk(&text);
    if junk == 0 {
        return text;
    }
    repairs.note(RepairKind::LeadingJunk, text[..junk].trim(), || 1);
    // Lines keep their numbers.
    let lines = line_of(&text, junk) - 1;
    "\n".repeat(lines as usize) + &text[junk..]
}

/// Looks at blocks without branches, which compiles to vector instructions; nearly every document passes.
fn is_clean(text: &str) -> bool {
    let control = |b: u8| u8::from(b < 0x20) & u8::from(b != b'\n') & u8::from(b != b'\t');
    // The two forbidden characters beyond start with this byte.
    let beyond = |b: u8| u8::from(b == 0xef);
    let found = any(text, control) || (any(text, beyond) && text.contains(['\u{fffe}', '\u{ffff}']));
    !found
}

fn any(text: &str, suspect: impl Fn(u8) -> u8) -> bool {
    text.as_bytes().chunks(4096).any(|block| block.iter().fold(0, |found, &b| found | suspect(b)) != 0)
}

fn rewrite(text: &str, repairs: &mut Repairs) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '\r' => {
                characters.next_if(|&(_, next)| next == '\n');
                out.push('\n');
            }
            c if is_forbidden(c) => {
                repairs.note(RepairKind::ControlCharacters, "", || line_of(text, at));
            }
            c => out.push(c),
        }
    }
    out
}

/// A declaration further in than this is content, not a late start.
const LATEST_START: usize = 64 * 1024;

/// How many bytes of a broken script's output stand before the document proper.
fn junk(text: &str) -> usize {
    let window = &text[..text.floor_char_boundary(LATEST_START)];
    let junk = match window.find("<?xml ") {
        Some(declaration) => {
            let before = window[..declaration].to_ascii_lowercase();
            let inside = ["<rss", "<feed", "<rdf", "<channel", "<![cdata[", "<html", "<!doctype"];
            if inside.iter().any(|start| before.contains(start)) { 0 } else { declaration }
        }
        None => window.find('<').unwrap_or(0),
    };
    // White space is no junk: it may stay.
    if text[..junk].trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() { 0 } else { junk }
}
