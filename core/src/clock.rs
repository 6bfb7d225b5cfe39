//! Where "now" comes from: the system, or a test that moves it by hand.
//! Nothing else in the workspace reads the time (clippy forbids it).
#![expect(clippy::disallowed_methods, reason = "this is the one place that reads the system's clock")]

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::SeqCst},
};

use chrono::{DateTime, Duration, Utc};

use crate::failpoint::clock_error;

/// A clock and the database's may differ by this much.
const APART: Duration = Duration::seconds(30);
/// A clock may be set back by this much.
const BACK: Duration = Duration::seconds(2);

/// The current time, cheap to clone and shared by everything that was built from it.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The operating system's clock.
    System,
    /// Microseconds since 1970, moved by a test.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at `start` until it is moved.
    #[must_use]
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.timestamp_micros())))
    }

    /// The current instant in whole microseconds, the precision both databases keep.
    ///
    /// # Panics
    /// If the clock shows a year beyond chrono's 262,000.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match self {
            Self::System => (Utc::now() + clock_error()).timestamp_micros(),
            Self::Manual(micros) => micros.load(SeqCst),
        };
        DateTime::from_timestamp_micros(micros).expect("the clock is within chrono's range")
    }

    /// Moves a manual clock; the system's clock cannot be moved.
    pub fn advance(&self, by: Duration) {
        if let Self::Manual(micros) = self {
            micros.fetch_add(by.num_microseconds().unwrap_or(i64::MAX), SeqCst);
        }
    }
}

/// Why a clock cannot be believed: leases, the ten minutes of a duplicate and the network's midnight all hang on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It and the database's differ by this much.
    Apart(Duration),
    /// It was set back by this much.
    Back(Duration),
}

/// Doubts `now` when it is far from the database's time, or before the latest instant that was seen here.
#[must_use]
pub fn doubt(now: DateTime<Utc>, database: Option<DateTime<Utc>>, latest: DateTime<Utc>) -> Option<Doubt> {
    let apart = database.map(|database| (now - database).abs()).filter(|apart| *apart > APART);
    let back = Some(latest - now).filter(|back| *back > BACK);
    apart.map(Doubt::Apart).or(back.map(Doubt::Back))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_doubted_when_it_is_apart_or_set_back() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let (second, at) = (Duration::seconds(1), |seconds| Some(now + Duration::seconds(seconds)));
        for (database, latest, expected) in [
            (None, now, None),
            (at(30), now, None),
            (at(-30), now, None),
            (at(31), now, Some(Doubt::Apart(second * 31))),
            (at(-31), now, Some(Doubt::Apart(second * 31))),
            (None, now + second * 2, None),
            (None, now + second * 3, Some(Doubt::Back(second * 3))),
            (at(0), now + second * 3600, Some(Doubt::Back(second * 3600))),
            (None, now - second * 3600, None),
        ] {
            assert_eq!(doubt(now, database, latest), expected, "{database:?} {latest}");
        }
    }
}
