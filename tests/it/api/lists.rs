//! Lists of feeds: read, followed all at once, written.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::{Client, Publisher, TestApp};

async fn start() -> (TestApp, Publisher, Client) {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    publisher.publishes(&[("1", "First", "https://news.example/1"), ("2", "Second", "https://news.example/2")]);
    let marketer = app.marketer().await;
    (app, publisher, marketer)
}

fn address(publisher: &Publisher, number: usize) -> String {
    format!("http://{}/feeds/{number}.xml", publisher.host)
}

#[tokio::test]
async fn two_hundred_feeds_are_followed_and_none_of_them_floods_anybody() {
    let (app, publisher, marketer) = start().await;
    let topic = app.topic(&marketer).await;
    let known = marketer.follow(&app, &address(&publisher, 7)).await;
    let feeds: Vec<Value> = (0..200)
        .map(|n| json!({ "title": if n == 0 { String::new() } else { format!("Feed {n}") }, "address": address(&publisher, n) }))
        .collect();
    let import = json!({ "feeds": feeds, "topic_id": topic["id"], "publish": "live" });
    let asked = publisher.requests().len();
    let followed = marketer.post("/api/feeds/import", &import).await.expect(201).json();
    let followed = followed.as_array().unwrap();
    assert_eq!(
        (followed.len(), publisher.requests().len()),
        (199, asked),
        "one was followed, and nothing is fetched yet"
    );
    assert!(followed.iter().all(|feed| feed["definition"] == "" && feed["last_polled_at"].is_null()));
    assert_eq!(marketer.post("/api/feeds/import", &import).await.expect(201).json(), json!([]));

    app.drain().await;
    let list = marketer.get("/api/feeds").await.expect(200).json();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 200);
    for feed in list {
        assert_eq!((&feed["definition"], &feed["items"], &feed["error"]), (&json!("rss"), &json!(2), &Value::Null));
        assert_eq!(feed["definition_built_in"], true);
    }
    assert!(list.iter().any(|feed| feed["title"] == "Test feed" && feed["id"] != known["id"]), "as it calls itself");
    assert_eq!(app.rows("posts").await, 0, "what was there is the baseline");
    publisher.publishes(&[("3", "Third", "https://news.example/3")]);
    app.pass(Duration::minutes(17)).await;
    assert_eq!(app.rows("posts").await, 200);
}

#[tokio::test]
async fn a_feed_that_nothing_fits_waits_for_a_definition_and_its_items_are_known() {
    let (app, publisher, marketer) = start().await;
    let topic = app.topic(&marketer).await;
    publisher.says("200 OK", "", "<staff><place><name>Fitter</name><url>https://jobs.example/1</url></place></staff>");
    let import = json!({ "feeds": [{ "title": "Jobs", "address": publisher.address() }], "topic_id": topic["id"], "publish": "live" });
    let feed = marketer.post("/api/feeds/import", &import).await.expect(201).json()[0].clone();
    app.drain().await;
    let waiting = marketer.feed(&feed).await;
    assert_eq!((&waiting["error"]["code"], &waiting["definition"]), (&json!("feed.no_definition"), &json!("")));
    let path = format!("/api/feeds/{}", feed["id"].as_str().unwrap());
    let found = marketer.get(&format!("{path}/document")).await.expect(200).json();
    assert_eq!((&found["root"], &found["definition"]), (&json!("staff"), &Value::Null));
    let definition =
        json!({ "name": "Jobs", "item_path": "/staff/place", "fields": { "title": "name", "link": "url" } });
    marketer.post("/api/definitions", &json!({ "definition": definition })).await.expect(201);
    marketer.patch(&path, &json!({ "definition": "Jobs" })).await.expect(200);
    app.drain().await;
    let read = marketer.feed(&feed).await;
    assert_eq!((&read["error"], &read["items"], app.rows("posts").await), (&Value::Null, &json!(1), 0));
}

