//! Sharing by hand, from one end to the other: a dialog of the network, a link that a colleague confirms, a filled week.

use chrono::Duration;
use klaroen_core::{id::PostId, sql};
use klaroen_sandbox::Seed;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, TestApp, start_of_time};

/// The address of a post that somebody made by hand at the practice LinkedIn.
fn made_by_hand(app: &TestApp, member: u32, words: &str) -> String {
    let seed = Seed { member, commentary: words.to_owned(), content: None, at: start_of_time() };
    format!("{}/feed/update/{}/", app.world.base_url(), app.world.seed_post(seed))
}

fn declaration(post: PostId, network: &str) -> Value {
    json!({ "post_id": post, "network": network, "shared_on": "2026-11-23", "idempotency_key": Uuid::now_v7() })
}

/// Pastes the link of one's own LinkedIn post and asks a colleague.
async fn paste(author: &Client, post: PostId, url: &str, colleague: &Client) -> Value {
    let mut body = declaration(post, "linkedin");
    body["url"] = json!(url);
    body["confirmer_id"] = json!(colleague.id);
    author.post("/api/shares/declared", &body).await.expect(201).json()
}

async fn questions(colleague: &Client) -> Vec<Value> {
    colleague.get("/api/confirmations").await.expect(200).json().as_array().unwrap().clone()
}

async fn answer(colleague: &Client, question: &Value, body: &Value) -> crate::support::Answer {
    let id = question["id"].as_str().unwrap();
    colleague.post(&format!("/api/confirmations/{id}/answer"), body).await
}

#[tokio::test]
async fn a_pasted_link_that_a_colleague_confirms_fills_the_week() {
    let app = TestApp::start().await;
    let program = app.program().await;
    let (author, colleague, post) = (app.employee().await, app.employee().await, app.live_post().await);
    author.join(&program).await;
    let url = made_by_hand(&app, 1, "We zoeken collega's, kom kijken!");
    let share = paste(&author, post, &url, &colleague).await;
    assert_eq!(
        (&share["origin"], &share["proof_class"], &share["week"]),
        (&json!("declared"), &json!("C"), &json!("2026-W48"))
    );
    assert_eq!(
        (&share["confirmation"]["state"], &share["confirmation"]["colleague"]),
        (&json!("waiting"), &json!("Person 003"))
    );
    assert_eq!((&share["text"], &share["url"]), (&json!(""), &json!(url)));
    app.drain().await;
    assert_eq!(author.week(48).await["state"], "open", "a word alone does not count");

    let question = questions(&colleague).await.pop().expect("a question");
    assert_eq!((&question["colleague"], &question["url"]), (&json!("Person 002"), &json!(url)));
    assert_eq!((&question["shared_on"], &question["post"]["title"]), (&json!("2026-11-23"), &json!("We are hiring")));
    let page = colleague
        .get(&format!("/api/confirmations/{}/page", question["id"].as_str().unwrap()))
        .await
        .expect(200)
        .json();
    assert!(page["text"].as_str().unwrap().contains("We zoeken collega's, kom kijken!"), "{page}");
    assert!(!page["text"].as_str().unwrap().contains('<'), "{page}");

    answer(&colleague, &question, &json!({ "confirmed": true })).await.expect(204);
    assert_eq!(app.rows("ledger_entries").await, 1, "the request itself writes nothing in the ledger");
    app.drain().await;
    let week = author.week(48).await;
    assert_eq!((&week["state"], &week["shares"][0]["proof_class"]), (&json!("met"), &json!("B")));
    let share = author.look_at(&share).await;
    assert_eq!((&share["confirmed_by"], &share["confirmation"]["state"]), (&json!("colleague"), &json!("confirmed")));
    assert!(questions(&colleague).await.is_empty());
    answer(&colleague, &question, &json!({ "confirmed": true })).await.expect(404);
    let path = format!("/api/shares/{}", share["id"].as_str().unwrap());
    assert_eq!(author.delete(&path).await.expect(409).code(), "share.not_declared");
}

#[tokio::test]
async fn the_day_that_was_named_decides_the_week_also_across_a_new_year() {
    let app = TestApp::start().await;
    app.app.clock.advance(Duration::days(43)); // Tuesday 2027-01-05, in week 1
    let author = app.employee().await;
    for (day, week) in [("2027-01-05", "2027-W01"), ("2027-01-03", "2026-W53"), ("2026-12-27", "2026-W52")] {
        let mut body = declaration(app.live_post().await, "linkedin");
        body["shared_on"] = json!(day);
        let share = author.post("/api/shares/declared", &body).await.expect(201).json();
        assert_eq!(share["week"], week);
    }
    for day in ["2027-01-06", "2026-12-21"] {
        let mut body = declaration(app.live_post().await, "linkedin");
        body["shared_on"] = json!(day);
        assert_eq!(author.post("/api/shares/declared", &body).await.expect(422).code(), "day.out_of_reach");
    }
}

