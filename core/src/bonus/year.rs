//! A year as boxes: what each week is for one person, and how the person stands by the program's rules.
//! Pure decisions; the day that counts as today is the person's own.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    program::Program,
    rules::{Rules, Strictness},
    tally::Tally,
    week::Week,
};

/// What a week is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WeekState {
    /// Enough was shared, or a person decided so.
    Met,
    /// This week, not yet met.
    Open,
    /// Over, and not met.
    Missed,
    /// Still to come.
    Future,
    /// Asks nothing, as during leave.
    Neutral,
    /// No program asks for it.
    Outside,
}

/// Why a week is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Enough was shared, or a person decided so.
    Met,
    /// Not enough was shared so far, and the week is not over.
    NoneYet,
    /// Not enough was shared.
    None,
    /// Still to come.
    Future,
    /// Leave, sickness or a public holiday.
    Neutral,
    /// The week lies outside the program.
    BeforeProgram,
}

/// How a person stands in a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Everything can still be met, and nothing presses.
    OnCourse,
    /// This week is open, ends soon, and missing it would cost the reward; or, pro rata, part of it is lost.
    AtRisk,
    /// The reward can no longer be earned.
    CannotReach,
    /// The reward is earned.
    Met,
}

impl WeekState {
    /// What the week is. Without a program one share meets a week and nothing can be missed.
    #[must_use]
    pub fn of(program: Option<&Program>, week: Week, tally: Tally, today: NaiveDate) -> Self {
        let needed = program.map_or(1, |program| i64::from(program.rules.min_per_week));
        let is_covered = program.is_some_and(|program| program.covers(week));
        let is_met = tally.granted || tally.counted >= needed;
        match Week::containing(today) {
            _ if program.is_some() && !is_covered => Self::Outside,
            _ if is_met => Self::Met,
            _ if tally.neutral => Self::Neutral,
            now if week > now => Self::Future,
            now if week == now => Self::Open,
            _ if is_covered => Self::Missed,
            _ => Self::Outside,
        }
    }

    /// The reason in one code.
    #[must_use]
    pub fn why(self) -> Why {
        match self {
            Self::Met => Why::Met,
            Self::Open => Why::NoneYet,
            Self::Missed => Why::None,
            Self::Future => Why::Future,
            Self::Neutral => Why::Neutral,
            Self::Outside => Why::BeforeProgram,
        }
    }

    /// One letter, for a whole year in a string.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Met => 'm',
            Self::Open => 'o',
            Self::Missed => 'x',
            Self::Future => 'f',
            Self::Neutral => 'n',
            Self::Outside => '-',
        }
    }

    /// The word of the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Open => "open",
            Self::Missed => "missed",
            Self::Future => "future",
            Self::Neutral => "neutral",
            Self::Outside => "outside",
        }
    }
}

/// How many weeks of a year are what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Weeks that are met.
    pub met: usize,
    /// Weeks that are over and not met.
    pub missed: usize,
    /// Weeks that can still be met: this one and those to come.
    pub left: usize,
    /// True when this week is not yet met.
    pub is_open: bool,
}

impl Sum {
    /// Counts the weeks.
    #[must_use]
    pub fn of(weeks: &[WeekState]) -> Self {
        let count = |state| weeks.iter().filter(|week| **week == state).count();
        let open = count(WeekState::Open);
        Self {
            met: count(WeekState::Met),
            missed: count(WeekState::Missed),
            left: open + count(WeekState::Future),
            is_open: open > 0,
        }
    }

    /// Weeks that the program asks for: neither neutral nor outside.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.met + self.missed + self.left
    }
}

impl Standing {
    /// How somebody with these weeks stands.
    #[must_use]
    pub fn of(rules: &Rules, sum: Sum, today: NaiveDate) -> Self {
        let Sum { met, missed, left, is_open } = sum;
        if rules.strictness == Strictness::ProRata {
            return match (met, missed, left) {
                (0, 1.., 0) => Self::CannotReach,
                (_, _, 0) => Self::Met,
                (_, 0, _) => Self::OnCourse,
                _ => Self::AtRisk,
            };
        }
        let allowance = rules.allowance();
        // From Friday on there is little of the week left.
        let is_late = today.weekday().num_days_from_monday() >= 4;
        if missed > allowance {
            Self::CannotReach
        } else if met + allowance >= sum.asked() {
            Self::Met
        } else if is_open && is_late && missed == allowance {
            Self::AtRisk
        } else {
            Self::OnCourse
        }
    }

    /// The word of the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OnCourse => "on_course",
            Self::AtRisk => "at_risk",
            Self::CannotReach => "cannot_reach",
            Self::Met => "met",
        }
    }
}

#[cfg(test)]
mod tests;
