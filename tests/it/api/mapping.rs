//! Mapping a document by clicking, and what is kept of it.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::{Client, Publisher, TestApp};

const JOBS: &str = "<?xml version=\"1.0\"?>\n<work xmlns:b=\"urn:pictures\">\n\
    <gig nr=\"7\"><name>Fitter</name><place>Utrecht</place><b:photo src=\"https://jobs.example/7.jpg\"/>\
    <to kind=\"in\" href=\"https://jobs.example/in/7\"/><to kind=\"out\" href=\"https://jobs.example/7\"/></gig>\n\
    <gig nr=\"8\"><name>Planner</name><place>Zwolle</place>\
    <to kind=\"in\" href=\"https://jobs.example/in/8\"/><to kind=\"out\" href=\"https://jobs.example/8\"/></gig>\n\
    <gig nr=\"9\"><name>Engineer</name><place>Assen</place><b:photo src=\"https://jobs.example/9.jpg\"/>\
    <to kind=\"in\" href=\"https://jobs.example/in/9\"/><to kind=\"out\" href=\"https://jobs.example/9\"/></gig>\n</work>";

/// A publisher of XML that nobody knows.
async fn of_jobs() -> (TestApp, Publisher, Client) {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    publisher.says("200 OK", "content-type: text/xml\r\n", JOBS);
    let marketer = app.marketer().await;
    (app, publisher, marketer)
}

fn path(found: &Value, rest: &str) -> String {
    format!("/api/documents/{}/{rest}", found["id"].as_str().unwrap())
}

/// The best expression for a click on the first node that a search finds.
async fn click(marketer: &Client, found: &Value, search: &str, attribute: Option<&str>) -> Value {
    let nodes = marketer.get(&path(found, &format!("search?q={search}"))).await.expect(200).json();
    let request = json!({ "node": nodes[0]["id"], "attribute": attribute, "item_path": "/work/gig" });
    marketer.post(&path(found, "suggest"), &request).await.expect(200).json()[0].clone()
}

