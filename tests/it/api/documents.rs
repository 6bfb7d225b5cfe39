//! Looking at an address before it is followed: what stands there, clicking in it, mapping it.

use serde_json::{Value, json};

use crate::support::TestApp;

#[tokio::test]
async fn a_wordpress_feed_is_shown_as_cards() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let address = app.sample("/feeds/nieuws.xml");
    let (found, mapped) = marketer.look(&address).await;
    assert_eq!((&found["address"], &found["already"], &found["others"]), (&json!(address), &Value::Null, &json!([])));
    assert_eq!((&found["title"], &found["root"]), (&json!("Voorbeeld Energie – Nieuws"), &json!("rss")));
    assert!(found["definition"]["item_path"].is_string(), "{found}");
    for list in ["reasons", "names", "namespaces", "item_paths"] {
        assert!(!found[list].as_array().unwrap().is_empty(), "{list}: {found}");
    }
    let cards = mapped["cards"].as_array().unwrap();
    assert_eq!(mapped["items"], cards.len());
    assert!(cards.len() >= 5, "{}", cards.len());
    for card in cards {
        assert!(card["title"].as_str().is_some_and(|title| !title.is_empty()), "{card}");
        assert!(card["link"].as_str().unwrap().starts_with(app.world.base_url()), "{card}");
        assert!(card["image"].as_str().unwrap().starts_with("/api/pictures/preview?"), "{card}");
    }
    assert_eq!((app.rows("items").await, app.rows("posts").await, app.rows("feeds").await), (0, 0, 0));
}

#[tokio::test]
async fn the_picture_of_a_card_comes_from_our_own_origin() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let (_, mapped) = marketer.look(&app.sample("/feeds/nieuws.xml")).await;
    let path = mapped["cards"][0]["image"].as_str().unwrap();
    for _ in 0..2 {
        let picture = marketer.get(path).await.expect(200);
        assert_eq!(picture.header("content-type"), Some("image/jpeg"));
        let policy = picture.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
    }
    app.employee().await.get(path).await.expect(403);
    app.nobody().get(path).await.expect(401);
    let inside = "/api/pictures/preview?address=http%3A%2F%2F169.254.169.254%2Flatest%2Fmeta-data%2F";
    assert_eq!(marketer.get(inside).await.expect(422).code(), "picture.none");
    let no_picture = format!("/api/pictures/preview?address={}", app.sample("/bad/picture.jpg"));
    assert_eq!(marketer.get(&no_picture).await.expect(422).code(), "picture.none");
}

#[tokio::test]
async fn a_page_leads_to_its_feeds_and_a_channel_to_its_videos() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let company = marketer.fetch(&app.sample("/company")).await.expect(201).json();
    let others = company["others"].as_array().unwrap();
    assert!(others.len() > 1 && company["id"].is_null() && company["definition"].is_null(), "{company}");
    let (_, first) = marketer.look(others[0]["address"].as_str().unwrap()).await;
    assert!(!first["cards"].as_array().unwrap().is_empty());
    let (channel, mapped) = marketer.look(&app.sample("/@voorbeeldenergie")).await;
    assert_eq!(channel["definition"]["name"], "youtube");
    let videos = mapped["cards"].as_array().unwrap();
    assert_eq!(videos.len(), 15);
    assert!(videos.iter().all(|video| ["title", "link", "image"].iter().all(|field| video[field].is_string())));
}

#[tokio::test]
async fn bad_input_ends_in_a_sentence_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    for (path, code) in [
        ("/feeds/none.xml", "feed.not_found"),
        ("/bad/not-a-feed", "feed.not_a_feed"),
        ("/bad/huge", "feed.too_large"),
        ("/bad/huge.gz", "feed.too_large"),
        ("/bad/slow", "feed.too_slow"),
        ("/bad/redirect-loop", "feed.unreachable"),
        ("/bad/500", "feed.server"),
        ("/bad/empty", "feed.broken"),
        ("/bad/picture.jpg", "feed.not_a_feed"),
    ] {
        let answer = marketer.fetch(&app.sample(path)).await.expect(422);
        assert_eq!(answer.code(), code, "{path}: {}", answer.text);
        assert!(answer.json()["detail"].as_str().unwrap().ends_with(['.', ')']), "{path}: {}", answer.text);
    }
    // What can be read of a broken feed is read, and what was mended is said.
    assert_eq!((app.rows("documents").await, app.rows("feeds").await), (0, 0));
    let (broken, mapped) = marketer.look(&app.sample("/bad/broken.xml")).await;
    assert_eq!(mapped["items"], 1, "{mapped}");
    for said in [&broken, &mapped] {
        assert!(!said["repairs"].as_array().unwrap().is_empty(), "{said}");
    }
    marketer.get("/api/feeds").await.expect(200);
}

#[tokio::test]
async fn f1_an_address_inside_the_house_is_refused_with_one_answer_for_all() {
    let app = TestApp::start().await;
    let marketer = app.marketer().await;
    let mut answers = vec![];
    for address in [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        &app.origin,
        "http://127.0.0.1:1/",
    ] {
        let answer = marketer.fetch(address).await.expect(422);
        assert_eq!(answer.code(), "feed.forbidden_address", "{address}: {}", answer.text);
        answers.push(answer.json()["detail"].clone());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    for address in ["", "two words", "file:///etc/passwd", "ftp://example.com/", "http://user:secret@example.com/"] {
        assert_eq!(marketer.fetch(address).await.expect(422).code(), "feed.address", "{address}");
    }
}
