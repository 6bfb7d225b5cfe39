//! The HTTP API, resource by resource, and the tables that hold for all of it.

pub mod access;
mod audiences;
mod connections;
mod csrf;
mod definitions;
mod documents;
mod feeds;
mod filters;
mod headers;
mod invites;
mod links;
mod lists;
mod mapping;
mod networks;
mod organisation;
mod people;
mod posts;
mod renewals;
mod session;
mod shares;
mod topics;
mod years;
