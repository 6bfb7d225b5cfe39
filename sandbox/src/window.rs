//! Rate limits in fixed windows of time, as Mastodon and Bluesky count them: everything in a window adds up, and the
//! next window starts at zero.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

/// How many calls fit into how much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Calls (or points) in one window.
    pub calls: u32,
    /// The length of a window.
    pub per: TimeDelta,
}

impl Allowance {
    /// So many calls in so many seconds.
    #[must_use]
    pub fn new(calls: u32, seconds: u32) -> Self {
        Self { calls, per: TimeDelta::seconds(seconds.into()) }
    }
}

/// The counts of everyone.
#[derive(Default)]
pub(crate) struct Windows(HashMap<String, (i64, u32)>);

/// Where a caller stands after a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Standing {
    pub(crate) allowance: Allowance,
    pub(crate) remaining: u32,
    pub(crate) reset: DateTime<Utc>,
    /// The call did not fit and must be refused.
    pub(crate) over: bool,
}

impl Windows {
    /// Counts a call of `who`; one that does not fit costs nothing.
    pub(crate) fn count(&mut self, who: String, cost: u32, allowance: Allowance, now: DateTime<Utc>) -> Standing {
        let length = allowance.per.num_seconds().max(1);
        let window = now.timestamp().div_euclid(length);
        let (counted_in, used) = self.0.entry(who).or_insert((window, 0));
        if *counted_in != window {
            (*counted_in, *used) = (window, 0);
        }
        let over = used.saturating_add(cost) > allowance.calls;
        if !over {
            *used += cost;
        }
        let reset = DateTime::from_timestamp((window + 1) * length, 0).unwrap_or(now);
        Standing { allowance, remaining: allowance.calls.saturating_sub(*used), reset, over }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_fills_and_the_next_one_is_empty() {
        let mut windows = Windows::default();
        let start = DateTime::from_timestamp(1_790_000_100, 0).unwrap();
        let allowance = Allowance::new(2, 300);
        let mut left = |who: &str, at| {
            let standing = windows.count(who.into(), 1, allowance, at);
            (standing.remaining, standing.over)
        };
        assert_eq!(left("a", start), (1, false));
        assert_eq!(left("a", start), (0, false));
        assert_eq!(left("a", start), (0, true));
        assert_eq!(left("b", start), (1, false));
        assert_eq!(left("a", start + TimeDelta::seconds(300)), (1, false));
    }
}
