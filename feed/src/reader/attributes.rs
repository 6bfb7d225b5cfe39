//! Attributes of a start tag, read as leniently as browsers do.
//! quick-xml hands over the inside of the tag; values are slices of the document and are not unescaped here.

use memchr::memchr;

/// One attribute as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawAttribute<'d> {
    pub(crate) name: &'d str,
    pub(crate) value: &'d str,
    /// Whether quotes, the equals sign or the space before it were missing.
    pub(crate) mended: bool,
}

/// Walks over `name="value"` pairs; stops before a `<`, which starts a new tag inside a broken one.
#[derive(Debug)]
pub(crate) struct RawAttributes<'d> {
    inside: &'d str,
    at: usize,
}

impl<'d> RawAttributes<'d> {
    /// `inside` is what stands after the element's name.
    pub(crate) fn new(inside: &'d str) -> Self {
        Self { inside, at: 0 }
    }

    /// Where a `<` inside the tag was met, as an offset into the inside; asked after the walk.
    pub(crate) fn broken_off_at(&self) -> Option<usize> {
        (self.peek() == Some(b'<')).then_some(self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.inside.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, until: impl Fn(u8) -> bool) -> &'d str {
        let start = self.at;
        let bytes = &self.inside.as_bytes()[start..];
        self.at = start + bytes.iter().position(|&b| until(b)).unwrap_or(bytes.len());
        &self.inside[start..self.at]
    }
}

impl<'d> Iterator for RawAttributes<'d> {
    type Item = RawAttribute<'d>;

    fn next(&mut self) -> Option<Self::Item> {
        // Lone slashes, equals signs and quotes are stepped over, as browsers do.
        self.skip(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'=' | b'"' | b'\''));
        let name = self.skip(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'<' | b'/' | b'"' | b'\''));
        if name.is_empty() {
            return None;
        }
        self.skip(|b| !b.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            return Some(RawAttribute { name, value: "", mended: true });
        }
        self.at += 1;
        self.skip(|b| !b.is_ascii_whitespace());
        let Some(quote @ (b'"' | b'\'')) = self.peek() else {
            let value = self.skip(|b| b.is_ascii_whitespace() || b == b'<');
            return Some(RawAttribute { name, value, mended: true });
        };
        let start = self.at + 1;
        let length = memchr(quote, &self.inside.as_bytes()[start..]);
        let end = length.map_or(self.inside.len(), |length| start + length);
        let (value, closed) = (&self.inside[start..end], length.is_some());
        self.at = end + usize::from(closed);
        Some(RawAttribute { name, value, mended: !closed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(inside: &str) -> Vec<(&str, &str)> {
        RawAttributes::new(inside).map(|a| (a.name, a.value)).collect()
    }

    #[test]
    fn tidy_and_sloppy_attributes_are_read() {
        for (inside, expected) in [
            ("", vec![]),
            (" a=\"1\" b='2'", vec![("a", "1"), ("b", "2")]),
            ("\n a = \"1\"\n", vec![("a", "1")]),
            (" a=\"1\"b='2'", vec![("a", "1"), ("b", "2")]),
            (" a=1 b c='x>y'", vec![("a", "1"), ("b", ""), ("c", "x>y")]),
            (" a=http://x/y", vec![("a", "http://x/y")]),
            (" = a='é'", vec![("a", "é")]),
            (" a='never closed", vec![("a", "never closed")]),
            ("/ ", vec![]),
        ] {
            assert_eq!(all(inside), expected, "{inside}");
        }
    }

    #[test]
    fn a_new_tag_inside_a_broken_one_ends_the_walk() {
        let mut attributes = RawAttributes::new(" href='x' <b");
        assert_eq!(attributes.by_ref().count(), 1);
        assert_eq!(attributes.broken_off_at(), Some(10));
    }
}
