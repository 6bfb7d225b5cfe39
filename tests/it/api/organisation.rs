//! The organisation's own rules: a line below every text, what is added to links, and where links may lead.

use chrono::Duration;
use klaroen_core::{
    db::Actor,
    link::{Link, Links, Visitor},
    person::Language,
    sql,
};
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, Publisher, TestApp, share_request, share_request_on};

const LINE: &str = "I work at Acme.";
const BROWSER: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1";

fn rules(disclosure: bool, template: &str, hosts: &[&str]) -> Value {
    let lines = disclosure.then(|| json!({ "nl": "Ik werk bij Acme.", "en": LINE }));
    json!({ "disclosure": lines, "utm_template": template, "link_hosts": hosts, "page": null })
}

async fn set(admin: &Client, rules: &Value) {
    assert_eq!(unversioned(admin.put("/api/organisation", rules).await.expect(200).json()), *rules);
}

fn unversioned(mut rules: Value) -> Value {
    rules.as_object_mut().unwrap().remove("version");
    rules
}

/// Where the newest link leads.
async fn follow(app: &TestApp) -> crate::support::Answer {
    let code = newest_code(app).await;
    app.nobody().send_raw(reqwest::Method::GET, &format!("/s/{code}"), &[("user-agent", BROWSER)], None).await
}

#[tokio::test]
async fn an_admin_sets_the_rules_and_everybody_reads_them() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let read = async || unversioned(employee.get("/api/organisation").await.expect(200).json());
    assert_eq!(read().await, rules(false, "", &[]));
    let new = rules(true, "utm_source={network}&utm_content={post}", &["example.com", "*.acme.nl"]);
    set(&admin, &new).await;
    set(&admin, &new).await;
    assert_eq!(read().await, new);
    let rows: Vec<(String, String)> =
        sql!(app.app.db.read(), fetch_all, "select action, detail from audit_log where actor_id = $1", admin.id)
            .unwrap();
    assert_eq!(rows.len(), 1, "the same rules once more change nothing: {rows:?}");
    assert!(rows[0].0 == "organisation.changed" && rows[0].1.contains(LINE), "{rows:?}");
}

#[tokio::test]
async fn two_admins_at_once_do_not_undo_each_other() {
    let app = TestApp::start().await;
    let (first, second) = (app.admin().await, app.admin().await);
    let read = second.get("/api/organisation").await.expect(200).json()["version"].clone();
    set(&first, &rules(true, "", &[])).await;
    let mut late = rules(false, "", &["example.com"]);
    late["version"] = read;
    let refused = second.put("/api/organisation", &late).await.expect(409);
    assert_eq!(refused.code(), "organisation.changed_meanwhile");
    let now = first.get("/api/organisation").await.expect(200).json();
    assert_eq!((&now["disclosure"]["en"], &now["link_hosts"]), (&json!(LINE), &json!([])));
    late["version"] = now["version"].clone();
    let saved = second.put("/api/organisation", &late).await.expect(200).json();
    assert_ne!(saved["version"], now["version"]);
    assert_eq!(second.put("/api/organisation", &saved).await.expect(200).json(), saved, "nothing changes twice");
}

#[tokio::test]
async fn a_wrong_rule_is_refused_with_its_place() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let one_language = json!({ "nl": "Ik werk bij Acme.", "en": "" });
    for (field, value, pointer, code) in [
        ("disclosure", one_language, "/disclosure/en", "text.required"),
        ("utm_template", json!("utm_source={person}"), "/utm_template", "utm.placeholder"),
        ("link_hosts", json!(["example.com", "https://example.com"]), "/link_hosts/1", "host.invalid"),
    ] {
        let mut wrong = rules(false, "", &[]);
        wrong[field] = value;
        let answer = admin.put("/api/organisation", &wrong).await.expect(422);
        let error = answer.json()["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
    }
    let mut all = rules(true, "utm_source={person}", &["https://example.com"]);
    all["disclosure"]["nl"] = json!("");
    all["page"] = json!({ "name": "", "urn": "x" });
    let refused = admin.put("/api/organisation", &all).await.expect(422).json();
    let places: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
    assert_eq!(places, ["/disclosure/nl", "/page/name", "/page/urn", "/utm_template", "/link_hosts/0"]);
    let try_it =
        async |template: &str| admin.post("/api/organisation/example", &json!({ "utm_template": template })).await;
    let example = try_it("lang=nl&utm_source={network}&utm_content={post}").await.expect(200).json();
    assert_eq!(
        example["target"],
        "https://www.example.com/news/we-are-hiring?lang=en&utm_source=linkedin&utm_content=we-are-hiring#team"
    );
    let refused = try_it("utm_source={name}").await.expect(422).json();
    assert_eq!(refused["errors"][0]["column"], 12);
}

