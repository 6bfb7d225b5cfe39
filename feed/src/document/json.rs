//! JSON Feed as XML text, so that one engine reads both: members become elements of their names, lists become elements
//! that are repeated. Lines keep their numbers; what is broken ends the document there, as a cut-off XML document does.

use crate::error::{Excess, ReadError};
use crate::limits::Limits;
use crate::reader::entities::is_forbidden;
use crate::repair::{RepairKind, Repairs};

use super::line_of;

/// Name of the root element that is given to a JSON Feed.
pub(crate) const ROOT: &str = "jsonfeed";

/// Whether a text can only be JSON.
pub(super) fn is_json(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    start.starts_with('{') || (start.starts_with('[') && start[1..].trim_start().starts_with(['{', '[', '"', ']']))
}

/// The XML of a JSON Feed.
///
/// # Errors
/// When it is other JSON, nested too deeply, or much larger as XML.
pub(super) fn to_xml(text: &str, limits: &Limits, repairs: &mut Repairs) -> Result<String, ReadError> {
    let mut json =
        Json { text, at: 0, out: String::with_capacity(text.len() + text.len() / 4), limits, has_items: false };
    json.skip();
    let ended = if json.peek() == Some(b'{') { json.value(ROOT, 1) } else { Err(Stop::Broken) };
    if !json.has_items {
        return Err(ReadError::NotXml { found: "it is JSON without a list named \"items\", so no JSON Feed either" });
    }
    match ended {
        Ok(()) => {
            json.skip();
            let rest = text[json.at..].trim();
            if !rest.is_empty() {
                repairs.note(RepairKind::TrailingJunk, rest, || line_of(text, json.at));
            }
        }
        Err(Stop::Broken) => repairs.note(RepairKind::BrokenJson, text[json.at..].trim(), || line_of(text, json.at)),
        Err(Stop::Excess(what, limit)) => {
            return Err(ReadError::TooLarge { line: line_of(text, json.at), what, limit });
        }
    }
    Ok(json.out)
}

/// Why no more is read.
enum Stop {
    Broken,
    Excess(Excess, usize),
}

struct Json<'j> {
    text: &'j str,
    at: usize,
    out: String,
    limits: &'j Limits,
    /// Whether the root has a list of that name, as every JSON Feed must.
    has_items: bool,
}

