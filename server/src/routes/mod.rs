//! One file per resource: its routes, handlers, request and response types.

pub mod health;
pub mod hr;
pub mod invites;
pub mod me;
pub mod people;
pub mod programs;
pub mod session;
pub mod setup;
pub mod years;
