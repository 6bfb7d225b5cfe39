//! Following links: where they lead is remembered, and a click is on disk before its visitor is led on.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use tokio::time::timeout;

use super::{
    Link, Visitor,
    recent::Recent,
    tally::{Fate, Pending, Tally},
};
use crate::{Clock, Error, Result, db::Db};

/// Links that are remembered; beyond that all are forgotten at once.
const REMEMBERED: usize = 10_000;
/// How long they are remembered: a host that was taken off the list on another server is off here after that.
const MEMORY: Duration = Duration::minutes(1);
/// Longest that a visitor waits for the database: to know where a link leads, and for the commit that counts the click.
pub(super) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// All short links of this deployment.
pub struct Links {
    db: Db,
    clock: Clock,
    known: Mutex<Known>,
    recent: Mutex<Recent>,
    tally: Tally,
}

/// Links that lead on; one never changes once it was made.
#[derive(Default)]
struct Known {
    links: HashMap<String, Arc<Link>>,
    since: DateTime<Utc>,
}

impl Links {
    /// Starts to count; that ends when this is dropped.
    #[must_use]
    pub fn new(db: Db, clock: Clock) -> Self {
        let tally = Tally::new(db.clone());
        Self { db, clock, known: Mutex::default(), recent: Mutex::new(Recent::new()), tally }
    }

    /// Where a code leads; the click of a person is counted by then. Whoever clicks gets on even if it cannot be, or not
    /// in time.
    ///
    /// # Errors
    /// When there is no such link, its host is no longer approved, or the database does not say in time.
    pub async fn follow(&self, code: &str, visitor: Visitor<'_>) -> Result<Arc<Link>> {
        let now = self.clock.now();
        let link = self.link(code, now).await?;
        let Visitor::Person { address, agent } = visitor else { return Ok(link) };
        let (noted, pending) = self.note(&link, address, agent, now);
        if let (Fate::Lost, Some(number)) = (pending.fate().await, noted) {
            lock(&self.recent).forget(number);
        }
        Ok(link)
    }

    /// Asks anew where each link leads, because the approved hosts changed.
    pub fn forget(&self) {
        lock(&self.known).links.clear();
    }

    /// The commit to wait for: whoever repeats a click waits for that one, which may be on its way to the disk.
    fn note(&self, link: &Arc<Link>, address: IpAddr, agent: &str, now: DateTime<Utc>) -> (Option<u64>, Pending) {
        let mut recent = lock(&self.recent);
        let noted = recent.note(&link.code, address, agent, now);
        (noted, if noted.is_some() { self.tally.add(link.clone()) } else { self.tally.latest() })
    }

    async fn link(&self, code: &str, now: DateTime<Utc>) -> Result<Arc<Link>> {
        if let Some(known) = lock(&self.known).recall(code, now) {
            return Ok(known);
        }
        let link = timeout(PATIENCE, Link::get(&mut self.db.read(), code)).await.map_err(|_| Error::TooSlow)??;
        let link = Arc::new(link);
        lock(&self.known).keep(&link);
        Ok(link)
    }
}

impl Known {
    fn recall(&mut self, code: &str, now: DateTime<Utc>) -> Option<Arc<Link>> {
        if !(self.since..self.since + MEMORY).contains(&now) {
            self.links.clear();
            self.since = now;
        }
        self.links.get(code).cloned()
    }

    fn keep(&mut self, link: &Arc<Link>) {
        if self.links.len() >= REMEMBERED {
            self.links.clear();
        }
        self.links.insert(link.code.clone(), link.clone());
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
