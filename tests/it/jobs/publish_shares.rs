//! Publishing against the practice LinkedIn: what it accepted is compared with what we say happened.

use chrono::Duration;
use klaroen_core::{db::Actor, share::Share, sql};
use klaroen_sandbox::{Content, Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const UNDO: Duration = Duration::seconds(10);

fn answer(status: u16, code: &str) -> Fault {
    Fault::Answer {
        status,
        body: json!({ "status": status, "code": code, "message": "words of LinkedIn" }).to_string(),
    }
}

fn seen(share: &Value) -> (&str, &str) {
    (share["state"].as_str().unwrap(), share["reason"]["code"].as_str().unwrap_or_default())
}

/// A share of a fresh post by a fresh employee, with `fault` in its way.
async fn share_with(app: &TestApp, member: u32, endpoint: Endpoint, fault: Fault) -> (Client, Value) {
    let employee = app.sharer(member).await;
    let share = employee.share(app.live_post().await).await;
    app.world.fault(endpoint, Some(member), 1, fault);
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    (employee, share)
}

#[tokio::test]
async fn a_share_goes_out_once_with_card_picture_and_counting_link() {
    let app = TestApp::start().await;
    let (employee, post) = (app.sharer(1).await, app.live_post().await);
    let text = "Röhren & (brackets) [x] {y} <z> #tag @who *b* _i_ ~s~ |p| \\ 🎉\nsecond line";
    let share = employee.share_saying(post, text).await;
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    let posts = app.world.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!((posts[0].text.plain(), posts[0].text.cut_at), (text.to_owned(), None));
    assert_eq!(posts[0].author, format!("urn:li:person:{}", app.world.sub(1)));
    let Some(Content::Article { source, title, description, thumbnail }) = &posts[0].content else { panic!("no card") };
    assert!(source.starts_with(&format!("{}/s/", app.origin)), "{source}");
    assert_eq!((title.as_str(), description.as_deref()), ("We are hiring", Some("Come and see us.")));
    assert!(thumbnail.as_ref().is_some_and(|urn| urn.starts_with("urn:li:image:")));
    assert_eq!(seen(&share), ("published", ""));
    assert_eq!(share["url"], format!("{}/feed/update/{}/", app.world.base_url(), posts[0].urn));
    assert_eq!(
        (&share["week"], &share["clicks"], &share["confirmed_by"]),
        (&json!("2026-W48"), &json!(0), &Value::Null)
    );
    assert_eq!(share["published_at"], share["sent_at"]);
    app.pass(Duration::days(1)).await;
    assert_eq!(app.world.posts().len(), 1);
}

#[tokio::test]
async fn what_may_have_arrived_is_unknown_and_never_sent_again_by_itself() {
    let app = TestApp::start().await;
    let faults = [
        (Fault::DropAfter, true),
        (Fault::DropBefore, false),
        (answer(500, "X"), false),
        (Fault::AnswerAfter { status: 504, body: "<html>".into() }, true),
        (Fault::AnswerAfter { status: 302, body: String::new() }, true),
        (Fault::CommitLate { ms: 50 }, true),
        (Fault::AnswerAfter { status: 201, body: "no name anywhere".into() }, true),
    ];
    let (mut member, mut arrived) = (0, 0);
    for (fault, is_there) in faults {
        member += 1;
        arrived += usize::from(is_there);
        let (employee, share) = share_with(&app, member, Endpoint::Posts, fault.clone()).await;
        assert_eq!(seen(&share), ("unknown", "network.lost"), "{fault:?}");
        assert_eq!((&share["url"], &share["week"]), (&Value::Null, &Value::Null));
        app.pass(Duration::hours(1)).await;
        assert_eq!(seen(&employee.look_at(&share).await).0, "unknown", "{fault:?}");
        assert_eq!(employee.with_share(&share, "cancel", &json!({})).await.expect(409).code(), "share.too_late");
    }
    app.pass(Duration::days(30)).await;
    // The late commit happens in real time.
    let mut patience = 100;
    while app.world.posts().len() < arrived && patience > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        patience -= 1;
    }
    assert_eq!(app.world.posts().len(), arrived, "each at most once");
}

