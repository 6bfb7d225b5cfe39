//! Publishing at the practice Mastodon and Bluesky: the same honesty as at LinkedIn, and a repeat that is the same post.

use chrono::Duration;
use klaroen_core::sql;
use klaroen_sandbox::{Endpoint, Fault, KeyTwice, questions::ErrorBody};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

pub(super) const UNDO: Duration = Duration::seconds(10);
const TWO_MINUTES: Duration = Duration::minutes(2);
const TEXT: &str =
    "Röhren & (brackets) [x] {y} <z> #tag @who *b* _i_ ~s~ |p| \\ 🎉👩‍👩‍👧‍👦\nsecond https://example.com/x line";
const BOTH: [(&str, Endpoint); 2] = [("mastodon", Endpoint::MastodonStatuses), ("bluesky", Endpoint::BlueskyCreate)];

pub(super) fn seen(share: &Value) -> (&str, &str) {
    (share["state"].as_str().unwrap(), share["reason"]["code"].as_str().unwrap_or_default())
}

fn answer(status: u16) -> Fault {
    Fault::Answer { status, body: json!({ "error": "words of the network", "message": "words" }).to_string() }
}

/// A share of a fresh post by a fresh employee, with `fault` in its way.
async fn share_with(app: &TestApp, network: &str, endpoint: Endpoint, member: u32, fault: Fault) -> (Client, Value) {
    let employee = app.sharer_on(network, member).await;
    let share = employee.share_on(network, app.live_post().await, &format!("Words of {member}")).await;
    app.world.fault(endpoint, Some(member), 1, fault);
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    (employee, share)
}

#[tokio::test]
async fn a_status_goes_out_once_as_written_with_its_link_and_picture() {
    let app = TestApp::start().await;
    let employee = app.sharer_on("mastodon", 1).await;
    let share = employee.share_on("mastodon", app.live_post().await, TEXT).await;
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    let statuses = app.world.statuses();
    assert_eq!(statuses.len(), 1);
    let (words, link) = statuses[0].text.rsplit_once("\n\n").unwrap();
    assert_eq!(words, TEXT);
    assert!(link.starts_with(&format!("{}/s/", app.origin)), "{link}");
    assert_eq!((statuses[0].visibility.as_str(), statuses[0].media_ids.len()), ("public", 1));
    assert!(statuses[0].idempotency_key.is_some());
    assert_eq!(seen(&share), ("published", ""));
    let address = format!("{}/mastodon/@member001/{}", app.world.base_url(), statuses[0].id);
    assert_eq!((&share["url"], &share["confirmed_by"]), (&json!(address), &Value::Null));
    app.pass(Duration::days(1)).await;
    assert_eq!(app.world.statuses().len(), 1);
}

#[tokio::test]
async fn a_record_goes_out_once_as_written_with_its_card_and_facets() {
    let app = TestApp::start().await;
    let employee = app.sharer_on("bluesky", 1).await;
    let share = employee.share_on("bluesky", app.live_post().await, TEXT).await;
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    let records = app.world.records();
    assert_eq!(records.len(), 1);
    let record = &records[0].record;
    assert_eq!(record["text"], TEXT);
    let facets: Vec<_> = record["facets"].as_array().unwrap().iter().map(|facet| &facet["features"][0]).collect();
    assert_eq!((&facets[0]["uri"], &facets[1]["tag"]), (&json!("https://example.com/x"), &json!("tag")));
    let card = &record["embed"]["external"];
    assert!(card["uri"].as_str().unwrap().starts_with(&format!("{}/s/", app.origin)), "{card}");
    assert_eq!((&card["title"], &card["description"]), (&json!("We are hiring"), &json!("Come and see us.")));
    assert_eq!(card["thumb"]["$type"], "blob");
    assert_eq!(seen(&share), ("published", ""));
    let did = app.world.bluesky_account(1).did;
    let address = format!("{}/bluesky/profile/{did}/post/{}", app.world.base_url(), records[0].rkey);
    assert_eq!(share["url"], address);
    let page = employee.anonymous().get(&address).await.expect(200).text;
    assert!(page.contains("We are hiring"), "the address leads to the post");
    app.pass(Duration::days(1)).await;
    assert_eq!(app.world.records().len(), 1);
}

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
async fn a_no_is_final_and_says_why() {
    let app = TestApp::start().await;
    for (network, endpoint) in BOTH {
        for (member, status, reason) in
            [(1, 403, "network.permission"), (2, 404, "network.content"), (3, 422, "network.content")]
        {
            let (_, share) = share_with(&app, network, endpoint, member, answer(status)).await;
            assert_eq!(seen(&share), ("refused", reason), "{network} {status}");
            assert!(share["reason"]["detail"].as_str().unwrap().starts_with("words"));
        }
        let (employee, share) = share_with(&app, network, endpoint, 4, answer(429)).await;
        assert_eq!(seen(&share), ("held", "network.throttled"), "{network}");
        app.pass(Duration::days(1)).await;
        assert_eq!(seen(&app.sign_in_again(&employee).await.look_at(&share).await).0, "published");
        assert_eq!(app.texts_on(network).len(), 1);
    }
    assert_eq!(app.rows("alarms").await, 0, "it is no matter of the organisation's application");
}

