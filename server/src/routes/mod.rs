//! One file per resource: its routes, handlers, request and response types.

pub mod health;
pub mod invites;
pub mod me;
pub mod people;
pub mod session;
pub mod setup;
