//! ISO weeks: Monday to Sunday, numbered within the year that holds their Thursday.
//! In which week an instant falls depends on the time zone of the person who shared.

use std::{fmt, ops::RangeInclusive};

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

/// One ISO week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    year: i32,
    week: u32,
}

impl Week {
    /// The week in which an instant falls for somebody living in `zone`.
    #[must_use]
    pub fn of(at: DateTime<Utc>, zone: Tz) -> Self {
        Self::containing(at.with_timezone(&zone).date_naive())
    }

    /// The week of a day.
    #[must_use]
    pub fn containing(day: NaiveDate) -> Self {
        let week = day.iso_week();
        Self { year: week.year(), week: week.week() }
    }

    /// The weeks of an ISO year, in order: 52 or 53; none for a year that is not among `YEARS`.
    #[must_use]
    pub fn all_of(year: i32) -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator + Clone {
        // 28 December is always in the last week.
        let day = NaiveDate::from_ymd_opt(year, 12, 28).filter(|_| YEARS.contains(&year));
        let last = day.map_or(0, |day| day.iso_week().week());
        (0..last).map(move |before| Self { year, week: before + 1 })
    }

    /// The ISO year, which begins up to three days before or after 1 January.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1 to 53.
    #[must_use]
    pub fn number(self) -> u32 {
        self.week
    }

    /// Its Monday.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_isoywd_opt(self.year, self.week, Weekday::Mon).unwrap_or(NaiveDate::MIN)
    }

    /// Its Sunday.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.first_day().checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX)
    }
}

/// As in `2026-W48`.
impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.week)
    }
}

/// The years that can have weeks here; enough for everybody and small enough for every date format.
pub const YEARS: RangeInclusive<i32> = 2000..=2100;

/// Number of the current week for somebody living in `zone`, if it lies in this ISO year.
#[must_use]
pub fn this_week(now: DateTime<Utc>, zone: Tz, year: i32) -> Option<u32> {
    Some(Week::of(now, zone)).filter(|week| week.year() == year).map(Week::number)
}

/// The zone with this IANA name; UTC when there is none, since a name that was valid once must not stop the count.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn week_of(at: &str, zone: Tz) -> String {
        Week::of(at.parse().unwrap(), zone).to_string()
    }

    #[test]
    fn r9_the_vectors_of_amsterdam() {
        let vectors = [
            ("2026-12-27T22:59:59Z", "2026-W52"),
            ("2026-12-27T23:00:00Z", "2026-W53"),
            ("2027-01-03T22:59:59Z", "2026-W53"),
            ("2027-01-03T23:00:00Z", "2027-W01"),
            ("2024-12-29T23:00:00Z", "2025-W01"),
            ("2026-03-29T21:59:59Z", "2026-W13"),
            ("2026-03-29T22:00:00Z", "2026-W14"),
            ("2026-10-25T00:30:00Z", "2026-W43"),
            ("2026-10-25T01:30:00Z", "2026-W43"),
        ];
        for (at, week) in vectors {
            assert_eq!(week_of(at, Tz::Europe__Amsterdam), week, "{at}");
        }
        assert_eq!(week_of("2026-12-27T23:00:00Z", Tz::UTC), "2026-W52");
        let local = |at: &str| at.parse::<DateTime<Utc>>().unwrap().with_timezone(&Tz::Europe__Amsterdam).time();
        assert_eq!(local("2026-10-25T00:30:00Z"), local("2026-10-25T01:30:00Z"), "02:30 comes twice that night");
    }

    #[test]
    fn r9_the_weeks_of_the_clock_change_have_167_and_169_hours() {
        let hours = |number: u32| {
            let start = "2026-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
            let in_week = |hour: &i64| {
                let week = Week::of(start + Duration::hours(*hour), Tz::Europe__Amsterdam);
                (week.year(), week.number()) == (2026, number)
            };
            (0..366 * 24).filter(in_week).count()
        };
        assert_eq!((hours(12), hours(13), hours(43)), (168, 167, 169));
    }

    #[test]
    fn r9_long_years_have_53_weeks() {
        let long: Vec<_> = (2020..=2040).filter(|year| Week::all_of(*year).len() == 53).collect();
        assert_eq!(long, [2020, 2026, 2032, 2037]);
        assert_eq!(Week::all_of(2026).next().unwrap().first_day(), NaiveDate::from_ymd_opt(2025, 12, 29).unwrap());
        assert_eq!(Week::all_of(2026).next_back().unwrap().last_day(), NaiveDate::from_ymd_opt(2027, 1, 3).unwrap());
        assert_eq!([1999, 2101, i32::MAX].map(|year| Week::all_of(year).len()), [0, 0, 0]);
    }

    #[test]
    fn r9_agrees_with_the_zone_tables_of_python() {
        let mut checked = 0;
        for line in include_str!("testdata/weeks.csv").lines().skip(1) {
            let [seconds, zone, week] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let at = DateTime::from_timestamp(seconds.parse().unwrap(), 0).unwrap();
            assert_eq!(Week::of(at, zone.parse().unwrap()).to_string(), week, "{line}");
            checked += 1;
        }
        assert!(checked > 3000, "only {checked} vectors");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100_000, ..ProptestConfig::default() })]

        #[test]
        fn r9_every_instant_is_in_exactly_one_week(
            seconds in 946_944_000_i64..4_102_444_800, // 4 January 2000 to the year 2100
            zone in 0..chrono_tz::TZ_VARIANTS.len(),
        ) {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let week = Week::of(at, zone);
            let day = at.with_timezone(&zone).date_naive();
            prop_assert!(week.first_day() <= day && day <= week.last_day());
            prop_assert_eq!(Week::all_of(week.year()).nth(week.number() as usize - 1), Some(week));
            let next = Week::containing(week.last_day().succ_opt().unwrap());
            prop_assert!(next > week && next.first_day() == week.last_day().succ_opt().unwrap());
        }
    }
}
