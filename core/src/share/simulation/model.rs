//! The database as each process reaches it: statements that take their time, and the transactions of `claim.rs` and
//! `send.rs` made of them.

use std::{
    future::pending,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use rand::Rng;

use super::shelf::Shelf;
use crate::{
    Clock, Result,
    network::{Obstacle, Outcome},
    share::{Attempt, Claimed, send::fenced, turn},
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
        // As on PostgreSQL, another worker may come between the look and what is decided after it.
        while let Some(seen) = self.statement(Shelf::look).await {
            if let Some(claimed) = self.statement(|shelf, _| shelf.settle(seen)).await? {
                return Ok(Some(claimed));
            }
        }
        Ok(None)
    }

    pub(crate) async fn postpone(&self, claimed: Claimed, obstacle: Obstacle) -> Result<()> {
        self.statement(|shelf, now| {
            let moment = shelf.moment(now, &claimed.row);
            let mut row = claimed.row.clone();
            row.postpone(obstacle, claimed.waited_for, &moment)?;
            shelf.pass(&claimed.account, claimed.row.due_at, None);
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
            let is_ready = row.intend(body, now)?
                && shelf.pass(&claimed.account, claimed.row.due_at, row.due_at)
                && shelf.save(&row, &claimed.row)?;
            if !is_ready {
                shelf.pass(&claimed.account, row.due_at, None);
                return Ok(None);
            }
            Ok(Some(claimed.attempt(row)))
        })
        .await
    }

    pub(crate) async fn record(&self, attempt: &Attempt, outcome: Outcome) -> Result<()> {
        self.statement(|shelf, now| {
            let is_lost = matches!(outcome, Outcome::Lost { .. });
            let end = turn::end(&outcome, now);
            let (mut row, _) = attempt.after(outcome, &shelf.moment(now, &attempt.row))?;
            if shelf.naive && is_lost {
                row.send_anew(now);
            }
            if !shelf.save(&row, &attempt.row)? {
                return Err(fenced()); // and the turn is as it was: it is one transaction
            }
            shelf.pass(&attempt.account, attempt.row.due_at, end);
            Ok(())
        })
        .await
    }
}
