//! A marketer's timetable: the five fields of cron (minute, hour, day of the month, month, day of the week) as
//! everybody knows them from POSIX, read back in words. The crate `cron` computes the instants; it counts Sunday
//! as 1 and requires both day fields, so days are handed over by name and as two schedules when both are given.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use cron::Schedule;

use super::words;
use crate::{Error, Result};

/// A feed is not asked more often than this many minutes.
const SHORTEST: u32 = 5;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// A timetable that is valid and has a next instant.
#[derive(Debug, Clone)]
pub struct Timetable {
    text: String,
    zone: Tz,
    pub(super) minutes: Field,
    pub(super) hours: Field,
    pub(super) days: Field,
    pub(super) months: Field,
    pub(super) weekdays: Field,
    schedules: Vec<Schedule>,
}

/// The values of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Sorted, without repetition.
    pub(super) values: Vec<u32>,
    /// Every value is in it.
    pub(super) all: bool,
}

impl Timetable {
    /// Reads five fields, meant in `zone`.
    ///
    /// # Errors
    /// `schedule.invalid`, with the field that is wrong and what it should be.
    pub fn parse(text: &str, zone: Tz) -> Result<Self> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields[..] else {
            return Err(invalid(
                "A timetable has five fields: minute, hour, day of the month, month, day of the week.",
            ));
        };
        let minutes = Field::parse("minute", minute, 0, 59, &[])?;
        let hours = Field::parse("hour", hour, 0, 23, &[])?;
        let days = Field::parse("day of the month", day, 1, 31, &[])?;
        let months = Field::parse("month", month, 1, 12, &MONTHS)?;
        // 7 is Sunday too.
        let weekdays = Field::parse("day of the week", weekday, 0, 7, &DAYS)?.wrapped(7);
        minutes.insist_on_gaps()?;
        let schedules = schedules(&minutes, &hours, &days, &months, &weekdays)?;
        let text = fields.join(" ");
        let timetable = Self { text, zone, minutes, hours, days, months, weekdays, schedules };
        // Any instant will do: a day that never comes (30 February) never comes.
        match timetable.next(DateTime::UNIX_EPOCH) {
            Some(_) => Ok(timetable),
            None => Err(invalid("This day never comes. Choose a day that exists in that month.")),
        }
    }

    /// The first instant after `now`.
    #[must_use]
    pub fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = now.with_timezone(&self.zone);
        self.schedules.iter().filter_map(|schedule| schedule.after(&local).next()).min().map(|at| at.to_utc())
    }

    /// The first `count` instants after `now`.
    #[must_use]
    pub fn upcoming(&self, now: DateTime<Utc>, count: usize) -> Vec<DateTime<Utc>> {
        std::iter::successors(self.next(now), |at| self.next(*at)).take(count).collect()
    }

    /// The timetable as a sentence, as in "at 09:00 on Monday and Thursday".
    #[must_use]
    pub fn words(&self) -> String {
        words::describe(self)
    }

    /// The five fields.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Field {
    fn parse(name: &str, text: &str, min: u32, max: u32, names: &[&str]) -> Result<Self> {
        let mut values = Vec::new();
        for part in text.split(',') {
            values.extend(Self::part(part, min, max, names).ok_or_else(|| {
                invalid(format!(
                    "The {name} \"{part}\" is not valid: use {min} to {max}, a list as 1,2, a range as 1-5, or * for all."
                ))
            })?);
        }
        values.sort_unstable();
        values.dedup();
        Ok(Self { all: values.len() == (max - min + 1) as usize, values })
    }

    /// `*`, `5`, `1-5`, `mon-fri`, each with `/step`.
    fn part(part: &str, min: u32, max: u32, names: &[&str]) -> Option<Vec<u32>> {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<usize>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let value = |text: &str| -> Option<u32> {
            let position = names.iter().position(|name| name.eq_ignore_ascii_case(text));
            let number = match position {
                Some(position) => u32::try_from(position).ok()? + min,
                None => text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())??,
            };
            (min..=max).contains(&number).then_some(number)
        };
        let (first, last) = match range.split_once('-') {
            _ if range == "*" => (min, max),
            Some((first, last)) => (value(first)?, value(last)?),
            None if step > 1 => (value(range)?, max),
            None => (value(range)?, value(range)?),
        };
        (first <= last).then(|| (first..=last).step_by(step).collect())
    }

    /// Counts `modulus` as 0.
    fn wrapped(self, modulus: u32) -> Self {
        let mut values: Vec<u32> = self.values.into_iter().map(|value| value % modulus).collect();
        values.sort_unstable();
        values.dedup();
        Self { all: values.len() == modulus as usize, values }
    }

    fn insist_on_gaps(&self) -> Result<()> {
        let next_hour = self.values.first().map(|first| first + 60);
        let following = self.values.iter().copied().skip(1).chain(next_hour);
        if self.values.iter().zip(following).all(|(minute, next)| next - minute >= SHORTEST) {
            return Ok(());
        }
        Err(invalid(format!("A feed is asked every {SHORTEST} minutes at most; */15 is every quarter of an hour.")))
    }

    fn list(&self, name: impl Fn(u32) -> String) -> String {
        if self.all { "*".to_owned() } else { self.values.iter().map(|v| name(*v)).collect::<Vec<_>>().join(",") }
    }
}

