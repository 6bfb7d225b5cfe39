//! Counting under load: clicks that come in while a commit is under way share the next one, and everybody in it hears of
//! it at once.

use std::{
    collections::BTreeMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{mpsc, watch};

use super::Link;
use crate::{
    Result,
    db::{Actor, Db},
};

/// Counts clicks until it is dropped.
pub(super) struct Tally {
    next: Arc<Mutex<Batch>>,
    begun: mpsc::Sender<()>,
}

/// Clicks that one commit counts.
struct Batch {
    clicks: Vec<Arc<Link>>,
    counted: watch::Sender<bool>,
    /// Of the latest batch that has clicks, this one or the one before.
    latest: Pending,
}

/// A commit that is to come, or was.
#[derive(Clone)]
pub(super) struct Pending(watch::Receiver<bool>);

impl Pending {
    /// Waits for it; false: nothing was counted.
    pub(super) async fn counted(mut self) -> bool {
        self.0.wait_for(|counted| *counted).await.is_ok()
    }
}

impl Tally {
    pub(super) fn new(db: Db) -> Self {
        let clicks = Vec::new();
        let latest = Pending(watch::channel(true).1);
        let next = Arc::new(Mutex::new(Batch { clicks, counted: watch::Sender::default(), latest }));
        let (begun, signal) = mpsc::channel(1);
        tokio::spawn(count(db, next.clone(), signal));
        Self { next, begun }
    }

    /// Adds a click; it is on disk when the commit is.
    pub(super) fn add(&self, link: Arc<Link>) -> Pending {
        let mut batch = lock(&self.next);
        if batch.clicks.is_empty() {
            batch.latest = Pending(batch.counted.subscribe());
            let _ = self.begun.try_send(()); // full: it will look anyway
        }
        batch.clicks.push(link);
        batch.latest.clone()
    }

    /// The commit that all clicks of before are in, unless they are on disk already.
    pub(super) fn latest(&self) -> Pending {
        lock(&self.next).latest.clone()
    }
}

fn lock(next: &Mutex<Batch>) -> MutexGuard<'_, Batch> {
    next.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One commit after the other, each with all that waits.
async fn count(db: Db, next: Arc<Mutex<Batch>>, mut begun: mpsc::Receiver<()>) {
    while begun.recv().await.is_some() {
        tokio::task::yield_now().await; // whoever is about to click comes along
        let (clicks, counted) = {
            let mut batch = lock(&next);
            (mem::take(&mut batch.clicks), mem::take(&mut batch.counted))
        };
        let (db, lost) = (db.clone(), clicks.len());
        // In a task of its own, so that a panic costs one batch.
        match tokio::spawn(async move { commit(&db, &clicks).await }).await {
            Ok(Ok(())) => drop(counted.send_replace(true)),
            Ok(Err(error)) => tracing::error!(clicks = lost, "clicks could not be counted: {error}"),
            Err(error) => tracing::error!(clicks = lost, "clicks could not be counted: {error}"),
        }
    }
}

async fn commit(db: &Db, clicks: &[Arc<Link>]) -> Result<()> {
    let mut sums = BTreeMap::<&str, u32>::new();
    for link in clicks {
        *sums.entry(&link.code).or_default() += 1;
    }
    Link::count(&mut db.alone(Actor::Anonymous), sums).await
}
