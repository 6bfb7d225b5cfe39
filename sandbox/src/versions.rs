//! Versions of LinkedIn's API as data: which are served, and from which day each is gone.

use chrono::NaiveDate;

/// A version as `YYYYMM` with the first day on which it is not served any more.
pub type Version = (u32, NaiveDate);

/// What LinkedIn announced: each version lives a year and ends in the middle of its month; there is no 202512.
pub(crate) fn known() -> Vec<Version> {
    let known =
        [202_509, 202_510, 202_511, 202_601, 202_602, 202_603, 202_604, 202_605, 202_606, 202_607, 202_608, 202_609];
    let sunset = |version: u32| {
        let day = if matches!(version, 202_511 | 202_603) { 16 } else { 15 };
        NaiveDate::from_ymd_opt(i32::try_from(version / 100).ok()? + 1, version % 100, day)
    };
    known.into_iter().filter_map(|version| Some((version, sunset(version)?))).collect()
}

/// Whether the text of a header names a version that is served on this day.
pub(crate) fn is_active(asked: &str, today: NaiveDate, versions: &[Version]) -> bool {
    let known = |number: u32| versions.iter().any(|(version, gone)| *version == number && today < *gone);
    asked.len() == 6 && asked.parse().is_ok_and(known)
}

/// A version ends on this day; one that was not known begins now.
pub(crate) fn end(versions: &mut Vec<Version>, version: u32, day: NaiveDate) {
    match versions.iter_mut().find(|(known, _)| *known == version) {
        Some((_, gone)) => *gone = day,
        None => versions.push((version, day)),
    }
    versions.sort_unstable();
}

/// Every version older than `oldest` is gone from this day.
pub(crate) fn serve_from(versions: &mut [Version], oldest: u32, day: NaiveDate) {
    for (_, gone) in versions.iter_mut().filter(|(version, _)| *version < oldest) {
        *gone = day.min(*gone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn versions_end_a_year_later() {
        let versions = known();
        assert_eq!(versions.first(), Some(&(202_509, day(2026, 9, 15))));
        assert_eq!(versions.last(), Some(&(202_609, day(2027, 9, 15))));
        assert!(!versions.iter().any(|(version, _)| *version == 202_512));
    }

    #[test]
    fn a_version_ends_on_its_day() {
        let versions = [(202_509, day(2026, 9, 15))];
        assert!(is_active("202509", day(2026, 9, 14), &versions));
        assert!(!is_active("202509", day(2026, 9, 15), &versions));
        for unknown in ["202512", "20250901", "+02509", "latest"] {
            assert!(!is_active(unknown, day(2026, 9, 1), &versions), "{unknown}");
        }
    }

    #[test]
    fn the_table_changes() {
        let (mut versions, today) = (known(), day(2026, 10, 1));
        end(&mut versions, 202_609, today);
        end(&mut versions, 202_703, day(2028, 3, 15));
        assert!(!is_active("202609", today, &versions) && is_active("202703", today, &versions));
        serve_from(&mut versions, 202_703, today);
        let served: Vec<u32> = versions
            .iter()
            .map(|(version, _)| *version)
            .filter(|v| is_active(&v.to_string(), today, &versions))
            .collect();
        assert_eq!(served, [202_703]);
    }
}
