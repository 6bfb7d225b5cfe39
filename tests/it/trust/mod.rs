//! The gates of reliable publishing: clicks, workers, signals, a database that goes away, a full disk, and death; and what a token is sealed by.

mod clicks;
mod clock;
mod database;
mod disk;
mod keys;
#[cfg(feature = "failpoints")]
mod kills;
mod secrets;
mod signals;
mod visitors;
mod workers;
