//! The gates of reliable publishing: clicks, workers, signals, a database that goes away, a full disk, and death; and where a token's bytes never are.

mod clicks;
mod clock;
mod database;
mod disk;
#[cfg(feature = "failpoints")]
mod kills;
mod secrets;
mod signals;
mod visitors;
mod workers;
