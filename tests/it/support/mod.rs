//! A running product of one's own for each test: a fresh database, a real port, the sandbox as its outside world,
//! and a clock that stands still until the test moves it.

mod bonus;
mod client;
mod database;
mod environment;
mod news;
mod publisher;
mod sharing;
mod world;

pub use client::{Answer, Client};
pub use database::unguard;
pub use environment::real_feeds;
pub use publisher::Publisher;
pub use sharing::share_request;
pub use world::{TestApp, start_of_time};
