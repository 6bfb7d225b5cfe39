//! A clock that cannot be believed: nothing goes out, and the admin sees why.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::TestApp;

async fn alarms(app: &TestApp) -> Vec<(Value, Value)> {
    let health = app.admin().await.get("/api/health/publishing").await.expect(200).json();
    let alarms = health["alarms"].as_array().unwrap().iter();
    alarms.map(|alarm| (alarm["code"].clone(), alarm["detail"].clone())).collect()
}

#[tokio::test]
async fn with_a_clock_that_was_set_back_nothing_goes_out_until_it_has_caught_up() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    app.app.clock.advance(Duration::hours(1));
    app.drain().await;
    app.app.clock.advance(-Duration::hours(1));
    let share = employee.share(app.live_post().await).await;
    app.pass(Duration::seconds(10)).await;
    assert_eq!(employee.look_at(&share).await["state"], "queued");
    assert_eq!(alarms(&app).await, [(json!("clock.wrong"), json!("set back by 3590 s"))]);
    app.pass(Duration::seconds(3588)).await;
    assert_eq!(employee.look_at(&share).await["state"], "published", "two seconds are nothing");
}

/// R10: the same with the system's clock, which the worker sees an hour ahead at first.
#[cfg(feature = "failpoints")]
#[tokio::test]
async fn r10_a_worker_whose_clock_jumps_publishes_nothing_and_says_so() {
    use std::time::Duration as Time;

    use crate::support::Process;
    let app = TestApp::start_in_real_time().await;
    let (employee, colleague) = (app.sharer(1).await, app.sharer(2).await);
    let share = employee.share(app.live_post().await).await;
    let worker = Process::worker(&app, &[("FAILPOINTS", "clock=300*return(3600)->off")]);
    app.until("select count(*) from alarms where code = 'clock.wrong'", 1, Time::from_secs(30)).await;
    // By the time of an hour ahead it was due at once, where there is no other clock to compare with.
    let before = employee.look_at(&share).await["state"].clone();
    let next = colleague.share(app.live_post().await).await;
    app.bring_forward("state = 'queued'").await;
    tokio::time::sleep(Time::from_secs(3)).await;
    assert_eq!(colleague.look_at(&next).await["state"], "queued");
    assert_eq!(before == "published", app.app.db.is_embedded());
    drop(worker);
    let _right = Process::worker(&app, &[]);
    app.until("select count(*) from shares where state = 'published'", 2, Time::from_secs(30)).await;
    assert_eq!(app.world.posts().len(), 2);
}
