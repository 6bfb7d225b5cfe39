//! A day as people write it. Pure.

use chrono::{Datelike, NaiveDate};

use crate::person::Language;

const DAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// "donderdag 3 december 2026"
pub(super) fn day(date: NaiveDate, language: Language) -> String {
    match language {
        Language::Nl => {
            let weekday = DAYS[date.weekday().num_days_from_monday() as usize];
            format!("{weekday} {} {} {}", date.day(), MONTHS[date.month0() as usize], date.year())
        }
        Language::En => date.format("%A %-d %B %Y").to_string(),
    }
}
