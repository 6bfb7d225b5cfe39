//! Short links: a click counts once and nothing of who clicked stays.

use klaroen_core::{db::Actor, link::Link};
use reqwest::Method;

use crate::support::{Client, TestApp};

const BROWSER: &str =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1 planted-agent";

async fn link(app: &TestApp) -> Link {
    let post = app.live_post().await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let link = Link::create(&mut tx, &app.app.config, post, "https://example.com/jobs?a=1&b=2").await.unwrap();
    tx.commit().await.unwrap();
    link
}

async fn clicks(app: &TestApp, link: &Link) -> i64 {
    Link::days(&mut app.app.db.read(), &link.code).await.unwrap().iter().map(|(_, clicks)| clicks).sum()
}

async fn follow(visitor: &Client, method: Method, link: &Link, agent: &str) -> crate::support::Answer {
    let headers =
        [("user-agent", agent), ("referer", "https://planted.example/"), ("x-forwarded-for", "198.51.100.77")];
    visitor.send_raw(method, &format!("/s/{}", link.code), &headers, None).await
}

#[tokio::test]
async fn a_click_is_counted_before_it_leads_on() {
    let app = TestApp::start().await;
    let (link, visitor) = (link(&app).await, app.nobody());
    for expected in 1..=3 {
        let answer = follow(&visitor, Method::GET, &link, BROWSER).await.expect(302);
        assert_eq!(answer.header("location"), Some("https://example.com/jobs?a=1&b=2"));
        assert_eq!(
            (answer.header("x-robots-tag"), answer.header("referrer-policy")),
            (Some("noindex"), Some("no-referrer"))
        );
        assert_eq!((answer.header("set-cookie"), answer.header("cache-control")), (None, Some("no-store")));
        assert_eq!(clicks(&app, &link).await, expected);
    }
    app.app.clock.advance(chrono::Duration::days(1));
    follow(&visitor, Method::GET, &link, BROWSER).await.expect(302);
    let days = Link::days(&mut app.app.db.read(), &link.code).await.unwrap();
    let days: Vec<_> = days.iter().map(|(day, clicks)| (day.to_string(), *clicks)).collect();
    assert_eq!(days, [("2026-11-23".to_owned(), 3), ("2026-11-24".to_owned(), 1)]);
}

#[tokio::test]
async fn g9_machines_are_led_on_without_being_counted() {
    let app = TestApp::start().await;
    let (link, visitor) = (link(&app).await, app.nobody());
    follow(&visitor, Method::HEAD, &link, BROWSER).await.expect(302);
    for agent in ["LinkedInBot/1.0 (compatible; Mozilla/5.0)", "Slackbot-LinkExpanding 1.0", "curl/8.5.0", ""] {
        follow(&visitor, Method::GET, &link, agent).await.expect(302);
    }
    assert_eq!(clicks(&app, &link).await, 0);
    visitor.get("/s/unknown1").await.expect(404);
}

#[tokio::test]
async fn g9_nothing_of_a_click_is_stored_but_that_it_happened() {
    let app = TestApp::start().await;
    let (link, visitor) = (link(&app).await, app.nobody());
    for _ in 0..50 {
        follow(&visitor, Method::GET, &link, BROWSER).await.expect(302);
    }
    assert_eq!(clicks(&app, &link).await, 50);
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        for planted in ["planted-agent", "planted.example", "198.51.100.77"] {
            let hits = bytes.windows(planted.len()).filter(|window| *window == planted.as_bytes()).count();
            assert_eq!(hits, 0, "{planted} in {}", file.display());
        }
    }
}

#[tokio::test]
async fn f10_a_link_leads_only_where_it_was_made_to() {
    let app = TestApp::start().await;
    let link = link(&app).await;
    let visitor = app.nobody();
    for tail in
        ["?to=https://evil.example/", "?url=//evil.example", "#https://evil.example", "?next=%2F%2Fevil.example"]
    {
        let answer = visitor.get(&format!("/s/{}{tail}", link.code)).await.expect(302);
        assert_eq!(answer.header("location"), Some("https://example.com/jobs?a=1&b=2"));
    }
    let post = app.live_post().await;
    for target in [
        "http://example.com/",
        "javascript:alert(1)",
        "//evil.example/",
        "/relative",
        "data:text/html,x",
        "https://user:pass@example.com/",
        "https://",
        "ftp://example.com/",
        "",
    ] {
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        let error = Link::create(&mut tx, &app.app.config, post, target).await.unwrap_err();
        assert!(matches!(error, klaroen_core::Error::Refused { code: "link.not_https", .. }), "{target}: {error}");
    }
}
