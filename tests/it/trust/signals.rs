//! R4: the first signal asks, the second does not.

use std::time::{Duration, Instant};

use klaroen_sandbox::{Endpoint, Fault};
use serde_json::Value;

use crate::support::{Client, Process, TestApp};

const POSTING: &str = "select count(*) from shares where state = 'posting'";

/// A worker that is just sending: its answer takes so many milliseconds.
async fn sending(ms: u64) -> (TestApp, Client, Value, Process) {
    let app = TestApp::start_in_real_time().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DelayAfter { ms });
    app.bring_forward("state = 'queued'").await;
    let worker = Process::worker(&app, &[]);
    app.until(POSTING, 1, Duration::from_secs(20)).await;
    (app, employee, share, worker)
}

#[tokio::test]
async fn r4_a_signal_lets_what_is_being_sent_end_and_begins_nothing() {
    let (app, employee, share, mut worker) = sending(3_000).await;
    worker.signal("TERM");
    let since = Instant::now();
    let next = employee.share(app.live_post().await).await;
    app.bring_forward("state = 'queued'").await;
    let status = worker.ended_within(Duration::from_secs(45)).await.expect("an end");
    assert_eq!(status.code(), Some(0));
    println!("R4: ended {:.1} s after the signal", since.elapsed().as_secs_f64());
    assert_eq!(employee.look_at(&share).await["state"], "published");
    assert_eq!(employee.look_at(&next).await["state"], "queued", "nothing new is begun");
}

#[tokio::test]
async fn r4_a_second_signal_ends_at_once_and_what_was_being_sent_is_unknown() {
    let (app, employee, share, mut worker) = sending(30_000).await;
    worker.signal("TERM");
    assert!(worker.ended_within(Duration::from_millis(500)).await.is_none(), "the first one waits");
    worker.signal("TERM");
    let status = worker.ended_within(Duration::from_secs(1)).await.expect("an end within a second");
    assert_ne!(status.code(), Some(0));
    app.bring_forward("state = 'posting'").await;
    app.drain().await;
    assert_eq!(employee.look_at(&share).await["state"], "unknown");
    assert_eq!(app.world.posts().len(), 1);
}
