//! What HR enters to make a program, checked before anything is stored.

use chrono::NaiveDate;

use super::{
    program::WorksCouncil,
    rules::{NewRules, Rules},
    week::Week,
};
use crate::{Error, Fault, Result};

/// A program as HR entered it.
#[derive(Debug, Default)]
pub struct Draft {
    /// 1 to 100 characters.
    pub name: String,
    /// ISO year, 2000 to 2100.
    pub year: i32,
    /// First day; none: the Monday that begins the year's first week.
    pub starts_on: Option<NaiveDate>,
    /// Last day; none: the Sunday that ends the year's last week.
    pub ends_on: Option<NaiveDate>,
    /// What earns the reward.
    pub rules: NewRules,
    /// None: nobody can join yet.
    pub works_council: Option<WorksCouncil>,
}

/// A program to be made; parsed, so it is valid.
#[derive(Debug)]
pub struct NewProgram {
    pub(super) name: String,
    pub(super) year: i32,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    pub(super) rules: Rules,
    pub(super) works_council: Option<WorksCouncil>,
}

impl Draft {
    /// Checks what HR entered.
    ///
    /// # Errors
    /// All faults at once, each with its field.
    pub fn check(self, today: NaiveDate) -> Result<NewProgram> {
        let mut faults = vec![];
        let name = line(&self.name, 100).unwrap_or_else(|| {
            let detail = "Give the program a name of 1 to 100 characters.";
            faults.push(Fault::new("/name", "name.invalid", detail));
            String::new()
        });
        let (starts_on, ends_on) = period(self.year, self.starts_on, self.ends_on).unwrap_or_else(|fault| {
            faults.push(fault);
            (NaiveDate::MIN, NaiveDate::MAX)
        });
        let rules = self.rules.check(&mut faults);
        let works_council = self.works_council.map(|decision| decision.check(today, &mut faults));
        if faults.is_empty() {
            Ok(NewProgram { name, year: self.year, starts_on, ends_on, rules, works_council })
        } else {
            Err(Error::Invalid(faults))
        }
    }
}

fn period(year: i32, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<(NaiveDate, NaiveDate), Fault> {
    let weeks = Week::all_of(year);
    let Some((first, last)) = weeks.clone().next().zip(weeks.last()) else {
        let detail = "Choose a year from 2000 to 2100.";
        return Err(Fault::new("/year", "year.invalid", detail));
    };
    let (first, last) = (first.first_day(), last.last_day());
    let (from, to) = (from.unwrap_or(first), to.unwrap_or(last));
    if first <= from && from < to && to <= last {
        return Ok((from, to));
    }
    let detail = format!("Choose a period between {first} and {last}, the days of the weeks of {year}.");
    Err(Fault::new("/starts_on", "period.invalid", detail))
}

impl WorksCouncil {
    /// The decision as it is stored; adds a fault for each field that is wrong.
    pub(super) fn check(self, today: NaiveDate, faults: &mut Vec<Fault>) -> Self {
        let reference = line(&self.reference, 200).unwrap_or_else(|| {
            let detail = "Say where the decision can be found, in 1 to 200 characters.";
            faults.push(Fault::new("/works_council/reference", "reference.invalid", detail));
            String::new()
        });
        // Somewhere on Earth it is already tomorrow.
        if Some(self.decided_on) > today.succ_opt() {
            let detail = "Enter the day on which the works council decided; it cannot lie in the future.";
            faults.push(Fault::new("/works_council/decided_on", "date.in_future", detail));
        }
        Self { reference, ..self }
    }
}

fn line(text: &str, longest: usize) -> Option<String> {
    let text = text.trim();
    ((1..=longest).contains(&text.chars().count()) && !text.contains(char::is_control)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_program_runs_from_the_first_monday_to_the_last_sunday_of_the_iso_year() {
        let draft = Draft { name: " Bonus 2026 ".into(), year: 2026, ..Draft::default() };
        let new = draft.check(day("2026-06-01")).unwrap();
        assert_eq!((new.starts_on, new.ends_on), (day("2025-12-29"), day("2027-01-03")));
        assert_eq!((new.name.as_str(), new.rules), ("Bonus 2026", Rules::default()));
    }

    #[test]
    fn every_fault_is_named_with_its_field() {
        let council = |decided_on, reference: &str| Some(WorksCouncil { decided_on, reference: reference.into() });
        let good = || Draft { name: "Bonus".into(), year: 2026, ..Draft::default() };
        let cases = [
            (Draft { name: " ".into(), ..good() }, "/name"),
            (Draft { name: "x".repeat(101), ..good() }, "/name"),
            (Draft { year: 1999, ..good() }, "/year"),
            (Draft { year: i32::MAX, ..good() }, "/year"),
            (Draft { starts_on: Some(day("2025-12-28")), ..good() }, "/starts_on"),
            (Draft { ends_on: Some(day("2027-01-04")), ..good() }, "/starts_on"),
            (Draft { starts_on: Some(day("2026-07-01")), ends_on: Some(day("2026-06-30")), ..good() }, "/starts_on"),
            (Draft { works_council: council(day("2026-06-03"), "OR 14"), ..good() }, "/works_council/decided_on"),
            (Draft { works_council: council(day("2026-05-01"), "\n"), ..good() }, "/works_council/reference"),
        ];
        for (draft, pointer) in cases {
            let what = format!("{draft:?}");
            let Err(Error::Invalid(faults)) = draft.check(day("2026-06-01")) else { panic!("{what} passed") };
            assert_eq!(faults.iter().map(|fault| &*fault.pointer).collect::<Vec<_>>(), [pointer], "{what}");
        }
    }
}
