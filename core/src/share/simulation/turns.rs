//! Whether shares took turns, as the ledgers of the practice networks tell it. Of two sends through one account:
//! 1. The later one begins, in true time, when the worker of the earlier one waits for an answer no more: it had one,
//!    gave up, or is dead.
//! 2. If the earlier one became a post, the later one begins `SPACING` or more after that, each of the two times read from
//!    the clock of the worker that sent it. A worker measures by no other clock, so that in true time it may be less by
//!    as much as the two clocks differ. A post that came when its worker waited no more counts from when that ended: nobody
//!    could know that it was still to come.

use chrono::{DateTime, Utc};

use super::practice::{Practice, Sending};
use crate::share::SPACING;

/// The sends that did not wait for their turn, in words.
pub(super) fn bursts(practice: &Practice) -> Vec<String> {
    let sends = practice.sends();
    let pairs = sends.iter().enumerate().flat_map(|(number, earlier)| {
        let later = sends[number + 1..].iter().filter(|later| later.whose == earlier.whose);
        later.map(move |later| (earlier, later))
    });
    let burst = |(earlier, later)| Some(format!("{}: {earlier:?} {later:?}", breach(earlier, later)?));
    pairs.filter_map(burst).collect()
}

fn breach(earlier: &Sending, later: &Sending) -> Option<&'static str> {
    let end = earlier.until.unwrap_or(DateTime::<Utc>::MAX_UTC);
    if later.from < end {
        return Some("two are under way at the same time");
    }
    let out = earlier.accepted_at?.min(end);
    (later.from + later.ahead < out + earlier.ahead + SPACING).then_some("one follows too soon")
}
