//! The domain of Klaroen: its nouns with their rules and their SQL, and the clients of the outside world.
//! One file per noun; decisions are pure functions in files without `async`.

pub mod alarm;
pub mod app;
pub mod audit;
pub mod bonus;
pub mod caption;
pub mod chain;
pub mod clock;
pub mod colleague;
pub mod config;
pub mod confirmation;
pub mod consent;
pub mod csv;
pub mod db;
pub mod definition;
pub mod document;
pub mod error;
pub mod failpoint;
pub mod feed;
pub mod http;
pub mod id;
pub mod invite;
pub mod item;
pub mod line;
pub mod link;
pub mod mail;
pub mod media;
pub mod network;
pub mod organisation;
pub mod page;
pub mod password;
pub mod person;
pub mod post;
pub mod role;
pub mod secret;
pub mod session;
pub mod share;
pub mod shutdown;
pub mod team;
pub mod telemetry;
pub mod topic;

pub use app::App;
pub use clock::Clock;
pub use error::{Error, Fault, Result};
