//! The practice YouTube: playlists, ids that are no ids, phases in which nothing works, and videos that change.

use chrono::Duration;
use klaroen_sandbox::questions::{FeedIds, LargestThumbnail, Premieres};
use klaroen_sandbox::{Endpoint, Fault, When};
use serde_json::json;

use crate::support::Site;

const CHANNEL: &str = "/feeds/videos.xml?channel_id=UCVoorbeeldEnergieNL0001";
const PLAYLIST: &str = "/feeds/videos.xml?playlist_id=PLvoorbeeldEnergieKeuze01";

async fn text(site: &Site, path: &str) -> String {
    site.get(path).await.text().await.unwrap()
}

/// Everything between two texts.
fn between<'t>(xml: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    xml.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()).collect()
}

#[tokio::test]
async fn the_ids_of_a_whole_feed_may_be_empty_for_one_call_or_for_all() {
    let site = Site::start().await;
    let ids = |xml: &str| {
        let channel = between(xml, "<yt:channelId>", "</yt:channelId>");
        assert!(channel[1..].iter().all(|id| *id == "UCVoorbeeldEnergieNL0001"), "entries carry the whole id");
        (between(xml, "<id>", "</id>")[0].to_owned(), channel[0].to_owned())
    };
    let bare = ("yt:channel:VoorbeeldEnergieNL0001".to_owned(), "VoorbeeldEnergieNL0001".to_owned());
    assert_eq!(ids(&text(&site, CHANNEL).await), bare);
    let switch = json!({ "endpoint": "videos", "fault": { "as_if": { "name": "youtube_ids", "value": "empty" } } });
    assert_eq!(site.http.post(site.url("/switches/faults")).json(&switch).send().await.unwrap().status(), 204);
    assert_eq!(ids(&text(&site, CHANNEL).await), ("yt:channel:".into(), String::new()));
    assert_eq!(ids(&text(&site, CHANNEL).await), bare, "for one call only");
    site.running.rules(|rules| rules.questions.youtube_ids = FeedIds::WithUc);
    assert_eq!(ids(&text(&site, CHANNEL).await).1, "UCVoorbeeldEnergieNL0001");
}

#[tokio::test]
async fn a_playlist_has_an_order_and_ids_of_its_own() {
    let site = Site::start().await;
    let xml = text(&site, PLAYLIST).await;
    let (head, entries) = xml.split_once("<entry>").unwrap();
    assert!(head.contains("<id>yt:playlist:PLvoorbeeldEnergieKeuze01</id>"));
    assert!(head.contains("<yt:playlistId>PLvoorbeeldEnergieKeuze01</yt:playlistId>"));
    assert!(!head.contains("rel=\"alternate\""), "a playlist does not say where it is");
    assert_eq!(entries.matches("</entry>").count(), 15);
    let dates = between(entries, "<published>", "</published>");
    assert!(!dates.is_sorted_by(|a, b| a >= b) && !dates.is_sorted(), "no order of time: {dates:?}");
    let channel = between(&text(&site, CHANNEL).await, "<published>", "</published>")[1..].len();
    assert_eq!(channel, 15);
    let of = async |kind: &str| {
        let xml = text(&site, &format!("/feeds/videos.xml?playlist_id={kind}VoorbeeldEnergieNL0001")).await;
        (xml.matches("</entry>").count(), xml.matches("/shorts/").count())
    };
    assert_eq!((of("UU").await, of("UULF").await, of("UUSH").await), ((15, 3), (12, 0), (3, 3)));
    for missing in ["UULVVoorbeeldEnergieNL0001", "PLnothing"] {
        let answer = site.get(&format!("/feeds/videos.xml?playlist_id={missing}")).await;
        assert_eq!(answer.status(), 404);
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    }
}

#[tokio::test]
async fn phases_strike_every_feed_of_youtube_and_no_other() {
    let site = Site::start().await;
    for (name, status) in [("youtube_404", 404), ("youtube_500", 500)] {
        let fields = [("endpoint", "videos"), ("when", "every"), ("number", "1"), ("fault", name)];
        assert_eq!(site.form("/switches", &fields).await.status(), 303);
        for path in [CHANNEL, PLAYLIST] {
            let answer = site.get(path).await;
            assert_eq!(answer.status(), status);
            assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
        }
        assert_eq!(site.get("/feeds/nieuws.xml").await.status(), 200);
        assert_eq!(site.form("/switches/faults/clear", &[]).await.status(), 303);
        assert_eq!(site.get(CHANNEL).await.status(), 200, "the phase is over");
    }
    site.running.fault_when(Endpoint::Videos, None, When::Every(1), Fault::BlankLine);
    assert!(text(&site, CHANNEL).await.starts_with("\n<?xml"));
}

#[tokio::test]
async fn a_title_is_edited_and_a_video_taken_back() {
    let site = Site::start().await;
    let before = text(&site, CHANNEL).await;
    let newest = |xml: &str| {
        let entry = between(xml, "<entry>", "</entry>")[0].to_owned();
        let one = |name: &str| between(&entry, &format!("<{name}>"), &format!("</{name}>"))[0].to_owned();
        (one("yt:videoId"), one("title"), one("updated"))
    };
    let (id, title, updated) = newest(&before);
    site.advance(Duration::minutes(30));
    let edited = site.running.edit("videos").unwrap();
    let (same, now, moved) = newest(&text(&site, CHANNEL).await);
    assert_eq!((&same, &now), (&id, &edited));
    assert!(now != title && moved > updated);
    assert_eq!(site.form("/feeds/videos/edit", &[]).await.status(), 303);
    assert_ne!(newest(&text(&site, CHANNEL).await).1, edited);
    assert_eq!(site.form("/feeds/videos/withdraw", &[]).await.status(), 303);
    let after = text(&site, CHANNEL).await;
    assert_ne!(newest(&after).0, id);
    assert_eq!(site.get(&format!("/watch?v={id}")).await.status(), 404);
    assert_eq!(site.running.edit("nothing"), None);
}

#[tokio::test]
async fn the_largest_thumbnail_and_the_premiere_are_open_questions() {
    let site = Site::start().await;
    let thumbnail = "/ytimg/vi/vE_wind02aB/maxresdefault.jpg";
    assert_eq!(site.get(thumbnail).await.status(), 404);
    site.running.rules(|rules| rules.questions.youtube_maxres = LargestThumbnail::Present);
    let picture = image::load_from_memory(&site.get(thumbnail).await.bytes().await.unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (1280, 720));
    site.running.rules(|rules| rules.questions.premieres = Premieres::Early);
    let title = site.running.publish("videos").unwrap();
    assert!(!text(&site, CHANNEL).await.contains(&title), "told before it is in the feed");
    site.advance(Duration::hours(1));
    assert!(text(&site, CHANNEL).await.contains(&title));
}
