//! Plain text and pictures out of the HTML that feeds carry in their texts.
//! It never fails and never answers markup that a browser would run; what is no known tag stays as text.

mod tags;

use std::borrow::Cow;

use crate::reader::attributes::RawAttributes;
use crate::reader::entities;
use tags::{Effect, Piece, Pieces};

/// Whether HTML has an element of this name.
pub(crate) fn is_element(name: &str) -> bool {
    tags::known(name).is_some()
}

/// Plain text of HTML: paragraphs apart by an empty line, list items by bullets, no scripts, references resolved.
/// Text that was escaped once too often is read as what was meant; text without any tag keeps its lines.
#[must_use]
pub fn to_text(value: &str) -> String {
    let (text, had_tags) = strip(value);
    // Without a tag but with one in the result, the markup was escaped twice.
    let text = if !had_tags && text.contains('<') { strip(&text).0 } else { text };
    if text.contains('&') { entities::unescape(&text).into_owned() } else { text }
}

fn strip(value: &str) -> (String, bool) {
    if !value.contains('<') {
        return (lines(&entities::unescape(value)), false);
    }
    let mut out = Out::default();
    let mut skipping: Option<&str> = None;
    let mut pieces = Pieces::new(value);
    for piece in pieces.by_ref() {
        match piece {
            Piece::Text(text) if skipping.is_none() => out.words(&entities::unescape(text)),
            Piece::Text(_) => {}
            Piece::Tag { name, effect, end, .. } => match (skipping, effect) {
                (Some(skipped), _) if end && skipped.eq_ignore_ascii_case(name) => skipping = None,
                (Some(_), _) => {}
                (None, Effect::Skip) if !end => skipping = Some(name),
                (None, effect) => out.effect(effect, end),
            },
        }
    }
    if pieces.met_markup { (out.text, true) } else { (lines(&entities::unescape(value)), false) }
}

/// Plain text keeps its lines, without trailing space and with at most one empty line in a row.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines() {
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        let mut words = line.split_whitespace();
        out.extend(words.next());
        words.for_each(|word| {
            out.push(' ');
            out.push_str(word);
        });
    }
    out
}

/// Text that grows word by word; gaps are written when the next word comes.
#[derive(Default)]
struct Out {
    text: String,
    gap: &'static str,
}

impl Out {
    fn words(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.widen(" ");
        }
        let mut first = true;
        for word in text.split_whitespace() {
            if !first {
                self.widen(" ");
            }
            first = false;
            if !self.text.is_empty() || self.gap.contains('•') {
                self.text.push_str(if self.text.is_empty() { self.gap.trim_start() } else { self.gap });
            }
            self.gap = "";
            self.text.push_str(word);
        }
        if !first && text.ends_with(char::is_whitespace) {
            self.widen(" ");
        }
    }

    /// The larger of two gaps counts.
    fn widen(&mut self, gap: &'static str) {
        if gap.len() > self.gap.len() {
            self.gap = gap;
        }
    }

    fn effect(&mut self, effect: Effect, end: bool) {
        match effect {
            Effect::Paragraph => self.widen("\n\n"),
            Effect::Line => self.widen("\n"),
            Effect::Item if end => self.widen("\n"),
            Effect::Item => self.gap = "\n• ",
            Effect::Space => self.widen(" "),
            Effect::Inline | Effect::Skip => {}
        }
    }
}

/// Parts of addresses of pictures that are no pictures of the article.
const NOT_WORTH_SHOWING: &[&str] = &[
    "/~r/",
    "/~ff/",
    "doubleclick.net",
    "feedsportal.com",
    "images/core/emoji",
    "images/smilies",
    "pixel.wp.com",
    "stats.wordpress.com",
    "/pixel.gif",
    "/spacer.gif",
    "/blank.gif",
];

