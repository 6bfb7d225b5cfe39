//! Counting under load: clicks that come in while a commit is under way share the next one, and everybody in it hears of
//! it at once.

use std::{
    collections::BTreeMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    sync::{mpsc, watch},
    time::timeout,
};

use super::{Link, follow::PATIENCE};
use crate::{
    Error, Result,
    db::{Actor, Db},
};

/// Clicks of a batch that waits for no more.
const FULL: usize = 1_000;

/// Counts clicks until it is dropped.
pub(super) struct Tally {
    next: Arc<Mutex<Batch>>,
    begun: mpsc::Sender<()>,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its commit is to come.
    #[default]
    Open,
    /// It is on disk.
    Counted,
    /// Nothing was counted.
    Lost,
    /// It takes too long to wait for; it may still be counted, so none of its clicks must count again.
    Late,
}

/// Clicks that one commit counts.
struct Batch {
    clicks: Vec<Arc<Link>>,
    fate: watch::Sender<Fate>,
    /// Of the latest batch that has clicks, this one or the one before.
    latest: Pending,
}

/// A commit that is to come, or was.
#[derive(Clone)]
pub(super) struct Pending(watch::Receiver<Fate>);

impl Pending {
    /// Waits for it.
    pub(super) async fn fate(mut self) -> Fate {
        self.0.wait_for(|fate| *fate != Fate::Open).await.map_or(Fate::Lost, |fate| *fate)
    }
}

impl Tally {
    pub(super) fn new(db: Db) -> Self {
        let clicks = Vec::new();
        let latest = Pending(watch::channel(Fate::Counted).1);
        let next = Arc::new(Mutex::new(Batch { clicks, fate: watch::Sender::default(), latest }));
        let (begun, signal) = mpsc::channel(1);
        tokio::spawn(count(db, next.clone(), signal));
        Self { next, begun }
    }

    /// Adds a click; it is on disk when the commit is.
    pub(super) fn add(&self, link: Arc<Link>) -> Pending {
        let mut batch = lock(&self.next);
        if batch.clicks.is_empty() {
            batch.latest = Pending(batch.fate.subscribe());
            tokio::spawn(hurry(batch.fate.clone())); // one clock for all of them
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
        gather(&next).await;
        let (clicks, fate) = {
            let mut batch = lock(&next);
            (mem::take(&mut batch.clicks), mem::take(&mut batch.fate))
        };
        let (db, lost) = (db.clone(), clicks.len());
        // In a task of its own, so that a panic costs one batch.
        let counted = tokio::spawn(async move { commit(&db, &clicks).await }).await;
        fate.send_replace(match counted.map_err(Error::internal).flatten() {
            Ok(()) => Fate::Counted,
            Err(error) => {
                tracing::error!(clicks = lost, "clicks could not be counted: {error}");
                metrics::counter!("klaroen_clicks_lost").increment(lost as u64);
                Fate::Lost
            }
        });
    }
}

/// Lets whoever is about to click come along: a fuller commit costs no more, and the next one comes later.
async fn gather(next: &Mutex<Batch>) {
    let mut known = 0;
    loop {
        let clicks = lock(next).clicks.len();
        if clicks == known || clicks >= FULL {
            return;
        }
        known = clicks;
        tokio::task::yield_now().await;
    }
}

/// Lets the visitors of a batch go on when its commit takes too long.
async fn hurry(fate: watch::Sender<Fate>) {
    if timeout(PATIENCE, Pending(fate.subscribe()).fate()).await.is_err() {
        // Counted or lost in this very moment stays so.
        fate.send_if_modified(|fate| *fate == Fate::Open && mem::replace(fate, Fate::Late) == Fate::Open);
    }
}

async fn commit(db: &Db, clicks: &[Arc<Link>]) -> Result<()> {
    let mut sums = BTreeMap::<&str, u32>::new();
    for link in clicks {
        *sums.entry(&link.code).or_default() += 1;
    }
    Link::count(&mut db.alone(Actor::Anonymous), sums).await
}
