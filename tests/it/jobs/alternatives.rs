//! What nobody promises about LinkedIn, one alternative after another: whatever it does, what we say happened is what the
//! practice LinkedIn's own ledger says.

use chrono::Duration;
use klaroen_core::share::SPACING;
use klaroen_sandbox::{Endpoint, Fault};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    publish_shares::{UNDO, answer, seen, share_with},
    tokens::audited,
};
use crate::support::{Client, TestApp};

const TEXT: &str = "We (really) hire_more ~ see https://example.com/a_b~c #jobs\nand {more} 🎉";

/// The state of a share, compared with the ledger: as many posts more as it says.
fn honest(app: &TestApp, share: &Value, before: usize) -> String {
    let posts = app.world.posts();
    let (state, _) = seen(share);
    match (state, posts.len() - before) {
        ("published", 1) => {
            let post = &posts[before];
            assert_eq!(share["url"], format!("{}/feed/update/{}/", app.world.base_url(), post.urn));
            assert_eq!((post.text.plain().as_str(), post.text.cut_at), (TEXT, None));
        }
        ("unknown", 0 | 1) | ("refused" | "queued" | "held", 0) => {}
        other => panic!("{other:?}: {share}"),
    }
    state.to_owned()
}

/// Connects a member all the way, shares with a picture, disconnects, and answers how the share ended.
async fn whole_way(app: &TestApp, member: u32) -> (Client, Value, String) {
    let employee = app.sharer(member).await;
    let before = app.world.posts().len();
    let share = employee.share_saying(app.live_post().await, TEXT).await;
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    let state = honest(app, &share, before);
    (employee, share, state)
}

/// From now on open questions are answered so, and all others as usual.
fn answers(app: &TestApp, given: &Value) {
    app.world.rules(|rules| rules.questions = serde_json::from_value(given.clone()).unwrap());
}

/// Disconnects, and answers how the network took it that the token was given back.
async fn given_back(app: &TestApp, employee: &Client) -> String {
    employee.delete("/api/connections/linkedin").await.expect(204);
    app.drain().await;
    audited(app).await.pop().unwrap()
}

