//! Following a feed, looking after it, leaving it.

use serde_json::{Value, json};

use crate::support::{Publisher, TestApp};

#[tokio::test]
async fn following_makes_a_baseline_and_offers_only_what_was_chosen() {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    let address = app.sample("/feeds/nieuws.xml");
    let (_, mapped) = marketer.look(&address).await;
    let chosen = &mapped["cards"][0];
    let feed = marketer.follow_with(&app, &address, json!({ "offer": [chosen["key"]] })).await;
    let items = mapped["items"].as_u64().unwrap();
    assert_eq!((&feed["items"], &feed["offered"]), (&json!(items), &json!(1)));
    assert_eq!((&feed["state"], &feed["error"]), (&json!("active"), &Value::Null));
    assert_eq!(feed["schedule"], json!({ "cron": null, "words": "every 15 minutes" }));
    assert_eq!(employee.titles("/api/posts").await, [chosen["title"].as_str().unwrap()]);
    app.drain().await;
    assert_eq!(employee.titles("/api/posts").await.len(), 1, "the baseline is not news");
    assert_eq!(marketer.fetch(&address).await.expect(201).json()["already"], feed["id"]);
    let again = json!({ "address": address, "topic_id": feed["topic"]["id"], "publish": "live" });
    assert_eq!(marketer.post("/api/feeds", &again).await.expect(409).code(), "feed.already");
}

#[tokio::test]
async fn a_known_item_is_offered_by_hand_and_only_once() {
    let app = TestApp::start().await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    let feed = marketer.follow(&app, &app.sample("/feeds/insights.xml")).await;
    let items = format!("/api/feeds/{}/items", feed["id"].as_str().unwrap());
    let item = marketer.get(&items).await.expect(200).json()["items"][0].clone();
    assert_eq!((&item["baseline"], &item["post"]), (&json!(true), &Value::Null));
    let offer = format!("/api/items/{}/offer", item["id"].as_str().unwrap());
    let post = marketer.post(&offer, &json!({})).await.expect(201).json();
    assert_eq!((&post["state"], &post["title"], &post["source"]), (&json!("live"), &item["title"], &feed["title"]));
    assert_eq!(marketer.post(&offer, &json!({})).await.expect(409).code(), "item.has_post");
    let item = marketer.get(&items).await.expect(200).json()["items"][0].clone();
    assert_eq!(item["post"], json!({ "id": post["id"], "state": "live" }));
    assert_eq!(employee.titles("/api/posts").await, [post["title"].as_str().unwrap()]);
}

#[tokio::test]
async fn a_feed_is_changed_paused_polled_and_left() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let publisher_feed = app.sample("/feeds/vacatures.xml");
    let feed = marketer.follow(&app, &publisher_feed).await;
    let path = format!("/api/feeds/{}", feed["id"].as_str().unwrap());
    let change = json!({ "title": "Jobs", "publish": "review", "counting_link": true, "cron": "0 9 * * 1-5", "state": "paused" });
    let changed = marketer.patch(&path, &change).await.expect(200).json();
    assert_eq!(
        (&changed["title"], &changed["publish"], &changed["state"]),
        (&json!("Jobs"), &json!("review"), &json!("paused"))
    );
    assert_eq!(changed["schedule"], json!({ "cron": "0 9 * * 1-5", "words": "at 09:00 on weekdays" }));
    assert_eq!(changed["next_poll_at"], "2026-11-24T08:00:00Z", "nine o'clock in Amsterdam");
    assert_eq!(marketer.post(&format!("{path}/poll"), &json!({})).await.expect(409).code(), "feed.paused");
    let kept = marketer.patch(&path, &json!({ "state": "active" })).await.expect(200).json();
    assert_eq!(kept["schedule"], changed["schedule"], "what is absent stays");
    let often = marketer.patch(&path, &json!({ "cron": null })).await.expect(200).json();
    assert_eq!(often["schedule"]["cron"], Value::Null);
    let polled = marketer.post(&format!("{path}/poll"), &json!({})).await.expect(202).json();
    assert_eq!(polled["next_poll_at"], "2026-11-23T08:00:00Z");
    assert_eq!(marketer.patch(&path, &json!({ "cron": "61 * * * *" })).await.expect(422).code(), "schedule.invalid");
    assert_eq!(marketer.patch(&path, &json!({ "title": " " })).await.expect(422).code(), "text.required");
    marketer.delete(&path).await.expect(204);
    marketer.get(&path).await.expect(404);
    assert_eq!(app.rows("items").await, 0);
}