/// POSIX: when both a day of the month and a day of the week are given, either will do.
fn schedules(minutes: &Field, hours: &Field, days: &Field, months: &Field, weekdays: &Field) -> Result<Vec<Schedule>> {
    let number = |value: u32| value.to_string();
    let head = format!("0 {} {}", minutes.list(number), hours.list(number));
    let (day, month) = (days.list(number), months.list(number));
    let weekday = weekdays.list(|value| DAYS[value as usize].to_owned());
    let both = !days.all && !weekdays.all;
    let lines = if both { vec![(day, "*".to_owned()), ("*".to_owned(), weekday)] } else { vec![(day, weekday)] };
    let parsed = lines.iter().map(|(day, weekday)| Schedule::from_str(&format!("{head} {day} {month} {weekday}")));
    parsed.collect::<Result<_, _>>().map_err(|error| invalid(format!("This timetable cannot be read: {error}.")))
}

fn invalid(detail: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::invalid("/cron", "schedule.invalid", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Timetable {
        Timetable::parse(text, chrono_tz::Europe::Amsterdam).unwrap()
    }

    fn upcoming(text: &str, from: &str, count: usize) -> Vec<String> {
        let instants = table(text).upcoming(from.parse().unwrap(), count);
        instants.iter().map(|at| at.format("%a %F %H:%M").to_string()).collect()
    }

    #[test]
    fn days_are_counted_as_in_posix_where_sunday_is_0_or_7() {
        for (text, day) in [("0", "Sun"), ("1", "Mon"), ("5", "Fri"), ("6", "Sat"), ("7", "Sun"), ("thu", "Thu")] {
            let first = &upcoming(&format!("0 12 * * {text}"), "2026-06-01T00:00:00Z", 1)[0];
            assert!(first.starts_with(day), "{text}: {first}");
        }
        assert_eq!(upcoming("0 12 * * 5-7", "2026-06-01T00:00:00Z", 4).concat().matches("Sun").count(), 1);
    }

    #[test]
    fn a_timetable_keeps_to_the_clock_on_the_wall_in_summer_and_winter() {
        assert_eq!(
            upcoming("30 9 * * *", "2026-10-23T12:00:00Z", 3),
            ["Sat 2026-10-24 07:30", "Sun 2026-10-25 08:30", "Mon 2026-10-26 08:30"]
        );
    }

    #[test]
    fn either_day_field_will_do_when_both_are_given() {
        assert_eq!(
            upcoming("0 0 15 * 1", "2026-06-10T00:00:00Z", 3),
            ["Sun 2026-06-14 22:00", "Sun 2026-06-21 22:00", "Sun 2026-06-28 22:00"]
        );
        assert_eq!(upcoming("0 0 17 * 1", "2026-06-15T00:00:00Z", 1), ["Tue 2026-06-16 22:00"]);
    }

    #[test]
    fn a_wrong_timetable_is_refused_with_the_field_that_is_wrong() {
        for (text, word) in [
            ("", "five fields"),
            ("* * * *", "five fields"),
            ("0 0 * * * *", "five fields"),
            ("60 * * * *", "minute"),
            ("0 24 * * *", "hour"),
            ("0 0 0 * *", "day of the month"),
            ("0 0 * 13 *", "month"),
            ("0 0 * * 8", "day of the week"),
            ("0 0 * * fri-mon", "day of the week"),
            ("0/0 * * * *", "minute"),
            ("-5 * * * *", "minute"),
            ("+5 * * * *", "minute"),
            ("0 0 30 2 *", "never"),
            ("* * * * *", "every 5 minutes"),
            ("0,58 * * * *", "every 5 minutes"),
            ("🕘 * * * *", "minute"),
        ] {
            let error = Timetable::parse(text, chrono_tz::UTC).unwrap_err().to_string();
            assert!(error.contains(word), "{text}: {error}");
        }
    }

    #[test]
    fn lists_ranges_and_steps_mean_what_they_mean_everywhere() {
        let day = "2026-06-01T22:00:00Z";
        assert_eq!(
            upcoming("*/30 8-9 * * *", day, 3),
            ["Tue 2026-06-02 06:00", "Tue 2026-06-02 06:30", "Tue 2026-06-02 07:00"]
        );
        assert_eq!(upcoming("10/25 0 * * *", day, 3)[1], "Mon 2026-06-01 22:35");
        assert_eq!(upcoming("0 9 1 JAN,jul *", day, 2), ["Wed 2026-07-01 07:00", "Fri 2027-01-01 08:00"]);
    }
}
