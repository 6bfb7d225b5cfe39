//! Taking shares back at the practice networks, and what it does to the week.

use chrono::Duration;
use klaroen_core::{share::SPACING, sql};
use klaroen_sandbox::{Endpoint, Fault};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const UNDO: Duration = Duration::seconds(10);
const NETWORKS: [(&str, Endpoint); 3] =
    [("linkedin", Endpoint::Post), ("mastodon", Endpoint::MastodonStatus), ("bluesky", Endpoint::BlueskyDelete)];

/// A share that is out.
async fn published(app: &TestApp, network: &str, member: u32) -> (Client, Value) {
    let employee = app.sharer_on(network, member).await;
    let share = employee.share_on(network, app.live_post().await, &format!("Words of {member}")).await;
    app.pass(UNDO).await;
    let share = employee.look_at(&share).await;
    assert_eq!(share["state"], "published", "{share}");
    (employee, share)
}

async fn ask(employee: &Client, share: &Value) -> Value {
    employee.with_share(share, "removal", &json!({})).await.expect(200).json()["taking_back"].clone()
}

async fn seen(employee: &Client, share: &Value) -> (String, String) {
    let back = employee.look_at(share).await["taking_back"].clone();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (word(&back["state"]), word(&back["reason"]["code"]))
}

fn is(state: &str, code: &str) -> (String, String) {
    (state.to_owned(), code.to_owned())
}

/// Whether the newest post of each kind is still at its network.
fn deleted(app: &TestApp, network: &str) -> Vec<bool> {
    match network {
        "linkedin" => app.world.posts().iter().map(|post| post.deleted).collect(),
        "mastodon" => app.world.statuses().iter().map(|status| status.deleted).collect(),
        _ => app.world.records().iter().map(|record| record.deleted).collect(),
    }
}

fn answer(status: u16) -> Fault {
    Fault::Answer { status, body: json!({ "status": status, "error": "words", "message": "words" }).to_string() }
}

#[tokio::test]
async fn a_share_is_removed_at_its_network_and_only_there_once_asked() {
    let app = TestApp::start().await;
    for (network, _) in NETWORKS {
        let (employee, share) = published(&app, network, 1).await;
        let back = &share["taking_back"];
        assert_eq!((&back["through_network"], &back["state"]), (&json!(true), &Value::Null));
        app.pass(Duration::minutes(1)).await;
        assert_eq!(deleted(&app, network), [false]);
        assert_eq!(ask(&employee, &share).await["state"], "waiting");
        ask(&employee, &share).await;
        app.drain().await;
        let after = employee.look_at(&share).await;
        assert_eq!(after["state"], "published", "the table of states knows no removal");
        assert_eq!(after["taking_back"]["state"], "removed");
        assert_eq!(after["taking_back"]["removed_at"], json!(app.app.clock.now()));
        assert_eq!(deleted(&app, network), [true], "{network}");
        assert_eq!(ask(&employee, &share).await["state"], "removed", "saying it again changes nothing");
    }
}

#[tokio::test]
async fn what_is_gone_already_counts_as_removed() {
    let app = TestApp::start().await;
    for (network, endpoint) in NETWORKS {
        let (employee, share) = published(&app, network, 1).await;
        let fault = if network == "bluesky" { Fault::DropAfter } else { answer(404) };
        app.world.fault(endpoint, Some(1), 1, fault);
        ask(&employee, &share).await;
        app.drain().await;
        app.pass(Duration::minutes(1)).await;
        assert_eq!(seen(&employee, &share).await, is("removed", ""), "{network}");
    }
}

#[tokio::test]
async fn a_network_that_is_away_is_asked_ten_times_and_then_the_person_is() {
    let app = TestApp::start().await;
    for (network, endpoint) in NETWORKS {
        let (employee, share) = published(&app, network, 1).await;
        app.world.fault(endpoint, Some(1), 9, answer(503));
        ask(&employee, &share).await;
        app.drain().await;
        assert_eq!(seen(&employee, &share).await, is("waiting", "removal.unreachable"), "{network}");
        for _ in 0..9 {
            app.pass(Duration::hours(1)).await;
        }
        let employee = app.sign_in_again(&employee).await;
        assert_eq!(seen(&employee, &share).await, is("removed", ""), "{network}");

        let (employee, share) = published(&app, network, 2).await;
        app.world.fault(endpoint, Some(2), 10, answer(503));
        ask(&employee, &share).await;
        for _ in 0..12 {
            app.pass(Duration::hours(1)).await;
        }
        let employee = app.sign_in_again(&employee).await;
        assert_eq!(seen(&employee, &share).await, is("failed", "removal.gave_up"), "{network}");
        ask(&employee, &share).await;
        app.drain().await;
        assert_eq!(seen(&employee, &share).await, is("removed", ""), "{network}: tried anew when asked anew");
    }
}

