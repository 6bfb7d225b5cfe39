//! Any text as a date; what is read means the same when it is written in the standard form.

use chrono::Datelike;
use klaroen_feed::date;

pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some(instant) = date::parse(text) else { return };
    if (100..=9999).contains(&instant.year()) {
        assert_eq!(date::parse(&instant.to_rfc3339()), Some(instant), "{text:?}");
    }
}
