//! How long a loop waits before its next step.

use std::time::Duration;

use crate::Progress;

/// Waits of one loop.
#[derive(Default)]
pub struct Pace {
    faults: u32,
}

const IDLE: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_mins(1);

impl Pace {
    /// The wait after a step; `None` is a fault. Faults double it up to a minute, half of it at random,
    /// so that many workers do not come back at the same moment.
    pub fn after(&mut self, progress: Option<Progress>) -> Duration {
        self.faults = if progress.is_some() { 0 } else { self.faults + 1 };
        match progress {
            Some(Progress::Done) => Duration::ZERO,
            Some(Progress::Idle) => IDLE,
            None => {
                let full = IDLE.saturating_mul(1 << self.faults.min(6)).min(LONGEST);
                full / 2 + full.mul_f64(rand::random::<f64>() / 2.0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_goes_on_at_once_and_faults_slow_it_down_to_a_minute() {
        let mut pace = Pace::default();
        assert_eq!(pace.after(Some(Progress::Done)), Duration::ZERO);
        assert_eq!(pace.after(Some(Progress::Idle)), IDLE);
        for expected in [2, 4, 8, 16, 32, 60, 60] {
            let wait = pace.after(None);
            let full = Duration::from_secs(expected);
            assert!(wait >= full / 2 && wait <= full, "{wait:?} for {full:?}");
        }
        assert_eq!(pace.after(Some(Progress::Idle)), IDLE);
        assert!(pace.after(None) <= Duration::from_secs(2));
    }
}