#[tokio::test]
async fn what_only_the_person_can_do_is_said_at_once() {
    let app = TestApp::start().await;
    for (network, endpoint) in NETWORKS {
        let (employee, share) = published(&app, network, 1).await;
        app.world.fault(endpoint, Some(1), 1, answer(403));
        ask(&employee, &share).await;
        app.drain().await;
        assert_eq!(seen(&employee, &share).await, is("failed", "removal.refused"), "{network}");
        let back = employee.look_at(&share).await["taking_back"].clone();
        assert_eq!(back["reason"]["detail"], "words");

        let (employee, share) = published(&app, network, 3).await;
        app.world.fault(endpoint, Some(3), 1, answer(401));
        ask(&employee, &share).await;
        app.drain().await;
        assert_eq!(seen(&employee, &share).await, is("failed", "removal.no_connection"), "{network}");
        assert_eq!(employee.connection(network).await["state"], "revoked", "{network}");

        let by_hand = json!({ "by_hand": true });
        let after = employee.with_share(&share, "removal", &by_hand).await.expect(200).json();
        assert_eq!(after["taking_back"]["state"], "removed");
    }
}

/// Deleted posts are named too, so a post that is not there may be another than the one that is out.
#[tokio::test]
async fn what_only_a_duplicate_named_is_not_taken_for_gone() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    employee.patch("/api/me", &json!({ "may_probe": true })).await.expect(200);
    let share = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DropAfter);
    app.pass(UNDO).await;
    app.pass(Duration::minutes(2)).await;
    assert_eq!(employee.look_at(&share).await["confirmed_by"], "probe");
    app.world.fault(Endpoint::Post, Some(1), 1, answer(404));
    ask(&employee, &share).await;
    app.drain().await;
    assert_eq!(seen(&employee, &share).await, is("failed", "removal.refused"));
    assert_eq!(deleted(&app, "linkedin"), [false]);
    ask(&employee, &share).await;
    app.drain().await;
    assert_eq!(seen(&employee, &share).await, is("removed", ""), "one that is there can be removed");
}