#[tokio::test]
async fn a_timetable_is_shown_back_in_words_with_its_next_three_instants() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let check = async |cron: &str| marketer.post("/api/schedules/check", &json!({ "cron": cron })).await;
    let answer = check("30 7 * * 1,4").await.expect(200).json();
    assert_eq!(answer["words"], "at 07:30 on Monday and Thursday");
    assert_eq!(answer["next"], json!(["2026-11-26T06:30:00Z", "2026-11-30T06:30:00Z", "2026-12-03T06:30:00Z"]));
    let wrong = check("30 7 * *").await.expect(422);
    assert_eq!((wrong.code().as_str(), &wrong.json()["errors"][0]["pointer"]), ("schedule.invalid", &json!("/cron")));
}

#[tokio::test]
async fn a_publisher_cannot_break_what_it_is_stored_in() {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let (marketer, employee) = (app.marketer().await, app.employee().await);
    let long = "x".repeat(60_000);
    let link = format!("https://news.example/{long}");
    publisher.publishes(&[
        (&long, &long, "https://news.example/1"),
        ("2", "&lt;script&gt;alert(1)&lt;/script&gt;", "javascript:alert(1)"),
        ("3", "Long link", &link),
    ]);
    let (_, mapped) = marketer.look(&publisher.address()).await;
    let keys: Vec<_> = mapped["cards"].as_array().unwrap().iter().map(|card| card["key"].clone()).collect();
    let new = json!({ "address": publisher.address(), "topic_id": app.topic(&marketer).await["id"], "publish": "live", "offer": [keys[0]] });
    let feed = marketer.post("/api/feeds", &new).await.expect(201).json();
    assert_eq!(feed["items"], 3);
    let titles = employee.titles("/api/posts").await;
    assert!(titles.len() == 1 && titles[0].chars().count() <= 401, "{}", titles[0].len());
    let items = marketer.get(&format!("/api/feeds/{}/items", feed["id"].as_str().unwrap())).await.expect(200).json();
    for item in items["items"].as_array().unwrap().iter().filter(|item| item["post"].is_null()) {
        assert_eq!(item["obstacle"], "no_link", "{item}");
        let offer = format!("/api/items/{}/offer", item["id"].as_str().unwrap());
        assert_eq!(marketer.post(&offer, &json!({})).await.expect(422).code(), "item.no_link", "{item}");
    }
}

#[tokio::test]
async fn a_feed_whose_items_lead_nowhere_says_that_nothing_can_be_shared() {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    publisher
        .publishes(&[("1", "Has a link", "https://news.example/1"), ("2", "Has a letter box", "mailto:a@b.example")]);
    let (found, mapped) = marketer.look(&publisher.address()).await;
    let obstacles: Vec<_> = mapped["cards"].as_array().unwrap().iter().map(|card| &card["obstacle"]).collect();
    assert_eq!(obstacles, [&Value::Null, &json!("no_link")]);
    let titles = json!({ "name": "titles", "item_path": "/rss/channel/item", "fields": { "title": "title" } });
    let path = format!("/api/documents/{}/map", found["id"].as_str().unwrap());
    let bare = marketer.post(&path, &json!({ "definition": titles })).await.expect(200).json();
    assert!(bare["cards"].as_array().unwrap().iter().all(|card| card["obstacle"] == "no_link"), "{bare}");
    marketer.post("/api/definitions", &json!({ "definition": titles })).await.expect(201);
    let new = json!({ "address": publisher.address(), "topic_id": app.topic(&marketer).await["id"], "publish": "live",
        "definition": "titles", "offer": [] });
    let feed = marketer.post("/api/feeds", &new).await.expect(201).json();
    assert_eq!((&feed["items"], &feed["linked"]), (&json!(2), &json!(0)));
}
