//! Short texts that people type: names, titles, captions.

use crate::{Error, Result};

/// One line of 1 to `max` characters, trimmed.
///
/// # Errors
/// `text.required` or `text.too_long` with the field, or `text.control` for characters that cannot be shown.
pub fn parse(pointer: &'static str, text: &str, max: usize) -> Result<String> {
    let text = text.trim();
    if text.contains(char::is_control) {
        return Err(Error::invalid(pointer, "text.control", "Write this on one line, without special characters."));
    }
    bounded(pointer, text, max)
}

/// A text of 1 to `max` characters that may have several lines, trimmed.
///
/// # Errors
/// As `parse`.
pub fn parse_text(pointer: &'static str, text: &str, max: usize) -> Result<String> {
    let text = text.trim().replace("\r\n", "\n");
    if text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
        return Err(Error::invalid(pointer, "text.control", "Write this without special characters."));
    }
    bounded(pointer, &text, max)
}

fn bounded(pointer: &'static str, text: &str, max: usize) -> Result<String> {
    match text.chars().count() {
        0 => Err(Error::invalid(pointer, "text.required", "Fill this in.")),
        length if length > max => {
            Err(Error::invalid(pointer, "text.too_long", format!("This may have {max} characters; it has {length}.")))
        }
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(result: Result<String>) -> &'static str {
        match result {
            Err(Error::Invalid(faults)) => faults[0].code,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_line_is_trimmed_bounded_and_on_one_line() {
        assert_eq!(parse("/name", "  Press  ", 5).unwrap(), "Press");
        assert_eq!(parse("/name", "ééééé", 5).unwrap(), "ééééé");
        assert_eq!(code(parse("/name", " \n ", 5)), "text.required");
        assert_eq!(code(parse("/name", "Presse", 5)), "text.too_long");
        assert_eq!(code(parse("/name", "a\nb", 5)), "text.control");
    }

    #[test]
    fn a_text_may_have_lines_but_nothing_invisible() {
        assert_eq!(parse_text("/text", "a\r\nb", 5).unwrap(), "a\nb");
        assert_eq!(code(parse_text("/text", "a\0b", 5)), "text.control");
    }
}
