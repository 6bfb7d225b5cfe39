//! When a feed is looked at next. Usually every quarter of an hour; after errors less and less often, but never
//! "never": a feed that was given up is the top complaint about other readers.

use std::time::SystemTime;

use chrono::{DateTime, Duration, Utc};

use super::timetable::Timetable;

/// The usual time between two polls.
pub const INTERVAL: Duration = Duration::minutes(15);
/// The longest time between two polls of a feed with errors.
const LONGEST: Duration = Duration::days(1);
/// A server that asks for patience is believed within these limits.
const PATIENCE: (Duration, Duration) = (Duration::minutes(5), Duration::hours(24));

/// The next poll after a good one. `jitter` in 0.0..1.0 spreads feeds that started together; a timetable is exact.
#[must_use]
pub fn after_success(timetable: Option<&Timetable>, now: DateTime<Utc>, jitter: f64) -> DateTime<Utc> {
    match timetable.and_then(|timetable| timetable.next(now)) {
        Some(next) => next,
        None => now + spread(INTERVAL, jitter),
    }
}

/// The next poll after the `errors`-th error in a row. `retry_after` is the server's header.
#[must_use]
pub fn after_error(errors: i32, retry_after: Option<&str>, now: DateTime<Utc>, jitter: f64) -> DateTime<Utc> {
    if let Some(patience) = retry_after.and_then(|text| parse_retry_after(text, now)) {
        return now + patience;
    }
    let doublings = u32::try_from(errors.clamp(1, 8) - 1).unwrap_or(0);
    now + spread((INTERVAL * 2_i32.pow(doublings)).min(LONGEST), jitter)
}

/// Ten percent more or less.
fn spread(interval: Duration, jitter: f64) -> Duration {
    let tenth = interval / 10;
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "milliseconds of a day fit")]
    let part = (tenth.num_milliseconds() as f64 * 2.0 * jitter) as i64;
    interval - tenth + Duration::milliseconds(part)
}

/// Seconds or a date, brought within bounds.
fn parse_retry_after(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    let text = text.trim();
    let asked = match text.parse::<u32>() {
        Ok(seconds) => Duration::seconds(i64::from(seconds)),
        Err(_) => DateTime::<Utc>::from(httpdate::parse_http_date(text).ok()? as SystemTime) - now,
    };
    Some(asked.clamp(PATIENCE.0, PATIENCE.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_poll_is_a_quarter_of_an_hour_away_give_or_take_ten_percent() {
        let now = at("2026-03-02T10:00:00Z");
        assert_eq!(after_success(None, now, 0.0), now + Duration::seconds(810));
        assert_eq!(after_success(None, now, 0.5), now + Duration::minutes(15));
        assert!(after_success(None, now, 0.999) < now + Duration::seconds(990));
    }

    #[test]
    fn errors_double_the_time_up_to_a_day_and_never_stop() {
        let now = at("2026-03-02T10:00:00Z");
        let minutes: Vec<i64> =
            [1, 2, 3, 4, 7, 8, 1_000_000].map(|n| (after_error(n, None, now, 0.5) - now).num_minutes()).to_vec();
        assert_eq!(minutes, [15, 30, 60, 120, 960, 1440, 1440]);
    }

    #[test]
    fn a_server_that_asks_for_patience_gets_five_minutes_to_a_day() {
        let now = at("2026-03-02T10:00:00Z");
        let wait = |text| (after_error(1, Some(text), now, 0.5) - now).num_seconds();
        assert_eq!(wait("600"), 600);
        assert_eq!(wait("1"), 300);
        assert_eq!(wait("99999999"), 86_400);
        assert_eq!(wait("Mon, 02 Mar 2026 11:00:00 GMT"), 3600);
        assert_eq!(wait("Mon, 02 Mar 2020 11:00:00 GMT"), 300);
        assert_eq!(wait("soon"), 900, "nonsense is ignored");
    }
}
