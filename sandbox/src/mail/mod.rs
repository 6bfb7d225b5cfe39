//! The mail catcher: a minimal SMTP server on its own port whose mails never leave the sandbox. They are kept byte for
//! byte, shown at `/mail`, and there for tests.

mod page;
mod smtp;

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use mail_parser::MessageParser;
use serde::Serialize;

pub(crate) use page::routes;
pub(crate) use smtp::serve;

/// Older mails make room for newer ones.
const KEPT: usize = 2_000;

/// A mail that was caught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Counts up from 1.
    pub id: u64,
    /// The sender of the envelope; empty for a bounce.
    pub from: String,
    /// The recipients of the envelope.
    pub to: Vec<String>,
    /// The message byte for byte, its transport dots removed.
    pub raw: Vec<u8>,
    /// When it was accepted.
    pub received_at: DateTime<Utc>,
}

/// What tests usually ask of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Every header in order, unfolded and decoded as far as it can be read at a glance.
    pub headers: Vec<(String, String)>,
    /// The decoded subject.
    pub subject: String,
    /// The decoded plain text.
    pub text: String,
    /// The decoded HTML, if the mail has any.
    pub html: Option<String>,
    /// The addresses in the plain text, in order.
    pub links: Vec<String>,
}

impl Mail {
    /// Decodes the mail as a mail program would.
    #[must_use]
    pub fn read(&self) -> Reading {
        let Some(message) = MessageParser::default().parse(&self.raw) else { return Reading::default() };
        let text = message.body_text(0).unwrap_or_default().into_owned();
        let unfolded = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
        Reading {
            headers: message.headers_raw().map(|(name, value)| (name.to_owned(), unfolded(value))).collect(),
            subject: message.subject().unwrap_or_default().to_owned(),
            html: message.html_part(0).map(|_| message.body_html(0).unwrap_or_default().into_owned()),
            links: links(&text),
            text,
        }
    }
}

fn links(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
    let links = words.filter(|word| word.starts_with("https://") || word.starts_with("http://"));
    links.map(|word| word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']).to_owned()).collect()
}

/// The mails that were caught, oldest first.
#[derive(Default)]
pub(crate) struct Mails {
    kept: VecDeque<Mail>,
    last: u64,
}

impl Mails {
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &Mail> {
        self.kept.iter()
    }

    fn keep(&mut self, from: String, to: Vec<String>, raw: Vec<u8>, received_at: DateTime<Utc>) {
        self.last += 1;
        self.kept.push_back(Mail { id: self.last, from, to, raw, received_at });
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_decoded() {
        let raw = b"From: Klaroen <no-reply@klaroen.example>\r\nTo: employee@example.com\r\n\
            Subject: =?utf-8?b?w6llbiBiZXJpY2h0?=\r\nX-Long: one\r\n two\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nCaf=C3=A9: https://klaroen.example/i/abc=3D1.\r\n--b\r\n\
            Content-Type: text/html\r\n\r\n<p>Hi</p>\r\n--b--\r\n";
        let mail =
            Mail { id: 1, from: String::new(), to: vec![], raw: raw.to_vec(), received_at: DateTime::UNIX_EPOCH };
        let reading = mail.read();
        assert_eq!(reading.subject, "één bericht".replacen("één", "éen", 1));
        assert_eq!(reading.text.trim(), "Café: https://klaroen.example/i/abc=1.");
        assert_eq!(reading.links, ["https://klaroen.example/i/abc=1"]);
        assert_eq!(reading.html.as_deref().map(str::trim), Some("<p>Hi</p>"));
        assert!(reading.headers.contains(&("X-Long".into(), "one two".into())));
    }

    #[test]
    fn only_the_newest_are_kept() {
        let mut mails = Mails::default();
        for _ in 0..=KEPT {
            mails.keep(String::new(), vec![], vec![], DateTime::UNIX_EPOCH);
        }
        let ids: Vec<u64> = mails.all().map(|mail| mail.id).collect();
        assert_eq!((ids.len(), ids[0], ids[KEPT - 1]), (KEPT, 2, KEPT as u64 + 1));
    }
}
