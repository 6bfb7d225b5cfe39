//! Cuts HTML into tags and text, and knows what each tag does to plain text.

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    Text(&'h str),
    Tag {
        name: &'h str,
        effect: Effect,
        end: bool,
        /// What stands between the name and `>`.
        inside: &'h str,
    },
}

/// What a tag means for plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Paragraph,
    Line,
    Item,
    Space,
    Inline,
    Skip,
}

/// Sorted, for binary search.
const KNOWN: &[(&str, Effect)] = {
    use Effect::{Inline, Item, Line, Paragraph, Skip, Space};
    &[
        ("a", Inline),
        ("abbr", Inline),
        ("acronym", Inline),
        ("address", Paragraph),
        ("article", Paragraph),
        ("aside", Paragraph),
        ("audio", Skip),
        ("b", Inline),
        ("bdi", Inline),
        ("bdo", Inline),
        ("big", Inline),
        ("blockquote", Paragraph),
        ("body", Paragraph),
        ("br", Line),
        ("button", Skip),
        ("canvas", Skip),
        ("caption", Paragraph),
        ("center", Paragraph),
        ("cite", Inline),
        ("code", Inline),
        ("col", Inline),
        ("dd", Line),
        ("del", Inline),
        ("details", Paragraph),
        ("dfn", Inline),
        ("div", Paragraph),
        ("dl", Paragraph),
        ("dt", Line),
        ("em", Inline),
        ("embed", Inline),
        ("figcaption", Paragraph),
        ("figure", Paragraph),
        ("font", Inline),
        ("footer", Paragraph),
        ("form", Skip),
        ("h1", Paragraph),
        ("h2", Paragraph),
        ("h3", Paragraph),
        ("h4", Paragraph),
        ("h5", Paragraph),
        ("h6", Paragraph),
        ("head", Skip),
        ("header", Paragraph),
        ("hr", Paragraph),
        ("html", Inline),
        ("i", Inline),
        ("iframe", Skip),
        ("img", Inline),
        ("input", Inline),
        ("ins", Inline),
        ("kbd", Inline),
        ("label", Inline),
        ("li", Item),
        ("link", Inline),
        ("main", Paragraph),
        ("mark", Inline),
        ("meta", Inline),
        ("nav", Paragraph),
        ("nobr", Inline),
        ("noscript", Inline),
        ("object", Skip),
        ("ol", Paragraph),
        ("p", Paragraph),
        ("param", Inline),
        ("picture", Inline),
        ("pre", Paragraph),
        ("q", Inline),
        ("s", Inline),
        ("samp", Inline),
        ("script", Skip),
        ("section", Paragraph),
        ("select", Skip),
        ("small", Inline),
        ("source", Inline),
        ("span", Inline),
        ("strike", Inline),
        ("strong", Inline),
        ("style", Skip),
        ("sub", Inline),
        ("summary", Paragraph),
        ("sup", Inline),
        ("svg", Skip),
        ("table", Paragraph),
        ("tbody", Inline),
        ("td", Space),
        ("template", Skip),
        ("textarea", Skip),
        ("tfoot", Inline),
        ("th", Space),
        ("thead", Inline),
        ("time", Inline),
        ("tr", Line),
        ("tt", Inline),
        ("u", Inline),
        ("ul", Paragraph),
        ("var", Inline),
        ("video", Skip),
        ("wbr", Inline),
    ]
};

/// What an element of HTML means, if there is one of this name.
pub(super) fn known(name: &str) -> Option<Effect> {
    let lower = || name.bytes().map(|b| b.to_ascii_lowercase());
    KNOWN.binary_search_by(|(known, _)| known.bytes().cmp(lower())).ok().map(|at| KNOWN[at].1)
}

/// The same for all that looks like a tag: names of Office (`o:p`) and of web components (`my-tag`) too.
fn effect(name: &str) -> Option<Effect> {
    known(name).or_else(|| name.contains([':', '-']).then_some(Effect::Inline))
}

/// Walks over the pieces of HTML.
pub(super) struct Pieces<'h> {
    rest: &'h str,
    /// Whether anything but plain text was met.
    pub(super) met_markup: bool,
}

impl<'h> Pieces<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        Self { rest: html, met_markup: false }
    }

    /// The piece at a `<`, with its length; `None` if the `<` is only text.
    fn markup(&self) -> Option<(Option<Piece<'h>>, usize)> {
        let rest = self.rest;
        for (start, stop) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")] {
            if let Some(inside) = rest.strip_prefix(start) {
                let length = inside.find(stop).unwrap_or(inside.len());
                let whole = (start.len() + length + stop.len()).min(rest.len());
                let text = (start == "<![CDATA[").then_some(Piece::Text(&inside[..length]));
                return Some((text, whole));
            }
        }
        let end = rest[1..].starts_with('/');
        let name = &rest[1 + usize::from(end)..];
        let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-')).unwrap_or(name.len());
        let (name, inside) = name.split_at(length);
        let effect = effect(name).filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let length = closing(inside);
        let whole = (1 + usize::from(end) + name.len() + length + 1).min(rest.len());
        Some((Some(Piece::Tag { name, effect, end, inside: &inside[..length] }), whole))
    }
}

/// Where the `>` of a tag stands, outside of quotes.
fn closing(inside: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, b) in inside.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(b),
            (Some(open), _) if open == b => quote = None,
            _ => {}
        }
        if !b.is_ascii_whitespace() {
            before = b;
        }
    }
    // A quote that never ends: the first `>` was meant.
    inside.find('>').unwrap_or(inside.len())
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with('<') {
                if let Some((piece, length)) = self.markup() {
                    self.rest = &self.rest[length..];
                    self.met_markup = true;
                    match piece {
                        Some(piece) => return Some(piece),
                        None => continue,
                    }
                }
                let (text, rest) = self.rest.split_at(self.rest[1..].find('<').map_or(self.rest.len(), |at| at + 1));
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
            self.rest = rest;
            return Some(Piece::Text(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(KNOWN.is_sorted_by_key(|(name, _)| name));
    }
}
