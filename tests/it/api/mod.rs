//! The HTTP API, resource by resource, and the tables that hold for all of it.

mod access;
mod connections;
mod csrf;
mod headers;
mod invites;
mod people;
mod session;
mod shares;
mod years;
