//! A running product of one's own for each test: a fresh database, a real port, the sandbox as its outside world,
//! and a clock that stands still until the test moves it.

mod bonus;
mod client;
mod database;
mod environment;
mod mails;
mod networks;
mod news;
mod outage;
mod process;
mod publisher;
mod sharing;
mod world;

pub use client::{Answer, Client};
pub use database::{everything_stored, unguard};
#[cfg(feature = "failpoints")]
pub use environment::kills_at_random;
pub use environment::{deaths, pause, real_feeds, shares, tokens};
pub use mails::{link_in, token_in};
pub use outage::Outage;
pub use process::Process;
pub use publisher::Publisher;
pub use sharing::{share_request, share_request_on};
pub use world::{TestApp, start_of_time};
