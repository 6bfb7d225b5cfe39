//! The database as a state model: rows in memory, changed by the same decisions and stored under the same condition
//! (nobody changed the share since it was read) as `row.rs` stores them.

use std::{
    collections::BTreeMap,
    future::pending,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::{
    Clock, Error, Result,
    id::ShareId,
    network::{Account, Draft, Obstacle, Outcome},
    share::{
        Attempt, Claimed, State,
        row::{Row, URN_TAKEN},
        send::fenced,
        settle::Moment,
        wake::{Around, Wake, wake},
    },
};

/// One process' view of the shared rows.
#[derive(Clone)]
pub struct Model {
    pub(super) shelf: Arc<Mutex<Shelf>>,
    pub(super) clock: Clock,
    pub(super) life: Life,
}

/// How many calls a process lives to make; the next one never returns.
#[derive(Clone)]
pub(super) struct Life {
    left: Arc<AtomicU32>,
    is_over: Arc<AtomicBool>,
}

pub(super) struct Shelf {
    pub(super) shares: BTreeMap<ShareId, Kept>,
    rng: StdRng,
    /// Sends again whatever got no answer, as others do: shows that the simulation would notice.
    pub(super) naive: bool,
}

/// A share with what surrounds it.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) row: Row,
    pub(super) account: Account,
    pub(super) draft: Draft,
    pub(super) around: Around,
}

impl Shelf {
    pub(super) fn new(shares: impl IntoIterator<Item = Kept>, seed: u64) -> Self {
        let shares = shares.into_iter().map(|kept| (kept.row.id, kept)).collect();
        Self { shares, rng: StdRng::seed_from_u64(seed), naive: false }
    }

    fn next_due(&self, now: DateTime<Utc>) -> Option<Kept> {
        let due = self.shares.values().filter(|kept| kept.row.due_at.is_some_and(|due| due <= now));
        due.min_by_key(|kept| (kept.row.due_at, kept.row.id.0)).cloned()
    }

    /// What `Row::save` does in one statement.
    fn save(&mut self, row: &Row, was: &Row) -> Result<bool> {
        let taken = |kept: &Kept| kept.row.id != row.id && kept.row.urn.is_some() && kept.row.urn == row.urn;
        if row.state == State::Published && self.shares.values().any(taken) {
            return Err(Error::conflict(URN_TAKEN.0, URN_TAKEN.1));
        }
        let kept = self.shares.get_mut(&row.id).ok_or(Error::NotFound)?;
        if (kept.row.fence, kept.row.state) != (was.fence, was.state) {
            return Ok(false);
        }
        kept.row = row.clone();
        Ok(true)
    }
}

impl Life {
    pub(super) fn endless() -> Self {
        Self::of_calls(u32::MAX)
    }

    pub(super) fn of_calls(calls: u32) -> Self {
        Self { left: Arc::new(calls.into()), is_over: Arc::default() }
    }

    /// Before and after every effect: the process may be gone here.
    pub(super) async fn call(&self) {
        if self.left.load(SeqCst) == 0 {
            self.is_over.store(true, SeqCst);
            pending::<()>().await;
        }
        self.left.fetch_sub(1, SeqCst);
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(SeqCst)
    }
}

impl Model {
    pub(super) fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A statement takes its time on the way there and back; in between it has happened or not.
    async fn statement<T>(&self, run: impl FnOnce(&mut Shelf, DateTime<Utc>) -> T) -> T {
        self.pause().await;
        let done = run(&mut self.shelf(), self.clock.now());
        self.pause().await;
        done
    }

    async fn pause(&self) {
        self.life.call().await;
        if turmoil::in_simulation() {
            let ms = self.shelf().rng.random_range(1..60);
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
    }

    pub(crate) async fn claim(&self) -> Result<Option<Claimed>> {
        self.statement(|shelf, now| {
            while let Some(kept) = shelf.next_due(now) {
                let around = Around { is_sender: kept.row.is_sent_by(&kept.account), ..kept.around };
                let decision = wake(&kept.row, &around, now);
                let mut row = kept.row.clone();
                row.settle(decision, now)?;
                if shelf.naive && matches!(decision, Wake::Lose(_)) {
                    row.send_anew(now);
                }
                assert!(shelf.save(&row, &kept.row)?, "one statement after the other");
                if matches!(decision, Wake::Go | Wake::Probe) {
                    let Kept { account, draft, .. } = kept;
                    let (may_probe, waited_for) = (around.may_probe, kept.row.reason);
                    return Ok(Some(Claimed { account, draft, retired: vec![], may_probe, waited_for, row }));
                }
            }
            Ok(None)
        })
        .await
    }

    pub(crate) async fn postpone(&self, claimed: Claimed, obstacle: Obstacle) -> Result<()> {
        self.statement(|shelf, now| {
            let moment = shelf.moment(now, &claimed.row);
            let mut row = claimed.row.clone();
            row.postpone(obstacle, claimed.waited_for, &moment)?;
            shelf.save(&row, &claimed.row)?;
            Ok(())
        })
        .await
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) async fn intend(&self, claimed: Claimed, body: String) -> Result<Option<Attempt>> {
        self.statement(|shelf, now| {
            let mut row = claimed.row.clone();
            let is_saved = row.intend(body, now)? && shelf.save(&row, &claimed.row)?;
            Ok(is_saved.then(|| claimed.attempt(row)))
        })
        .await
    }

    pub(crate) async fn record(&self, attempt: &Attempt, outcome: Outcome) -> Result<()> {
        self.statement(|shelf, now| {
            let is_lost = matches!(outcome, Outcome::Lost { .. });
            let (mut row, _) = attempt.after(outcome, &shelf.moment(now, &attempt.row))?;
            if shelf.naive && is_lost {
                row.send_anew(now);
            }
            if shelf.save(&row, &attempt.row)? { Ok(()) } else { Err(fenced()) }
        })
        .await
    }
}

impl Row {
    /// What a naive retry does.
    fn send_anew(&mut self, now: DateTime<Utc>) {
        (self.state, self.due_at, self.body) = (State::Queued, Some(now), None);
    }
}

impl Shelf {
    fn moment(&mut self, now: DateTime<Utc>, row: &Row) -> Moment {
        Moment { now, tries: row.tries.into(), chance: self.rng.random() }
    }
}
