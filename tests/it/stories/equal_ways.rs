//! The bonus never asks for a connected account: who shares by hand stands exactly as who connected one.

use chrono::Duration;
use klaroen_core::{id::PostId, sql};
use klaroen_sandbox::Seed;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, TestApp};

/// What names a person or a share and nothing else; everything that remains must be the same.
const NAMES: [&str; 5] = ["person_id", "name", "staff_no", "id", "at"];

/// The answer without names, field by field.
fn nameless(answer: &Value) -> Value {
    match answer {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| !NAMES.contains(&key.as_str()));
            kept.map(|(key, value)| (key.clone(), nameless(value))).collect()
        }
        Value::Array(list) => list.iter().map(nameless).collect(),
        other => other.clone(),
    }
}

async fn paste_and_confirm(app: &TestApp, author: &Client, colleague: &Client, post: PostId) {
    let seed = Seed { member: 2, commentary: "By hand".to_owned(), content: None, at: app.app.clock.now() };
    let url = format!("{}/feed/update/{}/", app.world.base_url(), app.world.seed_post(seed));
    let today = app.app.clock.now().date_naive();
    let body = json!({
        "post_id": post, "network": "linkedin", "shared_on": today, "url": url, "confirmer_id": colleague.id,
        "idempotency_key": Uuid::now_v7(),
    });
    author.post("/api/shares/declared", &body).await.expect(201);
    let question = colleague.get("/api/confirmations").await.expect(200).json()[0]["id"].clone();
    let path = format!("/api/confirmations/{}/answer", question.as_str().unwrap());
    colleague.post(&path, &json!({ "confirmed": true })).await.expect(204);
}

#[tokio::test]
async fn g0_who_shares_by_hand_stands_exactly_as_who_connected_an_account() {
    let app = TestApp::start().await;
    let program = app.program().await;
    let (connected, by_hand, refuser) = (app.sharer(1).await, app.employee().await, app.employee().await);
    let colleague = app.employee().await;
    connected.join(&program).await;
    by_hand.join(&program).await;
    // The same posts in the same weeks; none in the third.
    let (mut connected, mut by_hand, mut colleague) = (connected, by_hand, colleague);
    for week in 0..4 {
        let post = app.live_post().await;
        if week != 2 {
            connected.share(post).await;
            paste_and_confirm(&app, &by_hand, &colleague, post).await;
        }
        app.pass(Duration::seconds(11)).await;
        app.pass(Duration::days(7)).await;
        (connected, by_hand) = (app.sign_in_again(&connected).await, app.sign_in_again(&by_hand).await);
        colleague = app.sign_in_again(&colleague).await;
    }
    let (classes,): (i64,) =
        sql!(app.app.db.read(), fetch_one, "select count(distinct proof_class) from ledger_entries").unwrap();
    assert_eq!(classes, 2, "the ledger knows both ways");

    let hr = app.hr().await;
    let year = hr.get("/api/hr/years/2026").await.expect(200).json();
    let rows = year["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "who did not join has no row");
    assert_eq!(rows[0]["met"], 3);
    assert_eq!(nameless(&rows[0]), nameless(&rows[1]));
    let mut views = vec![];
    for who in [&connected, &by_hand] {
        let person = hr.get(&format!("/api/hr/years/2026/people/{}", who.id)).await.expect(200);
        for word in ["proof", "origin", "declared", "network", "urn", "\"A\"", "\"B\"", "confirm"] {
            assert!(!person.text.contains(word), "HR sees {word}: {}", person.text);
        }
        views.push(nameless(&person.json()));
    }
    assert_eq!(views[0], views[1]);
    let export = hr.get("/api/hr/years/2026/export.csv").await.expect(200).text;
    let lines: Vec<_> = export.lines().skip(1).map(|line| line.split(',').skip(2).collect::<Vec<_>>()).collect();
    assert_eq!(lines[0], lines[1]);
    // Their own years are the same too, but for the word on the way.
    let weeks = |year: Value| -> Vec<Value> {
        let weeks = year["weeks"].as_array().unwrap().iter();
        weeks.map(|week| json!([week["state"], week["why"], week["shares"].as_array().unwrap().len()])).collect()
    };
    let (mine, yours) = (connected.get("/api/years/2026").await.json(), by_hand.get("/api/years/2026").await.json());
    assert_eq!(weeks(mine), weeks(yours));
    insist_on_no_trace(&app, &refuser).await;
}

/// A person who refused everything has rows in the list of accounts and its sessions only.
async fn insist_on_no_trace(app: &TestApp, person: &Client) {
    let tables = if app.app.db.is_embedded() {
        "select t.name, c.name from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' \
         and c.name in ('person_id', 'created_by', 'actor_id', 'subject_id', 'confirmer_id') order by 1, 2"
    } else {
        "select cast(table_name as text), cast(column_name as text) from information_schema.columns \
         where table_schema = current_schema() \
         and column_name in ('person_id', 'created_by', 'actor_id', 'subject_id', 'confirmer_id') order by 1, 2"
    };
    let columns: Vec<(String, String)> = sql!(app.app.db.read(), fetch_all, tables).unwrap();
    assert!(columns.len() > 10, "{columns:?}");
    for (table, column) in columns.iter().filter(|(table, _)| table != "sessions") {
        let query = sqlx::AssertSqlSafe(format!("select count(*) from {table} where {column} = $1"));
        let (rows,): (i64,) = sql!(app.app.db.read(), fetch_one, query, person.id).unwrap();
        assert_eq!(rows, 0, "{table}.{column}");
    }
}