#[tokio::test]
async fn an_unknown_share_is_resolved_by_its_person() {
    let app = TestApp::start().await;
    let (found, share) = share_with(&app, 1, Endpoint::Posts, Fault::DropAfter).await;
    let urn = app.world.posts()[0].urn.clone();
    let address = format!("{}/feed/update/{urn}/?utm=x", app.world.base_url());
    for bad in [json!({ "appeared": true }), json!({ "appeared": true, "url": "https://example.com/" })] {
        assert_eq!(found.with_share(&share, "answer", &bad).await.expect(422).code(), "url.not_a_post");
    }
    let yes = json!({ "appeared": true, "url": address });
    app.app.clock.advance(Duration::days(7));
    let found = app.sign_in_again(&found).await;
    let share = found.with_share(&share, "answer", &yes).await.expect(200).json();
    assert_eq!((seen(&share).0, &share["confirmed_by"]), ("published", &json!("person")));
    assert_eq!(share["week"], "2026-W48", "it counts in the week of the attempt");
    assert_eq!(found.with_share(&share, "answer", &yes).await.expect(409).code(), "share.not_unknown");

    let (gone, share) = share_with(&app, 2, Endpoint::Posts, Fault::DropBefore).await;
    let share = gone.with_share(&share, "answer", &json!({ "appeared": false })).await.expect(200).json();
    assert_eq!(seen(&share), ("refused", "share.not_published"));
    assert_eq!(app.world.posts().len(), 1);
}

#[tokio::test]
async fn one_post_proves_one_share() {
    let app = TestApp::start().await;
    let (employee, first) = share_with(&app, 1, Endpoint::Posts, Fault::DropAfter).await;
    let address = format!("{}/feed/update/{}/", app.world.base_url(), app.world.posts()[0].urn);
    let yes = json!({ "appeared": true, "url": address });
    employee.with_share(&first, "answer", &yes).await.expect(200);
    let second = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DropBefore);
    app.pass(UNDO).await;
    assert_eq!(employee.with_share(&second, "answer", &yes).await.expect(409).code(), "share.urn_taken");
}

#[tokio::test]
async fn sending_again_lets_the_network_itself_tell_a_second_one_from_the_first() {
    let app = TestApp::start().await;
    for (member, fault, confirmed_by) in
        [(1, Fault::DropAfter, json!("duplicate")), (2, Fault::DropBefore, Value::Null)]
    {
        let before = app.world.posts().len();
        let (employee, share) = share_with(&app, member, Endpoint::Posts, fault.clone()).await;
        let again = json!({ "appeared": false, "again": true });
        let share = employee.with_share(&share, "answer", &again).await.expect(200).json();
        assert_eq!(seen(&share), ("queued", ""));
        app.pass(UNDO).await;
        let share = employee.look_at(&share).await;
        assert_eq!((seen(&share).0, &share["confirmed_by"]), ("published", &confirmed_by), "{fault:?}");
        assert_eq!(app.world.posts().len(), before + 1, "once, whatever the person believed");
        assert_eq!(share["url"], format!("{}/feed/update/{}/", app.world.base_url(), app.world.posts()[before].urn));
    }
}

