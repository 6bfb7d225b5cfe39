//! What can be done to a value between the document and the item, in the order that the definition lists.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use crate::reader::entities;
use crate::{html, pattern, text};

/// One step on the way from a match to a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Transform {
    /// Removes white space at both ends.
    Trim,
    /// Makes plain text of HTML, escaped once or twice.
    HtmlToText,
    /// Resolves references such as `&amp;` that are left in plain text.
    Unescape,
    /// Keeps what stands before the end of the first sentence.
    FirstSentence,
    /// Finds the first picture of HTML that is worth showing.
    FirstImage,
    /// Joins a relative address to that of the document.
    ResolveUrl,
    /// Turns `http:` into `https:`, for sites that are known to answer there.
    HttpToHttps,
    /// Takes the name out of `mail@example.com (Name)` and `Name <mail@example.com>`.
    PersonName,
    /// Makes all letters small.
    LowerCase,
    /// Puts a text before it.
    Prefix(String),
    /// Puts a text behind it.
    Suffix(String),
    /// Stands in when there is nothing.
    Default(String),
    /// Cuts it into several at a separator.
    Split(String),
    /// Keeps at most so many characters, ending at a word, with an ellipsis.
    Truncate(usize),
    /// Reads a date in a known format, as in `%d/%m/%Y`.
    DateFormat(String),
    /// Replaces all matches of a pattern; `$1` stands for the first group.
    Replace {
        /// A regular expression.
        pattern: String,
        /// What takes the place of a match.
        with: String,
    },
}

impl Transform {
    /// Whether it can be used at all.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            Self::Replace { pattern, .. } => pattern::compile(pattern).map(drop),
            Self::Split(separator) if separator.is_empty() => Err("split needs a separator".to_owned()),
            Self::Truncate(0) => Err("truncate needs a number of characters above 0".to_owned()),
            Self::DateFormat(format) => {
                use chrono::format::{Item, StrftimeItems};
                let wrong = StrftimeItems::new(format).any(|item| item == Item::Error);
                if wrong { Err(format!("{format} is no date format; an example is %d/%m/%Y %H:%M")) } else { Ok(()) }
            }
            _ => Ok(()),
        }
    }

    /// Applies it to all values of a field; values that become empty go.
    pub(crate) fn apply<'v>(&self, values: &mut Vec<Cow<'v, str>>, base: Option<&Url>) {
        match self {
            Self::Split(separator) => {
                let parts = |value: Cow<'v, str>| -> Vec<Cow<'v, str>> {
                    value.split(separator.as_str()).map(|part| Cow::Owned(part.trim().to_owned())).collect()
                };
                *values = std::mem::take(values).into_iter().flat_map(parts).collect();
            }
            Self::Default(stand_in) if values.iter().all(|value| value.trim().is_empty()) => {
                *values = vec![Cow::Owned(stand_in.clone())];
            }
            Self::Default(_) => {}
            _ => {
                for value in &mut *values {
                    if let Some(new) = self.one(value, base) {
                        *value = Cow::Owned(new);
                    }
                }
            }
        }
        values.retain(|value| !value.trim().is_empty());
    }

    /// The new value; `None` leaves it as it is.
    fn one(&self, value: &str, base: Option<&Url>) -> Option<String> {
        match self {
            Self::Trim => (value.trim() != value).then(|| value.trim().to_owned()),
            Self::HtmlToText => Some(html::to_text(value)),
            Self::Unescape => match entities::unescape(value) {
                Cow::Owned(new) => Some(new),
                Cow::Borrowed(_) => None,
            },
            Self::FirstSentence => Some(text::first_sentence(value).to_owned()),
            Self::FirstImage => Some(html::first_image(value).unwrap_or_default()),
            Self::ResolveUrl => base.and_then(|base| base.join(value.trim()).ok()).map(String::from),
            Self::HttpToHttps => value.trim().strip_prefix("http://").map(|rest| format!("https://{rest}")),
            Self::PersonName => Some(text::person_name(value).to_owned()),
            Self::LowerCase => Some(value.to_lowercase()),
            Self::Prefix(prefix) => (!value.trim().is_empty()).then(|| format!("{prefix}{}", value.trim_start())),
            Self::Suffix(suffix) => (!value.trim().is_empty()).then(|| format!("{}{suffix}", value.trim_end())),
            Self::Truncate(most) => text::truncate(value, *most),
            Self::DateFormat(format) => date(value.trim(), format),
            Self::Replace { pattern, with } => {
                let regex = pattern::compile(pattern).ok()?;
                Some(pattern::replace_all(&regex, value, with))
            }
            Self::Default(_) | Self::Split(_) => None,
        }
    }
}

