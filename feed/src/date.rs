//! Reads the dates that feeds contain: RFC 822 and ISO 8601 in all their misspellings, Unix seconds, month names of a
//! dozen languages. A missing zone means UTC, a missing time midnight; what stays ambiguous is no date.

mod names;
mod standard;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Bytes of a date; nothing longer is looked at.
const LONGEST: usize = 64;

/// The instant that a text means, in whole seconds, if it certainly means one.
#[must_use]
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    standard::parse(text).or_else(|| patient(text))
}

/// Reads dates of any style.
fn patient(text: &str) -> Option<DateTime<Utc>> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return digits(text);
    }
    let mut parts = Parts::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            number(rest, text.len() - rest.len(), text, &mut parts)?
        } else if first.is_alphabetic() {
            let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            parts.word(&rest[..length])?;
            length
        } else {
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    parts.instant()
}

/// Only digits: a year, `YYYYMMDD`, or Unix seconds or milliseconds.
fn digits(text: &str) -> Option<DateTime<Utc>> {
    let value: i64 = text.parse().ok()?;
    match text.len() {
        4 => Parts { date: vec![value, 1, 1], ..Parts::default() }.instant(),
        8 => Parts { date: vec![value / 10_000, value / 100 % 100, value % 100], ..Parts::default() }.instant(),
        9 | 10 => DateTime::from_timestamp(value, 0),
        12 | 13 => DateTime::from_timestamp(value / 1000, 0),
        14 => {
            let (date, time) = (value / 1_000_000, value % 1_000_000);
            let date = vec![date / 10_000, date / 100 % 100, date % 100];
            let time = Some((time / 10_000, time / 100 % 100, time % 100));
            Parts { date, time, ..Parts::default() }.instant()
        }
        _ => None,
    }
}

/// What was found so far.
#[derive(Default)]
struct Parts {
    /// Numbers of the date, in the order in which they were written.
    date: Vec<i64>,
    /// The sign between them, which tells their order.
    separator: Option<char>,
    month: Option<u32>,
    /// Whether the month was written before any number.
    month_is_first: bool,
    time: Option<(i64, i64, i64)>,
    afternoon: Option<bool>,
    /// Seconds east of Greenwich.
    zone: Option<i64>,
}

/// Reads what starts with a digit: a time, an offset, `2026-06-01` or a lone number; answers its length.
fn number(rest: &str, at: usize, text: &str, parts: &mut Parts) -> Option<usize> {
    let length = |s: &str| s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
    let digits = length(rest);
    let value: i64 = rest[..digits].parse().ok()?;
    let before = text[..at].chars().next_back();
    if parts.time.is_some() && parts.zone.is_none() && matches!(before, Some('+' | '-' | '−')) {
        let colon = rest[digits..].starts_with(':');
        let minutes = if colon { length(&rest[digits + 1..]) } else { 0 };
        let (hours, minutes, used) = match (digits, minutes) {
            (1 | 2, 0) => (value, 0, digits),
            (1 | 2, 2) => (value, rest[digits + 1..digits + 3].parse().ok()?, digits + 3),
            (3 | 4, 0) => (value / 100, value % 100, digits),
            _ => return None,
        };
        // The farthest zones are UTC+14 and UTC-12; anything beyond is a slip of the publisher's program.
        if hours > 14 || minutes > 59 {
            return None;
        }
        let east = if before == Some('+') { 1 } else { -1 };
        parts.zone = Some(east * (hours * 3600 + minutes * 60));
        return Some(used);
    }
    if parts.time.is_none() && matches!(rest[digits..].chars().next(), Some(':' | 'h')) && digits <= 2 {
        return clock(rest, value, digits, parts);
    }
    // Hours and minutes without colon, as in 20260601T1000
    if parts.time.is_none() && matches!(before, Some('T')) && matches!(digits, 4 | 6) {
        let padded = if digits == 4 { value * 100 } else { value };
        parts.time = Some((padded / 10_000, padded / 100 % 100, padded % 100));
        return Some(digits);
    }
    if digits == 8 && parts.date.is_empty() {
        parts.date = vec![value / 10_000, value / 100 % 100, value % 100];
    } else if digits <= 4 && parts.date.len() < 3 {
        parts.date.push(value);
    } else {
        return None;
    }
    if let Some(sign @ ('-' | '/' | '.')) = rest[digits..].chars().next()
        && rest[digits + 1..].starts_with(|c: char| c.is_ascii_digit())
    {
        parts.separator.get_or_insert(sign);
    }
    Some(digits)
}

