//! Places at which a test ends the process, as a power cut would (gate R2), and a clock that it sets wrong (gate R10).
//! Only with the feature `failpoints`, and only where the variable `FAILPOINTS` says so, as in `intent.done=return`;
//! otherwise they are nothing.

use chrono::Duration;

/// Reads the variable; once, at the start of the process.
#[cfg(feature = "failpoints")]
pub fn arm() {
    std::mem::forget(fail::FailScenario::setup());
}

/// The process may end here.
#[cfg(feature = "failpoints")]
pub(crate) fn reached(name: &str) {
    fail::fail_point!(name, |_| std::process::abort());
}

/// The process may end here.
#[cfg(not(feature = "failpoints"))]
pub(crate) const fn reached(_: &str) {}

/// How wrong the clock is: `clock=return(3600)` puts it an hour ahead.
#[cfg(feature = "failpoints")]
pub(crate) fn clock_error() -> Duration {
    fail::fail_point!("clock", |by| Duration::seconds(by.and_then(|by| by.parse().ok()).unwrap_or_default()));
    Duration::zero()
}

/// How wrong the clock is.
#[cfg(not(feature = "failpoints"))]
pub(crate) const fn clock_error() -> Duration {
    Duration::zero()
}
