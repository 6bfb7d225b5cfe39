//! The few bits of XML that the sample feeds share.

/// Text or attribute value, with the five special characters escaped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A text as WordPress writes it: numeric references, typographic quotes.
pub(super) fn texturize(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut open = false;
    for c in text.chars() {
        match c {
            '&' => written.push_str("&#038;"),
            '\'' => written.push_str("&#8217;"),
            '"' => {
                open = !open;
                written.push_str(if open { "&#8220;" } else { "&#8221;" });
            }
            '–' => written.push_str("&#8211;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            other => written.push(other),
        }
    }
    written
}

/// One piece of XML for each text.
pub(super) fn each(texts: &[String], piece: impl Fn(&str) -> String) -> String {
    texts.iter().map(|text| piece(text)).collect::<Vec<_>>().concat()
}