#[tokio::test]
async fn every_answer_to_an_open_question_is_survived_honestly() {
    let app = TestApp::start().await;
    for (member, (question, other)) in (1..).zip([
        ("scope_separator", "space"),
        ("token_type", "absent"),
        ("locale", "text"),
        ("refresh", "on"),
        ("revoke", "not_found"),
        ("revoke", "bad_request"),
        ("urls", "exempt"),
        ("created", "linkedin_id"),
        ("created", "both"),
        ("created", "body"),
        ("image_processing", "stuck"),
    ]) {
        answers(&app, &json!({ question: other }));
        let (employee, _, state) = whole_way(&app, member).await;
        assert_eq!(state, "published", "{question} is {other}");
        let result = if question == "revoke" { "refused" } else { "done" };
        let told = format!(r#"{{"network":"linkedin","result":"{result}","tries":1}}"#);
        assert_eq!(given_back(&app, &employee).await, told, "{question} is {other}");
    }
    answers(&app, &json!({ "image_processing": "failed" }));
    let (_, share, state) = whole_way(&app, 12).await;
    assert_eq!((state.as_str(), seen(&share).1), ("refused", "network.picture_refused"));
}

#[tokio::test]
async fn a_duplicate_that_names_nobody_or_a_ghost_is_survived_honestly() {
    let app = TestApp::start().await;
    for (member, (duplicate, ghosts, is_removed, expected, confirmed_by, more)) in (1..).zip([
        ("named", "forgotten", false, ("published", ""), json!("duplicate"), 1),
        ("unnamed", "forgotten", false, ("unknown", "network.duplicate"), Value::Null, 1),
        ("named", "forgotten", true, ("published", ""), Value::Null, 2),
        ("named", "named", true, ("published", ""), json!("duplicate"), 1),
        ("unnamed", "named", true, ("unknown", "network.duplicate"), Value::Null, 1),
    ]) {
        answers(&app, &json!({ "duplicate": duplicate, "ghosts": ghosts }));
        let before = app.world.posts().len();
        let (employee, share) = share_with(&app, member, Endpoint::Posts, Fault::DropAfter).await;
        if is_removed {
            app.world.remove_post(&app.world.posts()[before].urn);
        }
        employee.with_share(&share, "answer", &json!({ "appeared": false, "again": true })).await.expect(200);
        app.pass(SPACING).await;
        let share = employee.look_at(&share).await;
        let case = format!("{duplicate}, {ghosts}, removed: {is_removed}");
        assert_eq!((seen(&share), &share["confirmed_by"]), (expected, &confirmed_by), "{case}");
        assert_eq!(app.world.posts().len(), before + more, "{case}");
    }
}

#[tokio::test]
async fn limits_that_nobody_documented_are_a_refusal_with_its_reason() {
    let app = TestApp::start().await;
    for (member, change) in [(1, (5, 0)), (2, (0, 5))] {
        app.world.rules(|rules| (rules.article_title, rules.article_description) = change);
        let (_, share, state) = whole_way(&app, member).await;
        assert_eq!((state.as_str(), seen(&share).1), ("refused", "network.form"));
        assert!(share["reason"]["detail"].as_str().unwrap().contains("can't exceeded maximum 5"), "{share}");
    }
}

#[tokio::test]
async fn a_text_that_is_cut_without_a_word_was_never_longer_than_may_be_sent() {
    let app = TestApp::start().await;
    let longest = "(".repeat(1_500);
    for (member, given) in (1..).zip([json!({ "over_length": "cut" }), json!({ "length": "rendered" })]) {
        answers(&app, &given);
        let employee = app.sharer(member).await;
        let share = employee.share_saying(app.live_post().await, &longest).await;
        app.pass(UNDO).await;
        assert_eq!(seen(&employee.look_at(&share).await).0, "published", "{given}");
        let posted = app.world.posts().pop().unwrap();
        assert_eq!((posted.member, posted.text.plain(), posted.text.cut_at), (member, longest.clone(), None));
    }
}

#[tokio::test]
async fn a_connection_that_behaves_badly_ends_honestly() {
    let app = TestApp::start().await;
    for (member, (fault, state, more)) in (1..).zip([
        (Fault::SlowHead { ms: 1 }, "published", 1),
        (Fault::Drip { ms: 1 }, "published", 1),
        (Fault::News, "published", 1),
        (Fault::OtherWords, "published", 1),
        (Fault::Cut, "unknown", 1),
        (Fault::HalfCloseBefore, "unknown", 0),
        (Fault::HalfCloseAfter, "unknown", 1),
        (Fault::HangBefore { ms: 50 }, "unknown", 0),
        (Fault::ResetBefore, "unknown", 0),
        (Fault::ResetAfter, "unknown", 1),
    ]) {
        let before = app.world.posts().len();
        app.world.fault(Endpoint::Posts, Some(member), 1, fault.clone());
        assert_eq!(whole_way(&app, member).await.2, state, "{fault:?}");
        assert_eq!(app.world.posts().len() - before, more, "{fault:?}");
    }
}

#[tokio::test]
async fn news_and_other_words_in_every_answer_change_nothing() {
    let app = TestApp::start().await;
    for (member, fault) in [(1, Fault::News), (2, Fault::OtherWords)] {
        for endpoint in [
            Endpoint::Token,
            Endpoint::UserInfo,
            Endpoint::ImageInitialize,
            Endpoint::ImageUpload,
            Endpoint::Posts,
            Endpoint::Introspect,
            Endpoint::Revoke,
        ] {
            app.world.fault(endpoint, None, 1, fault.clone());
        }
        let (employee, _, state) = whole_way(&app, member).await;
        assert_eq!((state.as_str(), app.world.posts().len()), ("published", usize::try_from(member).unwrap()));
        // Once a day the network is asked how the token stands.
        app.pass(Duration::days(1)).await;
        let employee = app.sign_in_again(&employee).await;
        assert_eq!(employee.connection("linkedin").await["state"], "works");
        let told = r#"{"network":"linkedin","result":"done","tries":1}"#;
        assert_eq!(given_back(&app, &employee).await, told);
        let waiting = format!("{}/switches/faults", app.world.base_url());
        let waiting = app.nobody().send_raw(Method::GET, &waiting, &[], None).await.expect(200).json();
        assert_eq!(waiting, json!([]), "every call met {fault:?}");
    }
    // A refusal keeps its meaning when its words are others.
    for (member, full, reason) in [(3, Some(3), "network.throttled"), (4, None, "network.throttled")] {
        app.world.fill_day(full);
        app.world.fault(Endpoint::Posts, Some(member), 1, Fault::OtherWords);
        let (_, share, state) = whole_way(&app, member).await;
        assert_eq!((state.as_str(), seen(&share).1), ("held", reason));
    }
}

#[tokio::test]
async fn every_refusal_of_linkedin_is_told_by_its_kind() {
    let app = TestApp::start().await;
    for (member, (status, code, state, reason)) in (1..).zip([
        (400, "VERSION_MISSING", "refused", "network.form"),
        (400, "INVALID_URN_TYPE", "refused", "network.form"),
        (400, "INVALID_URN_ID", "refused", "network.form"),
        (400, "INVALID_VALUE_FOR_FIELD", "refused", "network.form"),
        (400, "INVALID_VALUE_BLANK_FIELD", "refused", "network.form"),
        (400, "INVALID_IMAGE_ID", "refused", "network.picture_refused"),
        (400, "MEDIA_ASSET_PROCESSING_FAILED", "refused", "network.picture_refused"),
        (400, "EXPIRED_UPLOAD_URL", "refused", "network.picture_refused"),
        (400, "INVALID_CONTENT_OWNERSHIP", "refused", "network.picture_refused"),
        (400, "MEDIA_ASSET_WAITING_UPLOAD", "queued", "network.picture"),
        (400, "SOMETHING_NEW", "refused", "network.form"),
        (503, "SERVICE_UNAVAILABLE", "unknown", "network.lost"),
    ]) {
        let (_, share) = share_with(&app, member, Endpoint::Posts, answer(status, code)).await;
        assert_eq!(seen(&share), (state, reason), "{code}");
    }
    let posted: Vec<u32> = app.world.posts().iter().map(|post| post.member).collect();
    assert_eq!(posted, [10], "only the one that had to wait for its picture went out, later");
}

/// A code that the practice LinkedIn gave for another address than Klaroen's.
async fn code_for_elsewhere(app: &TestApp) -> String {
    let form = [
        ("response_type", "code"),
        ("client_id", "klaroen-demo"),
        ("redirect_uri", "http://127.0.0.1:1/api/connections/linkedin/callback"),
        ("scope", "openid profile w_member_social"),
        ("member", "1"),
        ("action", "allow"),
    ];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let page = format!("{}/oauth/v2/authorization", app.world.base_url());
    let answer = app.nobody().send_raw(Method::POST, &page, &headers, Some(body)).await.expect(302);
    answer.header("location").unwrap().split_once("code=").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_sign_in_that_is_refused_is_told_whatever_its_status() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    for (question, other) in [
        ("oauth_errors", "bad_request"),
        ("oauth_errors", "unauthorized"),
        ("redirect_mismatch", "invalid_redirect_uri"),
        ("redirect_mismatch", "invalid_request"),
    ] {
        answers(&app, &json!({ question: other }));
        let spoilt = if question == "oauth_errors" { "AQTspoilt".into() } else { code_for_elsewhere(&app).await };
        let callback = employee.consent(1, "allow").await;
        let (start, state) = (callback.find("code=").unwrap(), callback.find("&state=").unwrap());
        let spoilt = format!("{}code={spoilt}{}", &callback[..start], &callback[state..]);
        assert_eq!(employee.come_back(&spoilt).await, "error=network.refused", "{question} is {other}");
    }
}

#[tokio::test]
async fn a_version_that_is_refused_today_is_followed_by_the_first_that_is_not() {
    let versions = "202609,202608".parse().unwrap();
    let app = TestApp::start_with(|config| config.linkedin.versions = versions).await;
    app.world.serve_from(202_609);
    let (employee, share, _) = whole_way(&app, 1).await;
    app.pass(Duration::seconds(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("published", ""));
    app.world.end_version(202_609);
    let (employee, share, _) = whole_way(&app, 2).await;
    app.pass(Duration::minutes(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("held", "network.version"));
    assert_eq!(app.world.posts().len(), 1, "all are gone");
}
