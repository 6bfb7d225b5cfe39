//! How long a share has to stay: one that its person takes back within a day counts no longer. Pure.

use chrono::{DateTime, Duration, Utc};

use super::ledger::Entered;

/// A share that stays this long keeps counting, whatever becomes of it later.
pub const LEAST: Duration = Duration::hours(24);

/// True when a share was taken back too early to count. What the company asked for never costs anything.
#[must_use]
pub fn is_lost(published_at: DateTime<Utc>, removed_at: Option<DateTime<Utc>>, on_request: bool) -> bool {
    !on_request && removed_at.is_some_and(|at| at < published_at + LEAST)
}

/// What counting enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// It counts.
    Count,
    /// It counts no longer.
    Reverse,
    /// What is entered is right.
    Leave,
}

/// What counting enters for a share in a program that would count it or not.
pub(super) fn deed(entered: Entered, counts: bool, is_lost: bool) -> Deed {
    match (entered, is_lost) {
        (Entered::Nothing, false) if counts => Deed::Count,
        (Entered::Counted, true) => Deed::Reverse,
        _ => Deed::Leave,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_decides_and_a_request_costs_nothing() {
        let published = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let after = |seconds| Some(published + Duration::seconds(seconds));
        for (removed_at, on_request, lost) in [
            (None, false, false),
            (after(0), false, true),
            (after(86_399), false, true),
            (after(86_400), false, false),
            (after(86_399), true, false),
            (after(-1), false, true),
        ] {
            assert_eq!(is_lost(published, removed_at, on_request), lost, "{removed_at:?} {on_request}");
        }
    }

    #[test]
    fn every_entry_with_every_fact() {
        use Entered::{Counted, Nothing, Reversed};
        for (entered, counts, is_lost, expected) in [
            (Nothing, true, false, Deed::Count),
            (Nothing, true, true, Deed::Leave),
            (Nothing, false, false, Deed::Leave),
            (Nothing, false, true, Deed::Leave),
            (Counted, true, false, Deed::Leave),
            (Counted, true, true, Deed::Reverse),
            (Counted, false, false, Deed::Leave),
            (Counted, false, true, Deed::Reverse),
            (Reversed, true, false, Deed::Leave),
            (Reversed, true, true, Deed::Leave),
            (Reversed, false, false, Deed::Leave),
            (Reversed, false, true, Deed::Leave),
        ] {
            assert_eq!(deed(entered, counts, is_lost), expected, "{entered:?} {counts} {is_lost}");
        }
    }
}
