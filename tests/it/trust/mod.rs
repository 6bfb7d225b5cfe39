//! The gates of reliable publishing: clicks, workers, signals, a database that goes away, a full disk, and death.

mod clicks;
mod clock;
mod database;
mod disk;
#[cfg(feature = "failpoints")]
mod kills;
mod signals;
mod visitors;
mod workers;