/// The address of the first picture of HTML that is worth showing: no tracking pixel, no smiley, no placeholder.
pub(crate) fn first_image(html: &str) -> Option<String> {
    let html = match html.contains("<img") || html.contains("<IMG") {
        true => Cow::Borrowed(html),
        false if html.contains("&lt;img") => entities::unescape(html),
        false => return None,
    };
    Pieces::new(&html).find_map(|piece| match piece {
        Piece::Tag { name, end: false, inside, .. } if name.eq_ignore_ascii_case("img") => image_of(inside),
        _ => None,
    })
}

fn image_of(inside: &str) -> Option<String> {
    let attribute = |wanted: &str| {
        RawAttributes::new(inside)
            .find(|attribute| attribute.name.eq_ignore_ascii_case(wanted))
            .map(|attribute| entities::unescape(attribute.value.trim()).into_owned())
    };
    let tiny = |size: &str| attribute(size).and_then(|v| v.parse::<u32>().ok()).is_some_and(|pixels| pixels <= 2);
    if tiny("width") || tiny("height") {
        return None;
    }
    // Pages that load pictures late put a placeholder into src.
    let addresses = ["src", "data-src", "data-lazy-src", "data-original"].into_iter().filter_map(attribute);
    let from_set = attribute("srcset").and_then(|set| set.split_whitespace().next().map(str::to_owned));
    addresses.chain(from_set).find(|address| {
        !address.is_empty()
            && !address.starts_with("data:")
            && !NOT_WORTH_SHOWING.iter().any(|part| address.contains(part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_readable_text() {
        for (html, expected) in [
            ("plain", "plain"),
            ("<p>One</p><p>Two &amp; three</p>", "One\n\nTwo & three"),
            ("a<br/>b<BR>c", "a\nb\nc"),
            ("<ul>\n<li>one</li>\n<li>two</li></ul>after", "• one\n• two\n\nafter"),
            ("<b>bold</b>, <i>italic</i>", "bold, italic"),
            ("word<script>evil('<p>')</script>s<style>p{}</style>", "words"),
            ("<!-- hidden -->shown<![CDATA[ and this]]>", "shown and this"),
            ("&lt;p&gt;escaped &amp;amp; twice&lt;/p&gt;", "escaped & twice"),
            ("AT&amp;amp;T", "AT&T"),
            ("I <3 you, 1 < 2 and <unknown> tags", "I <3 you, 1 < 2 and <unknown> tags"),
            ("<p>Write &lt;b&gt; for bold</p>", "Write <b> for bold"),
            ("line one\nline two\n\n\n\n  line   three ", "line one\nline two\n\nline three"),
            ("<p>wrapped\n  line</p>", "wrapped line"),
            ("a&nbsp;b&#8217;s", "a b’s"),
            ("<td>a</td><td>b</td>", "a b"),
            ("<img src='x'>", ""),
            ("cut <a href='x", "cut"),
            ("<P STYLE=\"a>b\">caps</P>", "caps"),
            ("<o:p>office</o:p> <my-tag>own</my-tag>", "office own"),
            ("", ""),
        ] {
            assert_eq!(to_text(html), expected, "{html}");
        }
    }

    #[test]
    fn the_first_real_picture_is_found() {
        for (html, expected) in [
            ("<p>none</p>", None),
            ("<img src=\"a.png\"><img src='b.png'>", Some("a.png")),
            ("<IMG alt='x>y' SRC=c.jpg>", Some("c.jpg")),
            ("<img width='1' height='1' src='pixel'><img src='real?a=1&amp;b=2'>", Some("real?a=1&b=2")),
            ("<img src='data:image/gif;base64,R0' data-src='late.jpg'>", Some("late.jpg")),
            ("<img srcset='s.jpg 300w, l.jpg 900w'>", Some("s.jpg")),
            ("<img src='https://s.w.org/images/core/emoji/1.png'>", None),
            ("&lt;img src=&quot;x.png&quot;&gt;", Some("x.png")),
            ("<!-- <img src='hidden.png'> -->", None),
        ] {
            assert_eq!(first_image(html).as_deref(), expected, "{html}");
        }
    }
}
