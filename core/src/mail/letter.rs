//! A letter in its two forms: plain text, and the same as HTML without pictures, styles from elsewhere or anything that
//! tells whether it was opened. Pure.

use std::fmt::Write as _;

use html_escape::{encode_double_quoted_attribute as attribute, encode_text};

use crate::person::Language;

/// What somebody is told, before it has a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Of the words.
    pub language: Language,
    /// One line.
    pub subject: String,
    /// What it says, from the greeting on.
    pub paragraphs: Vec<String>,
    /// The one thing to do: words, and an address of our own host.
    pub action: (String, String),
    /// What is to be known about the link.
    pub after: Vec<String>,
    /// Why the person gets it.
    pub reason: String,
    /// How to end it: words, and an address of our own host.
    pub stop: (String, String),
}

impl Letter {
    /// The plain text; each address stands on a line of its own.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for paragraph in &self.paragraphs {
            let _ = write!(text, "{paragraph}\n\n");
        }
        let _ = write!(text, "{}:\n{}\n\n", self.action.0, self.action.1);
        for paragraph in &self.after {
            let _ = write!(text, "{paragraph}\n\n");
        }
        let _ = write!(text, "--\n{}\n{}:\n{}\n", self.reason, self.stop.0, self.stop.1);
        text
    }

    /// The same as HTML.
    #[must_use]
    pub fn html(&self) -> String {
        let lang = self.language.word();
        let mut html = format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n",
            encode_text(&self.subject)
        );
        let mut paragraph = |inner: &str| {
            let _ = writeln!(html, "<p>{inner}</p>");
        };
        let link = |(words, address): &(String, String)| {
            format!("<a href=\"{}\">{}</a>", attribute(address), encode_text(words))
        };
        self.paragraphs.iter().for_each(|words| paragraph(&encode_text(words)));
        paragraph(&link(&self.action));
        self.after.iter().for_each(|words| paragraph(&encode_text(words)));
        paragraph(&format!("{} {}", encode_text(&self.reason), link(&self.stop)));
        html + "</body>\n</html>\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same_and_names_are_no_markup() {
        let pair = |words: &str, address: &str| (words.to_owned(), address.to_owned());
        let letter = Letter {
            language: Language::Nl,
            subject: "Over <b>".to_owned(),
            paragraphs: vec!["Dag <img src=x>,".to_owned(), "Iets & meer.".to_owned()],
            action: pair("Vernieuwen", "https://k.example/renew#a\"b"),
            after: vec!["Tot morgen.".to_owned()],
            reason: "Omdat je ja zei.".to_owned(),
            stop: pair("Stoppen", "https://k.example/unsubscribe/x"),
        };
        let (text, html) = (letter.text(), letter.html());
        assert!(text.starts_with("Dag <img src=x>,\n\nIets & meer.\n\nVernieuwen:\nhttps://k.example/renew#a"));
        assert!(text.ends_with("--\nOmdat je ja zei.\nStoppen:\nhttps://k.example/unsubscribe/x\n"));
        assert!(html.contains("<p>Dag &lt;img src=x&gt;,</p>") && html.contains("Iets &amp; meer."), "{html}");
        assert!(html.contains("<a href=\"https://k.example/renew#a&quot;b\">Vernieuwen</a>"), "{html}");
        assert!(!html.contains("<img") && !html.contains("src=\""), "{html}");
    }
}
