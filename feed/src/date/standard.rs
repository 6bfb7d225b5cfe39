//! The two forms that nearly all feeds write, `Mon, 01 Jun 2026 10:00:00 +0200` and `2026-06-01T10:00:00Z`, read without
//! looking for anything else. Whatever differs by a letter is left to the patient reader.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

const WEEKDAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
const MONTHS: [&[u8]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

pub(super) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let text = text.as_bytes();
    let (year, month, day, clock, zone) = match text {
        [_, _, _, _, b'-', _, _, b'-', _, _, b'T', _, _, b':', _, _, b':', _, _, zone @ ..] => {
            let zone = match zone {
                b"Z" => (b'+', 0, 0),
                [sign @ (b'+' | b'-'), _, _, b':', _, _] => (*sign, number(&zone[1..3])?, number(&zone[4..])?),
                _ => return None,
            };
            (number(&text[..4])?, number(&text[5..7])?, number(&text[8..10])?, &text[11..19], zone)
        }
        [
            _,
            _,
            _,
            b',',
            b' ',
            _,
            _,
            b' ',
            _,
            _,
            _,
            b' ',
            _,
            _,
            _,
            _,
            b' ',
            _,
            _,
            b':',
            _,
            _,
            b':',
            _,
            _,
            b' ',
            zone @ ..,
        ] if WEEKDAYS.contains(&&text[..3]) => {
            let zone = match zone {
                b"GMT" => (b'+', 0, 0),
                [sign @ (b'+' | b'-'), _, _, _, _] => (*sign, number(&zone[1..3])?, number(&zone[3..])?),
                _ => return None,
            };
            let month = MONTHS.iter().position(|month| *month == &text[8..11])?;
            (number(&text[12..16])?, u32::try_from(month).ok()? + 1, number(&text[5..7])?, &text[17..25], zone)
        }
        _ => return None,
    };
    let (sign, hours, minutes) = zone;
    // Years of fewer digits, 24:00, leap seconds and impossible zones mean what the patient reader says.
    if year < 1000 || hours > 14 || minutes > 59 {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let local = date.and_hms_opt(number(&clock[..2])?, number(&clock[3..5])?, number(&clock[6..])?)?.and_utc();
    let offset = TimeDelta::seconds(i64::from(hours * 3600 + minutes * 60));
    if sign == b'+' { local.checked_sub_signed(offset) } else { local.checked_add_signed(offset) }
}

/// A number of nothing but digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_standard_forms_are_read() {
        for text in [
            "Mon, 01 Jun 2026 10:00:00 GMT",
            "Mon, 01 Jun 2026 12:00:00 +0200",
            "2026-06-01T10:00:00Z",
            "2026-06-01T04:30:00-05:30",
        ] {
            assert_eq!(parse(text).map(|date| date.timestamp()), Some(1_780_308_000), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_patient_reader_says_the_same(
            iso in any::<bool>(),
            weekday in "Mon|Tue|Wed|Thu|Fri|Sat|Sun|Mar",
            month in "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mai",
            date in (0..2200_u32, 0..14_u32, 0..33_u32),
            clock in (0..26_u32, 0..62_u32, 0..62_u32),
            zone in "Z|GMT|[+-](0[0-9]|1[0-6]):?[0-6][0-9]",
        ) {
            let (year, number, day) = date;
            let (hour, minute, second) = clock;
            let text = if iso {
                format!("{year:04}-{number:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
            } else {
                format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} {zone}")
            };
            if let Some(instant) = parse(&text) {
                prop_assert_eq!(Some(instant), crate::date::patient(&text), "{}", text);
            }
        }
    }
}
