//! The practice WebSub hub of the sample feeds, after Google's: it asks subscribers whether they meant it, signs what it
//! delivers, tries again and forgets after the lease. It calls loopback addresses only.

mod call;
mod page;
mod subscribe;
mod work;

use std::sync::Arc;

use axum::Router;
use axum::routing::post;
use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::sync::Mutex;
use url::Url;

pub(crate) use work::{deliver, deny, serve, work};

use crate::world::World;

/// Everything that the hub remembers.
#[derive(Default)]
pub(crate) struct Memory {
    subscriptions: Vec<Subscription>,
    waiting: Vec<Waiting>,
    pub(crate) calls: Vec<HubCall>,
    /// Whoever does the work that is due, does it alone.
    turn: Arc<Mutex<()>>,
}

/// A subscriber that confirmed.
#[derive(Clone)]
struct Subscription {
    topic: String,
    callback: Url,
    secret: Option<String>,
    until: DateTime<Utc>,
}

/// What a subscriber asked for.
#[derive(Clone)]
struct Wish {
    subscribe: bool,
    topic: String,
    callback: Url,
    secret: Option<String>,
    lease: Option<u32>,
}

/// What the hub has still to do, and when.
struct Waiting {
    due: DateTime<Utc>,
    job: Job,
}

enum Job {
    Verify(Wish),
    Deny { topic: String, callback: Url },
    Deliver { callback: Url, news: Arc<News>, attempt: u32 },
}

/// What is delivered to every subscriber of a topic.
struct News {
    topic: String,
    content_type: &'static str,
    body: String,
}

/// A call that the hub made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HubCall {
    /// `verification`, `denial` or `delivery`.
    pub kind: &'static str,
    /// The address that was called, with its query.
    pub address: String,
    /// The status that the subscriber answered; `None` if there was no answer.
    pub status: Option<u16>,
    /// When.
    pub at: DateTime<Utc>,
}

pub(crate) fn routes() -> Router<World> {
    let subscribe = || post(subscribe::subscribe).get(page::show);
    Router::new()
        .route("/hub", subscribe())
        .route("/hub/subscribe", subscribe())
        .route("/hub/deny", post(page::deny_from_page))
}