#[tokio::test]
async fn a_no_says_why_and_another_colleague_or_link_can_follow() {
    let app = TestApp::start().await;
    let (author, first, second) = (app.employee().await, app.employee().await, app.employee().await);
    let post = app.live_post().await;
    let wrong = made_by_hand(&app, 2, "Of somebody else");
    let share = paste(&author, post, &wrong, &first).await;
    let question = questions(&first).await.remove(0);
    let no = json!({ "confirmed": false, "reason": "This post is of somebody else." });
    assert_eq!(answer(&first, &question, &json!({ "confirmed": false })).await.expect(422).code(), "reason.required");
    answer(&first, &question, &no).await.expect(204);
    let declined = author.look_at(&share).await;
    assert_eq!(
        (&declined["confirmation"]["state"], &declined["confirmation"]["reason"]),
        (&json!("declined"), &no["reason"])
    );
    assert_eq!((&declined["proof_class"], &declined["url"]), (&json!("C"), &Value::Null));

    let right = made_by_hand(&app, 1, "My own");
    let ask = |colleague: &Client, url: Option<&str>| json!({ "confirmer_id": colleague.id, "url": url });
    let asked = author.with_share(&share, "confirmation", &ask(&second, Some(&right))).await.expect(200).json();
    assert_eq!((&asked["confirmation"]["state"], &asked["confirmation"]["reason"]), (&json!("waiting"), &Value::Null));
    let seen = questions(&second).await.remove(0);
    // Asked once more, with the same link: what was seen before is no longer what is asked.
    author.with_share(&share, "confirmation", &ask(&second, None)).await.expect(200);
    answer(&second, &seen, &json!({ "confirmed": true })).await.expect(404);
    let seen = questions(&second).await.remove(0);
    assert_eq!(seen["url"], json!(right));
    answer(&second, &seen, &json!({ "confirmed": true })).await.expect(204);
    assert_eq!(author.look_at(&share).await["proof_class"], "B");
    let late = author.with_share(&share, "confirmation", &ask(&first, None)).await.expect(409);
    assert_eq!(late.code(), "share.not_declared");
}

#[tokio::test]
async fn one_post_proves_one_share_and_a_link_is_of_its_network() {
    let app = TestApp::start().await;
    let (author, other, colleague) = (app.employee().await, app.employee().await, app.employee().await);
    let (post, url) = (app.live_post().await, made_by_hand(&app, 1, "Once"));
    paste(&author, post, &url, &colleague).await;
    let mut body = declaration(post, "linkedin");
    body["confirmer_id"] = json!(colleague.id);
    for (network, url, status, code) in [
        ("linkedin", url.as_str(), 409, "share.urn_taken"),
        ("linkedin", "https://example.com/feed/update/urn:li:share:7000000000000000001/", 422, "url.not_a_post"),
        ("x", "http://x.com/me/status/1790000000000000001", 422, "url.not_a_post"),
        ("x", "https://127.0.0.1/me/status/1790000000000000001", 422, "url.not_a_post"),
        ("whatsapp", "https://wa.me/123", 422, "url.not_a_post"),
    ] {
        (body["network"], body["url"]) = (json!(network), json!(url));
        body["idempotency_key"] = json!(Uuid::now_v7());
        let answer = other.post("/api/shares/declared", &body).await.expect(status);
        assert_eq!(answer.code(), code, "{url}");
    }
    assert_eq!(app.rows("shares").await, 1, "nothing half-made is left");
    (body["network"], body["url"]) = (json!("x"), json!("https://twitter.com/me/status/1790000000000000001?s=20"));
    let share = other.post("/api/shares/declared", &body).await.expect(201).json();
    assert_eq!(share["url"], "https://x.com/i/status/1790000000000000001");
    // The same click is the same share, another one of the same post on the same network is refused.
    assert_eq!(other.post("/api/shares/declared", &body).await.expect(201).json()["id"], share["id"]);
    body["idempotency_key"] = json!(Uuid::now_v7());
    body["url"] = json!("https://x.com/me/status/1790000000000000002");
    assert_eq!(other.post("/api/shares/declared", &body).await.expect(409).code(), "share.already_shared");
}

