//! Years, programs, and what HR sees of them.

use klaroen_core::{bonus::ProofClass::A, sql};
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

async fn rename(app: &TestApp, person: &Client, change: &Value) {
    app.admin().await.patch(&format!("/api/people/{}", person.id), change).await.expect(200);
}

#[tokio::test]
async fn an_employee_sees_the_year_as_boxes_with_or_without_a_program() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    app.published(person.id, "2026-11-17T12:00:00Z", "Europe/Amsterdam", A).await;
    app.drain().await;
    let year = person.get("/api/years/2026").await.expect(200).json();
    assert_eq!((&year["met"], &year["counted_weeks"], &year["this_week"]), (&json!(1), &json!(53), &json!(48)));
    assert_eq!((&year["program"], &year["joined"]), (&Value::Null, &json!(false)));
    let week = |number: usize| year["weeks"][number - 1].clone();
    assert_eq!((&week(47)["state"], &week(47)["why"]), (&json!("met"), &json!("met")));
    assert_eq!(week(47)["shares"][0]["post_title"], "We are hiring");
    assert_eq!((&week(46)["state"], &week(46)["why"]), (&json!("outside"), &json!("before_program")));
    assert_eq!((&week(48)["state"], &week(48)["why"]), (&json!("open"), &json!("none_yet")));
    assert_eq!((&week(49)["state"], &week(49)["why"]), (&json!("future"), &json!("future")));
    assert_eq!((&week(53)["starts_on"], &week(53)["ends_on"]), (&json!("2026-12-28"), &json!("2027-01-03")));

    let program = app.program().await;
    let preview = person.get("/api/years/2026").await.expect(200).json();
    assert_eq!((&preview["met"], &preview["joined"]), (&json!(1), &json!(false)), "what the shares would be worth");
    person.join(&program).await;
    app.drain().await;
    let joined = person.get("/api/years/2026").await.expect(200).json();
    assert_eq!((&joined["met"], &joined["joined"]), (&json!(1), &json!(true)));
    assert_eq!(joined["weeks"][45]["state"], "missed");
    assert_eq!(joined["program"]["joined"], true);
}

#[tokio::test]
async fn years_have_52_or_53_weeks_and_nonsense_is_not_found() {
    let app = TestApp::start().await;
    let person = app.employee().await;
    for (year, weeks) in [(2025, 52), (2026, 53), (2027, 52), (2032, 53)] {
        let answer = person.get(&format!("/api/years/{year}")).await.expect(200).json();
        assert_eq!(answer["weeks"].as_array().unwrap().len(), weeks, "{year}");
    }
    for nonsense in ["1999", "2101", "-2026", "99999999999", "now"] {
        person.get(&format!("/api/years/{nonsense}")).await.expect(404);
    }
}

#[tokio::test]
async fn g12_nobody_joins_before_the_works_councils_decision_is_recorded() {
    let app = TestApp::start().await;
    let (hr, person) = (app.hr().await, app.employee().await);
    let program = hr.post("/api/programs", &json!({ "name": "Bonus", "year": 2026 })).await.expect(201).json();
    let address = format!("/api/programs/{}", program["id"].as_str().unwrap());
    let join = format!("{address}/join");
    assert_eq!(person.post(&join, &json!({})).await.expect(409).code(), "program.not_open");
    let tomorrow = json!({ "works_council": { "decided_on": "2026-11-25", "reference": "OR 14" } });
    assert_eq!(hr.patch(&address, &tomorrow).await.expect(422).code(), "date.in_future");
    let decision = json!({ "works_council": { "decided_on": "2026-11-20", "reference": "OR 14" } });
    assert_eq!(hr.patch(&address, &decision).await.expect(200).json()["works_council"], decision["works_council"]);
    assert_eq!(hr.patch(&address, &decision).await.expect(409).code(), "program.decided");
    assert_eq!(person.post(&join, &json!({})).await.expect(200).json()["joined"], true);
    assert_eq!(person.post(&join, &json!({})).await.expect(409).code(), "program.joined");
    let listed = person.get("/api/programs").await.expect(200).json();
    assert_eq!((listed[0]["joined"].clone(), listed[0]["min_per_week"].clone()), (json!(true), json!(1)));
    let again = hr.post("/api/programs", &json!({ "name": "Another", "year": 2026 })).await.expect(409);
    assert_eq!(again.code(), "program.year_taken");
}

#[tokio::test]
async fn a_program_that_is_over_cannot_be_joined() {
    let app = TestApp::start().await;
    let council = json!({ "decided_on": "2024-11-20", "reference": "OR 9" });
    let new = json!({ "name": "Last year", "year": 2025, "works_council": council });
    let program = app.hr().await.post("/api/programs", &new).await.expect(201).json();
    let join = format!("/api/programs/{}/join", program["id"].as_str().unwrap());
    assert_eq!(app.employee().await.post(&join, &json!({})).await.expect(409).code(), "program.over");
}

