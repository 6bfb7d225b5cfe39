//! One file per resource: its routes, handlers, request and response types.

pub mod by_hand;
pub mod confirmations;
pub mod connections;
pub mod definitions;
pub mod documents;
pub mod feeds;
pub mod health;
pub mod hr;
pub mod invites;
pub mod links;
pub mod lists;
pub mod me;
pub mod media;
pub mod organisation;
pub mod people;
pub mod pictures;
pub mod posts;
pub mod programs;
pub mod publishing;
pub mod removals;
pub mod session;
pub mod setup;
pub mod shares;
pub mod teams;
pub mod topics;
pub mod years;