impl Json<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, sign: u8) -> bool {
        let is_next = self.peek() == Some(sign);
        self.at += usize::from(is_next);
        is_next
    }

    /// Steps over white space; line ends are kept, between elements, where they change nothing.
    fn skip(&mut self) {
        while let Some(c) = self.text[self.at..].chars().next().filter(|c| c.is_whitespace() || *c == '\u{feff}') {
            self.at += c.len_utf8();
            if c == '\n' {
                self.out.push('\n');
            }
        }
    }

    /// One value as elements of a name.
    fn value(&mut self, name: &str, depth: usize) -> Result<(), Stop> {
        if depth > self.limits.depth {
            return Err(Stop::Excess(Excess::Depth, self.limits.depth));
        }
        if self.out.len() > self.limits.bytes.saturating_mul(2) {
            return Err(Stop::Excess(Excess::Bytes, self.limits.bytes));
        }
        match self.peek() {
            Some(b'{') => self.object(name, depth),
            Some(b'[') => self.list(name, depth),
            Some(b'"') => {
                self.tag("<", name);
                self.string()?;
                self.tag("</", name);
                Ok(())
            }
            _ => self.word(name),
        }
    }

    fn object(&mut self, name: &str, depth: usize) -> Result<(), Stop> {
        self.at += 1;
        self.tag("<", name);
        self.skip();
        while !self.take(b'}') {
            let key = self.key()?;
            if depth == 1 && key == "items" && self.peek() == Some(b'[') {
                self.has_items = true;
            }
            self.value(&key, depth + 1)?;
            self.separator(b'}')?;
        }
        self.tag("</", name);
        Ok(())
    }

    /// A list of lists has elements of its name inside elements of its name.
    fn list(&mut self, name: &str, depth: usize) -> Result<(), Stop> {
        self.at += 1;
        self.skip();
        while !self.take(b']') {
            if self.peek() == Some(b'[') {
                self.tag("<", name);
                self.value(name, depth + 1)?;
                self.tag("</", name);
            } else {
                self.value(name, depth + 1)?;
            }
            self.separator(b']')?;
        }
        Ok(())
    }

    /// A comma, or the end is next; a comma too many before the end does no harm.
    fn separator(&mut self, end: u8) -> Result<(), Stop> {
        self.skip();
        let comma = self.take(b',');
        self.skip();
        if comma || self.peek() == Some(end) { Ok(()) } else { Err(Stop::Broken) }
    }

    /// A member's name as that of an element.
    fn key(&mut self) -> Result<String, Stop> {
        if self.peek() != Some(b'"') {
            return Err(Stop::Broken);
        }
        let start = self.out.len();
        self.string()?;
        let key = self.out.split_off(start);
        self.skip();
        if !self.take(b':') {
            return Err(Stop::Broken);
        }
        self.skip();
        let mut name: String =
            key.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '.') { c } else { '_' }).collect();
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            name.insert(0, '_');
        }
        name.truncate(name.floor_char_boundary(self.limits.name_bytes));
        Ok(name)
    }

    /// Numbers, true and false as they are; null is nothing.
    fn word(&mut self, name: &str) -> Result<(), Stop> {
        let rest = &self.text[self.at..];
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')).count();
        let word = &rest[..length];
        let is_number = word.starts_with(|c: char| c.is_ascii_digit() || c == '-') && word.parse::<f64>().is_ok();
        if !is_number && !matches!(word, "true" | "false" | "null") {
            return Err(Stop::Broken);
        }
        self.at += length;
        if word != "null" {
            self.tag("<", name);
            self.out.push_str(word);
            self.tag("</", name);
        }
        Ok(())
    }

    fn tag(&mut self, start: &str, name: &str) {
        self.out.push_str(start);
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes the text of a string, its escapes resolved and those of XML made.
    fn string(&mut self) -> Result<(), Stop> {
        let text = self.text;
        let start = self.at;
        self.at += 1;
        loop {
            let rest = &text[self.at..];
            let plain = rest.find(['"', '\\', '&', '<', '>']).ok_or(Stop::Broken)?;
            self.out.push_str(&rest[..plain]);
            self.at += plain + 1;
            match rest.as_bytes()[plain] {
                b'"' => return Ok(()),
                b'\\' => {
                    let Some(c) = self.escape() else {
                        self.at = start;
                        return Err(Stop::Broken);
                    };
                    self.character(c);
                }
                other => self.character(char::from(other)),
            }
        }
    }

    fn character(&mut self, c: char) {
        match c {
            '&' => self.out.push_str("&amp;"),
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            // A real one would move the lines below.
            '\n' => self.out.push_str("&#10;"),
            c if is_forbidden(c) || c == '\r' => {}
            c => self.out.push(c),
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let sign = self.text[self.at..].chars().next()?;
        self.at += sign.len_utf8();
        Some(match sign {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' | 'f' => ' ',
            'u' => {
                let first = self.unit()?;
                let is_pair = (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u");
                let second = if is_pair {
                    self.at += 2;
                    self.unit()
                } else {
                    None
                };
                let units = [first, second.unwrap_or_default()];
                let units = if second.is_some() { &units[..] } else { &units[..1] };
                char::decode_utf16(units.iter().copied()).next()?.unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            sign => sign,
        })
    }

    fn unit(&mut self) -> Option<u16> {
        let unit = u16::from_str_radix(self.text.get(self.at..self.at + 4)?, 16).ok()?;
        self.at += 4;
        Some(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(json: &str) -> (Result<String, &'static str>, Vec<String>) {
        let mut repairs = Repairs::default();
        let xml = to_xml(json, &Limits::default(), &mut repairs).map_err(|error| error.code());
        (xml, repairs.into_vec().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn members_become_elements_and_lists_are_repeated() {
        for (items, expected) in [
            ("", ""),
            (r#"{"id": 1, "x": null, "ok": true, "n": -1.5e3}"#, "<items><id>1</id><ok>true</ok><n>-1.5e3</n></items>"),
            (r#"{"tags": ["a", "b"], "none": []}"#, "<items><tags>a</tags><tags>b</tags></items>"),
            (r#"{"author": {"name": "N"}}"#, "<items><author><name>N</name></author></items>"),
            (r#"{"m": [[1, 2], [3]]}"#, "<items><m><m>1</m><m>2</m></m><m><m>3</m></m></items>"),
            (
                r#"{"_a b": 1, "1c": 2, "d:e": 3, "": 4}"#,
                "<items><_a_b>1</_a_b><_1c>2</_1c><d_e>3</d_e><_>4</_></items>",
            ),
            (
                r#"{"t": "<b>\"x\" & y<\/b>\n\u00e9\ud83d\ude00\u0000"}"#,
                "<items><t>&lt;b&gt;\"x\" &amp; y&lt;/b&gt;&#10;é😀</t></items>",
            ),
            (r#"{"t": "\ud83d!"}"#, "<items><t>\u{fffd}!</t></items>"),
            ("{\n\"t\":\n1},", "<items>\n\n<t>1</t></items>"),
        ] {
            let json = format!("\u{feff} {{\"items\": [{items}]}}");
            assert_eq!(xml(&json), (Ok(format!("<jsonfeed>{expected}</jsonfeed>")), vec![]), "{items}");
        }
    }

    #[test]
    fn broken_json_ends_where_it_breaks_and_other_json_is_refused() {
        for (json, expected, repair) in [
            (
                "{\"items\": [{\"id\": 1},\n{\"id\": \"cut",
                Ok("<jsonfeed><items><id>1</id></items>\n<items><id>cut"),
                "line 2: ",
            ),
            ("{\"items\": [{\"id\" 1}]}", Ok("<jsonfeed><items>"), "line 1: "),
            ("{\"items\": []} bye", Ok("<jsonfeed></jsonfeed>"), "line 1: text after the document was skipped (bye)"),
            ("{\"data\": [{\"items\": []}]}", Err("feed-not-xml"), ""),
            ("{\"items\": 3}", Err("feed-not-xml"), ""),
            ("[{\"items\": []}]", Err("feed-not-xml"), ""),
        ] {
            let (found, repairs) = xml(json);
            assert!(
                matches!((&found, expected), (Ok(a), Ok(b)) if a.starts_with(b))
                    || found.as_deref().err() == expected.err().as_ref(),
                "{json}: {found:?}"
            );
            assert!(repairs.first().map_or("", String::as_str).starts_with(repair), "{json}: {repairs:?}");
        }
        let deep = format!("{{\"items\": [{}", "[".repeat(200));
        assert_eq!(xml(&deep).0, Err("feed-too-deep"));
        let large = format!("{{\"items\": [\"{}\", 1]}}", "<".repeat(5_000_000));
        assert_eq!(xml(&large).0, Err("feed-too-large"));
    }
}
