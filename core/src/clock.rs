//! Where "now" comes from: the system, or a test that moves it by hand.
//! Nothing else in the workspace reads the time (clippy forbids it).
#![expect(clippy::disallowed_methods, reason = "this is the one place that reads the system's clock")]

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::SeqCst},
};

use chrono::{DateTime, Duration, Utc};

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
            Self::System => Utc::now().timestamp_micros(),
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
