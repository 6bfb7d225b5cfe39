//! The main job: address, items, post, share, click, a filled week; on the sandbox's YouTube feed and on a real one.

use chrono::Duration;
use klaroen_core::{id::PostId, share::SPACING};
use klaroen_sandbox::Content;
use serde_json::{Value, json};

use crate::support::{Client, TestApp, real_feeds};

const SAMPLE: &str = "/feeds/videos.xml?channel_id=UCVoorbeeldEnergieNL0001";

/// A marketer adds a feed by its address, sees every entry as a card, and offers the newest.
async fn add_feed(app: &TestApp, marketer: &Client, path: &str, counting: bool) -> PostId {
    let address = format!("{}{path}", app.world.base_url());
    let (found, mapped) = marketer.look(&address).await;
    assert_eq!(found["definition"]["name"], "youtube");
    let cards = mapped["cards"].as_array().unwrap().clone();
    assert_eq!(cards.len(), 15, "a full YouTube feed has 15 entries");
    for card in &cards {
        for field in ["title", "link", "image", "published"] {
            assert!(card[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {card}");
        }
        marketer.get(card["image"].as_str().unwrap()).await.expect(200);
    }
    let topic = app.topic(marketer).await;
    let new = json!({
        "address": found["address"], "document": found["id"], "topic_id": topic["id"], "publish": "live", "counting_link": counting,
        "offer": [cards[0]["key"]],
    });
    let feed = marketer.post("/api/feeds", &new).await.expect(201).json();
    assert_eq!((feed["items"].as_i64(), feed["offered"].as_i64()), (Some(15), Some(1)));
    app.drain().await;
    let library = marketer.get("/api/library").await.expect(200).json();
    let posts = library["items"].as_array().unwrap();
    assert_eq!(posts.len(), 1, "the rest is the baseline: known, but not news");
    assert_eq!(posts[0]["title"], cards[0]["title"]);
    assert!(posts[0]["image"].is_string(), "{}", posts[0]);
    posts[0]["id"].as_str().unwrap().parse().unwrap()
}

/// An employee shares in two taps and sees it published.
async fn share(app: &TestApp, employee: &Client, post: PostId) -> Value {
    let home = employee.get("/api/posts").await.expect(200).json();
    assert_eq!(home["items"][0]["id"], post.to_string());
    let share = employee.share_saying(post, "Kijk (echt) #samen @ons_team!").await;
    assert_eq!(share["state"], "queued");
    app.drain().await;
    assert!(app.world.posts().is_empty(), "nothing goes out while it can be undone");
    app.pass(Duration::seconds(10)).await;
    let share = employee.look_at(&share).await;
    assert_eq!(share["state"], "published", "{share}");
    share
}

async fn story(feed: &str, app: &TestApp) {
    let program = app.program().await;
    let (marketer, employee, hr) = (app.marketer().await, app.employee().await, app.hr().await);
    employee.join(&program).await;
    let post = add_feed(app, &marketer, feed, true).await;
    employee.connect(1).await;
    let share = share(app, &employee, post).await;

    let posted = app.world.posts();
    assert_eq!(posted.len(), 1);
    assert_eq!(posted[0].text.plain(), "Kijk (echt) #samen @ons_team!", "not a character is lost");
    let Some(Content::Article { source, title, thumbnail, .. }) = &posted[0].content else {
        panic!("a card: {:?}", posted[0].content)
    };
    assert!(source.starts_with(&format!("{}/s/", app.origin)), "{source}");
    assert_eq!(Value::from(title.as_str()), share["post"]["title"]);
    assert!(thumbnail.is_some(), "the card has its picture");

    let click = app.nobody().click(source, "").await.expect(302);
    assert!(click.header("location").is_some_and(|to| to.contains("watch?v=") || to.contains("/shorts/")));
    assert!(click.header("set-cookie").is_none());
    assert_eq!(employee.look_at(&share).await["clicks"], 1);

    let year = employee.get("/api/years/2026").await.expect(200).json();
    let week = &year["weeks"][47];
    assert_eq!((week["week"].as_i64(), week["state"].as_str()), (Some(48), Some("met")), "{week}");
    let hr_year = hr.get("/api/hr/years/2026").await.expect(200).json();
    let row = &hr_year["rows"][0];
    assert_eq!(row["person_id"], employee.id.to_string());
    assert_eq!(row["weeks"].as_str().unwrap().as_bytes()[47], b'm');
}

#[tokio::test]
async fn an_address_becomes_a_filled_week() {
    story(SAMPLE, &TestApp::start().await).await;
}

#[tokio::test]
async fn an_address_becomes_a_filled_week_on_a_real_feed() {
    let Some(folder) = real_feeds() else {
        println!("skipped: there is no folder of real feeds; set KLAROEN_REAL_FEEDS to have one");
        return;
    };
    story("/real/youtube_channel.xml", &TestApp::start_with_feeds(folder).await).await;
}

#[tokio::test]
async fn a_video_is_pointed_at_directly_when_its_clicks_are_not_counted() {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.sharer(1).await);
    let post = add_feed(&app, &marketer, SAMPLE, false).await;
    let share = share(&app, &employee, post).await;
    let Some(Content::Article { source, thumbnail, .. }) = app.world.posts()[0].content.clone() else {
        panic!("a card")
    };
    assert_eq!(share["post"]["link"], source, "the video itself");
    assert!(source.contains("watch?v=") || source.contains("/shorts/"), "{source}");
    assert!(thumbnail.is_some_and(|urn| urn.starts_with("urn:li:image:")), "its picture was uploaded");
    assert_eq!(app.rows("links").await, 0, "no counting link was made");
}

#[tokio::test]
async fn every_way_to_a_video_at_youtube_goes_out_as_its_one_address() {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.sharer(1).await);
    let topic = app.topic(&marketer).await;
    let links = ["https://youtu.be/abcdefghijk?si=x", "https://www.youtube.com/shorts/abcdefghijl"];
    for link in links {
        let new = json!({ "title": "A video", "link": link, "topic_id": topic["id"], "state": "live" });
        let post = marketer.post("/api/posts", &new).await.expect(201).json();
        employee.share(post["id"].as_str().unwrap().parse().unwrap()).await;
    }
    app.pass(Duration::seconds(10)).await;
    app.pass(SPACING).await;
    let source = |post: &klaroen_sandbox::Post| match &post.content {
        Some(Content::Article { source, .. }) => source.clone(),
        other => panic!("a card: {other:?}"),
    };
    let mut sources: Vec<_> = app.world.posts().iter().map(source).collect();
    sources.sort();
    let watch = |id: &str| format!("https://www.youtube.com/watch?v={id}");
    assert_eq!(sources, [watch("abcdefghijk"), watch("abcdefghijl")]);
}

#[tokio::test]
async fn g9_a_click_leaves_nothing_but_a_number() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let post = app.live_post().await;
    let shared = employee.share(post).await;
    app.pass(Duration::seconds(10)).await;
    let Some(Content::Article { source, .. }) = &app.world.posts()[0].content else { panic!("a card") };
    for visitor in 0..50 {
        app.nobody().click(source, &format!("Canary-Browser/{visitor}")).await.expect(302);
    }
    app.nobody().click(source, "Canary-Browser/7").await.expect(302);
    for robot in ["LinkedInBot/1.0", "facebookexternalhit/1.1", "Slackbot-LinkExpanding 1.0", "curl/8.5.0"] {
        app.nobody().send_raw(reqwest::Method::GET, source, &[("user-agent", robot)], None).await.expect(302);
    }
    assert_eq!(employee.look_at(&shared).await["clicks"], 50);
    app.nobody().get("/s/nothing1").await.expect(404);
    app.app.db.close().await;
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        for canary in ["Canary-Browser", "canary.example"] {
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "{canary} is in {}", file.display());
        }
    }
}
