//! The sandbox from outside: a real port, a plain HTTP client and a clock that the test moves.

mod bad;
mod bluesky;
mod content;
mod docs;
mod faults;
mod feeds;
mod identity;
mod images;
mod mail;
mod mastodon;
mod oauth;
mod posts;
mod questions;
mod stream;
mod support;
mod switched;
mod videos;
mod wire;