#[tokio::test]
async fn every_share_carries_the_line_of_the_day_on_which_it_was_made() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    set(&admin, &rules(true, "", &[])).await;
    let employee = app.sharer(1).await;
    employee.connect_mastodon(&app, 2).await;
    employee.connect_bluesky(&app, 3).await;
    let post = app.live_post().await;
    let offered = employee.get(&format!("/api/posts/{post}")).await.expect(200).json();
    assert_eq!(offered["disclosure"], LINE);
    assert_eq!(employee.get("/api/posts").await.json()["items"][0]["disclosure"], LINE);
    for network in ["linkedin", "mastodon", "bluesky"] {
        let share = employee.share_on(network, post, "Join us!").await;
        assert_eq!((&share["text"], &share["disclosure"]), (&json!("Join us!"), &json!(LINE)));
    }
    set(&admin, &rules(false, "", &[])).await;
    app.pass(Duration::seconds(10)).await;
    let expected = format!("Join us!\n\n{LINE}");
    assert_eq!(app.world.posts()[0].commentary, expected);
    assert!(app.texts_on("mastodon")[0].starts_with(&format!("{expected}\n\nhttp")), "{:?}", app.texts_on("mastodon"));
    assert_eq!(app.texts_on("bluesky"), [expected]);
    let share = employee.share(app.live_post().await).await;
    assert_eq!(share["disclosure"], Value::Null);
}

#[tokio::test]
async fn the_line_follows_the_language_of_the_post_and_is_never_there_twice() {
    let app = TestApp::start().await;
    set(&app.admin().await, &rules(true, "", &[])).await;
    let employee = app.sharer(1).await;
    let post = app.live_post().await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    sql!(tx, execute, "update posts set language = $1 where id = $2", Language::Nl, post).unwrap();
    tx.commit().await.unwrap();
    let share = employee.share_saying(post, "Kom kijken. Ik werk bij Acme.").await;
    assert_eq!(share["disclosure"], Value::Null);
    let other = app.live_post().await;
    let share = employee.share_saying(other, "Come and see. Ik werk bij Acme.").await;
    assert_eq!(share["disclosure"], LINE, "the post has no language, so it is the person's");
    app.pass(Duration::seconds(10)).await;
    assert_eq!(app.world.posts()[0].commentary, "Kom kijken. Ik werk bij Acme.");
}

#[tokio::test]
async fn the_line_counts_in_the_length() {
    let app = TestApp::start().await;
    set(&app.admin().await, &rules(true, "", &[])).await;
    let employee = app.sharer(1).await;
    let fits = 3000 - "\n\n".len() - LINE.len();
    let post = app.live_post().await;
    let long = share_request(post, &"a".repeat(fits + 1), Uuid::now_v7());
    assert_eq!(employee.post("/api/shares", &long).await.expect(422).code(), "text.too_long");
    employee.share_saying(post, &"a".repeat(fits)).await;
}

#[tokio::test]
async fn a_probe_has_the_same_bytes_also_when_the_line_changed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    set(&admin, &rules(true, "", &[])).await;
    let employee = app.sharer(1).await;
    employee.patch("/api/me", &json!({ "may_probe": true })).await.expect(200);
    let share = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DropAfter);
    app.pass(Duration::seconds(10)).await;
    assert_eq!(employee.look_at(&share).await["state"], "unknown");
    set(&admin, &rules(false, "", &[])).await;
    app.pass(Duration::minutes(2)).await;
    let share = employee.look_at(&share).await;
    assert_eq!((&share["state"], &share["confirmed_by"]), (&json!("published"), &json!("probe")));
    assert_eq!(app.world.posts().len(), 1);
}

