//! What one expression may cost over all items of one document. An evaluation cannot be interrupted, so the slowest so far
//! is expected of the next.

use std::cell::{Cell, OnceCell};
use std::time::{Duration, Instant};

use crate::stopwatch::Stopwatch;

/// Time that an expression took, by the clock on the wall, which costs nothing to ask.
#[derive(Debug, Default)]
pub(super) struct Budget {
    spent: Cell<Duration>,
    slowest: Cell<Duration>,
    granted: Cell<Duration>,
}

impl Budget {
    /// Whether one more evaluation may be expected to stay within the limit of processor time; `share` tells how much of a
    /// processor the evaluations got, and is only asked when they seem to take too long.
    pub(super) fn allows(&self, limit: Duration, share: impl FnOnce() -> f64) -> bool {
        let expected = self.spent.get() + self.slowest.get();
        if expected > limit.max(self.granted.get()) {
            self.granted.set(limit.div_f64(share()));
        }
        expected <= limit.max(self.granted.get())
    }

    pub(super) fn spend(&self, took: Duration) {
        self.spent.set(self.spent.get() + took);
        self.slowest.set(self.slowest.get().max(took));
    }
}

/// How much of a processor this thread gets; the rest of the time is not the expression's fault.
#[derive(Default)]
pub(super) struct Share(OnceCell<(Instant, Stopwatch)>);

impl Share {
    /// From now on, or since the first call.
    pub(super) fn watch(&self) {
        self.0.get_or_init(|| (Instant::now(), Stopwatch::start()));
    }

    /// More than nothing, at most 1.
    pub(super) fn get(&self) -> f64 {
        let Some((started, stopwatch)) = self.0.get() else { return 1.0 };
        let had = stopwatch.elapsed().as_secs_f64();
        (had / started.elapsed().as_secs_f64()).clamp(0.01, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_millis(200);

    fn spent(evaluations: u32, milliseconds: u64) -> Budget {
        let budget = Budget::default();
        (0..evaluations).for_each(|_| budget.spend(Duration::from_millis(milliseconds)));
        budget
    }

    #[test]
    fn the_slowest_evaluation_is_expected_of_the_next() {
        for (budget, allowed) in
            [(spent(0, 0), true), (spent(19, 10), true), (spent(20, 10), false), (spent(1, 150), false)]
        {
            assert_eq!(budget.allows(LIMIT, || 1.0), allowed, "{budget:?}");
        }
    }

    #[test]
    fn time_without_a_processor_does_not_count() {
        let busy = || 0.1;
        let budget = spent(1, 150);
        assert!(budget.allows(LIMIT, busy));
        assert!(budget.allows(LIMIT, || unreachable!("what was granted need not be asked for again")));
        assert!(!spent(200, 10).allows(LIMIT, busy));
    }
}
