//! Politeness: at most two requests at a time to one host, and eight in all.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

const PER_HOST: usize = 2;
const OVERALL: usize = 8;

pub(super) struct Turns {
    overall: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Weak<Semaphore>>>,
}

/// Held while a request runs.
pub(super) struct Turn {
    _host: Option<OwnedSemaphorePermit>,
    _overall: Option<OwnedSemaphorePermit>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { overall: Arc::new(Semaphore::new(OVERALL)), hosts: Mutex::default() }
    }
}

impl Turns {
    /// Waits for a turn at the host first and overall after it, so that a slow host holds up only itself.
    /// Both are held for one hop only: a redirect queues again, which rules out a deadlock.
    pub(super) async fn take(&self, url: &Url) -> Turn {
        let host = self.host(url.host_str().unwrap_or_default());
        // The semaphores are never closed, so a permit always comes.
        Turn { _host: host.acquire_owned().await.ok(), _overall: self.overall.clone().acquire_owned().await.ok() }
    }

    fn host(&self, name: &str) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = hosts.get(name).and_then(Weak::upgrade) {
            return known;
        }
        hosts.retain(|_, semaphore| semaphore.strong_count() > 0);
        let fresh = Arc::new(Semaphore::new(PER_HOST));
        hosts.insert(name.to_owned(), Arc::downgrade(&fresh));
        fresh
    }
}