/// `10:00`, `10:00:00`, `10:00:00.123` or `10h30`.
fn clock(rest: &str, hour: i64, digits: usize, parts: &mut Parts) -> Option<usize> {
    let mut used = digits;
    let mut fields = [hour, 0, 0];
    for field in &mut fields[1..] {
        let Some(after) = rest[used..].strip_prefix([':', 'h']) else { break };
        let length = after.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 || length > 2 {
            break;
        }
        *field = after[..length].parse().ok()?;
        used += 1 + length;
    }
    if let Some(fraction) = rest[used..].strip_prefix(['.', ',']) {
        used += 1 + fraction.bytes().take_while(u8::is_ascii_digit).count();
    }
    let [hour, minute, second] = fields;
    parts.time = Some((hour, minute, second));
    Some(used)
}

impl Parts {
    /// A month, a zone, am or pm; weekdays and particles mean nothing.
    fn word(&mut self, word: &str) -> Option<()> {
        let word = word.to_lowercase();
        // A word before all numbers may be a weekday that looks like a month, as `mar.` does: a later month wins.
        if let Some(month) = names::month(&word).filter(|_| self.month.is_none() || self.month_is_first) {
            self.month = Some(month);
            self.month_is_first = self.date.is_empty();
            return Some(());
        }
        match word.as_str() {
            "am" => self.afternoon = Some(false),
            "pm" => self.afternoon = Some(true),
            _ if self.time.is_some() => {
                // `GMT` may go on with an offset, as in `GMT+2`, and means the same as none.
                self.zone =
                    names::zone(&word).filter(|&hours| hours != 0).map_or(self.zone, |hours| Some(hours * 3600));
            }
            // A weekday may stand before everything else, but no other word.
            _ if word.chars().count() > 1 && self.date.is_empty() && self.month.is_none() => {
                return names::is_weekday(&word).then_some(());
            }
            _ => {}
        }
        Some(())
    }

    fn instant(self) -> Option<DateTime<Utc>> {
        let (year, month, day) = self.calendar()?;
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, u32::try_from(day).ok()?)?;
        let (mut hour, minute, second) = self.time.unwrap_or_default();
        match self.afternoon {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(afternoon) => hour = hour % 12 + if afternoon { 12 } else { 0 },
            None => {}
        }
        // 24:00 is the end of the day, second 60 a leap second.
        if hour > 24 || (hour == 24 && (minute, second) != (0, 0)) || minute > 59 || second > 60 {
            return None;
        }
        let local = date.and_time(chrono::NaiveTime::MIN);
        let seconds = hour * 3600 + minute * 60 + second.min(59) - self.zone.unwrap_or_default();
        local.checked_add_signed(TimeDelta::seconds(seconds)).map(|instant| instant.and_utc())
    }

    /// Year, month and day, if their order is certain.
    fn calendar(&self) -> Option<(i64, u32, i64)> {
        let month = |value: i64| u32::try_from(value).ok().filter(|month| (1..=12).contains(month));
        let named = self.month.filter(|_| !(self.month_is_first && self.date.len() == 3));
        match (named, self.date.as_slice()) {
            (Some(named), &[year, day]) if year > 31 => Some((year, named, day)),
            (Some(named), &[day, year]) => Some((full_year(year), named, day)),
            (None, &[year, m, day]) if year > 31 => Some((year, month(m)?, day)),
            (None, &[year, m]) if year > 31 => Some((year, month(m)?, 1)),
            (None, &[a, b, year]) if self.separator == Some('/') => match (month(a), month(b)) {
                (Some(_), Some(_)) if a != b => None,
                (_, Some(m)) => Some((full_year(year), m, a)),
                (Some(m), None) => Some((full_year(year), m, b)),
                (None, None) => None,
            },
            (None, &[day, m, year]) => Some((full_year(year), month(m)?, day)),
            _ => None,
        }
    }
}

