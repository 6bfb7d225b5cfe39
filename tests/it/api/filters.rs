//! Filters: tried on a document, saved with a feed, obeyed by the poll, told by the trail.

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::{Client, Publisher, TestApp};

const ONE: (&str, &str, &str) = ("1", "First", "https://news.example/1");
const JOB: (&str, &str, &str) = ("2", "Vacature: monteur", "https://news.example/jobs/2?utm_source=rss");
const CRISIS: (&str, &str, &str) = ("3", "Storing in Zwolle", "https://news.example/3");
const OPEN: (&str, &str, &str) = ("4", "Open day", "https://news.example/4");
const AGAIN: (&str, &str, &str) = ("5", "Open day!", "https://news.example/5");

/// Jobs are dropped, a word is held, and a title comes once.
fn filter() -> Value {
    json!({
        "rules": [{
            "name": "No jobs",
            "when": { "of": "any", "tests": [
                { "test": "contains-word", "field": "title", "value": "vacature" },
                { "test": "is-short" },
            ] },
            "action": "drop",
        }],
        "stop_words": ["storing"],
        "drop_same_title": true,
    })
}

async fn start() -> (TestApp, Publisher, Client) {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let marketer = app.marketer().await;
    publisher.publishes(&[ONE]);
    (app, publisher, marketer)
}

/// Steps of the one item that a search finds.
async fn codes(marketer: &Client, search: &str) -> Vec<String> {
    let found = marketer.get(&format!("/api/trail?q={search}")).await.expect(200).json();
    let items = found["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{search}: {found}");
    let steps = items[0]["trail"].as_array().unwrap().iter();
    steps.map(|step| step["code"].as_str().unwrap().trim_start_matches("trail.").to_owned()).collect()
}

