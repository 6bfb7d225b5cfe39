//! The sandbox from outside: a real port, a plain HTTP client and a clock that the test moves.

mod bad;
mod bluesky;
mod faults;
mod feeds;
mod images;
mod mastodon;
mod oauth;
mod posts;
mod stream;
mod support;