/// RFC 2822: two digits below 50 are of this century.
fn full_year(year: i64) -> i64 {
    match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_styles_are_read() {
        for (text, expected) in [
            ("Sat, 07 Sep 2002 00:00:01 GMT", "2002-09-07T00:00:01Z"),
            ("07 Sep 02 00:00:01 EST", "2002-09-07T05:00:01Z"),
            ("Mon, 07 Sep 2002 00:00:01 +0200", "2002-09-06T22:00:01Z"),
            ("Thu, 01 Jan 04 19:48 GMT", "2004-01-01T19:48:00Z"),
            ("2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z"),
            ("2026-06-01T10:00:00.123456789+02:00", "2026-06-01T08:00:00Z"),
            ("2026-06-01T10:00+02", "2026-06-01T08:00:00Z"),
            ("2026-06-01 10:00:00", "2026-06-01T10:00:00Z"),
            ("2026-06-01 10:00:00 -0530", "2026-06-01T15:30:00Z"),
            ("20260601T100000Z", "2026-06-01T10:00:00Z"),
            ("20260601", "2026-06-01T00:00:00Z"),
            ("2026-06-01", "2026-06-01T00:00:00Z"),
            ("2026-06", "2026-06-01T00:00:00Z"),
            ("2026", "2026-01-01T00:00:00Z"),
            ("1780308000", "2026-06-01T10:00:00Z"),
            ("1780308000000", "2026-06-01T10:00:00Z"),
            ("Mo, 01 Jun 2026 10:00:00 +0200", "2026-06-01T08:00:00Z"),
            ("Mon, 01 Jun 2026 24:00:00 +0000", "2026-06-02T00:00:00Z"),
            ("Mon, 01 Jun 2026 10:00:00 GMT+0200", "2026-06-01T08:00:00Z"),
            ("Mon, 01 Jun 2026 10:00:00 CEST", "2026-06-01T08:00:00Z"),
            ("Mon Jun  1 10:00:00 2026", "2026-06-01T10:00:00Z"),
            ("June 1, 2026 at 5:04 pm", "2026-06-01T17:04:00Z"),
            ("12:05 AM 1 June 2026", "2026-06-01T00:05:00Z"),
            ("maandag 1 juni 2026 10:00", "2026-06-01T10:00:00Z"),
            ("1 mei 2026", "2026-05-01T00:00:00Z"),
            ("mar. 02 juin 2026 10:00:00 +0200", "2026-06-02T08:00:00Z"),
            ("Mar 5, 2026", "2026-03-05T00:00:00Z"),
            ("3 marzo 2026", "2026-03-03T00:00:00Z"),
            ("1. Mai 2026, 10:00 MESZ", "2026-05-01T08:00:00Z"),
            ("пн, 01 июня 2026 10:00:00 +0300", "2026-06-01T07:00:00Z"),
            ("2026年6月1日", "2026-06-01T00:00:00Z"),
            ("01.06.2026 10:00", "2026-06-01T10:00:00Z"),
            ("01-06-2026", "2026-06-01T00:00:00Z"),
            ("2026/06/01 10:00", "2026-06-01T10:00:00Z"),
            ("13/06/2026", "2026-06-13T00:00:00Z"),
            ("06/13/2026", "2026-06-13T00:00:00Z"),
            ("Fri, 01 Jan 2100 00:00:00 GMT", "2100-01-01T00:00:00Z"),
            ("Fri, 31 Dec 1999 23:59:60 GMT", "1999-12-31T23:59:59Z"),
        ] {
            let read = parse(text).map(|date| date.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_certain_date_is_none() {
        let long = "1 June 2026".to_owned() + &" ".repeat(60) + "x";
        for text in [
            "",
            "soon",
            "Mon, 01 Jun 2026 10:00:00 +9900",
            "05/06/2026",
            "31 Feb 2026",
            "Mon, 32 Jun 2026",
            "25:00 1 June 2026",
            "99999999999999999999",
            "version 2026",
            "Juni 2026",
            long.as_str(),
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn f5_no_text_panics(text in ".{0,70}") {
            let _ = parse(&text);
        }

        #[test]
        fn every_instant_survives_both_standard_forms(seconds in -60_000_000_000_i64..250_000_000_000) {
            let instant = DateTime::from_timestamp(seconds, 0).unwrap();
            proptest::prop_assume!((1900..=9999).contains(&chrono::Datelike::year(&instant)));
            proptest::prop_assert_eq!(parse(&instant.to_rfc3339()), Some(instant));
            proptest::prop_assert_eq!(parse(&instant.to_rfc2822()), Some(instant));
        }
    }
}
