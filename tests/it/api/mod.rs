//! The HTTP API, resource by resource, and the tables that hold for all of it.

mod access;
mod connections;
mod csrf;
mod feeds;
mod filters;
mod headers;
mod invites;
mod links;
mod people;
mod posts;
mod session;
mod shares;
mod topics;
mod years;