#[tokio::test]
async fn sharing_by_hand_offers_the_text_with_the_line() {
    let app = TestApp::start().await;
    set(&app.admin().await, &rules(true, "utm_source={network}", &[])).await;
    let (employee, post) = (app.employee().await, app.live_post().await);
    let path = format!("/api/posts/{post}/dialog");
    let dialog = employee.post(&path, &json!({ "network": "x", "text": " Join us! " })).await.expect(200).json();
    assert_eq!(dialog["text"], format!("Join us!\n\n{LINE}"));
    assert!(dialog["address"].as_str().unwrap().contains("?text=Join%20us%21%0A%0AI%20work%20at%20Acme."), "{dialog}");
    assert_eq!(follow(&app).await.expect(302).header("location"), Some("https://example.com/jobs?utm_source=x"));
    let long = "word ".repeat(100);
    let dialog = employee.post(&path, &json!({ "network": "x", "text": long })).await.expect(200).json();
    let address = dialog["address"].as_str().unwrap();
    assert!(dialog["is_cut"] == true && address.contains("%E2%80%A6%0A%0AI%20work%20at%20Acme.&url="), "{address}");
}

#[tokio::test]
async fn a_counting_link_carries_what_the_template_says() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let template = "utm_source={network}&utm_medium=social&utm_campaign={feed}&utm_content={post}";
    set(&admin, &rules(false, template, &[])).await;
    let employee = app.sharer(1).await;
    let post = app.live_post().await;
    employee.share(post).await;
    set(&admin, &rules(false, "utm_source=later", &[])).await;
    let target = "https://example.com/jobs?utm_source=linkedin&utm_medium=social&utm_content=we-are-hiring";
    assert_eq!(follow(&app).await.expect(302).header("location"), Some(target), "fixed when it was made");
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    sql!(tx, execute, "update posts set counting_link = false where id = $1", post).unwrap();
    tx.commit().await.unwrap();
    let straight = app.sharer(2).await;
    straight.share(post).await;
    app.pass(Duration::seconds(10)).await;
    let sources: Vec<_> = app.world.posts().into_iter().map(|post| format!("{:?}", post.content)).collect();
    assert!(sources[1].contains("\"https://example.com/jobs\""), "straight links stay as they are: {sources:?}");
}

#[tokio::test]
async fn f10_links_are_made_and_lead_to_approved_hosts_only() {
    let app = TestApp::start().await;
    let (admin, employee, marketer) = (app.admin().await, app.sharer(1).await, app.marketer().await);
    let post = app.live_post().await;
    employee.share(post).await;
    follow(&app).await.expect(302);
    let elsewhere = Links::new(app.app.db.clone(), app.app.clock.clone());
    let code = newest_code(&app).await;
    elsewhere.follow(&code, Visitor::Machine).await.unwrap();

    set(&admin, &rules(false, "", &["acme.nl", "*.example.com"])).await;
    let gone = follow(&app).await.expect(404);
    assert!(gone.header("location").is_none() && gone.text.contains("leidt nergens"), "{}", gone.text);
    elsewhere.follow(&code, Visitor::Machine).await.expect("another server remembers it for a minute");
    app.app.clock.advance(Duration::minutes(1));
    assert!(elsewhere.follow(&code, Visitor::Machine).await.is_err());

    let colleague = app.sharer(2).await;
    let request = share_request_on("linkedin", post, "Join us", Uuid::now_v7());
    let refused = colleague.post("/api/shares", &request).await.expect(422).json();
    assert_eq!(refused["code"], "link.host_not_approved");
    let dialog = json!({ "network": "x", "text": "Join us" });
    assert_eq!(
        colleague.post(&format!("/api/posts/{post}/dialog"), &dialog).await.expect(422).code(),
        "link.host_not_approved"
    );
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    for target in ["https://example.com/", "https://evil.net/?https://www.example.com", "https://acme.nl.evil.net/"] {
        assert!(Link::create(&mut tx, &app.app.config, post, target).await.is_err(), "{target}");
    }
    Link::create(&mut tx, &app.app.config, post, "https://www.example.com/").await.unwrap();
    drop(tx);

    let topic = app.topic(&marketer).await;
    let mut new = json!({ "title": "T", "link": "https://evil.net/a", "topic_id": topic["id"], "state": "live" });
    let refused = marketer.post("/api/posts", &new).await.expect(422).json();
    assert_eq!(refused["errors"][0]["pointer"], "/link");
    assert!(refused["detail"].as_str().unwrap().starts_with("Links to \"evil.net\" are not approved"), "{refused}");
    new["state"] = json!("draft");
    let draft = marketer.post("/api/posts", &new).await.expect(201).json();
    let path = format!("/api/posts/{}", draft["id"].as_str().unwrap());
    let live = json!({ "state": "live" });
    assert_eq!(marketer.patch(&path, &live).await.expect(422).code(), "link.host_not_approved");
    set(&admin, &rules(false, "", &[])).await;
    marketer.patch(&path, &live).await.expect(200);
    follow(&app).await.expect(302);
}

