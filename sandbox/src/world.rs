//! The shared inside of a running sandbox: what never changes beside the one lock around what does.

use std::mem;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};

use crate::picture::Pictures;
use crate::port::Port;
use crate::state::State;
use crate::{Client, Clock, Member, Rules, Settings};

tokio::task_local! {
    /// The rules of the present call, if it has some of its own.
    static AS_IF: Rules;
}

/// The state while it is held; a call with rules of its own finds these in it, and they leave with the call.
pub(crate) struct Held<'w> {
    state: MutexGuard<'w, State>,
    everyones: Option<Rules>,
}

impl Deref for Held<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.state
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(rules) = self.everyones.take() {
            self.state.rules = rules;
        }
    }
}

/// A cheap handle on the inside of a sandbox; every handler gets one.
#[derive(Clone)]
pub(crate) struct World(Arc<Inner>);

struct Inner {
    base_url: String,
    clock: Clock,
    client: Client,
    members: Vec<Member>,
    real_feeds: Option<PathBuf>,
    news_from: DateTime<Utc>,
    pictures: Pictures,
    port: Arc<Port>,
    state: Mutex<State>,
}

impl World {
    pub(crate) fn new(base_url: String, settings: Settings) -> Self {
        let start = settings.clock.now();
        let this_hour = start.duration_trunc(TimeDelta::hours(1)).unwrap_or(start);
        Self(Arc::new(Inner {
            base_url,
            news_from: settings.news_from.unwrap_or(this_hour),
            clock: settings.clock,
            client: settings.client,
            members: settings.members,
            real_feeds: settings.real_feeds,
            pictures: Pictures::default(),
            port: Port::open(),
            state: Mutex::new(State::new(settings.rules, settings.seed)),
        }))
    }

    /// The sandbox's own origin, without a slash at the end.
    pub(crate) fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// An address on the sandbox's own origin; the path starts with a slash.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.0.base_url)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// The instant from which the sample news counts back.
    pub(crate) fn news_from(&self) -> DateTime<Utc> {
        self.0.news_from
    }

    pub(crate) fn client(&self) -> &Client {
        &self.0.client
    }

    pub(crate) fn pictures(&self) -> &Pictures {
        &self.0.pictures
    }

    pub(crate) fn port(&self) -> &Arc<Port> {
        &self.0.port
    }

    pub(crate) fn real_feeds(&self) -> Option<&PathBuf> {
        self.0.real_feeds.as_ref()
    }

    /// What the sandbox remembers. Never held across an await.
    pub(crate) fn state(&self) -> Held<'_> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let own = AS_IF.try_with(Rules::clone).ok();
        let everyones = own.map(|rules| mem::replace(&mut state.rules, rules));
        Held { state, everyones }
    }

    /// Carries a call out under rules of its own.
    pub(crate) async fn as_if<T>(&self, rules: Rules, call: impl Future<Output = T>) -> T {
        AS_IF.scope(rules, call).await
    }

    /// Everyone who can sign in, numbered from 1.
    pub(crate) fn members(&self) -> impl Iterator<Item = (u32, &Member)> {
        (1..).zip(&self.0.members)
    }

    pub(crate) fn member(&self, number: u32) -> Option<&Member> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.0.members.get(index)
    }

    /// The id under which one application knows a member; another application sees another one.
    pub(crate) fn sub(client_id: &str, member: u32) -> String {
        let digest = Sha256::digest(format!("{client_id}\n{member}"));
        URL_SAFE_NO_PAD.encode(&digest[..9]).replace('_', "a").replace('-', "b")
    }

    /// The author URN of a member for the registered application.
    pub(crate) fn author(&self, member: u32) -> String {
        format!("urn:li:person:{}", Self::sub(&self.0.client.id, member))
    }
}
