//! Publishing against the practice LinkedIn: what it accepted is compared with what we say happened.

use chrono::Duration;
use klaroen_core::share::SPACING;
use klaroen_sandbox::{Content, Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

pub(super) const UNDO: Duration = Duration::seconds(10);

pub(super) fn answer(status: u16, code: &str) -> Fault {
    Fault::Answer {
        status,
        body: json!({ "status": status, "code": code, "message": "words of LinkedIn" }).to_string(),
    }
}

pub(super) fn seen(share: &Value) -> (&str, &str) {
    (share["state"].as_str().unwrap(), share["reason"]["code"].as_str().unwrap_or_default())
}

/// A share of a fresh post by a fresh employee, with `fault` in its way.
pub(super) async fn share_with(app: &TestApp, member: u32, endpoint: Endpoint, fault: Fault) -> (Client, Value) {
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
    app.pass(SPACING).await;
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
        assert_eq!(seen(&employee.look_at(&share).await), ("queued", "share.spaced"), "the first may be out");
        app.pass(SPACING).await;
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
        (400, "FIELD_LENGTH_TOO_LONG", "network.form", words),
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
    app.pass(SPACING).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    // It may have been taken all the same; the second answer then names it.
    let taken = Fault::AnswerAfter { status: 409, body: r#"{"status":409,"code":"CONFLICT"}"#.into() };
    let (employee, share) = share_with(&app, 2, Endpoint::Posts, taken).await;
    app.pass(SPACING).await;
    let share = employee.look_at(&share).await;
    assert_eq!((seen(&share).0, &share["confirmed_by"]), ("published", &json!("duplicate")));
    assert_eq!(app.world.posts().len(), 2);
    let (employee, share) = share_with(&app, 3, Endpoint::Posts, answer(409, "CONFLICT")).await;
    app.world.fault(Endpoint::Posts, Some(3), 1, answer(409, "CONFLICT"));
    app.pass(SPACING).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("refused", "network.conflict"));
}