/// An RFC 3339 date; without a zone it is UTC, without a time midnight. `None` if it is of another format, and then it is
/// read as any date is.
fn date(value: &str, format: &str) -> Option<String> {
    let with_zone = chrono::DateTime::parse_from_str(value, format).ok();
    let without = || NaiveDateTime::parse_from_str(value, format).ok().map(|date| date.and_utc().fixed_offset());
    let day = || {
        let date = NaiveDate::parse_from_str(value, format).ok()?;
        Some(date.and_time(NaiveTime::MIN).and_utc().fixed_offset())
    };
    with_zone.or_else(without).or_else(day).map(|date| date.to_rfc3339())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transform_that_cannot_work_is_refused() {
        for (transform, reason) in [
            (Transform::Split(String::new()), "split needs a separator"),
            (Transform::Truncate(0), "truncate needs a number of characters above 0"),
            (Transform::DateFormat("%Q".into()), "%Q is no date format; an example is %d/%m/%Y %H:%M"),
            (Transform::Replace { pattern: "(".into(), with: String::new() }, "the pattern ( is not valid"),
        ] {
            let refused = transform.check().unwrap_err();
            assert!(refused.starts_with(reason), "{refused}");
        }
    }

    #[test]
    fn each_transform_does_what_it_says() {
        let base = Url::parse("https://example.com/a/").unwrap();
        let replace = |pattern: &str, with: &str| Transform::Replace { pattern: pattern.into(), with: with.into() };
        for (transform, value, expected) in [
            (Transform::Trim, " a ", vec!["a"]),
            (Transform::HtmlToText, "<p>a &amp; b</p>", vec!["a & b"]),
            (Transform::Unescape, "a &amp;#39; <b>", vec!["a &#39; <b>"]),
            (Transform::FirstSentence, "One. Two.", vec!["One."]),
            (Transform::FirstImage, "<p><img src='x.png'></p>", vec!["x.png"]),
            (Transform::FirstImage, "<p>none</p>", vec![]),
            (Transform::ResolveUrl, "../x.png", vec!["https://example.com/x.png"]),
            (Transform::HttpToHttps, "http://a/b", vec!["https://a/b"]),
            (Transform::HttpToHttps, "ftp://a/b", vec!["ftp://a/b"]),
            (Transform::PersonName, "a@example.com (Employee 012)", vec!["Employee 012"]),
            (Transform::LowerCase, "ABC", vec!["abc"]),
            (Transform::Prefix("x-".into()), "1", vec!["x-1"]),
            (Transform::Suffix("!".into()), "1", vec!["1!"]),
            (Transform::Default("none".into()), " ", vec!["none"]),
            (Transform::Default("none".into()), "some", vec!["some"]),
            (Transform::Split(",".into()), "a, b,,c", vec!["a", "b", "c"]),
            (Transform::Truncate(10), "one two three four", vec!["one two…"]),
            (Transform::DateFormat("%d/%m/%Y".into()), "02/01/2026", vec!["2026-01-02T00:00:00+00:00"]),
            (Transform::DateFormat("%d/%m/%Y".into()), "soon", vec!["soon"]),
            (Transform::DateFormat("%d-%m-%y %H:%M".into()), " 05-06-26 09:30 ", vec!["2026-06-05T09:30:00+00:00"]),
            (
                Transform::DateFormat("%Y%m%dT%H%M%S%z".into()),
                "20260605T093000+0200",
                vec!["2026-06-05T09:30:00+02:00"],
            ),
            (Transform::Prefix("x-".into()), "\n 1 ", vec!["x-1 "]),
            (Transform::Suffix("!".into()), " 1\n", vec![" 1!"]),
            (Transform::Prefix("x-".into()), " ", vec![]),
            (Transform::Split("; ".into()), "a; b;c", vec!["a", "b;c"]),
            (Transform::Truncate(3), "éééé", vec!["éé…"]),
            (Transform::ResolveUrl, "https://x.example/", vec!["https://x.example/"]),
            (Transform::ResolveUrl, "http://[", vec!["http://["]),
            (Transform::FirstSentence, "“Stop.” He left.", vec!["“Stop.”"]),
            (Transform::HtmlToText, "<br>", vec![]),
            (replace("a", "$0$0"), "ab", vec!["aab"]),
            (replace("x", "y"), "ab", vec!["ab"]),
            (replace(".*", ""), "ab", vec![]),
            (replace(r"^.*id=(\d+)$", "$1"), "?id=42", vec!["42"]),
        ] {
            let mut values = vec![Cow::Borrowed(value)];
            transform.apply(&mut values, Some(&base));
            assert_eq!(values, expected, "{transform:?} of {value}");
        }
    }
}
