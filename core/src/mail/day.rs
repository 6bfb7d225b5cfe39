//! A day as people write it. Pure.

use chrono::{Datelike, NaiveDate};

use crate::person::Language;

/// "donderdag 3 december 2026"
pub(super) fn day(date: NaiveDate, language: Language) -> String {
    let (days, months) = match language {
        Language::Nl => (
            ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
            [
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
            ],
        ),
        Language::En => (
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
        ),
    };
    let weekday = days[date.weekday().num_days_from_monday() as usize];
    format!("{weekday} {} {} {}", date.day(), months[date.month0() as usize], date.year())
}
