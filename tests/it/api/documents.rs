//! Looking at an address before it is followed: what stands there, clicking in it, mapping it.

use serde_json::{Value, json};

use crate::support::{Publisher, TestApp};

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
        ("/bad/redirect-loop", "feed.redirects"),
        ("/bad/500", "feed.server"),
        ("/bad/empty", "feed.empty"),
        ("/bad/picture.jpg", "feed.not_xml"),
        ("/bad/half.xml", "feed.cut_off"),
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
        assert!(said["repairs"].as_array().unwrap().iter().any(|repair| repair["loses_items"] == true), "{said}");
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

#[tokio::test]
async fn a_feed_is_found_in_the_header_in_a_list_and_where_sites_usually_have_it() {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    let at = |path: &str| format!("http://{}{path}", publisher.host);
    let rss = "<rss version=\"2.0\"><channel><title>News</title><item><title>One</title></item></channel></rss>";
    let (html, page) = ("content-type: text/html\r\n", "<!doctype html><title>A page</title><p>No feed is named");
    let outlines =
        ["/hidden/news", "/other"].map(|path| format!("<outline text=\"News {path}\" xmlUrl=\"{}\"/>", at(path)));
    let opml = |outlines: &str| format!("<opml version=\"2.0\"><body>{outlines}</body></opml>");
    publisher.says_at("/hidden/news", "", rss);
    publisher.says_at(
        "/linked",
        &format!(
            "{html}link: </x.css>; rel=preload\r\nlink: <hidden/news>; rel=alternate; type=\"application/rss+xml\"\r\n"
        ),
        page,
    );
    publisher.says_at("/one.opml", "", &opml(&outlines[0]));
    publisher.says_at("/two.opml", "", &opml(&outlines.concat()));
    publisher.says_at(
        "/wordpress",
        html,
        "<!doctype html><meta name=generator content='WordPress 6.4'><p>No feed is named",
    );
    publisher.says_at("/?feed=rss2", "", rss);
    for (path, found) in [("/linked", "/hidden/news"), ("/one.opml", "/hidden/news"), ("/wordpress", "/?feed=rss2")] {
        assert_eq!(marketer.fetch(&at(path)).await.expect(201).json()["address"], at(found), "{path}");
    }
    let choice = marketer.fetch(&at("/two.opml")).await.expect(201).json();
    let other = json!({ "address": at("/other"), "title": "News /other" });
    assert_eq!((&choice["id"], &choice["others"][1]), (&Value::Null, &other));
    // A list that says that it is a feed, again and again.
    publisher.says_at("/loop.opml", "", &opml(&format!("<outline text=\"x\" xmlUrl=\"{}\"/>", at("/loop.opml"))));
    let again = marketer.fetch(&at("/loop.opml")).await.expect(201).json();
    assert_eq!(again["others"][0]["address"], at("/loop.opml"), "one step is enough");
    publisher.says_at("/empty.opml", "", &opml(""));
    assert_eq!(marketer.fetch(&at("/empty.opml")).await.expect(422).code(), "feed.not_a_feed");
    // Somebody asked for the page itself; nothing usual is there.
    publisher.says_at("/alone", html, page);
    assert_eq!(marketer.fetch(&at("/alone")).await.expect(422).code(), "feed.not_a_feed");
}

#[tokio::test]
async fn a_json_feed_is_read_and_other_json_is_not() {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    let items =
        json!([{ "id": "1", "url": "https://news.example/1", "title": "One", "image": "https://news.example/1.jpg" }]);
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items });
    publisher.says("200 OK", "content-type: application/feed+json\r\n", &feed.to_string());
    let (found, mapped) = marketer.look(&publisher.address()).await;
    assert_eq!((&found["definition"]["name"], &found["title"]), (&json!("jsonfeed"), &json!("News")));
    assert_eq!((&mapped["cards"][0]["title"], &mapped["cards"][0]["link"]), (&json!("One"), &items[0]["url"]));
    for other in ["{\"a\": 1}", "[{\"items\": 1}]", "{", "[]", "null", "\"items\""] {
        publisher.says("200 OK", "content-type: application/json\r\n", other);
        let answer = marketer.fetch(&publisher.address()).await.expect(422);
        assert!(["feed.not_a_feed", "feed.not_xml"].contains(&answer.code().as_str()), "{other}: {}", answer.text);
    }
    assert_eq!(app.rows("documents").await, 1);
}