#[tokio::test]
async fn f10_a_share_that_waits_does_not_go_out_to_a_host_that_was_taken_off_the_list() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.sharer(1).await);
    for (counting, link, before, after) in [
        (true, "https://example.com/jobs", "example.com", "acme.nl"),
        (false, "https://example.com/jobs", "example.com", "acme.nl"),
        (false, "https://youtu.be/abcdefghijk", "www.youtube.com", "youtu.be"),
    ] {
        let post = app.live_post().await;
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        sql!(tx, execute, "update posts set counting_link = $1, link = $2 where id = $3", counting, link, post)
            .unwrap();
        tx.commit().await.unwrap();
        set(&admin, &rules(false, "", &[after])).await;
        let request = share_request(post, "Join us", Uuid::now_v7());
        assert_eq!(employee.post("/api/shares", &request).await.expect(422).code(), "link.host_not_approved");
        set(&admin, &rules(false, "", &[before])).await;
        let share = employee.share(post).await;
        set(&admin, &rules(false, "", &[after])).await;
        app.pass(Duration::seconds(10)).await;
        let share = employee.look_at(&share).await;
        assert_eq!(
            (&share["state"], &share["reason"]["code"]),
            (&json!("cancelled"), &json!("post.host_not_approved"))
        );
        set(&admin, &rules(false, "", &[])).await;
        app.pass(Duration::minutes(10)).await;
    }
    assert!(app.world.posts().is_empty());
}

async fn newest_code(app: &TestApp) -> String {
    let row: (String,) =
        sql!(app.app.db.read(), fetch_one, "select code from links order by created_at desc limit 1").unwrap();
    row.0
}

#[tokio::test]
async fn news_of_another_host_waits_for_a_marketer() {
    let publisher = Publisher::start().await;
    let app = TestApp::start_with(|config| publisher.allow(config)).await;
    let (admin, marketer) = (app.admin().await, app.marketer().await);
    set(&admin, &rules(false, "", &["news.example"])).await;
    let known = ("1", "First", "https://news.example/1");
    publisher.publishes(&[known]);
    marketer.follow(&app, &publisher.address()).await;
    publisher.publishes(&[("3", "Third", "https://other.example/3"), ("2", "Second", "https://news.example/2"), known]);
    app.pass(Duration::minutes(17)).await;
    assert_eq!(app.employee().await.titles("/api/posts").await, ["Second"]);
    let waiting = app.sign_in_again(&marketer).await.titles("/api/library?state=in_review").await;
    assert_eq!(waiting, ["Third"]);
    publisher.publishes(&[("2", "Second", "https://other.example/2"), known]);
    app.pass(Duration::minutes(17)).await;
    let link: (String,) = sql!(app.app.db.read(), fetch_one, "select link from posts where title = 'Second'").unwrap();
    assert_eq!(link.0, "https://news.example/2", "a live post does not move there either");
}
