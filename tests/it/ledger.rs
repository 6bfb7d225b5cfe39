//! The ledger against somebody who can write to the database: nothing changes unseen.

use klaroen_core::{
    bonus::{
        ProofClass,
        ledger::{self, About, Entry},
        tally::{self, Tally},
        week::Week,
    },
    db::{Actor, Tx},
    id::{PersonId, ProgramId, ShareId},
    sql,
};
use sqlx::AssertSqlSafe;

use crate::support::{Client, TestApp, unguard};

const ENTRIES: i64 = 25;

/// A program with somebody in it, and a ledger of `ENTRIES` entries of every kind.
async fn filled(app: &TestApp) -> (ProgramId, Client, ShareId) {
    let (program, person) = (app.program().await, app.employee().await);
    person.join(&program).await;
    let mut share = None;
    for day in 1..=21 {
        let at = format!("2026-09-{day:02}T12:00:00Z");
        share = Some(app.published(person.id, &at, "Europe/Amsterdam", ProofClass::A).await);
    }
    app.drain().await;
    let (program, share) = (program["id"].as_str().unwrap().parse().unwrap(), share.unwrap());
    let mut tx = app.app.db.write(Actor::Person(PersonId::new())).await.unwrap();
    for entry in [
        Entry::ShareReversed(about(program, person.id, 39), share, "deleted within the hour"),
        Entry::NeutralWeek(about(program, person.id, 30), "leave"),
        Entry::ManualGrant(about(program, person.id, 31), "the network was down"),
    ] {
        ledger::append(&mut tx, &entry).await.unwrap();
    }
    tx.commit().await.unwrap();
    (program, person, share)
}

fn about(program: ProgramId, person: PersonId, number: usize) -> About {
    About { program, person, week: Week::all_of(2026).nth(number - 1).unwrap() }
}

#[tokio::test]
async fn a11_the_database_refuses_to_change_or_remove_an_entry() {
    let app = TestApp::start().await;
    filled(&app).await;
    for statement in [
        "update ledger_entries set week = 1",
        "update ledger_entries set reason = 'x' where seq = 3",
        "delete from ledger_entries where seq = 3",
        "delete from ledger_entries",
        "update program_versions set reward_percent = 100",
        "delete from program_versions",
    ] {
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        let refused = sql!(tx, execute, statement).unwrap_err().to_string();
        assert!(refused.contains("is only ever added to"), "{statement}: {refused}");
    }
    assert_eq!(ledger::verify(&mut app.app.db.read()).await.unwrap(), None);
}

#[tokio::test]
async fn a11_the_verifier_names_the_first_entry_that_was_touched() {
    let app = TestApp::start().await;
    filled(&app).await;
    let columns = [
        "at = '2026-01-01T00:00:00Z'",
        "actor_id = program_id",
        "actor = 'somebody'",
        "kind = 'other'",
        "program_id = (select id from programs where year = 2027)",
        "version = 99",
        "rules = '{}'",
        "person_id = program_id",
        "iso_year = 2025",
        "week = 52",
        "share_id = program_id",
        "network = null",
        "proof_class = 'C'",
        "shared_at = '2026-01-02T00:00:00Z'",
        "time_zone = 'Asia/Tokyo'",
        "reason = 'another'",
        "hash = null_hash",
        "network = 'elsewhere'",
    ];
    let other = serde_json::json!({ "name": "Next", "year": 2027 });
    app.hr().await.post("/api/programs", &other).await.expect(201);
    let (last, is_embedded) = (ENTRIES + 1, app.app.db.is_embedded());
    let mut tampered = 0;
    for seq in 1..=last {
        let mut statements: Vec<Vec<String>> = columns
            .iter()
            .map(|change| {
                let zeros = if is_embedded { "zeroblob(32)" } else { r"'\x00'::bytea" };
                let change = change.replace("null_hash", zeros);
                let change = if is_embedded { change } else { change.replace("Z'", "Z'::timestamptz") };
                vec![format!("update ledger_entries set {change} where seq = {seq}")]
            })
            .collect();
        statements.push(vec![format!("delete from ledger_entries where seq = {seq}")]);
        if seq < last {
            let swap = |from: i64, to: i64| format!("update ledger_entries set seq = {to} where seq = {from}");
            statements.push(vec![swap(seq, -1), swap(seq + 1, seq), swap(-1, seq + 1)]);
        }
        for statements in statements {
            let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
            let before = row(&mut tx, seq).await;
            unguard(&mut tx, "ledger_entries", is_embedded).await;
            for statement in &statements {
                assert_eq!(sql!(tx, execute, AssertSqlSafe(statement.clone())).unwrap(), 1, "{statement}");
            }
            if row(&mut tx, seq).await == before {
                continue; // it was like that already
            }
            assert_eq!(ledger::verify(&mut tx).await.unwrap(), Some(seq), "{statements:?}");
            tampered += 1;
        }
    }
    assert!(tampered > 400, "only {tampered} ways were tried");
    assert_eq!(ledger::verify(&mut app.app.db.read()).await.unwrap(), None);
}

/// All of an entry as text.
async fn row(tx: &mut Tx, seq: i64) -> Option<(String,)> {
    let columns = [
        "seq",
        "at",
        "actor_id",
        "actor",
        "kind",
        "program_id",
        "version",
        "rules",
        "person_id",
        "iso_year",
        "week",
        "share_id",
        "network",
        "proof_class",
        "shared_at",
        "time_zone",
        "reason",
        "hash",
    ];
    let hex = matches!(tx.conn, klaroen_core::db::Conn::Sqlite(_));
    let text =
        columns.map(|column| if hex { format!("quote({column})") } else { format!("coalesce({column}::text, '')") });
    let query = format!("select {} from ledger_entries where seq = $1", text.join(" || '|' || "));
    sql!(tx, fetch_optional, AssertSqlSafe(query), seq).unwrap()
}

#[tokio::test]
async fn totals_are_what_the_entries_add_up_to() {
    let app = TestApp::start().await;
    let (program, person, _) = filled(&app).await;
    let mut tallies = tally::tallies(&mut app.app.db.read(), program, Some(person.id)).await.unwrap();
    tallies.sort_by_key(|(_, week, _)| *week);
    let counted = |counted| Tally { counted, ..Tally::default() };
    let expected = [
        (30, Tally { neutral: true, ..Tally::default() }),
        (31, Tally { granted: true, ..Tally::default() }),
        (36, counted(6)),
        (37, counted(7)),
        (38, counted(7)),
        (39, counted(0)),
    ];
    assert_eq!(tallies, expected.map(|(week, tally)| (person.id, week, tally)));
    for (week, state) in [(30, "neutral"), (31, "met"), (36, "met"), (39, "missed"), (40, "missed")] {
        assert_eq!(person.week(week).await["state"], state, "week {week}");
    }
    assert_eq!(person.week(39).await["shares"][0]["counts"], false, "it was reversed");
}

#[tokio::test]
async fn a_share_is_counted_and_reversed_once() {
    let app = TestApp::start().await;
    let (program, person, share) = filled(&app).await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let again = Entry::ShareReversed(about(program, person.id, 39), share, "again");
    assert!(ledger::append(&mut tx, &again).await.is_err());
}
