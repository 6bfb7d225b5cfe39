//! Counting published shares for those who joined.

use klaroen_core::{
    bonus::{
        ProofClass::{A, B, C},
        ledger,
    },
    db::Actor,
    id::ProgramId,
    sql,
};
use klaroen_worker::{Progress, jobs::count_shares::count_share};
use serde_json::json;

use crate::support::{Client, TestApp};

/// Number and state of the weeks of 2026 that are met.
async fn met(person: &Client) -> Vec<u64> {
    let year = person.get("/api/years/2026").await.expect(200).json();
    let weeks = year["weeks"].as_array().unwrap();
    weeks.iter().filter(|week| week["state"] == "met").map(|week| week["week"].as_u64().unwrap()).collect()
}

/// Kinds of the entries in the ledger, oldest first.
async fn kinds(app: &TestApp) -> Vec<String> {
    let rows: Vec<(String,)> =
        sql!(app.app.db.read(), fetch_all, "select kind from ledger_entries order by seq").unwrap();
    rows.into_iter().map(|(kind,)| kind).collect()
}

#[tokio::test]
async fn r9_a_share_counts_in_the_week_of_its_persons_zone() {
    let app = TestApp::start().await;
    let program = app.program().await;
    // Half past eleven on Sunday evening in London is Monday in Amsterdam; 31 December is in week 53.
    let cases = [
        ("2026-11-22T23:30:00Z", "Europe/Amsterdam", vec![48]),
        ("2026-11-22T23:30:00Z", "Europe/London", vec![47]),
        ("2026-12-31T12:00:00Z", "Europe/Amsterdam", vec![53]),
        ("2025-12-29T12:00:00Z", "Europe/Amsterdam", vec![1]),
        ("2025-12-28T12:00:00Z", "Europe/Amsterdam", vec![]),
        ("2025-12-28T12:00:00Z", "Pacific/Kiritimati", vec![1]),
        ("2027-01-03T22:59:59Z", "Europe/Amsterdam", vec![53]),
        ("2027-01-03T23:00:00Z", "Europe/Amsterdam", vec![]),
    ];
    let mut people = vec![];
    for (at, zone, weeks) in cases {
        let person = app.employee().await;
        person.join(&program).await;
        app.published(person.id, at, zone, A).await;
        people.push((person, at, zone, weeks));
    }
    app.drain().await;
    for (person, at, zone, weeks) in people {
        assert_eq!(met(&person).await, weeks, "{at} {zone}");
    }
}

#[tokio::test]
async fn joining_counts_what_was_shared_before() {
    let app = TestApp::start().await;
    let (program, person) = (app.program().await, app.employee().await);
    app.published(person.id, "2026-03-02T12:00:00Z", "Europe/Amsterdam", A).await;
    app.drain().await;
    assert_eq!(kinds(&app).await, ["policy_version"], "who did not join has no entry");
    person.join(&program).await;
    app.drain().await;
    assert_eq!(kinds(&app).await, ["policy_version", "share_counted"]);
    assert_eq!(met(&person).await, [10]);
}

#[tokio::test]
async fn a_share_is_counted_once_however_often_it_is_looked_at() {
    let app = TestApp::start().await;
    let (program, person) = (app.program().await, app.employee().await);
    person.join(&program).await;
    app.published(person.id, "2026-03-02T12:00:00Z", "Europe/Amsterdam", A).await;
    for _ in 0..3 {
        app.drain().await;
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        assert_eq!(sql!(tx, execute, "update shares set weighed = false").unwrap(), 1);
        tx.commit().await.unwrap();
    }
    assert_eq!(kinds(&app).await, ["policy_version", "share_counted"]);
}

