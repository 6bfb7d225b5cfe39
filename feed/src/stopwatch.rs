//! A stopwatch that stands still while other work of the machine has the processor, so that what is cheap stays cheap on a
//! busy machine.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

static PROCESS: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Of the thread that starts it.
pub(crate) struct Stopwatch(Duration);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(processor_time())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        processor_time().saturating_sub(self.0)
    }
}

/// How long this thread has had a processor so far; where the system does not tell, how long the process has run.
fn processor_time() -> Duration {
    let process = *PROCESS;
    // The kernel brings its books up to date when a thread yields.
    std::thread::yield_now();
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|spent| spent.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| process.elapsed(), Duration::from_nanos)
}
