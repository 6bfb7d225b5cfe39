//! Versions of the LinkedIn API as data: which are configured, until when each is served, and which one to ask for.
//! The dates only warn; what is asked for next is decided by what LinkedIn itself called gone.

use std::{fmt, str::FromStr};

use anyhow::{Context, ensure};
use chrono::NaiveDate;

/// The ends that LinkedIn has announced (state of 2026-09-19).
const ENDS: [(&str, (i32, u32, u32)); 5] = [
    ("202609", (2027, 9, 15)),
    ("202603", (2027, 3, 16)),
    ("202601", (2027, 1, 15)),
    ("202511", (2026, 11, 16)),
    ("202510", (2026, 10, 15)),
];

/// The configured versions, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions(Vec<String>);

/// Of a network without versions.
pub static NONE: Versions = Versions(Vec::new());

/// Which version to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As `YYYYMM`.
    pub version: String,
    /// A newer one is configured that LinkedIn has not called gone.
    pub has_newer: bool,
}

impl Choice {
    /// What an answer that it is gone means.
    #[must_use]
    pub fn words(&self) -> String {
        format!("LinkedIn no longer serves version {} of its API", self.version)
    }
}

impl Versions {
    /// The oldest that LinkedIn has not called gone: it is the one that was tried longest. All gone: the newest.
    #[must_use]
    pub fn choose(&self, retired: &[String]) -> Choice {
        let mut living = self.0.iter().filter(|version| !retired.contains(version));
        let oldest = living.next_back().or(self.0.first()).cloned().unwrap_or_default();
        Choice { version: oldest, has_newer: living.next_back().is_some() }
    }

    /// Newest first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// The first day on which LinkedIn may no longer serve a version: announced, or a year after its month, which is the
/// least that LinkedIn promises. True: announced.
#[must_use]
pub fn end_of(version: &str) -> Option<(NaiveDate, bool)> {
    if let Some((_, (year, month, day))) = ENDS.iter().find(|(known, _)| *known == version) {
        return Some((NaiveDate::from_ymd_opt(*year, *month, *day)?, true));
    }
    let (year, month) = parts(version)?;
    Some((NaiveDate::from_ymd_opt(year + 1, month, 1)?, false))
}

fn parts(version: &str) -> Option<(i32, u32)> {
    let is_plain = version.len() == 6 && version.bytes().all(|b| b.is_ascii_digit());
    let (year, month) = version.split_at_checked(4).filter(|_| is_plain)?;
    Some((year.parse().ok()?, month.parse().ok().filter(|month| (1..=12).contains(month))?))
}

impl FromStr for Versions {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let how = "KLAROEN_LINKEDIN_VERSION must look like 202609, or like 202703,202609 with the newest first";
        let versions: Vec<_> = text.split(',').map(|version| version.trim().to_owned()).collect();
        for version in &versions {
            parts(version).context(how)?;
        }
        ensure!(versions.is_sorted_by(|newer, older| newer > older), how);
        Ok(Self(versions))
    }
}

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_version_that_still_works_is_asked_for() {
        let versions: Versions = "202705,202703, 202609".parse().unwrap();
        let choose = |retired: &[&str]| {
            let choice = versions.choose(&retired.iter().map(ToString::to_string).collect::<Vec<_>>());
            (choice.version, choice.has_newer)
        };
        assert_eq!(choose(&[]), ("202609".into(), true));
        assert_eq!(choose(&["202609"]), ("202703".into(), true));
        assert_eq!(choose(&["202609", "202703"]), ("202705".into(), false));
        assert_eq!(choose(&["202703"]), ("202609".into(), true));
        assert_eq!(choose(&["202609", "202703", "202705"]), ("202705".into(), false), "one has to be tried");
        assert!(!"202609".parse::<Versions>().unwrap().choose(&[]).has_newer);
    }

    #[test]
    fn a_version_ends_when_linkedin_says_so_or_a_year_after_its_month() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(end_of("202609"), Some((day(2027, 9, 15), true)));
        assert_eq!(end_of("202612"), Some((day(2027, 12, 1), false)));
        for bad in ["", "2026", "202613", "202600", "2026-9", "+02609", "２０２６０９"] {
            assert_eq!(end_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn settings_are_newest_first() {
        for bad in ["", "202609,", "202609,202703", "202609,202609", "2026-09", "202609;202608"] {
            assert!(bad.parse::<Versions>().is_err(), "{bad}");
        }
        let versions: Versions = "202703,202609".parse().unwrap();
        assert_eq!(versions.to_string(), "202703, 202609");
        assert_eq!(versions.iter().collect::<Vec<_>>(), ["202703", "202609"]);
    }
}
