//! What an obstacle means for a removal. Removing is idempotent, so it may always be tried again; it ends after ten tries.
//! Pure.

use chrono::{DateTime, Duration, Utc};

use super::Trouble;
use crate::{
    network::Obstacle,
    share::settle::{Moment, backoff, lifted},
};

/// Tries after which the person is asked to do it themselves.
const TRIES: i64 = 10;

/// What a worker does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Once more at that time.
    Again(Trouble, DateTime<Utc>),
    /// Nothing more: the person can remove it at the network.
    Fail(Trouble),
}

/// Decides after a try that met `obstacle`; `moment.tries` counts this one.
pub(super) fn after(obstacle: &Obstacle, moment: &Moment) -> Next {
    let (trouble, at) = match obstacle {
        Obstacle::Unreachable { .. } | Obstacle::PictureNotReady => {
            (Trouble::Unreachable, moment.now + backoff(moment))
        }
        Obstacle::Throttled(throttle) => (Trouble::Throttled, lifted(*throttle, moment)),
        Obstacle::VersionGone(choice) if choice.has_newer => (Trouble::Unreachable, moment.now + Duration::seconds(1)),
        Obstacle::TokenExpired | Obstacle::TokenRevoked => return Next::Fail(Trouble::NoConnection),
        Obstacle::VersionGone(_) | Obstacle::Refused { .. } => return Next::Fail(Trouble::Refused),
    };
    if moment.tries < TRIES { Next::Again(trouble, at) } else { Next::Fail(Trouble::GaveUp) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Refusal, Throttle, linkedin::version::Choice};

    fn gone(has_newer: bool) -> Obstacle {
        Obstacle::VersionGone(Choice { version: "202609".into(), has_newer })
    }

    #[test]
    fn every_obstacle_has_its_next_step() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let unreachable = Obstacle::Unreachable { detail: String::new() };
        let refused = |kind| Obstacle::Refused { kind, detail: String::new() };
        let at = |seconds| now + Duration::seconds(seconds);
        let midnight = DateTime::from_timestamp(1_790_035_200, 0).unwrap();
        for (obstacle, tries, next) in [
            (unreachable.clone(), 1, Next::Again(Trouble::Unreachable, at(10))),
            (unreachable.clone(), 5, Next::Again(Trouble::Unreachable, at(160))),
            (unreachable.clone(), 9, Next::Again(Trouble::Unreachable, at(2560))),
            (unreachable, 10, Next::Fail(Trouble::GaveUp)),
            (
                Obstacle::Throttled(Throttle::Member),
                1,
                Next::Again(Trouble::Throttled, midnight + Duration::minutes(30)),
            ),
            (gone(true), 1, Next::Again(Trouble::Unreachable, at(1))),
            (gone(false), 1, Next::Fail(Trouble::Refused)),
            (Obstacle::TokenExpired, 1, Next::Fail(Trouble::NoConnection)),
            (Obstacle::TokenRevoked, 1, Next::Fail(Trouble::NoConnection)),
            (refused(Refusal::Permission), 1, Next::Fail(Trouble::Refused)),
            (refused(Refusal::Content), 1, Next::Fail(Trouble::Refused)),
        ] {
            assert_eq!(after(&obstacle, &Moment { now, tries, chance: 1.0 }), next, "{obstacle:?} {tries}");
        }
    }
}
