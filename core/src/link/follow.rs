//! Following links under load: where they lead is remembered, and clicks that come in while a commit is under way share
//! the next one. A click is on disk before its visitor is led on.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use tokio::sync::{mpsc, oneshot};

use super::{Link, Visitor};
use crate::{
    Result,
    db::{Actor, Db},
};

/// Targets that are remembered; beyond that all are forgotten at once.
const REMEMBERED: usize = 10_000;
/// How long they are remembered: a host that was taken off the list on another server is off here after that.
const MEMORY: Duration = Duration::minutes(1);
/// Clicks that one commit counts.
const TOGETHER: usize = 1_000;

/// All short links of this deployment; cheap to clone.
#[derive(Clone)]
pub struct Links {
    db: Db,
    memory: Arc<Mutex<Memory>>,
    clicks: mpsc::Sender<Click>,
}

/// Targets of links that lead on; a target never changes once its link was made.
#[derive(Default)]
struct Memory {
    targets: HashMap<String, Arc<str>>,
    since: DateTime<Utc>,
}

struct Click {
    code: String,
    /// Dropped unused when the click could not be counted.
    counted: oneshot::Sender<()>,
}

impl Links {
    /// Starts to count; that ends with the last clone.
    #[must_use]
    pub fn new(db: Db) -> Self {
        let (clicks, waiting) = mpsc::channel(TOGETHER);
        tokio::spawn(count(db.clone(), waiting));
        Self { db, memory: Arc::default(), clicks }
    }

    /// Where a code leads; the click of a person is counted by then. Whoever clicks gets on even if it cannot be.
    ///
    /// # Errors
    /// When there is no such link.
    pub async fn follow(&self, code: &str, visitor: Visitor) -> Result<Arc<str>> {
        let target = self.target(code).await?;
        if visitor == Visitor::Person {
            let (counted, count) = oneshot::channel();
            let sent = self.clicks.send(Click { code: code.to_owned(), counted }).await;
            if sent.is_err() || count.await.is_err() {
                metrics::counter!("klaroen_clicks_lost").increment(1);
            }
        }
        Ok(target)
    }

    async fn target(&self, code: &str) -> Result<Arc<str>> {
        let mut tx = self.db.read();
        if let Some(known) = self.memory().recall(code, tx.now) {
            return Ok(known);
        }
        let target: Arc<str> = Link::get(&mut tx, code).await?.target.into();
        self.memory().keep(code, &target);
        Ok(target)
    }

    /// Asks anew where each link leads, because the approved hosts changed.
    pub fn forget(&self) {
        self.memory().targets.clear();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn recall(&mut self, code: &str, now: DateTime<Utc>) -> Option<Arc<str>> {
        if !(self.since..self.since + MEMORY).contains(&now) {
            self.targets.clear();
            self.since = now;
        }
        self.targets.get(code).cloned()
    }

    fn keep(&mut self, code: &str, target: &Arc<str>) {
        if self.targets.len() >= REMEMBERED {
            self.targets.clear();
        }
        self.targets.insert(code.to_owned(), target.clone());
    }
}

/// One commit after the other, each with all that waits.
async fn count(db: Db, mut waiting: mpsc::Receiver<Click>) {
    let mut clicks = Vec::with_capacity(TOGETHER);
    while waiting.recv_many(&mut clicks, TOGETHER).await > 0 {
        match commit(&db, &clicks).await {
            Ok(()) => {
                for click in clicks.drain(..) {
                    let _ = click.counted.send(()); // whoever went away meanwhile clicked all the same
                }
            }
            Err(error) => {
                tracing::error!(clicks = clicks.len(), "clicks could not be counted: {error}");
                clicks.clear();
            }
        }
    }
}

/// In the order of their codes, so that two processes never wait for each other.
async fn commit(db: &Db, clicks: &[Click]) -> Result<()> {
    let mut sums = BTreeMap::<&str, i64>::new();
    for click in clicks {
        *sums.entry(&click.code).or_default() += 1;
    }
    let mut tx = db.write(Actor::Anonymous).await?;
    for (code, clicks) in sums {
        Link::count(&mut tx, code, clicks).await?;
    }
    tx.commit().await
}