#[tokio::test]
async fn a7_only_the_chosen_colleague_sees_the_link_and_nobody_confirms_their_own() {
    let app = TestApp::start().await;
    let (author, chosen, other) = (app.employee().await, app.employee().await, app.employee().await);
    let (marketer, hr, admin) = (app.marketer().await, app.hr().await, app.admin().await);
    let (post, url) = (app.live_post().await, made_by_hand(&app, 1, "For one pair of eyes"));
    for nobody in [&author, &marketer] {
        let mut body = declaration(post, "linkedin");
        (body["url"], body["confirmer_id"]) = (json!(url), json!(nobody.id));
        let answer = author.post("/api/shares/declared", &body).await.expect(422);
        assert_eq!(answer.code(), "colleague.unknown", "oneself, or somebody who cannot look");
    }
    let share = paste(&author, post, &url, &chosen).await;
    let question = questions(&chosen).await.remove(0);
    let path = format!("/api/confirmations/{}", question["id"].as_str().unwrap());
    for stranger in [&other, &author] {
        assert!(questions(stranger).await.is_empty());
        stranger.get(&format!("{path}/page")).await.expect(404);
        stranger.post(&format!("{path}/answer"), &json!({ "confirmed": true })).await.expect(404);
    }
    for stranger in [&other, &chosen] {
        let ask = json!({ "confirmer_id": stranger.id, "url": url });
        stranger.with_share(&share, "confirmation", &ask).await.expect(404);
        stranger.delete(&format!("/api/shares/{}", share["id"].as_str().unwrap())).await.expect(404);
    }
    let urn = url.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    for (who, addresses) in [
        (&marketer, ["/api/library", "/api/items"].as_slice()),
        (&hr, ["/api/hr/years/2026"].as_slice()),
        (&admin, ["/api/people", "/api/health/publishing"].as_slice()),
    ] {
        for address in addresses {
            assert!(!who.get(address).await.text.contains(&urn), "{address}");
        }
        who.get("/api/confirmations").await.expect(403);
    }
    let (detail,): (String,) =
        sql!(app.app.db.read(), fetch_one, "select coalesce(max(detail), '') from audit_log").unwrap();
    assert!(!detail.contains(&urn));
}

#[tokio::test]
async fn nothing_is_recorded_before_the_yes_and_a_word_can_be_taken_back() {
    let app = TestApp::start().await;
    let (author, post) = (app.employee().await, app.live_post().await);
    let wanted = json!({ "network": "facebook", "text": "Come & see" });
    let dialog = author.post(&format!("/api/posts/{post}/dialog"), &wanted).await.expect(200).json();
    let link = dialog["link"].as_str().unwrap();
    assert!(link.starts_with(&format!("{}/s/", app.origin)), "{link}");
    assert!(dialog["address"].as_str().unwrap().starts_with("https://www.facebook.com/sharer/sharer.php?u=http"));
    assert_eq!((&dialog["takes_text"], &dialog["can_be_confirmed"]), (&json!(false), &json!(true)));
    assert_eq!((app.rows("shares").await, app.rows("confirmations").await), (0, 0));

    let mut body = declaration(post, "facebook");
    body["link_code"] = dialog["link_code"].clone();
    let share = author.post("/api/shares/declared", &body).await.expect(201).json();
    assert_eq!((&share["state"], &share["proof_class"]), (&json!("published"), &json!("C")));
    assert_eq!(
        author.get("/api/posts").await.expect(200).json()["items"][0]["my_share"],
        Value::Null,
        "still to be shared here"
    );
    let other = app.employee().await;
    assert_eq!(
        other.post("/api/shares/declared", &body).await.expect(422).code(),
        "link.unknown",
        "the link is another's"
    );
    author.delete(&format!("/api/shares/{}", share["id"].as_str().unwrap())).await.expect(204);
    assert_eq!(app.rows("shares").await, 0);
}