#[tokio::test]
async fn a_no_is_final_and_says_why() {
    let app = TestApp::start().await;
    let mut member = 0;
    let words = "words of LinkedIn";
    for (status, code, reason, detail) in [
        (400, "FIELD_LENGTH_TOO_LONG", "network.content", words),
        (403, "ACCESS_DENIED", "network.permission", words),
        (404, "NOT_FOUND", "network.content", words),
        (422, "OTHER", "network.content", words),
        (426, "NONEXISTENT_VERSION", "network.version", "LinkedIn no longer serves version 202609 of its API"),
    ] {
        member += 1;
        let (employee, share) = share_with(&app, member, Endpoint::Posts, answer(status, code)).await;
        assert_eq!(seen(&share), ("refused", reason));
        assert_eq!(share["reason"]["detail"], detail);
        app.pass(Duration::days(8)).await;
        assert_eq!(seen(&app.sign_in_again(&employee).await.look_at(&share).await), ("refused", reason));
    }
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn a_duplicate_on_a_first_send_is_another_post_and_is_not_adopted() {
    let app = TestApp::start().await;
    let urn = "urn:li:share:7000000000000000001";
    let inputs = json!({ "inputErrors": [{ "description": "Duplicate post is detected", "code": "DUPLICATE_POST" }] });
    let body = json!({ "message": format!("Content is a duplicate of {urn}"), "errorDetails": inputs, "status": 422 });
    let fault = Fault::Answer { status: 422, body: body.to_string() };
    let (_, share) = share_with(&app, 1, Endpoint::Posts, fault).await;
    assert_eq!(seen(&share), ("refused", "network.duplicate"));
    assert_eq!((&share["reason"]["detail"], &share["url"]), (&json!(urn), &Value::Null));
}

#[tokio::test]
async fn a_conflict_is_repeated_once_byte_by_byte() {
    let app = TestApp::start().await;
    let (employee, share) = share_with(&app, 1, Endpoint::Posts, answer(409, "CONFLICT")).await;
    assert_eq!(seen(&share), ("queued", "network.conflict"));
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    // It may have been taken all the same; the second answer then names it.
    let taken = Fault::AnswerAfter { status: 409, body: r#"{"status":409,"code":"CONFLICT"}"#.into() };
    let (employee, share) = share_with(&app, 2, Endpoint::Posts, taken).await;
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    assert_eq!((seen(&share).0, &share["confirmed_by"]), ("published", &json!("duplicate")));
    assert_eq!(app.world.posts().len(), 2);
    let (employee, share) = share_with(&app, 3, Endpoint::Posts, answer(409, "CONFLICT")).await;
    app.world.fault(Endpoint::Posts, Some(3), 1, answer(409, "CONFLICT"));
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("refused", "network.conflict"));
}

#[tokio::test]
async fn a_token_revoked_in_the_middle_holds_everything_until_it_is_renewed() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let now = employee.share(app.live_post().await).await;
    let mut later = crate::support::share_request(app.live_post().await, "Later", uuid::Uuid::now_v7());
    later["run_at"] = json!(app.app.clock.now() + Duration::hours(1));
    let later = employee.post("/api/shares", &later).await.expect(201).json();
    app.world.revoke_tokens(1);
    app.pass(UNDO).await;
    for share in [&now, &later] {
        assert_eq!(seen(&employee.look_at(share).await), ("held", "connection.revoked"));
    }
    let connection = employee.get("/api/connections").await.expect(200).json();
    assert_eq!(connection[0]["state"], "revoked");
    let ask = crate::support::share_request(app.live_post().await, "Hi", uuid::Uuid::now_v7());
    assert_eq!(employee.post("/api/shares", &ask).await.expect(409).code(), "connection.missing");
    employee.connect(1).await;
    assert_eq!(seen(&employee.look_at(&now).await), ("queued", ""));
    assert_eq!(seen(&employee.look_at(&later).await), ("planned", ""));
    app.pass(UNDO).await;
    app.pass(Duration::hours(1)).await;
    for share in [&now, &later] {
        assert_eq!(seen(&employee.look_at(share).await), ("published", ""));
    }
    assert_eq!(app.world.posts().len(), 2);
}

#[tokio::test]
async fn what_waits_for_a_connection_is_kept_for_seven_days() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    employee.delete("/api/connections/linkedin").await.expect(204);
    assert_eq!(seen(&employee.look_at(&share).await), ("held", "connection.missing"));
    app.pass(Duration::days(7) - Duration::seconds(1)).await;
    let employee = app.sign_in_again(&employee).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "held");
    app.pass(Duration::seconds(11)).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("cancelled", "connection.missing"));
    employee.connect(1).await;
    app.pass(Duration::days(1)).await;
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn the_days_limit_parks_until_the_next_utc_day() {
    let app = TestApp::start().await;
    app.world.rules(|rules| rules.member_calls_per_day = 0);
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("held", "network.throttled"));
    app.world.rules(|rules| rules.member_calls_per_day = 150);
    app.pass(Duration::hours(12)).await;
    let employee = app.sign_in_again(&employee).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "held", "20:00 UTC is still today");
    app.pass(Duration::hours(4) + Duration::minutes(31)).await;
    assert_eq!(seen(&app.sign_in_again(&employee).await.look_at(&share).await).0, "published");
}

#[tokio::test]
async fn what_provably_never_left_is_tried_again() {
    let app = TestApp::start().await;
    // Uploads may be repeated, whatever happened to them.
    for (member, fault) in [(1, Fault::DropAfter), (2, answer(500, "X"))] {
        for endpoint in [Endpoint::ImageInitialize, Endpoint::ImageUpload] {
            let (employee, share) = share_with(&app, member, endpoint, fault.clone()).await;
            assert_eq!(seen(&share), ("queued", "network.unreachable"));
            app.pass(Duration::hours(1)).await;
            assert_eq!(seen(&employee.look_at(&share).await).0, "published");
            employee.delete("/api/connections/linkedin").await.expect(204);
        }
    }
    let waiting = answer(400, "MEDIA_ASSET_WAITING_UPLOAD");
    let (employee, share) = share_with(&app, 3, Endpoint::Posts, waiting).await;
    assert_eq!(seen(&share), ("queued", "network.picture"));
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    assert_eq!(app.world.posts().len(), 5);
}

