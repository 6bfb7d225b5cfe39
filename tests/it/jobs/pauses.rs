//! The network's limits of the day: everybody's holds everybody, a member's holds that member, and both end by themselves.

use chrono::{DateTime, Duration, Utc};
use klaroen_core::share::SPACING;
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::TestApp;

const UNDO: Duration = Duration::seconds(10);

fn seen(share: &Value) -> (&str, &str) {
    (share["state"].as_str().unwrap(), share["reason"]["code"].as_str().unwrap_or_default())
}

fn instant(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

fn midnight() -> DateTime<Utc> {
    "2026-11-24T00:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn everybodys_limit_holds_everybody_until_after_midnight() {
    let app = TestApp::start().await;
    let (first, second) = (app.sharer(1).await, app.sharer(2).await);
    let share = first.share(app.live_post().await).await;
    app.world.rules(|rules| rules.app_calls_per_day = 0);
    app.pass(UNDO).await;
    let held = first.look_at(&share).await;
    assert_eq!(seen(&held), ("held", "network.paused"));
    let until = instant(&held["reason"]["until"]);
    assert!(until >= midnight() && until <= midnight() + Duration::minutes(30), "{until}");
    // It would get through by now, but nobody tries, whoever it is.
    app.world.rules(|rules| rules.app_calls_per_day = 100_000);
    let other = second.share(app.live_post().await).await;
    let again = first.share(app.live_post().await).await;
    app.pass(UNDO).await;
    app.pass(Duration::hours(1)).await;
    for (employee, share) in [(&second, &other), (&first, &again)] {
        let share = employee.look_at(share).await;
        assert_eq!((seen(&share), instant(&share["reason"]["until"])), (("held", "network.paused"), until));
    }
    assert!(app.world.posts().is_empty());
    let health = app.admin().await.get("/api/health/publishing").await.expect(200).json();
    assert_eq!(health["pauses"][0]["network"], "linkedin");
    assert_eq!(instant(&health["pauses"][0]["until"]), until);
    app.pass(until - app.app.clock.now()).await;
    app.pass(SPACING).await;
    for (employee, share) in [(&first, &share), (&second, &other), (&first, &again)] {
        let employee = app.sign_in_again(employee).await;
        assert_eq!(seen(&employee.look_at(share).await), ("published", ""));
    }
    assert_eq!(app.world.posts().len(), 3);
    let health = app.admin().await.get("/api/health/publishing").await.expect(200).json();
    assert_eq!(health["pauses"], json!([]));
}

#[tokio::test]
async fn a_members_limit_holds_that_member_only() {
    let app = TestApp::start().await;
    let (full, free) = (app.sharer(1).await, app.sharer(2).await);
    let (one, two) = (app.live_post().await, app.live_post().await);
    let shares = [full.share(one).await, full.share(two).await];
    let other = free.share(one).await;
    let message = "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached.";
    let body = json!({ "status": 429, "code": "TOO_MANY_REQUESTS", "message": message }).to_string();
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::Answer { status: 429, body });
    app.pass(UNDO).await;
    app.pass(Duration::hours(1)).await;
    for share in &shares {
        let share = full.look_at(share).await;
        assert_eq!(seen(&share), ("held", "network.throttled"), "one asked, the other did not need to");
        assert!(instant(&share["reason"]["until"]) >= midnight());
    }
    assert_eq!(seen(&free.look_at(&other).await), ("published", ""));
    assert_eq!(app.world.posts().len(), 1);
    app.pass(midnight() + Duration::minutes(30) - app.app.clock.now()).await;
    app.pass(SPACING).await;
    let full = app.sign_in_again(&full).await;
    for share in &shares {
        assert_eq!(seen(&full.look_at(share).await), ("published", ""));
    }
}
