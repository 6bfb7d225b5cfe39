//! The sample feeds: well-formed, in the form of the real ones, and with links and pictures that resolve.

use chrono::Duration;
use quick_xml::Reader;
use quick_xml::events::Event;
use reqwest::header::{ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};

use crate::support::Site;

const VIDEOS: &str = "/feeds/videos.xml?channel_id=UCVoorbeeldEnergieNL0001";
const FEEDS: [(&str, &str, usize); 5] = [
    (VIDEOS, "entry", 15),
    ("/feeds/nieuws.xml", "item", 11),
    ("/feeds/insights.xml", "entry", 9),
    ("/feeds/vacatures.xml", "item", 7),
    ("/feeds/personeel.xml", "functie", 7),
];

/// How often an element occurs; fails if the XML is not well-formed.
fn count(xml: &str, name: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut found = 0;
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) if start.name().as_ref() == name => found += 1,
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The addresses on the sandbox's own origin that a text names.
fn addresses(text: &str, origin: &str) -> Vec<String> {
    let ends = |c: char| "\"<& ".contains(c);
    text.match_indices(origin).map(|(at, _)| text[at..].split(ends).next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_feed_is_well_formed_and_its_addresses_resolve() {
    let site = Site::start().await;
    for (path, element, entries) in FEEDS {
        let xml = site.get(path).await.text().await.unwrap();
        assert_eq!(count(&xml, element), entries, "{path}");
        for address in addresses(&xml, site.running.base_url()) {
            if address.ends_with("/feed") || address.contains("/v/") {
                continue; // comment feeds and the retired Flash player, dead ends in real feeds as well
            }
            let answer = site.http.get(&address).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{address}");
            if answer.headers()["content-type"] == "image/jpeg" {
                let picture = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
                assert!(picture.width() >= 144, "{address}");
            }
        }
    }
}

#[tokio::test]
async fn a_channel_feed_has_the_quirks_of_the_real_one() {
    let site = Site::start().await;
    let answer = site.get(VIDEOS).await;
    assert_eq!(answer.headers()["content-type"], "text/xml; charset=UTF-8");
    assert_eq!(answer.headers()["cache-control"], "public, max-age=900");
    assert!(!answer.headers().contains_key(ETAG) && !answer.headers().contains_key(LAST_MODIFIED));
    let xml = answer.text().await.unwrap();
    assert!(xml.contains("<id>yt:channel:VoorbeeldEnergieNL0001</id>"));
    assert_eq!(xml.matches("/shorts/").count(), 3);
    assert_eq!(xml.matches("<media:description/>").count(), 1);
    let unknown = site.get("/feeds/videos.xml?channel_id=UCunknown").await;
    assert_eq!(unknown.status(), 404);
    assert!(unknown.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert_eq!(site.get("/feeds/videos.xml").await.status(), 404);
    site.advance(Duration::hours(3));
    let later = site.get(VIDEOS).await.text().await.unwrap();
    let published =
        |xml: &str| xml.lines().filter(|line| line.contains("<published>")).map(String::from).collect::<Vec<_>>();
    assert_ne!(later, xml, "views and updated move");
    assert_eq!(published(&later), published(&xml), "dates of publishing do not");
}

#[tokio::test]
async fn an_unchanged_feed_is_not_sent_again() {
    let site = Site::start().await;
    for (path, ..) in &FEEDS[1..] {
        let first = site.get(path).await;
        let etag = first.headers()[ETAG].clone();
        let modified = first.headers()[LAST_MODIFIED].clone();
        let ask = async |name, value: &reqwest::header::HeaderValue| {
            site.http.get(site.url(path)).header(name, value).send().await.unwrap().status().as_u16()
        };
        assert_eq!(ask(IF_NONE_MATCH, &etag).await, 304);
        assert_eq!(ask(IF_MODIFIED_SINCE, &modified).await, 304);
        assert_eq!(ask(IF_NONE_MATCH, &"\"other\"".parse().unwrap()).await, 200);
        assert_eq!(ask(IF_MODIFIED_SINCE, &"Thu, 01 Jan 2015 00:00:00 GMT".parse().unwrap()).await, 200);
    }
}

#[tokio::test]
async fn a_story_in_reserve_comes_out_on_demand() {
    let site = Site::start().await;
    let etag = site.get("/feeds/nieuws.xml").await.headers()[ETAG].clone();
    site.advance(Duration::minutes(20));
    let title = site.running.publish("nieuws").unwrap();
    let xml = site.http.get(site.url("/feeds/nieuws.xml")).header(IF_NONE_MATCH, etag).send().await.unwrap();
    let xml = xml.text().await.unwrap();
    assert_eq!(count(&xml, "item"), 12);
    assert!(xml.find(&title).unwrap() < xml.find("Windpark Noorderdijk").unwrap());
    assert_eq!(site.form("/feeds/videos/publish", &[]).await.status(), 303);
    assert!(site.get(VIDEOS).await.text().await.unwrap().contains("vE-nieuw16d"));
    let reserve: Vec<_> = std::iter::from_fn(|| site.running.publish("vacatures")).collect();
    assert_eq!(reserve.len(), 2);
}

#[tokio::test]
async fn pages_say_where_their_feeds_are() {
    let site = Site::start().await;
    let feed = site.url(VIDEOS);
    for path in ["/channel/UCVoorbeeldEnergieNL0001", "/@voorbeeldenergie"] {
        let page = site.get(path).await.text().await.unwrap();
        assert!(
            page.contains(&format!(r#"<link rel="alternate" type="application/rss+xml" title="RSS" href="{feed}">"#)),
            "{path}"
        );
        assert!(
            page.contains(&format!(
                r#"<link rel="canonical" href="{}">"#,
                site.url("/channel/UCVoorbeeldEnergieNL0001")
            ))
        );
    }
    let page = site.get("/company").await.text().await.unwrap();
    assert_eq!(page.matches(r#"rel="alternate""#).count(), 3);
    assert!(page.contains(&site.url("/feeds/nieuws.xml")));
    assert_eq!(site.get("/channel/UCunknown").await.status(), 404);
    let list = site.get("/feeds").await.text().await.unwrap();
    for (path, ..) in FEEDS {
        assert!(list.contains(&site.url(path)), "{path}");
    }
}

#[tokio::test]
async fn real_files_are_served_with_our_own_thumbnails() {
    let folder = tempfile::tempdir().unwrap();
    let feed = r#"<feed><link href="http://www.youtube.com/watch?v=abc"/><t url="https://i2.ytimg.com/vi/abc/hqdefault.jpg"/></feed>"#;
    std::fs::write(folder.path().join("videos.xml"), feed).unwrap();
    std::fs::write(folder.path().join("notes.txt"), "not a feed").unwrap();
    let path = folder.path().to_owned();
    let site = Site::start_with(|settings| settings.real_feeds = Some(path)).await;
    let answer = site.get("/real/videos.xml").await;
    let etag = answer.headers()[ETAG].clone();
    let own = site.url("/ytimg/vi/abc/hqdefault.jpg");
    assert_eq!(answer.text().await.unwrap(), feed.replace("https://i2.ytimg.com/vi/abc/hqdefault.jpg", &own));
    assert_eq!(site.http.get(own).send().await.unwrap().status(), 200);
    let again = site.http.get(site.url("/real/videos.xml")).header(IF_NONE_MATCH, etag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    let list = site.get("/real").await.text().await.unwrap();
    assert!(list.contains("/real/videos.xml") && !list.contains("notes.txt"));
    for outside in ["/real/..%2Fvideos.xml", "/real/%2Fetc%2Fhosts.xml", "/real/notes.txt", "/real/none.xml"] {
        assert_eq!(site.get(outside).await.status(), 404, "{outside}");
    }
    assert_eq!(Site::start().await.get("/real").await.status(), 404);
}
