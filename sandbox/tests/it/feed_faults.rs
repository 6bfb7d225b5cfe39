//! What goes wrong on the way of a feed: each fault per call, from a test and from the page.

use klaroen_sandbox::{Endpoint, Fault, When};
use reqwest::header::{ETAG, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER};

use crate::support::Site;

const NEWS: &str = "/feeds/nieuws.xml";

/// Switches a named fault on as a person does.
async fn press(site: &Site, endpoint: &str, fault: &str, when: &str, number: &str) {
    let fields = [("endpoint", endpoint), ("member", ""), ("when", when), ("number", number), ("fault", fault)];
    assert_eq!(site.form("/switches", &fields).await.status(), 303, "{fault}");
}

#[tokio::test]
async fn a_feed_moves_for_good_or_for_now() {
    let site = Site::start().await;
    let whole = site.get(NEWS).await.text().await.unwrap();
    for (name, status) in [("moved_301", 301), ("moved_302", 302), ("moved_307", 307), ("moved_308", 308)] {
        press(&site, "feeds", name, "next", "1").await;
        let moved = site.get(NEWS).await;
        assert_eq!(
            (moved.status().as_u16(), moved.headers()[LOCATION].to_str().unwrap()),
            (status, "/moved/feeds/nieuws.xml")
        );
        let there = site.get("/moved/feeds/nieuws.xml").await;
        assert_eq!(there.text().await.unwrap(), whole, "the same feed is at the new address");
        assert_eq!(site.get(NEWS).await.status(), 200, "the next call is as before");
    }
    site.running.fault_when(Endpoint::Videos, None, When::Every(1), Fault::Moved { status: 301 });
    let video = site.get("/feeds/videos.xml?channel_id=UCVoorbeeldEnergieNL0001").await;
    let there = video.headers()[LOCATION].to_str().unwrap().to_owned();
    assert_eq!(there, "/moved/feeds/videos.xml?channel_id=UCVoorbeeldEnergieNL0001");
    assert_eq!(site.get(&there).await.status(), 200, "what has moved does not move again");
    assert_eq!(site.get(NEWS).await.status(), 200, "another endpoint");
}

#[tokio::test]
async fn a_server_asks_to_come_later() {
    let site = Site::start().await;
    for (name, status, seconds) in [("busy", 429, "3600"), ("down", 503, "120")] {
        press(&site, "feeds", name, "every", "2").await;
        assert_eq!(site.get(NEWS).await.status(), 200);
        let later = site.get(NEWS).await;
        assert_eq!((later.status().as_u16(), later.headers()[RETRY_AFTER].to_str().unwrap()), (status, seconds));
        site.running.clear_faults();
    }
    site.running.fault(Endpoint::Feeds, None, 1, Fault::RetryAfter { status: 429, seconds: 7 });
    assert_eq!(site.get(NEWS).await.headers()[RETRY_AFTER], "7");
}

#[tokio::test]
async fn validators_come_go_and_lie() {
    let site = Site::start().await;
    let etag = site.get(NEWS).await.headers()[ETAG].clone();
    let asked = || site.http.get(site.url(NEWS)).header(IF_NONE_MATCH, &etag).send();
    assert_eq!(asked().await.unwrap().status(), 304);
    press(&site, "feeds", "without_validators", "next", "1").await;
    let bare = asked().await.unwrap();
    assert_eq!(bare.status(), 200);
    assert!(!bare.headers().contains_key(ETAG) && !bare.headers().contains_key(LAST_MODIFIED));
    press(&site, "feeds", "not_modified", "next", "1").await;
    assert_eq!(site.get(NEWS).await.status(), 304, "although nobody asked");
    assert_eq!(site.get(NEWS).await.status(), 200);
    press(&site, "feeds", "gone", "next", "1").await;
    assert_eq!(site.get(NEWS).await.status(), 410);
}

#[tokio::test]
async fn a_body_is_cut_broken_off_packed_or_late() {
    let site = Site::start().await;
    let whole = site.get(NEWS).await.text().await.unwrap();
    press(&site, "feeds", "half_body", "next", "1").await;
    let half = site.get(NEWS).await.bytes().await.unwrap();
    assert_eq!(half, whole.as_bytes()[..whole.len() / 2]);
    press(&site, "feeds", "break_off", "next", "1").await;
    let mut broken = site.get(NEWS).await;
    assert_eq!((broken.status().as_u16(), broken.content_length()), (200, Some(whole.len() as u64)));
    let mut got = Vec::new();
    let error = loop {
        match broken.chunk().await {
            Ok(Some(chunk)) => got.extend(chunk),
            Ok(None) => panic!("the end was announced later"),
            Err(error) => break error,
        }
    };
    assert_eq!(got, whole.as_bytes()[..whole.len() / 2], "{error}");
    press(&site, "feeds", "gzip", "next", "1").await;
    assert_eq!(site.get(NEWS).await.text().await.unwrap(), whole, "the client unpacks");
    press(&site, "feeds", "gzip", "next", "1").await;
    assert!(site.length_on_the_wire(NEWS).await < whole.len() / 2);
    press(&site, "feeds", "blank_line", "next", "1").await;
    assert_eq!(site.get(NEWS).await.text().await.unwrap(), format!("\n{whole}"));
    site.running.fault(Endpoint::Feeds, None, 1, Fault::Drip { ms: 0 });
    assert_eq!(site.get(NEWS).await.text().await.unwrap(), whole);
    site.running.fault(Endpoint::Feeds, None, 1, Fault::Delay { ms: 1 });
    assert_eq!(site.get(NEWS).await.text().await.unwrap(), whole);
}

#[tokio::test]
async fn faults_of_feeds_by_chance_are_the_same_for_the_same_seed() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let site = Site::start_with(|settings| settings.seed = Some(seed)).await;
        press(&site, "feeds", "busy", "chance", "50").await;
        let mut run = Vec::new();
        for _ in 0..24 {
            run.push(site.get(NEWS).await.status().as_u16());
        }
        assert!(run.contains(&200) && run.contains(&429));
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}
