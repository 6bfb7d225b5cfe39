//! The database as a state model: rows in memory, changed by the same decisions and stored under the same conditions as
//! `row.rs` (nobody changed the share since it was read) and `turn.rs` (nobody took the turn meanwhile) store them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Weak},
};

use chrono::{DateTime, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::tally::Ending;
use crate::{
    Error, Result,
    id::ShareId,
    network::{Account, Draft},
    share::{
        Claimed, Reason, State,
        row::{LEASE, Row, URN_TAKEN},
        settle::Moment,
        turn,
        wake::{Around, Wake, wake},
    },
};

pub(super) struct Shelf {
    pub(super) shares: BTreeMap<ShareId, Kept>,
    pub(super) connections: Vec<Connection>,
    pub(super) rng: StdRng,
    /// Sends again whatever got no answer, and waits for nobody's turn, as others do: shows that the simulation would
    /// notice.
    pub(super) naive: bool,
}

/// A share with what surrounds it.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) row: Row,
    pub(super) draft: Draft,
    pub(super) around: Around,
    /// What it met on its way.
    pub(super) met: Vec<Ending>,
    /// Lives as long as a transaction that claims has the row locked; meanwhile others skip it.
    pub(super) lock: Weak<()>,
}

/// A person's way to a network.
#[derive(Clone)]
pub(super) struct Connection {
    pub(super) account: Account,
    free_at: Option<DateTime<Utc>>,
}

/// A due share as the transaction that claims it has read it.
pub(super) struct Seen {
    kept: Kept,
    account: Account,
    /// When the transaction began.
    now: DateTime<Utc>,
    _lock: Arc<()>,
}

impl Shelf {
    pub(super) fn new(
        accounts: impl IntoIterator<Item = Account>,
        shares: impl IntoIterator<Item = Kept>,
        seed: u64,
    ) -> Self {
        let connections = accounts.into_iter().map(|account| Connection { account, free_at: None }).collect();
        let shares = shares.into_iter().map(|kept| (kept.row.id, kept)).collect();
        Self { shares, connections, rng: StdRng::seed_from_u64(seed), naive: false }
    }

    /// Reads the next due share, and what surrounds it.
    pub(super) fn look(&mut self, now: DateTime<Utc>) -> Option<Seen> {
        let is_due = |kept: &&mut Kept| kept.row.due_at.is_some_and(|due| due <= now) && kept.lock.strong_count() == 0;
        let next = self.shares.values_mut().filter(is_due).min_by_key(|kept| (kept.row.due_at, kept.row.id.0))?;
        let lock = Arc::new(());
        next.lock = Arc::downgrade(&lock);
        let mut kept = next.clone();
        let whose = (kept.row.person_id, kept.row.network);
        let mut connections = self.connections.iter();
        let Connection { account, free_at } = connections
            .find(|connection| (connection.account.person_id, connection.account.network) == whose)
            .expect("a connection")
            .clone();
        kept.around.is_sender = kept.row.is_sent_by(&account);
        kept.around.free_at = free_at.filter(|_| !self.naive);
        Some(Seen { kept, account, now, _lock: lock })
    }

    /// Decides what becomes of it, and stores that. None: the worker does not hold it, or another one was faster.
    pub(super) fn settle(&mut self, seen: Seen) -> Result<Option<Claimed>> {
        let Seen { kept: Kept { row: was, draft, mut around, .. }, account, now, _lock } = seen;
        if !self.is_still(&was) {
            return Ok(None);
        }
        let mut decision = wake(&was, &around, now);
        if decision.goes() && !self.take(&account, now) {
            self.note(was.id, Ending::Missed);
            around.free_at = Some(now + turn::MISSED);
            decision = wake(&was, &around, now);
        }
        match decision {
            Wake::Wait(Reason::ShareSpaced, _) => self.note(was.id, Ending::Spaced),
            Wake::ProbeLater(_) => self.note(was.id, Ending::ProbeSpaced),
            _ => {}
        }
        let mut row = was.clone();
        row.settle(decision, now)?;
        if self.naive && matches!(decision, Wake::Lose(_)) {
            row.send_anew(now);
        }
        self.save(&row, &was)?;
        let (may_probe, waited_for) = (around.may_probe, was.reason);
        Ok(decision.goes().then(|| Claimed { account, draft, retired: vec![], may_probe, waited_for, row }))
    }

    fn note(&mut self, id: ShareId, what: Ending) {
        let met = &mut self.shares.get_mut(&id).expect("a share").met;
        if !met.contains(&what) {
            met.push(what);
        }
    }

    /// True when nobody changed a share since it was read.
    fn is_still(&self, was: &Row) -> bool {
        self.shares.get(&was.id).is_some_and(|kept| (kept.row.fence, kept.row.state) == (was.fence, was.state))
    }

    /// What `Row::save` does in one statement.
    pub(super) fn save(&mut self, row: &Row, was: &Row) -> Result<bool> {
        let taken = |kept: &Kept| kept.row.id != row.id && kept.row.urn.is_some() && kept.row.urn == row.urn;
        if row.state == State::Published && self.shares.values().any(taken) {
            return Err(Error::conflict(URN_TAKEN.0, URN_TAKEN.1));
        }
        if !self.is_still(was) {
            return Ok(false);
        }
        self.shares.get_mut(&row.id).ok_or(Error::NotFound)?.row = row.clone();
        Ok(true)
    }

    /// What `turn::take` does in one statement.
    fn take(&mut self, account: &Account, now: DateTime<Utc>) -> bool {
        let is_free = |connection: &Connection| connection.free_at.is_none_or(|free| free <= now) || self.naive;
        let mut connections = self.connections.iter_mut();
        let mine = connections.find(|connection| connection.account.id == account.id && is_free(connection));
        mine.map(|connection| connection.free_at = Some(now + LEASE)).is_some()
    }

    /// What `turn::pass` does in one statement.
    pub(super) fn pass(
        &mut self,
        account: &Account,
        end_of_lease: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
    ) -> bool {
        let mut connections = self.connections.iter_mut();
        let holds = |connection: &Connection| connection.free_at.is_some() && connection.free_at == end_of_lease;
        let mine = connections.find(|connection| connection.account.id == account.id && holds(connection));
        mine.map(|connection| connection.free_at = until).is_some() || self.naive
    }

    pub(super) fn moment(&mut self, now: DateTime<Utc>, row: &Row) -> Moment {
        Moment { now, tries: row.tries.into(), chance: self.rng.random() }
    }
}

impl Row {
    /// What a naive retry does.
    pub(super) fn send_anew(&mut self, now: DateTime<Utc>) {
        (self.state, self.due_at, self.body) = (State::Queued, Some(now), None);
    }
}