#[tokio::test]
async fn a7_hr_sees_weeks_of_those_who_joined_and_nothing_else() {
    let app = TestApp::start().await;
    let (program, hr) = (app.program().await, app.hr().await);
    let (sales, press, absent) = (app.employee().await, app.employee().await, app.employee().await);
    for (person, team) in [(&sales, "Sales"), (&press, "Press"), (&absent, "Absent")] {
        rename(&app, person, &json!({ "team": team, "staff_no": team })).await;
        app.published(person.id, "2026-11-23T07:00:00Z", "Europe/Amsterdam", A).await;
    }
    sales.join(&program).await;
    press.join(&program).await;
    app.drain().await;

    let year = hr.get("/api/hr/years/2026").await.expect(200).json();
    assert_eq!(
        (&year["weeks"], &year["this_week"], &year["teams"]),
        (&json!(53), &json!(48), &json!(["Press", "Sales"]))
    );
    let rows = year["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["weeks"], format!("{}m{}", "x".repeat(47), "f".repeat(5)));
    assert_eq!(
        (&rows[0]["met"], &rows[0]["open_or_missed"], &rows[0]["state"]),
        (&json!(1), &json!(47), &json!("cannot_reach"))
    );
    let keys = ["person_id", "name", "staff_no", "team", "met", "open_or_missed", "state", "weeks"];
    assert_eq!(sorted_keys(&rows[0]), sorted(&keys));
    let filtered = hr.get("/api/hr/years/2026?team=Press").await.expect(200).json();
    assert_eq!(filtered["rows"].as_array().unwrap().len(), 1);
    assert_eq!(filtered["rows"][0]["team"], "Press");

    let detail = hr.get(&format!("/api/hr/years/2026/people/{}", sales.id)).await.expect(200).json();
    assert_eq!(sorted_keys(&detail["weeks"][0]), sorted(&["week", "starts_on", "ends_on", "state", "why", "counted"]));
    assert_eq!(sorted_keys(&detail["person"]), sorted(&["name", "staff_no", "team"]));
    assert_eq!((&detail["weeks"][47]["counted"], &detail["weeks"][47]["why"]), (&json!(1), &json!("met")));
    hr.get(&format!("/api/hr/years/2026/people/{}", absent.id)).await.expect(404);
    hr.get(&format!("/api/hr/years/2025/people/{}", sales.id)).await.expect(404);
    hr.get("/api/hr/years/2025/export.csv").await.expect(404);
    let empty = hr.get("/api/hr/years/2025").await.expect(200).json();
    assert_eq!((&empty["program"], &empty["rows"], &empty["weeks"]), (&Value::Null, &json!([]), &json!(52)));
}

fn sorted(keys: &[&str]) -> Vec<String> {
    let mut keys: Vec<_> = keys.iter().map(ToString::to_string).collect();
    keys.sort();
    keys
}

fn sorted_keys(object: &Value) -> Vec<String> {
    sorted(&object.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test]
async fn f11_the_export_is_a_table_that_runs_nothing() {
    let app = TestApp::start().await;
    let (program, hr) = (app.program().await, app.hr().await);
    let (evil, plain) = (app.employee().await, app.employee().await);
    rename(&app, &evil, &json!({ "name": "=1+1", "team": "@SUM(A1)", "staff_no": "-7" })).await;
    rename(&app, &plain, &json!({ "name": "Employee 012", "team": "Sales, north", "staff_no": "0012" })).await;
    evil.join(&program).await;
    plain.join(&program).await;
    let file = hr.get("/api/hr/years/2026/export.csv").await.expect(200);
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"klaroen-weeks-2026.csv\""));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    let lines: Vec<_> = file.text.strip_prefix('\u{feff}').expect("a byte order mark").split("\r\n").collect();
    assert!(lines[0].starts_with("staff_no,name,team,weeks_met,weeks_asked,state,2026-W01,2026-W02,"), "{}", lines[0]);
    assert!(lines[0].ends_with(",2026-W53"));
    assert!(lines[1].starts_with("'-7,'=1+1,'@SUM(A1),0,53,cannot_reach,missed,"), "{}", lines[1]);
    assert!(lines[1].ends_with(",missed,open,future,future,future,future,future"), "{}", lines[1]);
    assert!(lines[2].starts_with("0012,Employee 012,\"Sales, north\",0,53,cannot_reach,missed,"), "{}", lines[2]);
    assert_eq!((lines.len(), lines[3]), (4, ""));
}

#[tokio::test]
async fn every_look_of_hr_leaves_a_line_in_the_audit_log() {
    let app = TestApp::start().await;
    let (program, hr, person) = (app.program().await, app.hr().await, app.employee().await);
    person.join(&program).await;
    hr.get("/api/hr/years/2026").await.expect(200);
    hr.get(&format!("/api/hr/years/2026/people/{}", person.id)).await.expect(200);
    hr.get("/api/hr/years/2026/export.csv").await.expect(200);
    let lines: Vec<(String, Option<uuid::Uuid>)> = sql!(
        app.app.db.read(),
        fetch_all,
        "select action, subject_id from audit_log where actor_id = $1 order by seq",
        hr.id
    )
    .unwrap();
    let expected = [("hr_year.read", None), ("hr_person.read", Some(person.id.0)), ("hr_year.exported", None)];
    assert_eq!(lines, expected.map(|(action, subject)| (action.to_owned(), subject)));
}
