//! Following links under load: where they lead is remembered, and clicks that come in while a commit is under way share
//! the next one. A click is on disk before its visitor is led on.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{mpsc, oneshot};

use super::{Link, Visitor};
use crate::{
    Result,
    db::{Actor, Db},
};

/// Targets that are remembered; beyond that all are forgotten at once.
const REMEMBERED: usize = 10_000;
/// Clicks that one commit counts.
const TOGETHER: usize = 1_000;

/// All short links of this deployment; cheap to clone.
#[derive(Clone)]
pub struct Links {
    db: Db,
    /// A target never changes once its link was made.
    targets: Arc<Mutex<HashMap<String, Arc<str>>>>,
    clicks: mpsc::Sender<Click>,
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
        Self { db, targets: Arc::default(), clicks }
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
        if let Some(known) = self.targets.lock().unwrap_or_else(PoisonError::into_inner).get(code) {
            return Ok(known.clone());
        }
        let target: Arc<str> = Link::get(&mut self.db.read(), code).await?.target.into();
        let mut targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        if targets.len() >= REMEMBERED {
            targets.clear();
        }
        targets.insert(code.to_owned(), target.clone());
        Ok(target)
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