#[tokio::test]
async fn what_stands_in_the_way_of_a_removal_holds_no_share_up_and_alarms_nobody() {
    let app = TestApp::start().await;
    let said = json!({ "message": "APPLICATION DAY limit" }).to_string();
    for (member, status, code) in
        [(1, 429, "removal.throttled"), (2, 403, "removal.refused"), (3, 400, "removal.refused")]
    {
        let (employee, share) = published(&app, "linkedin", member).await;
        app.world.fault(Endpoint::Post, Some(member), 1, Fault::Answer { status, body: said.clone() });
        ask(&employee, &share).await;
        app.drain().await;
        assert_eq!(seen(&employee, &share).await.1, code);
        let next = employee.share(app.live_post().await).await;
        app.pass(SPACING).await;
        assert_eq!(employee.look_at(&next).await["state"], "published", "after a {status}");
    }
    for table in ["alarms", "pauses"] {
        assert_eq!(app.rows(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn another_account_cannot_remove_it_and_is_not_asked_to() {
    let app = TestApp::start().await;
    for (network, _) in NETWORKS {
        let (employee, share) = published(&app, network, 1).await;
        employee.delete(&format!("/api/connections/{network}")).await;
        ask(&employee, &share).await;
        app.drain().await;
        assert_eq!(seen(&employee, &share).await, is("failed", "removal.no_connection"), "{network}");
        match network {
            "mastodon" => employee.connect_mastodon(&app, 2).await,
            "bluesky" => employee.connect_bluesky(&app, 2).await,
            _ => employee.connect(2).await,
        }
        ask(&employee, &share).await;
        app.drain().await;
        assert_eq!(seen(&employee, &share).await, is("failed", "removal.other_account"), "{network}");
        assert_eq!(deleted(&app, network), [false], "{network}");
    }
}

#[tokio::test]
async fn only_what_is_out_can_be_removed_and_only_by_its_person() {
    let app = TestApp::start().await;
    let (employee, other) = (app.sharer(1).await, app.sharer(2).await);
    let share = employee.share(app.live_post().await).await;
    assert_eq!(share["taking_back"], Value::Null);
    assert_eq!(employee.with_share(&share, "removal", &json!({})).await.expect(409).code(), "removal.not_out");
    app.pass(UNDO).await;
    for action in ["removal", "keep"] {
        other.with_share(&share, action, &json!({})).await.expect(404);
    }
    assert_eq!(employee.with_share(&share, "keep", &json!({})).await.expect(409).code(), "removal.not_asked");
}

/// Kinds of the entries about shares in the ledger, oldest first, with their reasons.
async fn entries(app: &TestApp) -> Vec<(String, Option<String>)> {
    let kinds = "select kind, reason from ledger_entries where share_id is not null order by seq";
    sql!(app.app.db.read(), fetch_all, kinds).unwrap()
}

#[tokio::test]
async fn a_share_taken_back_within_a_day_is_reversed_and_a_later_one_stays() {
    let app = TestApp::start().await;
    let program = app.program().await;
    let counted = || ("share_counted".to_owned(), None);
    let reversed = || ("share_reversed".to_owned(), Some("removed".to_owned()));
    for (member, wait, lost) in [(1, Duration::hours(24), false), (2, Duration::minutes(23 * 60 + 59), true)] {
        let (employee, share) = published(&app, "linkedin", member).await;
        employee.join(&program).await;
        app.drain().await;
        assert!(share["taking_back"]["costs_until"].is_string(), "{share}");
        app.pass(wait).await;
        let employee = app.sign_in_again(&employee).await;
        let before = employee.look_at(&share).await["taking_back"]["costs_until"].clone();
        assert_eq!(before.is_null(), !lost);
        ask(&employee, &share).await;
        app.drain().await;
        let back = employee.look_at(&share).await["taking_back"].clone();
        assert_eq!((&back["state"], &back["keeps_counting"]), (&json!("removed"), &json!(!lost)));
        let entered = employee.week(48).await["shares"][0].clone();
        assert_eq!((&entered["counts"], &entered["taken_back"]), (&json!(!lost), &json!(lost)));
    }
    assert_eq!(entries(&app).await, [counted(), counted(), reversed()]);
    app.drain().await;
    assert_eq!(entries(&app).await.len(), 3, "once");
}

#[tokio::test]
async fn who_joins_after_taking_back_has_no_entry_for_it() {
    let app = TestApp::start().await;
    let (program, (employee, share)) = (app.program().await, published(&app, "linkedin", 1).await);
    employee.with_share(&share, "removal", &json!({ "by_hand": true })).await.expect(200);
    assert_eq!(employee.week(48).await["shares"][0]["counts"], false, "the preview says so too");
    employee.join(&program).await;
    app.drain().await;
    assert_eq!(entries(&app).await, []);
}

#[tokio::test]
async fn everybody_who_shared_a_withdrawn_post_is_asked_and_it_costs_nobody_a_week() {
    let app = TestApp::start().await;
    let (program, marketer, post) = (app.program().await, app.marketer().await, app.live_post().await);
    let (first, second) = (app.sharer(1).await, app.sharer(2).await);
    for employee in [&first, &second] {
        employee.join(&program).await;
        employee.share(post).await;
    }
    app.pass(UNDO).await;
    let asked = async |who: &Client| who.get("/api/shares/asked-back").await.expect(200).json();
    assert_eq!(asked(&first).await, json!([]));
    marketer.patch(&format!("/api/posts/{post}"), &json!({ "state": "withdrawn" })).await.expect(200);
    let (share, other) = (asked(&first).await[0].clone(), asked(&second).await[0].clone());
    assert_eq!((&share["taking_back"]["asked"], &share["taking_back"]["costs_until"]), (&json!(true), &Value::Null));
    let kept = second.with_share(&other, "keep", &json!({})).await.expect(200).json();
    assert_eq!((&kept["taking_back"]["state"], &kept["taking_back"]["asked"]), (&json!("kept"), &json!(false)));
    ask(&first, &share).await;
    app.drain().await;
    assert_eq!(seen(&first, &share).await, is("removed", ""));
    assert_eq!(deleted(&app, "linkedin").iter().filter(|gone| **gone).count(), 1);
    for employee in [&first, &second] {
        assert_eq!(asked(employee).await, json!([]));
        assert_eq!(employee.week(48).await["state"], "met", "what the company asks for costs nothing");
    }
    ask(&second, &other).await;
    app.drain().await;
    assert_eq!(seen(&second, &other).await, is("removed", ""), "who kept it can still remove it");
}
