//! A timetable in words, so that a marketer sees what was understood.

use super::timetable::{Field, Timetable};

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
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
];

/// More clock times than this are told as minutes and hours.
const TIMES: usize = 6;

/// "at 09:00 on Monday and Thursday".
pub(super) fn describe(table: &Timetable) -> String {
    let parts = [times(&table.minutes, &table.hours), days(table), months(&table.months)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn times(minutes: &Field, hours: &Field) -> String {
    let (m, h) = (&minutes.values, &hours.values);
    if m.len() * h.len() <= TIMES {
        let all: Vec<String> = h.iter().flat_map(|h| m.iter().map(move |m| format!("{h:02}:{m:02}"))).collect();
        return format!("at {}", listed(&all));
    }
    let past = match (m.as_slice(), step(m)) {
        ([0], _) => "every hour".to_owned(),
        ([minute], _) => format!("every hour at {minute} past"),
        (_, Some(step)) => format!("every {step} minutes"),
        _ => format!("at {} past every hour", listed(m)),
    };
    match (hours.all, h.first(), h.last()) {
        (false, Some(first), Some(last)) if h.iter().copied().eq(*first..=*last) => {
            format!("{past} from {first:02}:00 to {last:02}:59")
        }
        (false, ..) => format!("{past} in the hours {}", listed(h)),
        _ => past,
    }
}

/// The step of 0, 15, 30, 45.
fn step(minutes: &[u32]) -> Option<u32> {
    let step = *minutes.get(1)?;
    (60 % step == 0 && minutes.iter().copied().eq((0..60).step_by(step as usize))).then_some(step)
}

fn days(Timetable { hours, days, weekdays, .. }: &Timetable) -> String {
    let on_weekdays = match weekdays.values.as_slice() {
        _ if weekdays.all => None,
        [1, 2, 3, 4, 5] => Some("on weekdays".to_owned()),
        [0, 6] => Some("in the weekend".to_owned()),
        some => Some(format!("on {}", listed(&some.iter().map(|day| DAYS[*day as usize]).collect::<Vec<_>>()))),
    };
    let of_month = (!days.all).then(|| {
        let noun = if days.values.len() == 1 { "day" } else { "days" };
        format!("on {noun} {} of the month", listed(&days.values))
    });
    match (of_month, on_weekdays) {
        (Some(a), Some(b)) => format!("{a} and {b}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) if hours.all => String::new(),
        (None, None) => "every day".to_owned(),
    }
}

fn months(months: &Field) -> String {
    if months.all {
        return String::new();
    }
    format!("in {}", listed(&months.values.iter().map(|month| MONTHS[*month as usize - 1]).collect::<Vec<_>>()))
}

/// "a, b and c".
fn listed<T: ToString>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timetable_is_read_back_in_words() {
        for (cron, words) in [
            ("*/15 * * * *", "every 15 minutes"),
            ("0 9 * * 1,4", "at 09:00 on Monday and Thursday"),
            ("30 8,13 * * mon-fri", "at 08:30 and 13:30 on weekdays"),
            ("0 * * * 0,6", "every hour in the weekend"),
            ("5 * * * *", "every hour at 5 past"),
            ("*/30 9-17 * * 1-5", "every 30 minutes from 09:00 to 17:59 on weekdays"),
            ("0,20 1,3,5,7 * * *", "at 0 and 20 past every hour in the hours 1, 3, 5 and 7 every day"),
            ("0 7 1,15 * *", "at 07:00 on days 1 and 15 of the month"),
            ("0 7 1 1 *", "at 07:00 on day 1 of the month in January"),
            ("0 7 13 * 5", "at 07:00 on day 13 of the month and on Friday"),
        ] {
            assert_eq!(Timetable::parse(cron, chrono_tz::UTC).unwrap().words(), words, "{cron}");
        }
    }
}
