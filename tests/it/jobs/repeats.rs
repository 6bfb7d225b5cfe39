//! Sending the same bytes once more at the practice Mastodon and Bluesky, where that is the same post.

use chrono::Duration;
use klaroen_sandbox::{Endpoint, Fault, KeyTwice};
use serde_json::{Value, json};

use super::networks::{BOTH, UNDO, answer, seen, share_with};
use crate::support::TestApp;

const TWO_MINUTES: Duration = Duration::minutes(2);

#[tokio::test]
async fn an_unknown_share_is_repeated_once_by_itself_and_is_the_same_post() {
    let app = TestApp::start().await;
    for (network, endpoint) in BOTH {
        let faults = [
            Fault::DropAfter,
            Fault::DropBefore,
            answer(500),
            Fault::AnswerAfter { status: 504, body: "<html>".into() },
            Fault::AnswerAfter { status: 200, body: "no name anywhere".into() },
        ];
        for (member, fault) in (1..).zip(faults) {
            let before = app.texts_on(network).len();
            let (employee, share) = share_with(&app, network, endpoint, member, fault.clone()).await;
            assert_eq!(seen(&share), ("unknown", "network.lost"), "{network} {fault:?}");
            let since = app.app.clock.now();
            assert_eq!(share["probe_at"], json!(since + TWO_MINUTES), "nobody had to say yes");
            app.pass(TWO_MINUTES).await;
            let share = employee.look_at(&share).await;
            assert_eq!(seen(&share), ("published", ""), "{network} {fault:?}");
            assert_eq!(share["published_at"], json!(since), "it counts from the first send");
            assert_eq!(app.texts_on(network).len(), before + 1, "{network} {fault:?}: once");
            employee.anonymous().get(share["url"].as_str().unwrap()).await.expect(200);
        }
    }
}

#[tokio::test]
async fn a_repeat_that_proves_nothing_was_the_last() {
    let app = TestApp::start().await;
    for (network, endpoint) in BOTH {
        for (member, fault) in (1..).zip([Fault::DropBefore, answer(500), answer(422)]) {
            let (employee, share) = share_with(&app, network, endpoint, member, Fault::DropBefore).await;
            app.world.fault(endpoint, Some(member), 1, fault.clone());
            for _ in 0..60 {
                app.pass(Duration::minutes(1)).await;
            }
            let share = employee.look_at(&share).await;
            assert_eq!((seen(&share).0, &share["probe_at"]), ("unknown", &Value::Null), "{network} {fault:?}");
        }
        assert!(app.texts_on(network).is_empty(), "{network}");
    }
}

#[tokio::test]
async fn after_its_window_an_unknown_share_is_its_persons() {
    let app = TestApp::start().await;
    for (network, endpoint) in BOTH {
        let (employee, share) = share_with(&app, network, endpoint, 1, Fault::DropBefore).await;
        // No worker ran in between.
        app.pass(Duration::minutes(55) + Duration::seconds(1)).await;
        let share = employee.look_at(&share).await;
        assert_eq!((seen(&share).0, &share["probe_at"]), ("unknown", &Value::Null), "{network}");
        let again = json!({ "appeared": false, "again": true });
        employee.with_share(&share, "answer", &again).await.expect(200);
        app.pass(UNDO).await;
        assert_eq!(seen(&employee.look_at(&share).await).0, "published");
        assert_eq!(app.texts_on(network).len(), 1);
    }
}

#[tokio::test]
async fn whatever_bluesky_does_with_a_key_twice_there_is_one_post() {
    let app = TestApp::start().await;
    let ways = [KeyTwice::ServerError, KeyTwice::Refused, KeyTwice::Overwritten, KeyTwice::Duplicated];
    for (member, way) in (1..).zip(ways) {
        app.world.rules(|rules| rules.questions.bluesky_key_twice = way);
        let (employee, share) = share_with(&app, "bluesky", Endpoint::BlueskyCreate, member, Fault::DropAfter).await;
        app.pass(TWO_MINUTES).await;
        let share = employee.look_at(&share).await;
        assert_eq!((seen(&share).0, &share["confirmed_by"]), ("published", &json!("probe")), "{way:?}");
        assert_eq!(app.world.records().len(), member as usize, "{way:?}");
    }
}

#[tokio::test]
async fn a_repeat_that_cannot_look_first_waits_until_it_can() {
    let app = TestApp::start().await;
    let (employee, share) = share_with(&app, "bluesky", Endpoint::BlueskyCreate, 1, Fault::DropAfter).await;
    app.world.fault(Endpoint::BlueskyRead, None, 1, answer(500));
    app.pass(TWO_MINUTES).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "unknown");
    app.pass(Duration::seconds(30)).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    assert_eq!(app.world.records().len(), 1);
}

#[tokio::test]
async fn what_a_full_window_held_up_is_known_by_its_key_when_its_answer_is_lost() {
    let app = TestApp::start().await;
    let (employee, share) = share_with(&app, "bluesky", Endpoint::BlueskyCreate, 1, answer(429)).await;
    assert_eq!(seen(&share), ("held", "network.throttled"));
    app.world.fault(Endpoint::BlueskyCreate, Some(1), 1, Fault::DropAfter);
    app.pass(Duration::days(1)).await;
    let share = app.sign_in_again(&employee).await.look_at(&share).await;
    assert_eq!((seen(&share), &share["confirmed_by"]), (("published", ""), &json!("duplicate")));
    assert_eq!(app.world.records().len(), 1);
}

#[tokio::test]
async fn another_account_repeats_nothing_of_the_first() {
    let app = TestApp::start().await;
    for (network, endpoint) in BOTH {
        let (employee, share) = share_with(&app, network, endpoint, 1, Fault::DropAfter).await;
        match network {
            "mastodon" => employee.connect_mastodon(&app, 2).await,
            _ => employee.connect_bluesky(&app, 2).await,
        }
        app.pass(TWO_MINUTES).await;
        let share = employee.look_at(&share).await;
        assert_eq!((seen(&share).0, &share["probe_at"]), ("unknown", &Value::Null), "{network}");
        assert_eq!(app.texts_on(network).len(), 1, "{network}");
        assert_eq!(employee.connection(network).await["state"], "works", "{network}");
    }
}
