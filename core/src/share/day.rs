//! The day on which somebody says that they shared: recent, not to come, and a moment of it that decides the week.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::{Error, Result};

/// Nobody remembers longer for sure.
const LONGEST_AGO: u64 = 14;

/// The instant for which a day stands: now if it is today, else its noon where the person lives.
///
/// # Errors
/// `day.out_of_reach` when it is still to come or too long ago.
pub(super) fn instant_of(day: NaiveDate, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>> {
    let today = now.with_timezone(&zone).date_naive();
    if day == today {
        return Ok(now);
    }
    if day > today || today.checked_sub_days(Days::new(LONGEST_AGO)).is_some_and(|first| day < first) {
        let words = format!("Choose a day of the last {LONGEST_AGO} days.");
        return Err(Error::invalid("/shared_on", "day.out_of_reach", words));
    }
    let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default());
    Ok(zone.from_local_datetime(&noon).earliest().map_or_else(|| noon.and_utc(), |local| local.to_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bonus::week::Week;

    #[test]
    fn a_day_stands_for_a_moment_in_its_own_week() {
        let zones = [("Europe/Amsterdam", 48), ("Pacific/Kiritimati", 48), ("Pacific/Pago_Pago", 47)];
        for (zone, this_week) in zones {
            let zone: Tz = zone.parse().unwrap();
            // Sunday evening in Pago Pago, Monday elsewhere.
            let now = DateTime::parse_from_rfc3339("2026-11-23T02:00:00Z").unwrap().to_utc();
            let today = now.with_timezone(&zone).date_naive();
            assert_eq!(Week::of(now, zone).number(), this_week);
            assert_eq!(instant_of(today, now, zone).unwrap(), now);
            for ago in 1..=14 {
                let day = today - Days::new(ago);
                let at = instant_of(day, now, zone).unwrap();
                assert_eq!(at.with_timezone(&zone).date_naive(), day);
                assert_eq!(Week::of(at, zone), Week::containing(day));
            }
            for day in [today + Days::new(1), today - Days::new(15), NaiveDate::MIN, NaiveDate::MAX] {
                assert!(instant_of(day, now, zone).is_err(), "{day}");
            }
        }
    }
}