#[tokio::test]
async fn xml_that_nobody_knows_is_mapped_by_clicking_and_followed_as_it_was_seen() {
    let (app, publisher, marketer) = of_jobs().await;
    let found = marketer.fetch(&publisher.address()).await.expect(201).json();
    assert_eq!(
        (&found["definition"], &found["root"], &found["item_paths"][0]["count"]),
        (&Value::Null, &json!("work"), &json!(3))
    );
    assert_eq!(found["namespaces"], json!([{ "prefix": "b", "uri": "urn:pictures" }]));
    let asked = publisher.requests().len();

    let top = marketer.get(&path(&found, "nodes")).await.expect(200).json();
    assert_eq!(
        (top["nodes"].as_array().unwrap().len(), &top["nodes"][0]["name"], &top["next"]),
        (1, &json!("work"), &Value::Null)
    );
    let jobs = marketer.get(&path(&found, &format!("nodes?parent={}", top["nodes"][0]["id"]))).await.expect(200).json();
    let job = &jobs["nodes"][1];
    assert_eq!(
        (&job["name"], &job["line"], &job["place"], &job["of"]),
        (&json!("gig"), &json!(4), &json!(2), &json!(3))
    );
    let items = json!({ "node": job["id"], "attribute": null, "item_path": null });
    let items = marketer.post(&path(&found, "suggest"), &items).await.expect(200).json();
    assert_eq!((&items[0]["xpath"], &items[0]["items"]), (&json!("/work/gig"), &json!(3)));
    let title = click(&marketer, &found, "Fitter", None).await;
    let link = click(&marketer, &found, "jobs.example%2F8", Some("href")).await;
    let image = click(&marketer, &found, "9.jpg", Some("src")).await;
    assert_eq!((&title["xpath"], &title["filled"]), (&json!("name"), &json!(3)));
    assert_eq!((&image["xpath"], &image["filled"]), (&json!("b:photo/@src"), &json!(2)));

    let definition = json!({ "name": "Our jobs", "item_path": items[0]["xpath"], "fields": {
        "title": [{ "xpath": title["xpath"] }], "link": [{ "xpath": "to[@kind='none']/@href" }, { "xpath": link["xpath"] }],
        "image": [{ "xpath": image["xpath"] }], "guid": [{ "xpath": "@nr" }],
    } });
    let mapped = marketer.map(&found, &definition, &Value::Null).await.expect(200).json();
    let rate = |field: &str| mapped["rates"].as_array().unwrap().iter().find(|rate| rate["field"] == field).unwrap();
    assert_eq!(*rate("image"), json!({ "field": "image", "filled": 2, "from": [2] }), "2 of 3 have a picture");
    assert_eq!(*rate("link"), json!({ "field": "link", "filled": 3, "from": [0, 3] }), "the second source gave it");
    assert_eq!(*rate("author"), json!({ "field": "author", "filled": 0, "from": [] }));
    let lines: Vec<_> = mapped["cards"].as_array().unwrap().iter().map(|card| card["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [3, 4, 5]);

    let (topic, nothing_fits) = (app.topic(&marketer).await, json!({ "definition": null }));
    let mut new =
        json!({ "address": found["address"], "document": found["id"], "topic_id": topic["id"], "publish": "live" });
    new["definition"] = nothing_fits["definition"].clone();
    let refused = marketer.post("/api/feeds", &new).await.expect(422).json();
    assert_eq!(
        (&refused["code"], &refused["errors"][0]["pointer"]),
        (&json!("definition.none_fits"), &json!("/definition"))
    );
    new["definition"] = json!("Our jobs");
    assert_eq!(marketer.post("/api/feeds", &new).await.expect(422).code(), "definition.unknown");
    marketer.post("/api/definitions", &json!({ "definition": definition })).await.expect(201);
    new["address"] = json!("https://elsewhere.example/");
    assert_eq!(marketer.post("/api/feeds", &new).await.expect(422).code(), "feed.address");
    new["address"] = found["address"].clone();
    let feed = marketer.post("/api/feeds", &new).await.expect(201).json();
    assert_eq!(
        (&feed["definition"], &feed["definition_built_in"], &feed["items"]),
        (&json!("Our jobs"), &json!(false), &json!(3))
    );
    assert_eq!(publisher.requests().len(), asked, "what the marketer saw is the baseline");
    assert_eq!(marketer.post("/api/feeds", &new).await.expect(409).code(), "feed.already");
    app.pass(Duration::minutes(17)).await;
    assert_eq!((app.rows("items").await, app.rows("posts").await), (3, 0));
}

#[tokio::test]
async fn a_wrong_expression_is_answered_at_its_place_and_column() {
    let (_app, publisher, marketer) = of_jobs().await;
    let found = marketer.fetch(&publisher.address()).await.expect(201).json();
    let deep = "(".repeat(30) + "1" + &")".repeat(30);
    let many = vec!["name"; 21];
    let replace = json!([{ "xpath": "name", "transforms": [{ "replace": { "pattern": "(", "with": "" } }] }]);
    let titled = |sources: Value| json!({ "name": "x", "item_path": "/work/gig", "fields": { "title": sources } });
    let plain = titled(json!("name"));
    let filter = |xpath: &str| {
        let tests = json!([{ "test": "equals", "xpath": xpath, "value": "1" }]);
        json!({ "rules": [{ "when": { "of": "all", "tests": tests }, "action": "drop" }] })
    };
    let none = Value::Null;
    for (definition, filter, pointer, code, column) in [
        (&json!({ "name": "x", "item_path": "//job[" }), &none, "item_path", "xpath.invalid", json!(7)),
        (&titled(json!(["name", "b c"])), &none, "fields/title/1/xpath", "xpath.invalid", json!(3)),
        (&titled(json!("q:name")), &none, "fields/title/0/xpath", "xpath.invalid", json!(1)),
        (&titled(json!(deep)), &none, "fields/title/0/xpath", "xpath.invalid", json!(21)),
        (&titled(replace), &none, "fields/title/0/transforms", "transform.invalid", json!(null)),
        (&titled(json!(many)), &none, "fields/title", "definition.too_many", json!(null)),
        (&plain, &filter("a["), "rules/0/when/tests/0/xpath", "filter.xpath", json!(3)),
        (&plain, &filter("q:a"), "rules/0/when/tests/0/xpath", "xpath.invalid", json!(1)),
    ] {
        let answer = marketer.map(&found, definition, filter).await.expect(422);
        let error = answer.json()["errors"][0].clone();
        let part = if filter.is_null() { "definition" } else { "filter" };
        assert_eq!(
            (&error["pointer"], &error["code"]),
            (&json!(format!("/{part}/{pointer}")), &json!(code)),
            "{error}"
        );
        assert_eq!(error["column"], column, "{error}");
        assert!(error["detail"].as_str().unwrap().ends_with('.'), "{error}");
    }
    let wrong = json!({ "node": 3, "attribute": null, "item_path": "/work/gig[" });
    let error = marketer.post(&path(&found, "suggest"), &wrong).await.expect(422).json()["errors"][0].clone();
    assert_eq!((&error["pointer"], &error["column"]), (&json!("/item_path"), &json!(11)));
    let other_shape = json!({ "definition": { "name": "x", "item_path": "/a", "colour": 1 } });
    assert_eq!(marketer.post(&path(&found, "map"), &other_shape).await.expect(422).code(), "body.invalid");
    let long = json!({ "definition": { "name": "x".repeat(300_000), "item_path": "/a" } });
    assert_eq!(marketer.post(&path(&found, "map"), &long).await.expect(413).code(), "too_large");
}

#[tokio::test]
async fn clicks_on_nothing_find_nothing() {
    let (_app, publisher, marketer) = of_jobs().await;
    let found = marketer.fetch(&publisher.address()).await.expect(201).json();
    for (rest, empty) in [
        ("nodes?parent=4000000000", json!({ "nodes": [], "next": null })),
        ("nodes?after=7", json!({ "nodes": [], "next": null })),
        ("search?q=nowhere", json!([])),
        ("search?q=", json!([])),
    ] {
        assert_eq!(marketer.get(&path(&found, rest)).await.expect(200).json(), empty, "{rest}");
    }
    for rest in ["nodes?parent=-1", "nodes?after=x", "search"] {
        assert_eq!(marketer.get(&path(&found, rest)).await.expect(422).code(), "query.invalid", "{rest}");
    }
    for clicked in [
        json!({ "node": 4_000_000_000_u32 }),
        json!({ "node": 0 }),
        json!({ "node": 2, "attribute": "none", "item_path": "/work/gig" }),
    ] {
        assert_eq!(marketer.post(&path(&found, "suggest"), &clicked).await.expect(200).json(), json!([]), "{clicked}");
    }
}

#[tokio::test]
async fn a_copy_is_ones_own_and_kept_for_a_day() {
    let (app, publisher, marketer) = of_jobs().await;
    let colleague = app.marketer().await;
    let found = marketer.fetch(&publisher.address()).await.expect(201).json();
    let mapping = json!({ "definition": { "name": "x", "item_path": "/work/gig" } });
    let refused = async |who: &Client| {
        who.get(&path(&found, "nodes")).await.expect(404);
        who.get(&path(&found, "search?q=a")).await.expect(404);
        who.post(&path(&found, "suggest"), &json!({ "node": 1 })).await.expect(404);
        who.post(&path(&found, "map"), &mapping).await.expect(404);
        let topic = app.topic(who).await;
        let new =
            json!({ "address": found["address"], "document": found["id"], "topic_id": topic["id"], "publish": "live" });
        who.post("/api/feeds", &new).await.expect(404);
    };
    refused(&colleague).await;
    marketer.post(&path(&found, "map"), &mapping).await.expect(200);
    app.app.clock.advance(Duration::days(1));
    refused(&app.sign_in_again(&marketer).await).await;
    app.drain().await;
    assert_eq!(app.rows("documents").await, 0);
    let marketer = app.sign_in_again(&marketer).await;
    let mut ids = vec![];
    for _ in 0..22 {
        ids.push(marketer.fetch(&publisher.address()).await.expect(201).json());
    }
    assert_eq!(app.rows("documents").await, 20, "copies of one marketer");
    marketer.get(&path(&ids[1], "nodes")).await.expect(404);
    marketer.get(&path(&ids[2], "nodes")).await.expect(200);
    colleague.anonymous().get(&path(&ids[2], "nodes")).await.expect(401);
}

#[tokio::test]
async fn the_last_document_of_a_feed_is_there_to_be_looked_at_also_when_it_cannot_be_read() {
    let (app, publisher, marketer) = of_jobs().await;
    let definition = json!({ "name": "Jobs", "item_path": "/work/gig", "fields": { "title": "name", "link": "to/@href", "image": "b:photo/@src" } });
    marketer.post("/api/definitions", &json!({ "definition": definition })).await.expect(201);
    let feed = marketer.follow_with(&app, &publisher.address(), json!({ "definition": "jobs" })).await;
    let of_feed = format!("/api/feeds/{}/document", feed["id"].as_str().unwrap());
    let found = marketer.get(&of_feed).await.expect(200).json();
    assert_eq!(
        (&found["definition"]["name"], &found["already"], &found["bytes"]),
        (&json!("Jobs"), &feed["id"], &json!(JOBS.len()))
    );
    let colleague = app.marketer().await;
    colleague.get(&path(&found, "nodes")).await.expect(200);

    // The prefix is not declared any more, so the expression cannot be used.
    publisher.says("200 OK", "", &JOBS.replace(" xmlns:b=\"urn:pictures\"", "").replace("b:photo", "photo"));
    app.pass(Duration::minutes(17)).await;
    let broken = app.sign_in_again(&marketer).await.feed(&feed).await;
    assert_eq!((&broken["error"]["stage"], &broken["error"]["code"]), (&json!("map"), &json!("feed.definition")));
    let now = app.sign_in_again(&marketer).await.get(&of_feed).await.expect(200).json();
    assert_ne!((&now["id"], &now["bytes"]), (&found["id"], &found["bytes"]));
    app.sign_in_again(&marketer).await.get(&path(&found, "nodes")).await.expect(404);
    // A web page in its place is no document: the last one stays.
    publisher.says("200 OK", "content-type: text/html\r\n", "<!doctype html><title>Sold</title><p>For sale");
    app.pass(Duration::hours(1)).await;
    assert_eq!(app.sign_in_again(&marketer).await.get(&of_feed).await.expect(200).json()["id"], now["id"]);
    assert_eq!(app.rows("documents").await, 1);
    marketer.get("/api/feeds/01890000-0000-7000-8000-000000000000/document").await.expect(401);
    let marketer = app.sign_in_again(&marketer).await;
    marketer.get("/api/feeds/01890000-0000-7000-8000-000000000000/document").await.expect(404);
    marketer.delete(&format!("/api/feeds/{}", feed["id"].as_str().unwrap())).await.expect(204);
    assert_eq!(app.rows("documents").await, 0);
}
