//! The server dies under people who click: whoever was led on has been counted.

use std::time::{Duration, Instant};

use klaroen_core::{db::Actor, link::Link};
use rand::Rng;

use crate::support::{Client, Outage, Process, TestApp, deaths};

const AT_ONCE: i64 = 16;
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Clicks until nobody answers, each time as somebody else; how often somebody did.
async fn click(visitor: Client, path: String, name: String) -> i64 {
    let mut answered = 0;
    while let Some(status) = visitor.status(&path, &format!("{BROWSER} {name}-{answered}")).await {
        assert_eq!(status, 302);
        answered += 1;
    }
    answered
}

#[tokio::test]
async fn g9_a_click_that_was_answered_is_counted_whatever_dies() {
    let app = TestApp::start_in_real_time().await;
    let post = app.live_post().await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let link = Link::create(&mut tx, &app.app.config, post, "https://example.com/").await.unwrap();
    tx.commit().await.unwrap();
    let (mut answered, deaths) = (0, deaths());
    for _ in 0..deaths {
        let (mut process, origin) = Process::product(&app, &[]);
        let visitor = app.nobody().at(&origin);
        let clicks: Vec<_> = (0..AT_ONCE)
            .map(|at| tokio::spawn(click(visitor.clone(), format!("/s/{}", link.code), at.to_string())))
            .collect();
        let life = Duration::from_millis(rand::rng().random_range(50..400));
        tokio::time::sleep(life).await;
        process.kill();
        for clicks in clicks {
            answered += clicks.await.unwrap();
        }
    }
    let counted: i64 =
        Link::days(&mut app.app.db.read(), &link.code).await.unwrap().iter().map(|(_, clicks)| clicks).sum();
    println!("G9: {deaths} deaths, {answered} clicks answered, {counted} counted");
    assert!(answered > 0 && counted >= answered, "{answered} answered, {counted} counted");
    assert!(counted <= answered + AT_ONCE * i64::try_from(deaths).unwrap(), "more than were asked for");
}

#[tokio::test]
async fn g9_whoever_clicks_gets_on_while_the_database_is_away() {
    let app = TestApp::start().await;
    let post = app.live_post().await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let link = Link::create(&mut tx, &app.app.config, post, "https://example.com/").await.unwrap();
    tx.commit().await.unwrap();
    let (visitor, path) = (app.nobody(), format!("/s/{}", link.code));
    visitor.click(&path, "first").await.expect(302);
    let outage = Outage::begin(&app).await;
    let since = Instant::now();
    visitor.click(&path, "meanwhile").await.expect(302);
    assert!(since.elapsed() < Duration::from_secs(4), "{:?}", since.elapsed());
    outage.end().await;
    let since = Instant::now();
    visitor.click(&path, "after").await.expect(302);
    assert!(since.elapsed() < Duration::from_secs(2), "{:?}", since.elapsed());
    let counted: i64 =
        Link::days(&mut app.app.db.read(), &link.code).await.unwrap().iter().map(|(_, clicks)| clicks).sum();
    assert!((2..=3).contains(&counted), "{counted}: the one of meanwhile may be lost, and never counts twice");
}