#[tokio::test]
async fn a_network_that_is_not_there_is_tried_again_until_it_is() {
    let app = TestApp::start_with(|config| {
        // Nothing listens on the port of "discard".
        config.linkedin.api_url = url::Url::parse("http://127.0.0.1:9").unwrap();
    })
    .await;
    let (employee, post) = (app.employee().await, app.live_post().await);
    app.connect_by_hand(&employee, 1).await;
    let share = employee.share(post).await;
    for _ in 0..3 {
        app.pass(Duration::hours(1)).await;
        assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"));
    }
    let attempts = async || -> i32 {
        let (attempts,) = sql!(app.app.db.read(), fetch_one, "select attempt from shares").unwrap();
        attempts
    };
    assert_eq!(attempts().await, 0, "the picture comes first, so nothing was ever sent");
    // Without one the send itself meets the closed port, and provably nothing left.
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    assert_eq!(sql!(tx, execute, "update posts set media_id = null").unwrap(), 1);
    tx.commit().await.unwrap();
    for sends in 1..=3 {
        app.pass(Duration::hours(1)).await;
        assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"));
        assert_eq!(attempts().await, sends);
    }
}

#[tokio::test]
async fn an_interrupted_send_becomes_unknown_when_its_lease_runs_out() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.app.clock.advance(UNDO);
    // A worker commits its intent and is never heard of again.
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let claimed = Share::claim_due(&mut tx).await.unwrap().expect("a due share");
    tx.commit().await.unwrap();
    let mut tx = app.app.db.write_durable(Actor::System("test")).await.unwrap();
    let attempt = claimed.intend(&mut tx, "{}".to_owned()).await.unwrap().expect("an intent");
    tx.commit().await.unwrap();
    app.pass(Duration::seconds(119)).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "posting");
    app.pass(Duration::seconds(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("unknown", "share.interrupted"));
    // R3: coming back late, it cannot write over what happened since.
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let urn = "urn:li:share:7000000000000000001".to_owned();
    let late = attempt.record(&mut tx, klaroen_core::network::Outcome::Published { urn }).await;
    assert!(late.is_err());
    drop(tx);
    assert_eq!(seen(&employee.look_at(&share).await).0, "unknown");
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn a_share_stopped_in_the_last_moment_is_not_sent() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.app.clock.advance(UNDO);
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let claimed = Share::claim_due(&mut tx).await.unwrap().expect("a due share");
    assert!(Share::claim_due(&mut tx).await.unwrap().is_none(), "one share, one worker");
    tx.commit().await.unwrap();
    employee.with_share(&share, "cancel", &json!({})).await.expect(200);
    let mut tx = app.app.db.write_durable(Actor::System("test")).await.unwrap();
    assert!(claimed.intend(&mut tx, "{}".to_owned()).await.unwrap().is_none());
    tx.commit().await.unwrap();
    app.pass(Duration::hours(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "cancelled");
}

#[tokio::test]
async fn withdrawing_a_post_empties_its_queue() {
    let app = TestApp::start().await;
    let (marketer, employee, post) = (app.marketer().await, app.sharer(1).await, app.live_post().await);
    let share = employee.share(post).await;
    marketer.patch(&format!("/api/posts/{post}"), &json!({ "state": "withdrawn" })).await.expect(200);
    assert_eq!(seen(&employee.look_at(&share).await), ("cancelled", "post.not_live"));
    app.pass(Duration::days(8)).await;
    assert!(app.world.posts().is_empty());
}

#[tokio::test]
async fn r3_many_workers_publish_each_share_once() {
    let app = TestApp::start().await;
    let mut people = vec![];
    for member in 1..=12 {
        people.push(app.sharer(member).await);
    }
    for _ in 0..5 {
        let post = app.live_post().await;
        for person in &people {
            person.share(post).await;
        }
    }
    app.app.clock.advance(UNDO);
    let workers = (0..5).map(|_| {
        let app = app.app.clone();
        tokio::spawn(async move { klaroen_worker::drain(&app).await })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap().unwrap();
    }
    let (published,): (i64,) =
        sql!(app.app.db.read(), fetch_one, "select count(*) from shares where state = 'published'").unwrap();
    assert_eq!((published, app.world.posts().len()), (60, 60));
}