#[tokio::test]
async fn a_full_window_is_waited_for_as_long_as_the_network_says() {
    let app = TestApp::start().await;
    app.world.rules(|rules| rules.mastodon_calls.calls = 2);
    let employee = app.sharer_on("mastodon", 1).await; // one call: whose account it is
    let share = employee.share_on("mastodon", app.live_post().await, "Words").await;
    app.pass(UNDO).await; // the picture is the second, the status one too many
    let share = employee.look_at(&share).await;
    assert_eq!(seen(&share), ("held", "network.throttled"));
    app.pass(Duration::minutes(6)).await;
    let (tries, state): (i32, String) =
        sql!(app.app.db.read(), fetch_one, "select attempt, state from shares").unwrap();
    assert_eq!((tries, state.as_str()), (2, "published"), "minutes later, not after midnight");
}

#[tokio::test]
async fn a_dead_token_holds_until_the_account_is_connected_again() {
    let app = TestApp::start().await;
    for (network, _) in BOTH {
        let employee = app.sharer_on(network, 1).await;
        let share = employee.share_on(network, app.live_post().await, "Words").await;
        app.world.revoke_tokens(1);
        app.pass(UNDO).await;
        let share = employee.look_at(&share).await;
        assert_eq!(seen(&share).0, "held", "{network}");
        assert!(seen(&share).1.starts_with("connection."), "{network} {:?}", seen(&share));
        assert_ne!(employee.connection(network).await["state"], "works");
        assert!(app.texts_on(network).is_empty());
        match network {
            "mastodon" => employee.connect_mastodon(&app, 1).await,
            _ => employee.connect_bluesky(&app, 1).await,
        }
        app.pass(UNDO).await;
        assert_eq!(seen(&employee.look_at(&share).await).0, "published", "{network}");
    }
}

#[tokio::test]
async fn a_session_of_bluesky_is_renewed_when_its_token_ended() {
    let app = TestApp::start().await;
    let employee = app.sharer_on("bluesky", 1).await;
    let first = employee.connection("bluesky").await;
    assert_eq!(first["days_left"], 90);
    app.pass(Duration::days(30)).await; // the access token lived for hours
    let employee = app.sign_in_again(&employee).await;
    assert_eq!(employee.connection("bluesky").await["days_left"], 60);
    let share = employee.share_on("bluesky", app.live_post().await, "Words").await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    assert_eq!(employee.connection("bluesky").await["days_left"], 90, "the new session ends later");
    // A renewal that cannot be made is tried again, and nothing was sent.
    app.pass(Duration::days(1)).await;
    let employee = app.sign_in_again(&employee).await;
    let share = employee.share_on("bluesky", app.live_post().await, "More words").await;
    app.world.fault(Endpoint::BlueskyRefresh, None, 1, answer(500));
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await), ("queued", "network.unreachable"));
    app.pass(Duration::minutes(1)).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    assert_eq!(app.world.records().len(), 2);
}

#[tokio::test]
async fn a_session_of_bluesky_is_renewed_whatever_its_errors_are_called() {
    let app = TestApp::start().await;
    let employee = app.sharer_on("bluesky", 1).await;
    app.world.rules(|rules| rules.questions.bluesky_errors = ErrorBody::Changed);
    app.pass(Duration::days(1)).await;
    let employee = app.sign_in_again(&employee).await;
    let share = employee.share_on("bluesky", app.live_post().await, "Words").await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    // A session that is over for good asks for the account again; the words are not to blame.
    app.world.revoke_tokens(1);
    let share = employee.share_on("bluesky", app.live_post().await, "More words").await;
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    assert_eq!(seen(&share).0, "held");
    assert!(seen(&share).1.starts_with("connection."), "{:?}", seen(&share));
    assert_eq!(app.world.records().len(), 1);
}

#[tokio::test]
async fn a_picture_that_takes_its_time_is_waited_for_but_not_for_ever() {
    let app = TestApp::start().await;
    // In the practice world time stands still while we wait, so it never gets ready.
    app.world.rules(|rules| rules.mastodon_media_takes = Duration::seconds(3));
    let employee = app.sharer_on("mastodon", 1).await;
    let share = employee.share_on("mastodon", app.live_post().await, "Words").await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
    assert!(app.world.statuses()[0].media_ids.is_empty(), "it went out with the card that the server makes");

    let app = TestApp::start_in_real_time().await;
    app.world.rules(|rules| rules.mastodon_media_takes = Duration::seconds(1));
    let employee = app.sharer_on("mastodon", 1).await;
    employee.share_on("mastodon", app.live_post().await, "Words").await;
    let now = app.app.clock.now();
    let mut tx = app.app.db.write(klaroen_core::db::Actor::System("test")).await.unwrap();
    sql!(tx, execute, "update shares set due_at = $1", now).unwrap();
    tx.commit().await.unwrap();
    app.drain().await;
    assert_eq!(app.world.statuses()[0].media_ids.len(), 1);
}
