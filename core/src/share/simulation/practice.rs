//! A LinkedIn in memory that keeps a ledger of what it really accepted, and that gets things wrong in every way that
//! an answer can go missing: before the commit, after it, or long after the connection is gone.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use crate::Clock;

/// A request or an answer, as it travels through the simulation.
pub(super) type Parts = (u16, BTreeMap<String, String>, String);

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

/// The practice network.
#[derive(Clone)]
pub(super) struct Practice {
    inner: Arc<Mutex<Inner>>,
    clock: Clock,
}

struct Inner {
    posts: Vec<Post>,
    images: u32,
    at_work: u32,
    rng: StdRng,
}

/// A post that was accepted.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) body: String,
    pub(super) text: String,
    pub(super) urn: String,
    at: DateTime<Utc>,
}

const WINDOW: TimeDelta = TimeDelta::minutes(10);

impl Practice {
    pub(super) fn new(clock: Clock, seed: u64) -> Self {
        let inner = Inner { posts: vec![], images: 0, at_work: 0, rng: StdRng::seed_from_u64(seed) };
        Self { inner: Arc::new(Mutex::new(inner)), clock }
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

    /// A request came in; `end` must follow.
    pub(super) fn begin(&self) {
        self.inner().at_work += 1;
    }

    pub(super) fn end(&self) {
        self.inner().at_work -= 1;
    }

    /// A fate and a time to think, by chance; within two minutes it is done with every request, whatever happens.
    pub(super) fn fate(&self, path: &str) -> (Fate, Duration) {
        let rng = &mut self.inner().rng;
        if path != "/rest/posts" {
            let fate = if rng.random_bool(0.1) { Fate::DropAfter } else { Fate::Fine };
            return (fate, Duration::from_millis(rng.random_range(0..400)));
        }
        let fate = match rng.random_range(0..100) {
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
        let think = if rng.random_bool(0.05) { rng.random_range(40_000..60_000) } else { rng.random_range(0..400) };
        (fate, Duration::from_millis(think))
    }

    /// Carries a request out.
    pub(super) fn carry_out(&self, path: &str, body: &str) -> Parts {
        let now = self.clock.now();
        let mut inner = self.inner();
        let none = BTreeMap::new();
        if path.starts_with("/rest/images") {
            inner.images += 1;
            let image = format!("urn:li:image:C4{}", inner.images);
            let value = json!({ "value": { "uploadUrl": "http://linkedin/upload", "image": image } });
            return (200, none, value.to_string());
        }
        if path == "/upload" {
            return (201, none, String::new());
        }
        let twin = inner.posts.iter().rev().find(|post| post.body == body && post.at > now - WINDOW);
        if let Some(twin) = twin {
            let inputs = json!({ "inputErrors": [{ "code": "DUPLICATE_POST" }] });
            let message = format!("Content is a duplicate of {}", twin.urn);
            return (422, none, json!({ "message": message, "errorDetails": inputs }).to_string());
        }
        let urn = format!("urn:li:share:{}", 7_000_000_000_000_000_000_u64 + inner.posts.len() as u64);
        let text =
            serde_json::from_str::<Value>(body).expect("JSON")["commentary"].as_str().expect("a text").to_owned();
        inner.posts.push(Post { body: body.to_owned(), text, urn: urn.clone(), at: now });
        (201, BTreeMap::from([("x-restli-id".to_owned(), urn)]), String::new())
    }
}
