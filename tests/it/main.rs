//! Black-box tests on a real port, on SQLite or PostgreSQL, against the sandbox. They read as the product's language.

mod support;

mod api;
mod audit;
mod floors;
mod jobs;
mod ledger;
mod map;
mod privacy;
mod stories;
mod trust;
