//! Bytes to text, for feeds that lie about their charset.
//! Order: byte order mark, the shape of UTF-16, valid UTF-8, what HTTP says, what the declaration says, a guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Text, and what had to be done to get it.
pub(super) struct Decoded {
    pub(super) text: String,
    /// Whether some bytes had to be replaced.
    pub(super) replaced: bool,
    /// The name of the charset, if it was guessed.
    pub(super) guessed: Option<&'static str>,
}

pub(super) fn decode(bytes: Vec<u8>, http: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_8 {
            // Those that come back have lost their mark already.
            return utf8(bytes, mark).unwrap_or_else(|bytes| with(UTF_8, &bytes));
        }
        return with(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_shape(&bytes) {
        return with(encoding, &bytes);
    }
    let http = http.and_then(labelled);
    let declared = declared(&bytes).and_then(|label| labelled(&label));
    // Escape sequences are valid UTF-8 too; only a label can tell that they are meant.
    let escaping = [http, declared].into_iter().flatten().find(|encoding| !encoding.is_ascii_compatible());
    if let Some(encoding) = escaping.filter(|_| bytes.contains(&0x1b)) {
        return with(encoding, &bytes);
    }
    let bytes = match utf8(bytes, 0) {
        Ok(decoded) => return decoded,
        Err(bytes) => bytes,
    };
    let single =
        [http, declared].into_iter().flatten().find(|&encoding| encoding != UTF_8 && encoding.is_ascii_compatible());
    match single {
        Some(encoding) => with(encoding, &bytes),
        None if mostly_utf8(&bytes) => with(UTF_8, &bytes),
        None => {
            let guessed = guess(&bytes);
            Decoded { guessed: Some(guessed.name()), ..with(guessed, &bytes) }
        }
    }
}

/// Valid UTF-8 as it is; a character cut off by the end of the document is dropped, if others show that it is UTF-8.
fn utf8(mut bytes: Vec<u8>, from: usize) -> Result<Decoded, Vec<u8>> {
    bytes.drain(..from);
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, replaced: false, guessed: None }),
        Err(error)
            if error.utf8_error().error_len().is_none()
                && !error.as_bytes()[..error.utf8_error().valid_up_to()].is_ascii() =>
        {
            let valid = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(valid);
            Ok(Decoded { text: String::from_utf8(bytes).unwrap_or_default(), replaced: true, guessed: None })
        }
        Err(error) => Err(error.into_bytes()),
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, replaced): (Cow<str>, bool) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), replaced, guessed: None }
}

/// The encoding of a label, with gb2312 read as its superset.
fn labelled(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    Some(if encoding == encoding_rs::GBK { GB18030 } else { encoding })
}

/// `<` as two bytes at the start, possibly after white space.
fn utf16_shape(bytes: &[u8]) -> Option<&'static Encoding> {
    for pair in bytes.chunks_exact(2).take(16) {
        match pair {
            [b'<', 0] => return Some(UTF_16LE),
            [0, b'<'] => return Some(UTF_16BE),
            [b' ' | b'\t' | b'\r' | b'\n', 0] | [0, b' ' | b'\t' | b'\r' | b'\n'] => {}
            _ => return None,
        }
    }
    None
}

/// The label in the XML declaration, wherever among the first bytes it stands.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]);
    let declaration = &head[head.find("<?xml")?..];
    let declaration = &declaration[..declaration.find("?>").unwrap_or(declaration.len())];
    let value = declaration[declaration.find("encoding")? + 8..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

/// UTF-8 with a few bad bytes, as when one field of a database was pasted in another charset.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_found_in_the_stated_order() {
        let cyrillic = |label: &str| {
            [format!("<?xml version='1.0' {label}?><a>").as_bytes(), b"\xcf\xf0\xe8\xe2\xe5\xf2"].concat()
        };
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        for (name, bytes, http, expected) in [
            ("mark", b"\xef\xbb\xbf<a>\xc3\xa9".to_vec(), Some("latin1"), "<a>é"),
            ("mark before bad bytes", b"\xef\xbb\xbf<a>\xe9x".to_vec(), None, "<a>\u{fffd}x"),
            ("mark of UTF-16", [b"\xff\xfe".to_vec(), utf16("<a>é")].concat(), None, "<a>é"),
            ("mark of UTF-32", b"\xff\xfe\0\0<\0\0\0a\0\0\0>\0\0\0".to_vec(), None, "\0<\0a\0>\0"),
            ("shape of UTF-16", utf16("\n<a>é"), Some("utf-8"), "\n<a>é"),
            ("valid UTF-8 wins", b"<?xml encoding='ISO-8859-1'?><a>\xc3\xa9".to_vec(), Some("latin1"), "<a>é"),
            ("HTTP", cyrillic(""), Some("windows-1251"), "<a>Привет"),
            ("HTTP before declaration", cyrillic("encoding='latin1'"), Some("windows-1251"), "<a>Привет"),
            ("declaration", cyrillic("encoding=\"windows-1251\""), None, "<a>Привет"),
            ("false UTF-8 label", cyrillic("encoding='windows-1251'"), Some("utf-8"), "<a>Привет"),
            ("unknown label", b"<a>caf\xe9".to_vec(), Some("nonsense"), "<a>café"),
            ("cut in a character", b"<a>\xc3\xa9\xc3".to_vec(), None, "<a>é"),
            ("iso-8859-15", b"<?xml encoding='ISO-8859-15'?><a>\xa4".to_vec(), None, "<a>€"),
            (
                "windows-1250",
                b"<a>"
                    .iter()
                    .chain(b"\x8elu\x9dou\xe8k\xfd k\xf9\xf2 p\xf8\xedli\x9a \x9elu\x9dou\xe8k\xfd".iter())
                    .copied()
                    .collect(),
                None,
                "Žluťoučký kůň příliš žluťoučký",
            ),
            ("windows-1251 undeclared", cyrillic(""), None, "<a>Привет"),
            ("gb2312", b"<a>\xc4\xe3\x81\x30\x81\x30".to_vec(), Some("gb2312"), "<a>你\u{80}"),
            ("iso-2022-jp", b"<a>\x1b$B$\"\x1b(B".to_vec(), Some("iso-2022-jp"), "<a>あ"),
        ] {
            let text = decode(bytes, http).text;
            assert!(text.ends_with(expected), "{name}: {text}");
        }
    }

    #[test]
    fn a_few_bad_bytes_do_not_turn_utf8_into_something_else() {
        let Decoded { text, replaced, .. } =
            decode("<a>éééééééé \u{0}".replace('\0', "").into_bytes().into_iter().chain([0xe9, b'x']).collect(), None);
        assert!(replaced);
        assert_eq!(text, "<a>éééééééé \u{fffd}x");
    }
}