#[tokio::test]
async fn a_word_counts_only_if_the_program_says_so_and_then_stays() {
    let app = TestApp::start().await;
    let new = json!({
        "name": "Bonus 2026", "year": 2026, "proof_classes": ["A", "B", "C"],
        "counting_networks": ["xing", "linkedin", "xing"],
        "works_council": { "decided_on": "2025-11-03", "reference": "OR 2025-14" },
    });
    let program = app.hr().await.post("/api/programs", &new).await.expect(201).json();
    assert_eq!(program["counting_networks"], json!(["linkedin", "xing"]));
    let (author, colleague, post) = (app.employee().await, app.employee().await, app.live_post().await);
    author.join(&program).await;
    author.post("/api/shares/declared", &declaration(post, "x")).await.expect(201);
    app.drain().await;
    assert_eq!(author.week(48).await["state"], "open", "X does not count in this program");
    let share = author.post("/api/shares/declared", &declaration(post, "linkedin")).await.expect(201).json();
    app.drain().await;
    assert_eq!(author.week(48).await["state"], "met");
    let path = format!("/api/shares/{}", share["id"].as_str().unwrap());
    assert_eq!(author.delete(&path).await.expect(409).code(), "share.counted");
    // Confirmed as well: it counts once.
    let url = made_by_hand(&app, 1, "There it is");
    let ask = json!({ "confirmer_id": colleague.id, "url": url });
    author.with_share(&share, "confirmation", &ask).await.expect(200);
    let question = questions(&colleague).await.remove(0);
    answer(&colleague, &question, &json!({ "confirmed": true })).await.expect(204);
    app.drain().await;
    let (counted,): (i64,) =
        sql!(app.app.db.read(), fetch_one, "select count(*) from ledger_entries where kind = 'share_counted'").unwrap();
    assert_eq!(counted, 1);
}

#[tokio::test]
async fn a_page_that_cannot_be_read_says_so() {
    let app = TestApp::start().await;
    let (author, colleague, post) = (app.employee().await, app.employee().await, app.live_post().await);
    let gone = format!("{}/feed/update/urn:li:share:7000000000000000001/", app.world.base_url());
    paste(&author, post, &gone, &colleague).await;
    let question = questions(&colleague).await.remove(0);
    let path = format!("/api/confirmations/{}/page", question["id"].as_str().unwrap());
    let page = colleague.get(&path).await.expect(200).json();
    assert_eq!(page["text"], Value::Null);
    assert!(page["problem"].as_str().unwrap().contains("signed in"), "{page}");
}

#[tokio::test]
async fn colleagues_are_found_by_two_letters_of_their_name() {
    let app = TestApp::start().await;
    let (author, colleague) = (app.employee().await, app.employee().await);
    app.marketer().await;
    let gone = app.employee().await;
    app.admin().await.patch(&format!("/api/people/{}", gone.id), &json!({ "active": false })).await.expect(200);
    for (letters, found) in [("", 0), ("p", 0), ("%", 0), ("%%", 0), ("PERS", 1), ("nobody", 0)] {
        let path = format!("/api/colleagues?q={}", letters.replace('%', "%25"));
        let names = author.get(&path).await.expect(200).json();
        assert_eq!(names.as_array().unwrap().len(), found, "{letters}: {names}");
        assert!(names.as_array().unwrap().iter().all(|one| one["id"] == json!(colleague.id)));
    }
}

#[tokio::test]
async fn the_link_of_a_mastodon_post_proves_a_share_without_an_account_connected() {
    let app = TestApp::start().await;
    let elsewhere = app.sharer_on("mastodon", 1).await;
    elsewhere.share_on("mastodon", app.live_post().await, "Kom kijken bij ons").await;
    app.pass(Duration::seconds(10)).await;
    let url = format!("{}/mastodon/@member001/{}", app.world.base_url(), app.world.statuses()[0].id);

    let (author, colleague) = (app.employee().await, app.employee().await);
    let ask = async |url: &str| {
        let mut body = declaration(app.live_post().await, "mastodon");
        body["url"] = json!(url);
        body["confirmer_id"] = json!(colleague.id);
        author.post("/api/shares/declared", &body).await
    };
    for bad in ["https://example.social/about", "http://example.social/@name/1", "https://127.0.0.1/@name/1"] {
        assert_eq!(ask(bad).await.expect(422).code(), "url.not_a_post", "{bad}");
    }
    assert_eq!(
        ask(&url.replace("@member", "@Member")).await.expect(409).code(),
        "share.urn_taken",
        "it is taken already"
    );
    let any = ask("https://Example.social/deck/@Name/115000000000000001?x=1").await.expect(201).json();
    assert_eq!(any["confirmation"]["url"], "https://example.social/@name/115000000000000001");

    let mut tx = app.app.db.write(klaroen_core::db::Actor::System("test")).await.unwrap();
    sql!(tx, execute, "delete from shares where person_id = $1", elsewhere.id).unwrap();
    tx.commit().await.unwrap();
    ask(&url).await.expect(201);
    let question = questions(&colleague).await.into_iter().find(|question| question["url"] == url).expect("a question");
    let path = format!("/api/confirmations/{}/page", question["id"].as_str().unwrap());
    let page = colleague.get(&path).await.expect(200).json();
    assert!(page["text"].as_str().unwrap().contains("Kom kijken bij ons"), "{page}");
}