#[tokio::test]
async fn a_mapping_says_what_the_filter_does_to_each_card() {
    let (app, publisher, marketer) = start().await;
    publisher.publishes(&[AGAIN, OPEN, CRISIS, JOB, ONE]);
    let (found, plain) = marketer.look(&publisher.address()).await;
    let mapped = marketer.map(&found, &found["definition"], &filter()).await.expect(200).json();
    assert_eq!(mapped["counts"], json!({ "pass": 2, "dropped": 2, "held": 1 }));
    let cards = mapped["cards"].as_array().unwrap();
    let actions: Vec<_> = cards.iter().map(|card| card["verdict"]["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["drop", "keep", "hold", "drop", "keep"]);
    let because = &cards[3]["verdict"]["because"][0];
    assert_eq!((&because["code"], &because["rule"], &because["name"]), (&json!("rule"), &json!(0), &json!("No jobs")));
    assert_eq!(because["words"], "It was dropped by rule 1 “No jobs”: the title has the word “vacature”.");
    let fact = json!({ "test": "contains-word", "field": "title", "value": "vacature", "not": false });
    assert_eq!(because["facts"], json!([fact]));
    assert_eq!(plain["counts"], json!({ "pass": 5, "dropped": 0, "held": 0 }));
    assert_eq!(app.rows("feeds").await, 0);
}

#[tokio::test]
async fn a_filter_that_cannot_be_is_refused_at_its_place() {
    let (app, publisher, marketer) = start().await;
    let feed = marketer.follow(&app, &publisher.address()).await;
    let path = format!("/api/feeds/{}", feed["id"].as_str().unwrap());
    let (topic, found) = (app.topic(&marketer).await, marketer.fetch(&publisher.address()).await.expect(201).json());
    let rule = |tests: Value, action: Value| json!({ "rules": [{ "when": { "of": "all", "tests": tests }, "action": action }] });
    let bad = json!([{ "test": "matches", "field": "title", "pattern": "(" }]);
    let unknown = json!({ "set-topic": "01890000-0000-7000-8000-000000000000" });
    for (filter, pointer, code) in [
        (rule(bad, json!("drop")), "/filter/rules/0/when/tests/0/pattern", "filter.pattern"),
        (rule(json!([]), json!("explode")), "/filter/rules/0", "filter.form"),
        (rule(json!([]), unknown), "/filter/rules/0/action/set-topic", "topic.unknown"),
        (
            rule(json!([]), json!({ "set-audience": ["Nobody"] })),
            "/filter/rules/0/action/set-audience/0",
            "team.unknown",
        ),
        (
            rule(json!([{ "test": "equals", "xpath": "a[", "value": "b" }]), json!("drop")),
            "/filter/rules/0/when/tests/0/xpath",
            "filter.xpath",
        ),
        (rule(json!([]), json!({ "set-language": "de" })), "/filter/rules/0/action/set-language", "filter.language"),
        (json!({ "stop_words": [""] }), "/filter/stop_words/0", "filter.empty"),
    ] {
        let new =
            json!({ "address": publisher.address(), "topic_id": topic["id"], "publish": "live", "filter": filter });
        let answers = [
            Some(marketer.patch(&path, &json!({ "filter": filter })).await),
            Some(marketer.post("/api/feeds", &new).await),
            // A trial does not look for topics and teams.
            if code.ends_with(".unknown") {
                None
            } else {
                Some(marketer.map(&found, &found["definition"], &filter).await)
            },
        ];
        for answer in answers.into_iter().flatten() {
            let errors = answer.expect(422).json()["errors"].clone();
            assert_eq!((&errors[0]["pointer"], &errors[0]["code"]), (&json!(pointer), &json!(code)));
        }
    }
    assert_eq!(marketer.feed(&feed).await["filter"], Value::Null, "nothing was stored");
    assert_eq!(app.rows("feeds").await, 1);
}

#[tokio::test]
async fn a_poll_does_what_the_mapping_said_and_the_trail_tells_it() {
    let (app, publisher, marketer) = start().await;
    let employee = app.employee().await;
    let feed = marketer.follow_with(&app, &publisher.address(), json!({ "filter": filter() })).await;
    assert_eq!(feed["filter"]["rules"][0]["name"], "No jobs");
    publisher.publishes(&[AGAIN, OPEN, CRISIS, JOB, ONE]);
    app.pass(Duration::minutes(17)).await;
    assert_eq!(employee.titles("/api/posts").await, ["Open day"]);
    assert_eq!(marketer.titles("/api/library?state=in_review").await, ["Storing in Zwolle"]);
    let after = marketer.feed(&feed).await;
    assert_eq!((&after["items"], &after["offered"]), (&json!(5), &json!(2)));
    assert_eq!((&after["dropped"], &after["held"]), (&json!(2), &json!(1)));

    assert_eq!(codes(&marketer, "FIRST").await, ["known_before", "mapped"]);
    assert_eq!(codes(&marketer, "vacature").await, ["fetched", "mapped", "dropped"]);
    assert_eq!(codes(&marketer, "https%3A%2F%2Fnews.example%2Fjobs%2F2").await, ["fetched", "mapped", "dropped"]);
    assert_eq!(codes(&marketer, "https%3A%2F%2Fnews.example%2F3%3Futm_source%3Dmail").await.last().unwrap(), "waits");
    assert_eq!(codes(&marketer, "Open%20day!").await, ["fetched", "mapped", "dropped"]);
    let all = marketer.get("/api/trail").await.expect(200).json();
    assert_eq!(all["items"].as_array().unwrap().len(), 5);
    assert_eq!(all["items"][0]["feed"], json!({ "id": feed["id"], "title": feed["title"] }));

    let items = marketer.get(&format!("/api/feeds/{}/items", feed["id"].as_str().unwrap())).await.expect(200).json();
    let open = items["items"].as_array().unwrap().iter().find(|item| item["title"] == "Open day").unwrap();
    let steps = open["trail"].as_array().unwrap();
    let names: Vec<_> = steps.iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(names, ["fetched", "mapped", "filtered", "approved", "offered", "shared"]);
    assert_eq!((&steps[5]["count"], &steps[5]["at"]), (&Value::Null, &Value::Null), "nobody yet, which is under 5");

    // After 30 days there is nothing to tell any more.
    app.pass(Duration::days(31)).await;
    let marketer = app.sign_in_again(&marketer).await;
    assert_eq!(marketer.get("/api/trail").await.expect(200).json()["items"], json!([]));
    let items = marketer.get(&format!("/api/feeds/{}/items", feed["id"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(items["items"][0]["trail"], json!([]));
}

#[tokio::test]
async fn a_changed_filter_is_for_items_to_come() {
    let (app, publisher, marketer) = start().await;
    let feed = marketer.follow(&app, &publisher.address()).await;
    let path = format!("/api/feeds/{}", feed["id"].as_str().unwrap());
    publisher.publishes(&[JOB, ONE]);
    app.pass(Duration::minutes(17)).await;
    assert_eq!(codes(&marketer, "vacature").await[2..], ["kept", "approved", "offered", "shared_by_few"]);
    let saved = marketer.patch(&path, &json!({ "filter": filter() })).await.expect(200).json();
    assert_eq!(saved["filter"], filter());
    assert_eq!(codes(&marketer, "vacature").await[2..], ["kept", "approved", "offered", "shared_by_few"]);
    // An absent filter stays, null takes it away.
    let renamed = marketer.patch(&path, &json!({ "title": "News" })).await.expect(200).json();
    assert_eq!(renamed["filter"], filter());
    let open = marketer.patch(&path, &json!({ "filter": null })).await.expect(200).json();
    assert_eq!(open["filter"], Value::Null);
}

#[tokio::test]
async fn rules_set_the_topic_and_the_language_of_a_post() {
    let (app, publisher, marketer) = start().await;
    let jobs = marketer.post("/api/topics", &json!({ "name": "Jobs of the filter" })).await.expect(201).json();
    let tests = json!([{ "test": "starts-with", "field": "title", "value": "vacature:" }]);
    let rules: Vec<_> = [json!({ "set-topic": jobs["id"] }), json!({ "set-language": "nl" })]
        .into_iter()
        .map(|action| json!({ "when": { "of": "all", "tests": tests }, "action": action }))
        .collect();
    marketer.follow_with(&app, &publisher.address(), json!({ "filter": { "rules": rules } })).await;
    publisher.publishes(&[OPEN, JOB, ONE]);
    app.pass(Duration::minutes(17)).await;
    let posts = app.employee().await.get("/api/posts").await.expect(200).json();
    let post = |title: &str| posts["items"].as_array().unwrap().iter().find(|post| post["title"] == title).unwrap();
    assert_eq!((&post(JOB.1)["topic"]["id"], &post(JOB.1)["language"]), (&jobs["id"], &json!("nl")));
    assert_ne!(post(OPEN.1)["topic"]["id"], jobs["id"]);
    assert_eq!(post(OPEN.1)["language"], Value::Null);
}

#[tokio::test]
async fn a_title_that_another_feed_brought_is_not_news_again() {
    let (publisher, other) = (Publisher::start().await, Publisher::start().await);
    let app = TestApp::start_with(|config| {
        publisher.allow(config);
        other.allow(config);
    })
    .await;
    let marketer = app.marketer().await;
    publisher.publishes(&[ONE]);
    other.publishes(&[("x", "Elsewhere", "https://other.example/0")]);
    marketer.follow(&app, &publisher.address()).await;
    marketer.follow_with(&app, &other.address(), json!({ "filter": { "drop_same_title": true } })).await;
    publisher.publishes(&[OPEN, ONE]);
    app.pass(Duration::minutes(17)).await;
    // "First" was known to the first feed, but nobody saw a post of it.
    other.publishes(&[("y", "OPEN DAY", "https://other.example/1"), ("z", "First", "https://other.example/2")]);
    app.pass(Duration::minutes(17)).await;
    assert_eq!(app.employee().await.titles("/api/posts").await, ["First", "Open day"]);
}
