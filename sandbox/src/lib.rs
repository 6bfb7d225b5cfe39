//! The outside world in one small server: a practice LinkedIn that refuses wrong input as the real one does, sample
//! feeds of a fictitious company, and a shelf of bad input. The demo, the tests and `klaroen sandbox` all start it with
//! [`serve`]; only its hub ever calls out, and only to this machine.

mod attachment;
mod bad;
mod bluesky;
mod clock;
mod faults;
mod feeds;
mod fields;
mod hub;
mod identity;
mod linkedin;
mod mail;
mod mastodon;
mod page;
mod picture;
mod port;
pub mod questions;
mod real;
mod running;
mod serve;
mod settings;
mod state;
mod stream;
mod switches;
mod versions;
mod window;
mod world;

pub use bluesky::{BlueskyAccount, Record};
pub use clock::Clock;
pub use faults::{Endpoint, Fault, Faults, When};
pub use hub::HubCall;
pub use identity::Flaw;
pub use linkedin::little::{Element, Parsed, parse as parse_little_text};
pub use linkedin::post::{Content, Post};
pub use mail::{Mail, Reading};
pub use mastodon::{Status, TextLimits};
pub use questions::{KeyTwice, Questions};
pub use running::{Running, Seed};
pub use serve::serve;
pub use settings::{Client, Member, Rules, Settings};
pub use window::Allowance;
