//! What nobody promises about LinkedIn, one alternative after another: whatever it does, what we say happened is what the
//! practice LinkedIn's own ledger says.

use chrono::Duration;
use klaroen_core::{db::Actor, sql};
use klaroen_sandbox::{Endpoint, Fault, Settings};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

use super::publish_shares::{UNDO, answer, seen, share_with};
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

#[tokio::test]
async fn every_answer_to_an_open_question_is_survived_honestly() {
    let app = TestApp::start().await;
    let mut member = 0;
    for (question, alternatives) in [
        ("oauth_errors", &["unauthorized"][..]),
        ("redirect_mismatch", &["invalid_request"]),
        ("scope_refusal", &["page"]),
        ("scope_separator", &["space"]),
        ("token_type", &["absent"]),
        ("signing_keys", &["both", "second"]),
        ("locale", &["text"]),
        ("refresh", &["on"]),
        ("revoke", &["not_found", "bad_request"]),
        ("prompt_and_pkce", &["refused"]),
        ("length", &["rendered"]),
        ("over_length", &["cut"]),
        ("urls", &["exempt"]),
        ("created", &["linkedin_id", "both", "body"]),
        ("draft", &["accepted"]),
        ("duplicate", &["unnamed"]),
        ("ghosts", &["named"]),
        ("image_read", &["allowed"]),
        ("image_processing", &["stuck"]),
        ("video_processing", &["stuck", "failed"]),
        ("video_links", &["player"]),
    ] {
        for other in alternatives {
            member += 1;
            app.world.rules(|rules| rules.questions = serde_json::from_value(json!({ question: other })).unwrap());
            let (employee, _, state) = whole_way(&app, member).await;
            assert_eq!(state, "published", "{question} is {other}");
            employee.delete("/api/connections/linkedin").await.expect(204);
        }
    }
    app.world.rules(|rules| rules.questions.image_processing = klaroen_sandbox::questions::ImageProcessing::Failed);
    let (_, share, state) = whole_way(&app, member + 1).await;
    assert_eq!((state.as_str(), seen(&share).1), ("refused", "network.picture_refused"));
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
    app.world.rules(|rules| rules.questions.over_length = klaroen_sandbox::questions::OverLength::Cut);
    let employee = app.sharer(1).await;
    let post = app.live_post().await;
    let longest = "(".repeat(1_500);
    let share = employee.share_saying(post, &longest).await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    let posted = &app.world.posts()[0];
    assert_eq!((posted.text.plain(), posted.text.cut_at), (longest, None));
}

#[tokio::test]
async fn a_connection_that_behaves_badly_ends_honestly() {
    let app = TestApp::start().await;
    for (member, (fault, state)) in (1..).zip([
        (Fault::SlowHead { ms: 1 }, "published"),
        (Fault::Drip { ms: 1 }, "published"),
        (Fault::News, "published"),
        (Fault::OtherWords, "published"),
        (Fault::Cut, "unknown"),
        (Fault::HalfCloseBefore, "unknown"),
        (Fault::HalfCloseAfter, "unknown"),
        (Fault::HangBefore { ms: 50 }, "unknown"),
        (Fault::ResetBefore, "unknown"),
        (Fault::ResetAfter, "unknown"),
    ]) {
        app.world.fault(Endpoint::Posts, Some(member), 1, fault.clone());
        assert_eq!(whole_way(&app, member).await.2, state, "{fault:?}");
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
        let (employee, ..) = whole_way(&app, member).await;
        assert_eq!(app.world.posts().len(), usize::try_from(member).unwrap());
        employee.delete("/api/connections/linkedin").await.expect(204);
        app.world.clear_faults();
    }
    // A refusal keeps its meaning when its words are others.
    for (member, full, reason) in [(3, Some(3), "network.throttled"), (4, None, "network.throttled")] {
        app.world.fill_day(full);
        app.world.fault(Endpoint::Posts, Some(member), 1, Fault::OtherWords);
        let (_, share, state) = whole_way(&app, member).await;
        assert_eq!((state.as_str(), seen(&share).1), ("held", reason));
    }
}

/// A product that asks for LinkedIn's API at an address where no call can arrive.
async fn app_without(api: &str) -> TestApp {
    let api = Url::parse(api).unwrap();
    TestApp::start_with(|config| config.linkedin.api_url = api).await
}

#[tokio::test]
async fn a_call_that_provably_never_left_is_made_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = klaroen_sandbox::serve(listener, Settings::default()).await.unwrap();
    for address in [nobody.closed_url(), nobody.nameless_url().to_owned(), nobody.tls_url()] {
        let app = app_without(&address).await;
        let employee = app.employee().await;
        app.connect_by_hand(&employee, 1).await;
        let share = employee.share(app.live_post().await).await;
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        assert_eq!(sql!(tx, execute, "update posts set media_id = null").unwrap(), 1);
        tx.commit().await.unwrap();
        for sends in 1..=2 {
            app.pass(Duration::hours(1)).await;
            assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"), "{address}");
            let (attempts,): (i32,) = sql!(app.app.db.read(), fetch_one, "select attempt from shares").unwrap();
            assert_eq!(attempts, sends, "it was the send itself, {address}");
        }
        assert!(app.world.posts().is_empty() && nobody.posts().is_empty());
    }
}

#[tokio::test]
async fn a_port_that_closes_for_a_while_costs_nothing() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.world.close_port().await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"));
    app.world.open_port().await;
    app.pass(Duration::hours(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    assert_eq!(app.world.posts().len(), 1);
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

#[tokio::test]
async fn a_sign_in_that_is_refused_is_told_whatever_its_status() {
    let app = TestApp::start().await;
    let employee = app.employee().await;
    for other in ["bad_request", "unauthorized"] {
        app.world.rules(|rules| rules.questions = serde_json::from_value(json!({ "oauth_errors": other })).unwrap());
        let callback = employee.consent(1, "allow").await;
        let (start, state) = (callback.find("code=").unwrap(), callback.find("&state=").unwrap());
        let spoilt = format!("{}code=AQTspoilt{}", &callback[..start], &callback[state..]);
        assert_eq!(employee.come_back(&spoilt).await, "error=network.refused", "{other}");
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