#[tokio::test]
async fn g0_a_confirmed_link_is_worth_as_much_as_a_connected_account_and_a_mere_claim_is_not() {
    let app = TestApp::start().await;
    let program = app.program().await;
    let (api, link, claim, refuser) =
        (app.employee().await, app.employee().await, app.employee().await, app.employee().await);
    for (person, proof) in [(&api, A), (&link, B), (&claim, C), (&refuser, A)] {
        for at in ["2026-02-03T12:00:00Z", "2026-11-23T07:00:00Z"] {
            app.published(person.id, at, "Europe/Amsterdam", proof).await;
        }
    }
    for person in [&api, &link, &claim] {
        person.join(&program).await;
    }
    app.drain().await;
    let hr = app.hr().await;
    let year = hr.get("/api/hr/years/2026").await.expect(200);
    let row = |person: &Client| {
        let rows = year.json()["rows"].as_array().unwrap().clone();
        let mut row = rows.into_iter().find(|row| row["person_id"] == person.id.to_string())?;
        row["person_id"].take();
        row["name"].take();
        Some(row)
    };
    assert_eq!(row(&api), row(&link));
    assert_eq!(row(&api).unwrap()["met"], 2);
    assert_eq!(row(&claim).unwrap()["met"], 0);
    assert_eq!(row(&refuser), None);
    let weeks = async |person: &Client| {
        hr.get(&format!("/api/hr/years/2026/people/{}", person.id)).await.expect(200).json()["weeks"].clone()
    };
    assert_eq!(weeks(&api).await, weeks(&link).await);
    hr.get(&format!("/api/hr/years/2026/people/{}", refuser.id)).await.expect(404);
    let keys = year.json()["rows"].to_string();
    assert!(!keys.contains("proof") && !keys.contains("network"), "HR never sees the way of sharing: {keys}");
}

#[tokio::test]
async fn a_program_that_begins_in_summer_counts_from_then_on() {
    let app = TestApp::start().await;
    let (hr, person) = (app.hr().await, app.employee().await);
    let new = json!({
        "name": "Second half", "year": 2026, "starts_on": "2026-07-01",
        "works_council": { "decided_on": "2026-06-01", "reference": "OR 2026-8" },
    });
    person.join(&hr.post("/api/programs", &new).await.expect(201).json()).await;
    for at in ["2026-06-26T12:00:00Z", "2026-07-03T12:00:00Z", "2026-07-06T12:00:00Z"] {
        app.published(person.id, at, "Europe/Amsterdam", A).await;
    }
    app.drain().await;
    assert_eq!(met(&person).await, [28], "week 27 is not whole");
    assert_eq!(person.week(27).await["state"], "outside");
    assert_eq!(person.week(27).await["shares"][0]["counts"], false);
}

#[tokio::test]
async fn more_shares_than_one_batch_are_all_counted_and_the_chain_holds() {
    let app = TestApp::start().await;
    let (program, person) = (app.program().await, app.employee().await);
    person.join(&program).await;
    for minute in 0..230 {
        let at = format!("2026-05-04T{:02}:{:02}:00Z", minute / 60, minute % 60);
        app.published(person.id, &at, "Europe/Amsterdam", A).await;
    }
    app.drain().await;
    let id: ProgramId = program["id"].as_str().unwrap().parse().unwrap();
    let tallies = klaroen_core::bonus::tally::tallies(&mut app.app.db.read(), id, None).await.unwrap();
    assert_eq!(
        tallies.iter().map(|(who, week, tally)| (*who, *week, tally.counted)).collect::<Vec<_>>(),
        [(person.id, 19, 230)]
    );
    assert_eq!(ledger::verify(&mut app.app.db.read()).await.unwrap(), None);
}

#[tokio::test]
async fn workers_side_by_side_count_each_share_once() {
    let app = TestApp::start().await;
    let (program, person) = (app.program().await, app.employee().await);
    person.join(&program).await;
    for day in 1..=28 {
        for hour in 0..15 {
            app.published(person.id, &format!("2026-02-{day:02}T{hour:02}:00:00Z"), "Europe/Amsterdam", A).await;
        }
    }
    let worker = || async { while count_share(&app.app).await.unwrap() == Progress::Done {} };
    tokio::join!(worker(), worker(), worker(), worker());
    app.drain().await;
    assert_eq!(kinds(&app).await.len(), 1 + 28 * 15);
    assert_eq!(ledger::verify(&mut app.app.db.read()).await.unwrap(), None);
}
