//! LinkedIn cannot be reached: what provably never left is sent again.

use chrono::Duration;
use klaroen_core::{db::Actor, sql};
use klaroen_sandbox::Settings;
use tokio::net::TcpListener;
use url::Url;

use super::publish_shares::{UNDO, seen};
use crate::support::TestApp;

/// A product that asks for LinkedIn's API at an address where no call can arrive.
async fn app_without(api: &str) -> TestApp {
    let api = Url::parse(api).unwrap();
    TestApp::start_with(|config| config.linkedin.api_url = api).await
}

#[tokio::test]
async fn a_call_that_provably_never_left_is_made_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = klaroen_sandbox::serve(listener, Settings::default()).await.unwrap();
    for address in [nobody.closed_url(), nobody.nameless_url().to_owned(), nobody.tls_url()] {
        let app = app_without(&address).await;
        let employee = app.employee().await;
        app.connect_by_hand(&employee, 1).await;
        let share = employee.share(app.live_post().await).await;
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        assert_eq!(sql!(tx, execute, "update posts set media_id = null").unwrap(), 1);
        tx.commit().await.unwrap();
        for sends in 1..=2 {
            app.pass(Duration::hours(1)).await;
            assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"), "{address}");
            let (attempts,): (i32,) = sql!(app.app.db.read(), fetch_one, "select attempt from shares").unwrap();
            assert_eq!(attempts, sends, "it was the send itself, {address}");
        }
        assert!(app.world.posts().is_empty() && nobody.posts().is_empty());
    }
}

#[tokio::test]
async fn a_port_that_closes_for_a_while_costs_nothing() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.world.close_port().await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"));
    app.world.open_port().await;
    app.pass(Duration::hours(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    assert_eq!(app.world.posts().len(), 1);
}
