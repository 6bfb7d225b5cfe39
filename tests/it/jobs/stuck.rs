//! R8: what no worker takes is seen: on the admin's page, in the figures, and as an alarm.

use chrono::Duration;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;

use crate::support::{Client, TestApp};

#[tokio::test]
async fn r8_a_share_fifteen_minutes_past_its_time_is_on_the_admins_page_in_the_figures_and_an_alarm() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    let _here = metrics::set_default_local_recorder(&recorder);
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    employee.share(app.live_post().await).await;
    let due = app.app.clock.now() + Duration::seconds(10);
    let watch = async || klaroen_worker::jobs::watch_publishing::watch_publishing(&app.app).await.unwrap();
    // No worker takes it.
    app.app.clock.advance(Duration::minutes(15) + Duration::seconds(10));
    watch().await;
    assert!(figures.render().contains("klaroen_shares_stuck 0"), "{}", figures.render());
    app.app.clock.advance(Duration::seconds(1));
    watch().await;
    watch().await;
    assert!(figures.render().contains("klaroen_shares_stuck 1"), "{}", figures.render());
    let admin = app.admin().await;
    let health = admin.get("/api/health/publishing").await.expect(200).json();
    assert_eq!(health["stuck"], json!([{ "state": "queued", "shares": 1, "since": due }]));
    assert_eq!((&health["alarms"][0]["code"], &health["alarms"][0]["times"]), (&json!("share.stuck"), &json!(1)));
    // A worker comes.
    app.drain().await;
    watch().await;
    let health = admin.get("/api/health/publishing").await.expect(200).json();
    assert_eq!(health["stuck"], json!([]));
    assert!(figures.render().contains("klaroen_shares_stuck 0"));
    assert!(figures.render().contains("klaroen_network_version_days_left{network=\"linkedin\"} 296"));
}

#[tokio::test]
async fn who_cannot_share_right_now_is_on_the_admins_page_by_name_and_nothing_else_of_them() {
    let app = TestApp::start().await;
    let (employee, _never_connected) = (app.sharer(1).await, app.employee().await);
    let admin = app.admin().await;
    let cut_off =
        async |admin: &Client| admin.get("/api/health/publishing").await.expect(200).json()["cannot_share"].clone();
    assert_eq!(cut_off(&admin).await, json!([]));
    app.world.revoke_tokens(1);
    employee.share(app.live_post().await).await;
    app.pass(Duration::minutes(1)).await;
    let name = employee.get("/api/session").await.json()["person"]["name"].clone();
    assert_eq!(cut_off(&admin).await, json!([{ "person_id": employee.id, "name": name, "network": "linkedin" }]));
    // Time alone ends one too.
    let other = app.sharer(2).await;
    app.app.clock.advance(Duration::days(61));
    let admin = app.sign_in_again(&admin).await;
    let people: Vec<_> = cut_off(&admin).await.as_array().unwrap().iter().map(|one| one["person_id"].clone()).collect();
    assert!(people.contains(&json!(other.id)) && people.len() == 2, "{people:?}");
}
