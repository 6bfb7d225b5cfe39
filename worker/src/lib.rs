//! The loops: each claims the next due row, acts, records, and asks for the next.
//! `drain` does all that is due and returns, which makes tests synchronous.

pub mod jobs;
mod pace;

use std::{panic::AssertUnwindSafe, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use klaroen_core::{App, Error, Result, network::SENDS_AT_ONCE};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use pace::Pace;

/// Whether there was something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Did something; there may be more.
    Done,
    /// Nothing is due.
    Idle,
}

struct Job {
    name: &'static str,
    /// How many run side by side in one process.
    at_once: usize,
    step: fn(&App) -> BoxFuture<'_, Result<Progress>>,
}

/// Everything that a worker does.
const JOBS: [Job; 11] = [
    Job { name: "poll_feeds", at_once: 8, step: |app| Box::pin(jobs::poll_feeds::poll_feed(app)) },
    Job { name: "fetch_pictures", at_once: 2, step: |app| Box::pin(jobs::fetch_pictures::fetch_picture(app)) },
    Job {
        name: "publish_shares",
        // While so many posts are under way, half as many others get ready, or write down what came of them.
        at_once: SENDS_AT_ONCE * 3 / 2,
        step: |app| Box::pin(jobs::publish_shares::publish_share(app)),
    },
    Job { name: "remove_shares", at_once: 2, step: |app| Box::pin(jobs::remove_shares::remove_share(app)) },
    Job { name: "forget_expired", at_once: 1, step: |app| Box::pin(jobs::forget_expired::forget_expired(app)) },
    Job { name: "count_shares", at_once: 1, step: |app| Box::pin(jobs::count_shares::count_share(app)) },
    Job { name: "revoke_tokens", at_once: 2, step: |app| Box::pin(jobs::revoke_tokens::revoke_token(app)) },
    Job { name: "check_connections", at_once: 1, step: |app| Box::pin(jobs::check_connections::check_connection(app)) },
    Job { name: "remind_of_ends", at_once: 1, step: |app| Box::pin(jobs::remind_of_ends::remind_of_end(app)) },
    Job { name: "send_mails", at_once: 2, step: |app| Box::pin(jobs::send_mails::send_mail(app)) },
    Job { name: "watch_publishing", at_once: 1, step: |app| Box::pin(jobs::watch_publishing::watch_publishing(app)) },
];

/// Longest time that work under way may take to end after a stop.
const DRAIN: Duration = Duration::from_secs(45);

/// Works until `stop`, then lets what is under way end.
pub async fn run(app: App, stop: CancellationToken) {
    let tracker = TaskTracker::new();
    for job in &JOBS {
        for _ in 0..job.at_once {
            tracker.spawn(repeat(job, app.clone(), stop.clone()));
        }
    }
    tracker.close();
    stop.cancelled().await;
    app.networks.stop_sending();
    if tokio::time::timeout(DRAIN, tracker.wait()).await.is_err() {
        tracing::warn!("some work was still under way after {} s; its leases will end", DRAIN.as_secs());
    }
}

/// One loop: at once again after work, a second later without, ever later after faults. A panic is a fault too:
/// it must not end the loop unseen.
async fn repeat(job: &'static Job, app: App, stop: CancellationToken) {
    let mut pace = Pace::default();
    while !stop.is_cancelled() {
        let tried = AssertUnwindSafe((job.step)(&app)).catch_unwind().await;
        let progress = tried.unwrap_or_else(|_| Err(Error::internal(anyhow::anyhow!("the job panicked"))));
        if let Err(error) = &progress {
            tracing::error!(job = job.name, "{error:#}");
        }
        metrics::counter!("klaroen_job_steps", "job" => job.name, "outcome" => outcome(&progress)).increment(1);
        tokio::select! {
            () = tokio::time::sleep(pace.after(progress.ok())) => {}
            () = stop.cancelled() => {}
        }
    }
}

fn outcome(progress: &Result<Progress>) -> &'static str {
    match progress {
        Ok(Progress::Done) => "done",
        Ok(Progress::Idle) => "idle",
        Err(_) => "error",
    }
}

/// Does everything that is due now, and what becomes due by doing it.
///
/// # Errors
/// The first fault of a job.
pub async fn drain(app: &App) -> Result<()> {
    loop {
        let mut idle = true;
        for job in &JOBS {
            while (job.step)(app).await? == Progress::Done {
                idle = false;
            }
        }
        if idle {
            return Ok(());
        }
    }
}
