//! R8: what no worker takes is seen: on the admin's page, in the figures, and as an alarm.

use chrono::Duration;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;

use crate::support::TestApp;

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
