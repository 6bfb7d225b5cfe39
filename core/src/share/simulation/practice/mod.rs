//! Networks in memory that keep a ledger of what they really accepted, and that get things wrong in every way that an
//! answer can go missing: before the commit, after it, or long after the connection is gone.

mod bluesky;
mod linkedin;
mod mastodon;
mod sends;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

pub(super) use self::sends::Sending;
use crate::{Clock, network::Network};

/// An answer, as it travels through the simulation.
pub(super) type Answer = (u16, BTreeMap<String, String>, String);

/// A request, as it travels through the simulation.
#[derive(Serialize, Deserialize)]
pub(super) struct Call {
    pub(super) url: Url,
    /// The header that says whose call it is.
    pub(super) authorization: String,
    /// Of the header with which Mastodon knows a repeat.
    pub(super) idempotency_key: String,
    /// Where it stands among the sends, if it is one.
    pub(super) send: Option<usize>,
    pub(super) body: String,
}

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Carried out and answered.
    Fine,
    /// Nothing is done, this is the answer.
    Answer(u16),
    /// Carried out, this is the answer all the same.
    AnswerAfter(u16),
    /// The connection ends, nothing is done.
    DropBefore,
    /// Carried out, then the connection ends.
    DropAfter,
    /// The connection ends; carried out so many seconds later.
    CommitLate(u64),
}

/// A practice network.
#[derive(Clone)]
pub(super) struct Practice {
    pub(super) network: Network,
    inner: Arc<Mutex<Inner>>,
    clock: Clock,
}

struct Inner {
    posts: Vec<Post>,
    sends: Vec<Sending>,
    uploads: u64,
    at_work: u32,
    rng: StdRng,
}

/// A post that was accepted.
#[derive(Debug, Clone)]
pub(super) struct Post {
    /// By which the network knows a repeat.
    key: String,
    pub(super) text: String,
    pub(super) urn: String,
    at: DateTime<Utc>,
}

impl Call {
    /// True when it makes a post.
    pub(super) fn is_send(&self) -> bool {
        matches!(self.url.path(), "/rest/posts" | "/api/v1/statuses" | "/xrpc/com.atproto.repo.createRecord")
    }
}

impl Practice {
    pub(super) fn new(network: Network, clock: Clock, seed: u64) -> Self {
        let inner = Inner { posts: vec![], sends: vec![], uploads: 0, at_work: 0, rng: StdRng::seed_from_u64(seed) };
        Self { network, inner: Arc::new(Mutex::new(inner)), clock }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was really accepted.
    pub(super) fn posts(&self) -> Vec<Post> {
        self.inner().posts.clone()
    }

    /// Nothing more will be carried out.
    pub(super) fn is_idle(&self) -> bool {
        self.inner().at_work == 0
    }

    /// A request came in; `end` must follow. Answers when it was.
    pub(super) fn begin(&self) -> DateTime<Utc> {
        self.inner().at_work += 1;
        self.clock.now()
    }

    pub(super) fn end(&self) {
        self.inner().at_work -= 1;
    }

    /// A fate and a time to think, by chance; within a minute it is done with every request, whatever happens.
    pub(super) fn fate(&self, call: &Call) -> (Fate, Duration) {
        let rng = &mut self.inner().rng;
        let fate = match rng.random_range(0..100) {
            0..90 if !call.is_send() => Fate::Fine,
            _ if !call.is_send() => Fate::DropAfter,
            0..55 => Fate::Fine,
            55..62 => Fate::DropBefore,
            62..72 => Fate::DropAfter,
            72..77 => Fate::CommitLate(rng.random_range(1..30)),
            77..81 => Fate::Answer([500, 503, 504][rng.random_range(0..3)]),
            81..87 => Fate::AnswerAfter([500, 503, 504, 408][rng.random_range(0..4)]),
            87..92 => Fate::Answer(409),
            92..94 => Fate::Answer(429),
            94..96 => Fate::Answer(400),
            _ => Fate::AnswerAfter(201), // without a name anywhere
        };
        // Sometimes longer than anybody waits for an answer.
        let is_slow = !matches!(fate, Fate::CommitLate(_)) && rng.random_bool(0.05);
        let think = if is_slow { rng.random_range(40_000..60_000) } else { rng.random_range(0..400) };
        (fate, Duration::from_millis(think))
    }

    /// The answer to a request that came in at `began`, if there is one.
    pub(super) fn answer(&self, fate: Fate, call: &Call, began: DateTime<Utc>) -> Option<Answer> {
        match fate {
            Fate::Fine => Some(self.carry_out(call, began)),
            Fate::Answer(status) => Some(self.bare(status)),
            Fate::DropBefore | Fate::CommitLate(_) => None,
            Fate::AnswerAfter(status) => {
                self.carry_out(call, began);
                Some(self.bare(status))
            }
            Fate::DropAfter => {
                self.carry_out(call, began);
                None
            }
        }
    }

    pub(super) fn carry_out(&self, call: &Call, began: DateTime<Utc>) -> Answer {
        let (inner, now) = (&mut *self.inner(), self.clock.now());
        let before = inner.posts.len();
        let answer = match self.network {
            Network::LinkedIn => linkedin::carry_out(inner, call, now),
            Network::Mastodon => mastodon::carry_out(inner, call, began, now),
            _ => bluesky::carry_out(inner, call, now),
        };
        if let Some(number) = call.send.filter(|_| inner.posts.len() > before) {
            inner.sends[number].accepted_at = Some(now);
        }
        answer
    }

    /// A status without words. Where a full window says when it is over, it is over after a minute.
    fn bare(&self, status: u16) -> Answer {
        let reset = self.clock.now() + TimeDelta::minutes(1);
        let header = match (status, self.network) {
            (429, Network::Mastodon) => Some(("x-ratelimit-reset".to_owned(), reset.to_rfc3339())),
            (429, Network::Bluesky) => Some(("ratelimit-reset".to_owned(), reset.timestamp().to_string())),
            _ => None,
        };
        (status, header.into_iter().collect(), String::new())
    }
}

/// An answer without headers.
fn plain(status: u16, body: &Value) -> Answer {
    (status, BTreeMap::new(), body.to_string())
}
