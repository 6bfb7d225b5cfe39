//! Following links: where they lead is remembered, and a click is on disk before its visitor is led on.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    Link, Visitor,
    recent::Recent,
    tally::{Pending, Tally},
};
use crate::{Clock, Result, db::Db};

/// Links that are remembered; beyond that all are forgotten at once.
const REMEMBERED: usize = 10_000;

/// All short links of this deployment.
pub struct Links {
    db: Db,
    clock: Clock,
    /// A link never changes once it was made.
    known: Mutex<HashMap<String, Arc<Link>>>,
    recent: Mutex<Recent>,
    tally: Tally,
}

impl Links {
    /// Starts to count; that ends when this is dropped.
    #[must_use]
    pub fn new(db: Db, clock: Clock) -> Self {
        let tally = Tally::new(db.clone());
        Self { db, clock, known: Mutex::default(), recent: Mutex::new(Recent::new()), tally }
    }

    /// Where a code leads; the click of a person is counted by then. Whoever clicks gets on even if it cannot be.
    ///
    /// # Errors
    /// When there is no such link.
    pub async fn follow(&self, code: &str, visitor: Visitor<'_>) -> Result<Arc<Link>> {
        let link = self.link(code).await?;
        let Visitor::Person { address, agent } = visitor else { return Ok(link) };
        let (noted, pending) = self.note(&link, address, agent);
        if let (false, Some(number)) = (pending.counted().await, noted) {
            lock(&self.recent).forget(number);
            metrics::counter!("klaroen_clicks_lost").increment(1);
        }
        Ok(link)
    }

    /// The commit to wait for: whoever repeats a click waits for that one, which may be on its way to the disk.
    fn note(&self, link: &Arc<Link>, address: IpAddr, agent: &str) -> (Option<u64>, Pending) {
        let mut recent = lock(&self.recent);
        let noted = recent.note(&link.code, address, agent, self.clock.now());
        (noted, if noted.is_some() { self.tally.add(link.clone()) } else { self.tally.latest() })
    }

    async fn link(&self, code: &str) -> Result<Arc<Link>> {
        if let Some(known) = lock(&self.known).get(code) {
            return Ok(known.clone());
        }
        let link = Arc::new(Link::get(&mut self.db.read(), code).await?);
        let mut known = lock(&self.known);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(code.to_owned(), link.clone());
        Ok(link)
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
