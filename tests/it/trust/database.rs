//! R5: the database goes away for a while. Nothing crashes, nothing is lost, and an outcome in hand is written down late
//! instead of being called unknown.

use std::time::{Duration, Instant};

use chrono::Duration as Span;
use klaroen_sandbox::{Endpoint, Fault};
use tokio_util::sync::CancellationToken;

use crate::support::{Outage, TestApp, share_request};

#[tokio::test]
async fn r5_a_database_that_goes_away_and_comes_back_costs_nothing_but_time() {
    let app = TestApp::start().await;
    let (first, second) = (app.sharer(1).await, app.sharer(2).await);
    let sent = first.share(app.live_post().await).await;
    let (waiting, later) = (app.live_post().await, app.live_post().await);
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DelayAfter { ms: 1_000 });
    let stop = CancellationToken::new();
    let worker = tokio::spawn(klaroen_worker::run(app.app.clone(), stop.clone()));
    app.app.clock.advance(Span::seconds(10));
    app.until("select count(*) from shares where state = 'posting'", 1, Duration::from_secs(20)).await;
    let next = second.share(waiting).await;
    let outage = Outage::begin(&app).await;
    app.app.clock.advance(Span::seconds(10));
    let refused = second.post("/api/shares", &share_request(later, "Hi", uuid::Uuid::now_v7())).await;
    assert!(matches!(refused.status.as_u16(), 201 | 503), "{}", refused.text);
    if refused.status == 503 {
        assert_eq!(refused.code(), "unavailable");
    }
    outage.end().await;
    app.app.clock.advance(Span::seconds(10)); // the share that was taken meanwhile is due as well
    let since = Instant::now();
    let done = "select count(*) from shares where state = 'published'";
    app.until(done, 2 + i64::from(refused.status == 201), Duration::from_secs(10)).await;
    println!("R5: caught up {:.1} s after the outage", since.elapsed().as_secs_f64());
    for (employee, share) in [(&first, &sent), (&second, &next)] {
        assert_eq!(employee.look_at(share).await["state"], "published");
    }
    stop.cancel();
    worker.await.unwrap();
}
