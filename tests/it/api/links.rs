//! Short links: a click counts once and nothing of who clicked stays.

use chrono::Duration;
use klaroen_core::{db::Actor, link::Link, sql};
use reqwest::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Client, TestApp};

const BROWSER: &str =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1 planted-name";

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
        let browser = format!("{BROWSER} {expected}");
        let answer = follow(&visitor, Method::GET, &link, &browser).await.expect(302);
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
    let headers = [("user-agent", BROWSER), ("sec-purpose", "navigate"), ("x-moz", "prefetch")];
    visitor.send_raw(Method::GET, &format!("/s/{}", link.code), &headers, None).await.expect(302);
    assert_eq!(clicks(&app, &link).await, 0);
    visitor.get("/s/unknown1").await.expect(404);
}

#[tokio::test]
async fn g9_nothing_of_a_click_is_stored_but_that_it_happened() {
    let app = TestApp::start().await;
    let (link, visitor) = (link(&app).await, app.nobody());
    for number in 0..50 {
        follow(&visitor, Method::GET, &link, &format!("{BROWSER} {number}")).await.expect(302);
    }
    assert_eq!(clicks(&app, &link).await, 50);
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        for planted in ["planted-name", "planted.example", "198.51.100.77"] {
            let hits = bytes.windows(planted.len()).filter(|window| *window == planted.as_bytes()).count();
            assert_eq!(hits, 0, "{planted} in {}", file.display());
        }
    }
}

#[tokio::test]
async fn g9_who_comes_back_within_half_an_hour_clicked_once() {
    let app = TestApp::start_with(|config| config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await;
    let (link, other, visitor) = (link(&app).await, link(&app).await, app.nobody());
    let click = async |link: &Link, address: &str| {
        let headers = [("user-agent", BROWSER), ("x-forwarded-for", address)];
        visitor.send_raw(Method::GET, &format!("/s/{}", link.code), &headers, None).await.expect(302);
        clicks(&app, link).await
    };
    assert_eq!(click(&link, "198.51.100.77").await, 1);
    assert_eq!(click(&link, "198.51.100.77").await, 1);
    assert_eq!(click(&link, "198.51.100.78").await, 2, "somebody else");
    assert_eq!(click(&other, "198.51.100.77").await, 1, "another link");
    app.app.clock.advance(Duration::minutes(30));
    assert_eq!(click(&link, "198.51.100.77").await, 3);
}

#[tokio::test]
async fn a_link_leads_on_and_counts_when_the_person_who_shared_it_is_gone() {
    let app = TestApp::start().await;
    let (employee, post, visitor) = (app.sharer(1).await, app.live_post().await, app.nobody());
    employee.share(post).await;
    app.pass(Duration::minutes(1)).await;
    let (code,): (String,) = sql!(app.app.db.read(), fetch_one, "select link_code from shares").unwrap();
    let link = Link::get(&mut app.app.db.read(), &code).await.unwrap();
    app.admin().await.patch(&format!("/api/people/{}", employee.id), &json!({ "active": false })).await.expect(200);
    follow(&visitor, Method::GET, &link, BROWSER).await.expect(302);
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    sql!(tx, execute, "delete from shares where person_id = $1", employee.id).unwrap();
    sql!(tx, execute, "delete from people where id = $1", employee.id).unwrap();
    tx.commit().await.unwrap();
    let answer = follow(&visitor, Method::GET, &link, &format!("{BROWSER} two")).await.expect(302);
    assert_eq!(answer.header("location"), Some(link.target.as_str()));
    assert_eq!(clicks(&app, &link).await, 2);
}

/// Paths and queries of the redirects that other products were tricked into; `*` is the code.
const PATHS: [&str; 34] = [
    "/s/*?to=https://evil.example/",
    "/s/*?url=//evil.example",
    "/s/*?next=%2F%2Fevil.example",
    "/s/*?redirect=https:evil.example",
    "/s/*?redirect_uri=https://evil.example%00.example.com",
    "/s/*?target=https://example.com@evil.example",
    "/s/*?u=javascript:alert(1)",
    "/s/*?return_to=data:text/html,x",
    "/s/*?to=https://evil.example&to=https://example.com",
    "/s/*?%74%6f=https://evil.example",
    "/s/*?to[]=https://evil.example",
    "/s/*?https://evil.example",
    "/s/*;https://evil.example",
    "/s/*/https://evil.example",
    "/s/*//evil.example",
    "/s/*/..//evil.example",
    "/s/*%2f%2fevil.example",
    "/s/*%0d%0aLocation:%20https://evil.example",
    "/s/*%00https://evil.example",
    "/s/*%23@evil.example",
    "/s/*@evil.example",
    "/s/*.evil.example",
    "/s/*\\evil.example",
    "/s/https://evil.example",
    "/s/https:%2f%2fevil.example",
    "/s//evil.example",
    "/s/%2f%2fevil.example",
    "/s/%5c%5cevil.example",
    "//evil.example/s/*",
    "///evil.example",
    "//evil.example/%2f..",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "http://evil.example/s/*",
];

/// Headers that may lead a redirect astray.
const HEADERS: [&str; 6] = [
    "Host: evil.example",
    "X-Forwarded-Host: evil.example",
    "Forwarded: host=evil.example;proto=https",
    "X-Original-URL: https://evil.example/",
    "X-Rewrite-URL: //evil.example/",
    "Referer: https://evil.example/",
];

/// The head of the answer to these very bytes, which no client would send.
async fn raw(app: &TestApp, path: &str, header: &str) -> String {
    let host = app.origin.trim_start_matches("http://");
    let header = if header.starts_with("Host:") { header.to_owned() } else { format!("Host: {host}\r\n{header}") };
    let request = format!("GET {path} HTTP/1.1\r\n{header}\r\nUser-Agent: {BROWSER}\r\nConnection: close\r\n\r\n");
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![];
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).split("\r\n\r\n").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn f10_forty_ways_to_lead_a_redirect_astray_lead_nowhere_else() {
    let app = TestApp::start().await;
    let link = link(&app).await;
    let with_headers = HEADERS.map(|header| ("/s/*", header));
    let (mut redirects, mut refusals) = (0, 0);
    for (path, header) in PATHS.map(|path| (path, "Accept: */*")).into_iter().chain(with_headers) {
        let head = raw(&app, &path.replace('*', &link.code), header).await;
        let leads_to: Vec<_> = head.lines().filter_map(|line| line.strip_prefix("location: ")).collect();
        let is_redirect = head.starts_with("HTTP/1.1 3");
        assert!(head.starts_with("HTTP/1.1 "), "{path} {header}: {head:?}");
        assert_eq!(leads_to, if is_redirect { vec![link.target.as_str()] } else { vec![] }, "{path} {header}");
        *(if is_redirect { &mut redirects } else { &mut refusals }) += 1;
    }
    println!("F10: {redirects} led to the target, {refusals} nowhere");
    assert_eq!(redirects + refusals, 40);
    assert!(redirects >= 18);
}

#[tokio::test]
async fn f10_a_link_is_made_to_https_only() {
    let app = TestApp::start().await;
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
