//! Accounts, as an admin keeps them.

use klaroen_core::role::Role;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn an_admin_finds_and_changes_accounts() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let employee = app.employee().await;
    let found = admin.get("/api/people?q=person%20002").await.expect(200).json();
    let row = &found["items"][0];
    assert_eq!(
        (row["id"].as_str(), row["connection"].as_str()),
        (Some(employee.id.to_string().as_str()), Some("none"))
    );
    let path = format!("/api/people/{}", employee.id);
    let change = json!({ "roles": ["marketer", "employee"], "team": "Sales", "staff_no": "0012" });
    let changed = admin.patch(&path, &change).await.expect(200).json();
    assert_eq!(changed["roles"], json!(["employee", "marketer"]));
    assert_eq!((changed["team"].as_str(), changed["staff_no"].as_str()), (Some("Sales"), Some("0012")));
    let other = app.employee().await;
    let taken = admin.patch(&format!("/api/people/{}", other.id), &json!({ "staff_no": "0012" })).await.expect(409);
    assert_eq!(taken.code(), "person.taken");
}

#[tokio::test]
async fn the_last_admin_stays() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let path = format!("/api/people/{}", admin.id);
    assert_eq!(admin.patch(&path, &json!({ "active": false })).await.expect(409).code(), "person.last_admin");
    assert_eq!(admin.patch(&path, &json!({ "roles": ["hr"] })).await.expect(409).code(), "person.last_admin");
    app.admin().await;
    admin.patch(&path, &json!({ "roles": ["hr"] })).await.expect(200);
}

#[tokio::test]
async fn people_come_in_pages_without_gaps_or_repeats() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for _ in 0..105 {
        app.person(&[Role::Employee]).await;
    }
    let (mut names, mut after) = (vec![], String::new());
    loop {
        let page = admin.get(&format!("/api/people?after={after}")).await.expect(200).json();
        names.extend(page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        after = next.replace(' ', "%20");
    }
    let expected: Vec<_> = (1..=106).map(|number| format!("Person {number:03}")).collect();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn what_has_run_out_is_forgotten_and_a_refusal_is_written_down() {
    let app = TestApp::start().await;
    let (admin, employee) = (app.admin().await, app.employee().await);
    let new = json!({ "email": "new@example.com", "name": "New", "roles": ["employee"] });
    admin.post("/api/invites", &new).await.expect(201);
    employee.get("/api/people").await.expect(403);
    app.pass(chrono::Duration::days(31)).await;
    let count = async |query: &'static str| {
        let (number,): (i64,) = klaroen_core::sql!(app.app.db.read(), fetch_one, query).unwrap();
        number
    };
    assert_eq!(count("select count(*) from invites").await, 0);
    assert_eq!(count("select count(*) from sessions").await, 0);
    assert_eq!(count("select count(*) from audit_log where action = 'access.refused'").await, 1);
}