#[tokio::test]
async fn a_wrong_import_follows_nothing() {
    let (app, publisher, marketer) = start().await;
    let topic = app.topic(&marketer).await;
    let feed = |address: &str| json!({ "title": "A feed", "address": address });
    let (good, nobody) = (feed(&publisher.address()), json!("01890000-0000-7000-8000-000000000000"));
    let many = vec![good.clone(); 1001];
    for (feeds, topic_id, pointer, code) in [
        (json!([good, feed("two words")]), &topic["id"], "/feeds/1/address", "feed.address"),
        (
            json!([{ "title": "a\u{1}b", "address": publisher.address() }]),
            &topic["id"],
            "/feeds/0/title",
            "text.control",
        ),
        (json!([]), &topic["id"], "/feeds", "feeds.count"),
        (json!(many), &topic["id"], "/feeds", "feeds.count"),
        (json!([good]), &nobody, "/topic_id", "topic.unknown"),
    ] {
        let import = json!({ "feeds": feeds, "topic_id": topic_id, "publish": "live" });
        let error = marketer.post("/api/feeds/import", &import).await.expect(422).json()["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
    }
    assert_eq!(app.rows("feeds").await, 0);
}

#[tokio::test]
async fn a_list_is_read_and_written() {
    let (app, publisher, marketer) = start().await;
    let (followed, other) = (address(&publisher, 1), address(&publisher, 2));
    let feed = marketer.follow(&app, &followed).await;
    let opml = format!(
        "<opml version=\"2.0\"><body><outline text=\"News &amp;amp; more\"><outline type=\"rss\" text=\"One\" xmlUrl=\"{followed}\"/>\
         <outline text=\"Script\" xmlUrl=\"javascript:alert(1)\"/></outline><outline title=\"Two\" XMLURL=\"{other}\"/><outline title=\"Two again\" xmlUrl=\"{other}\"/></body></opml>"
    );
    let list = marketer.post("/api/opml", &json!({ "opml": opml })).await.expect(200).json();
    let expected = json!([
        { "title": "One", "address": followed, "group": "News & more", "topic_id": null, "already": feed["id"], "unusable": false },
        { "title": "Two", "address": other, "group": null, "topic_id": null, "already": null, "unusable": false },
        { "title": "Script", "address": "javascript:alert(1)", "group": "News & more", "topic_id": null, "already": null, "unusable": true },
    ]);
    assert_eq!((&list, app.rows("feeds").await), (&expected, 1));
    for wrong in ["", "no list", "<opml><body/></opml>", "<html><body>A page</body></html>", "{\"items\": []}"] {
        let error = marketer.post("/api/opml", &json!({ "opml": wrong })).await.expect(422).json()["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/opml"), &json!("opml.invalid")), "{wrong}");
    }
    let large = json!({ "opml": opml.replace("</body>", &"<outline text=\"a folder\"/>".repeat(60_000)) });
    marketer.post("/api/opml", &large).await.expect(200);
    assert_eq!(
        marketer.post("/api/opml", &json!({ "opml": "x".repeat(3 << 20) })).await.expect(413).code(),
        "too_large"
    );

    let written = marketer.get("/api/feeds.opml").await.expect(200);
    assert_eq!(written.header("content-type"), Some("text/x-opml; charset=utf-8"));
    assert_eq!(written.header("content-disposition"), Some("attachment; filename=\"feeds.opml\""));
    let again = marketer.post("/api/opml", &json!({ "opml": written.text })).await.expect(200).json();
    let expected = json!([{ "title": feed["title"], "address": followed, "group": feed["topic"]["name"], "topic_id": feed["topic"]["id"], "already": feed["id"], "unusable": false }]);
    assert_eq!(again, expected);

    let topic = marketer.post("/api/topics", &json!({ "name": "Elsewhere" })).await.expect(201).json();
    let feeds = json!([{ "title": "Own", "address": other, "topic_id": topic["id"] }, { "title": "Chosen", "address": address(&publisher, 3) }]);
    let import = json!({ "feeds": feeds, "topic_id": feed["topic"]["id"], "publish": "review" });
    let followed = marketer.post("/api/feeds/import", &import).await.expect(201).json();
    assert_eq!((&followed[0]["topic"], &followed[1]["topic"]), (&topic, &feed["topic"]));
}
