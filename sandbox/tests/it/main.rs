//! The sandbox from outside: a real port, a plain HTTP client and a clock that the test moves.

mod application;
mod bad;
mod bluesky;
mod calls;
mod content;
mod docs;
mod faults;
mod feed_faults;
mod feeds;
mod hub;
mod id_tokens;
mod identity;
mod images;
mod mail;
mod mastodon;
mod named;
mod oauth;
mod posts;
mod questions;
mod stream;
mod subscriber;
mod support;
mod switched;
mod videos;
mod wire;
mod youtube;
