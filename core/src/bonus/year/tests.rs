//! The tables that say what a week is and how a person stands.

use super::*;
use crate::{bonus::program::WorksCouncil, id::ProgramId};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A program of 2026 that begins with July.
fn program(rules: Rules) -> Program {
    Program {
        id: ProgramId::new(),
        name: "Bonus".into(),
        year: 2026,
        starts_on: day("2026-07-01"),
        ends_on: day("2027-01-03"),
        works_council: Some(WorksCouncil { decided_on: day("2026-05-01"), reference: "OR 14".into() }),
        version: 1,
        rules,
    }
}

fn week(number: usize) -> Week {
    Week::all_of(2026).nth(number - 1).unwrap()
}

const NOTHING: Tally = Tally { counted: 0, granted: false, neutral: false };

#[test]
fn a_week_is_what_its_entries_and_the_calendar_say() {
    use WeekState::{Future, Met, Missed, Neutral, Open, Outside};
    let one = Tally { counted: 1, ..NOTHING };
    let granted = Tally { granted: true, ..NOTHING };
    let neutral = Tally { neutral: true, ..NOTHING };
    let both = Tally { counted: 1, neutral: true, ..NOTHING };
    let program = program(Rules::default());
    // 1 July 2026 is the Wednesday of week 27, so week 28 is the first whole one. Today is in week 40.
    let today = day("2026-10-01");
    let cases = [
        (26, one, Outside),
        (27, one, Outside),
        (28, NOTHING, Missed),
        (28, one, Met),
        (39, neutral, Neutral),
        (39, both, Met),
        (39, granted, Met),
        (40, NOTHING, Open),
        (40, neutral, Neutral),
        (40, one, Met),
        (41, NOTHING, Future),
        (41, neutral, Neutral),
        (41, granted, Met),
        (53, NOTHING, Future),
    ];
    for (number, tally, state) in cases {
        assert_eq!(WeekState::of(Some(&program), week(number), tally, today), state, "week {number}, {tally:?}");
    }
    let alone = [(39, NOTHING, Outside), (39, one, Met), (40, NOTHING, Open), (40, one, Met), (41, NOTHING, Future)];
    for (number, tally, state) in alone {
        assert_eq!(WeekState::of(None, week(number), tally, today), state, "no program, week {number}, {tally:?}");
    }
}

#[test]
fn a_week_needs_as_many_shares_as_the_rules_say() {
    let program = program(Rules { min_per_week: 2, ..Rules::default() });
    let at = |counted, granted| {
        let tally = Tally { counted, granted, neutral: false };
        WeekState::of(Some(&program), week(30), tally, day("2026-10-01"))
    };
    assert_eq!([at(1, false), at(2, false), at(3, false), at(0, true)], {
        use WeekState::{Met, Missed};
        [Missed, Met, Met, Met]
    });
}

/// Weeks as letters.
fn weeks(letters: &str) -> Vec<WeekState> {
    use WeekState::{Future, Met, Missed, Neutral, Open, Outside};
    let state =
        |letter| [Met, Open, Missed, Future, Neutral, Outside].into_iter().find(|state| state.letter() == letter);
    letters.chars().map(|letter| state(letter).unwrap()).collect()
}

#[test]
fn the_standing_follows_from_the_weeks_and_the_strictness() {
    use Standing::{AtRisk, CannotReach, Met, OnCourse};
    use Strictness::{AllowedMisses, EveryWeek, ProRata};
    let (thursday, friday) = (day("2026-10-01"), day("2026-10-02"));
    let cases = [
        (EveryWeek, "--mmmof", thursday, OnCourse),
        (EveryWeek, "--mmmof", friday, AtRisk),
        (EveryWeek, "--mmmmf", friday, OnCourse),
        (EveryWeek, "--mxmof", thursday, CannotReach),
        (EveryWeek, "--mnmnm", friday, Met),
        (EveryWeek, "--mnmno", friday, AtRisk),
        (EveryWeek, "mmmmmmx", friday, CannotReach),
        (EveryWeek, "nnnn---", friday, Met),
        (AllowedMisses, "mmmof", thursday, OnCourse),
        (AllowedMisses, "mmxof", friday, AtRisk),
        (AllowedMisses, "mmxof", thursday, OnCourse),
        (AllowedMisses, "mmmoff", friday, OnCourse),
        (AllowedMisses, "mmmmf", friday, Met),
        (AllowedMisses, "mxmmm", friday, Met),
        (AllowedMisses, "mxxmf", friday, CannotReach),
        (ProRata, "mmmof", friday, OnCourse),
        (ProRata, "mxmof", thursday, AtRisk),
        (ProRata, "mxmmx", thursday, Met),
        (ProRata, "xxxof", thursday, AtRisk),
        (ProRata, "xxxxx", thursday, CannotReach),
        (ProRata, "nnnnn", thursday, Met),
    ];
    for (strictness, letters, today, standing) in cases {
        let rules = Rules { strictness, allowed_misses: 1, ..Rules::default() };
        let sum = Sum::of(&weeks(letters));
        assert_eq!(Standing::of(&rules, sum, today), standing, "{strictness:?} {letters} {today}");
    }
}

#[test]
fn neutral_weeks_and_weeks_outside_are_not_asked_for() {
    let sum = Sum::of(&weeks("--mnxof"));
    assert_eq!(sum, Sum { met: 1, missed: 1, left: 2, is_open: true });
    assert_eq!(sum.asked(), 4);
}
