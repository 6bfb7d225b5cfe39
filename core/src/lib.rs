//! The domain of Klaroen: its nouns with their rules and their SQL, and the clients of the outside world.
//! One file per noun; decisions are pure functions in files without `async`.

pub mod app;
pub mod audit;
pub mod chain;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod http;
pub mod id;
pub mod invite;
pub mod network;
pub mod page;
pub mod password;
pub mod person;
pub mod role;
pub mod secret;
pub mod session;

pub use app::App;
pub use clock::Clock;
pub use error::{Error, Fault, Result};
