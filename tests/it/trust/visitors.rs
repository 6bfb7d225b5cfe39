//! G9 on the real binary: ten thousand clicks leave nothing of who clicked, crawlers that say who they are do not count,
//! and people do.

use std::{fs, path::Path};

use futures_util::{StreamExt, stream};
use klaroen_core::{db::Actor, link::Link};
use reqwest::Method;

use crate::support::{Client, Process, TestApp, everything_stored};

const AT_ONCE: usize = 64;

/// How crawlers name themselves; the source is named in the file.
fn crawlers() -> Vec<String> {
    let list = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crawlers/agents.txt")).unwrap();
    list.lines().filter(|line| !line.starts_with('#')).map(ToOwned::to_owned).collect()
}

/// A browser of a person: one of ten kinds, in a hundred versions of each.
fn browser(number: usize) -> String {
    let (kind, version) = (number % 10, 100 + number / 10);
    let chrome = format!("AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0");
    let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    match kind {
        0 => format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {chrome} Safari/537.36"),
        1 => format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {chrome} Safari/537.36"),
        2 => format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {chrome} Safari/537.36 Edg/{version}.0.3485.54"),
        3 => format!("Mozilla/5.0 (Linux; Android 10; K) {chrome} Mobile Safari/537.36"),
        4 => format!("Mozilla/5.0 (Linux; Android 15; SM-S921B; wv) {chrome} Mobile Safari/537.36 [LinkedInApp]"),
        5 => format!("Mozilla/5.0 (X11; Linux x86_64; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"),
        6 => format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"),
        7 => format!("{iphone} Version/18.{version} Mobile/15E148 Safari/604.1"),
        8 => format!("{iphone} Mobile/15E148 [LinkedInApp]/9.31.{version}"),
        _ => format!("Mozilla/5.0 (Linux; Android 11; CUBOT X30) {chrome} Mobile Safari/537.36"),
    }
}

async fn link(app: &TestApp) -> Link {
    let post = app.live_post().await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let link = Link::create(&mut tx, &app.app.config, post, "https://example.com/").await.unwrap();
    tx.commit().await.unwrap();
    link
}

async fn counted(app: &TestApp, link: &Link) -> i64 {
    Link::days(&mut app.app.db.read(), &link.code).await.unwrap().iter().map(|(_, clicks)| clicks).sum()
}

/// So many visitors, each from an address of their own.
async fn visit(visitor: &Client, link: &Link, visitors: usize, agent: impl Fn(usize) -> String) {
    let visits = (0..visitors).map(|number| {
        let agent = agent(number);
        async move {
            let (path, address) = (format!("/s/{}", link.code), format!("2001:db8:77::{number:x}"));
            let headers = [("user-agent", agent.as_str()), ("x-forwarded-for", &address)];
            let answer = visitor.send_raw(Method::GET, &path, &headers, None).await.expect(302);
            assert_eq!((answer.header("location"), answer.header("set-cookie")), (Some("https://example.com/"), None));
        }
    });
    stream::iter(visits).buffer_unordered(AT_ONCE).collect::<()>().await;
}

fn hits(bytes: &[u8], planted: &[u8]) -> usize {
    bytes.windows(planted.len()).filter(|window| window.eq_ignore_ascii_case(planted)).count()
}

#[tokio::test]
async fn g9_ten_thousand_clicks_leave_no_trace_and_ten_thousand_crawlers_do_not_count() {
    let app = TestApp::start_in_real_time().await;
    let (clicked, crawled, shown) = (link(&app).await, link(&app).await, link(&app).await);
    let log = app.app.config.data_dir.join("log");
    let keep_log = format!("exec \"$@\" 2>{}", log.display());
    let set = ["env", "KLAROEN_TRUSTED_PROXIES=127.0.0.1", "RUST_LOG=debug", "sh", "-c", &keep_log, "sh"];
    let (process, origin) = Process::product(&app, &set);
    let visitor = app.nobody().at(&origin);

    visit(&visitor, &clicked, 10_000, |number| format!("{} planted-{number}", browser(number))).await;
    assert_eq!(counted(&app, &clicked).await, 10_000);

    let crawlers = crawlers();
    visit(&visitor, &crawled, 10_000, |number| crawlers[number % crawlers.len()].clone()).await;
    let machines = counted(&app, &crawled).await;

    visit(&visitor, &shown, 1_000, browser).await;
    let people = counted(&app, &shown).await;

    drop(process);
    let (stored, logged) = (everything_stored(&app).await, fs::read(log).unwrap());
    assert!(hits(&stored, clicked.code.as_bytes()) > 0 && !logged.is_empty(), "looked in the wrong place");
    for planted in [&b"planted-"[..], b"2001:db8:77:", b"20010db80077", &[0x20, 0x01, 0x0d, 0xb8, 0, 0x77], b"firefox/"]
    {
        let words = String::from_utf8_lossy(planted);
        assert_eq!((hits(&stored, planted), hits(&logged, planted)), (0, 0), "{words:?}");
    }
    println!("G9: 10,000 clicks left nothing; {machines} of 10,000 crawlers and {people} of 1,000 people were counted");
    assert!(machines <= 100, "{machines} of 10,000 crawlers were counted");
    assert!(people >= 990, "{people} of 1,000 people were counted");
}
