//! Making, seeing and stopping one's own shares.

use chrono::Duration;
use klaroen_core::{id::PostId, sql};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{TestApp, share_request, start_of_time};

async fn count(app: &TestApp) -> i64 {
    let (rows,): (i64,) = sql!(app.app.db.read(), fetch_one, "select count(*) from shares").unwrap();
    rows
}

#[tokio::test]
async fn r7_fifty_parallel_clicks_are_one_share() {
    let app = TestApp::start().await;
    let (employee, post) = (app.sharer(1).await, app.live_post().await);
    let click = |key: Uuid| {
        let (employee, body) = (employee.clone(), share_request(post, "Join us!", key));
        tokio::spawn(async move { employee.post("/api/shares", &body).await })
    };
    // The same form sent again is the same share; another form for the same post is refused.
    let same = Uuid::now_v7();
    let clicks: Vec<_> = (0..50).map(|n| click(if n % 2 == 0 { same } else { Uuid::now_v7() })).collect();
    let (mut made, mut refused) = (vec![], vec![]);
    for click in clicks {
        let answer = click.await.unwrap();
        if answer.status == 201 { made.push(answer.json()["id"].clone()) } else { refused.push(answer.code()) }
    }
    assert_eq!(count(&app).await, 1);
    assert_eq!(made.len() + refused.len(), 50);
    assert!(made.iter().all(|id| *id == made[0]), "{made:?}");
    assert!(refused.iter().all(|code| code == "share.already_shared"), "{refused:?}");
    app.pass(Duration::seconds(10)).await;
    assert_eq!(app.world.posts().len(), 1);
}

#[tokio::test]
async fn a_share_now_can_be_undone_for_ten_seconds() {
    let app = TestApp::start().await;
    let (employee, post) = (app.sharer(1).await, app.live_post().await);
    let share = employee.share(post).await;
    let undo_until = start_of_time() + Duration::seconds(10);
    assert_eq!((&share["state"], &share["origin"]), (&json!("queued"), &json!("manual")));
    assert_eq!(share["undo_until"].as_str().unwrap().parse(), Ok(undo_until));
    assert_eq!((&share["week"], &share["url"], &share["reason"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(share["post"]["title"], "We are hiring");
    assert!(share["post"]["image"].as_str().unwrap().starts_with("/media/"));
    app.pass(Duration::seconds(9)).await;
    let undone = employee.with_share(&share, "cancel", &json!({})).await.expect(200).json();
    assert_eq!((&undone["state"], &undone["undo_until"]), (&json!("cancelled"), &Value::Null));
    app.pass(Duration::days(1)).await;
    assert!(app.world.posts().is_empty());
    // What was undone may be shared after all.
    let employee = app.sign_in_again(&employee).await;
    let again = employee.share(post).await;
    app.pass(Duration::seconds(10)).await;
    let again = employee.look_at(&again).await;
    assert_eq!((&again["state"], &again["undo_until"]), (&json!("published"), &Value::Null));
    let late = employee.with_share(&again, "cancel", &json!({})).await.expect(409);
    assert_eq!(late.code(), "share.too_late");
}

#[tokio::test]
async fn a_share_is_planned_for_a_time_of_ones_own() {
    let app = TestApp::start().await;
    let (employee, post) = (app.sharer(1).await, app.live_post().await);
    let at = start_of_time() + Duration::hours(3);
    let mut body = share_request(post, "Later", Uuid::now_v7());
    body["run_at"] = json!(start_of_time() + Duration::days(400));
    assert_eq!(employee.post("/api/shares", &body).await.expect(422).code(), "time.too_late");
    body["run_at"] = json!(at);
    let share = employee.post("/api/shares", &body).await.expect(201).json();
    assert_eq!((&share["state"], &share["origin"]), (&json!("planned"), &json!("planned")));
    app.pass(Duration::hours(3) - Duration::seconds(1)).await;
    assert_eq!(employee.look_at(&share).await["state"], "planned");
    app.pass(Duration::seconds(1)).await;
    assert_eq!(employee.look_at(&share).await["state"], "published");
}

#[tokio::test]
async fn what_cannot_be_shared_says_why() {
    let app = TestApp::start().await;
    let (employee, post) = (app.employee().await, app.live_post().await);
    let ask = |post: PostId, text: &str| share_request(post, text, Uuid::now_v7());
    let answer = employee.post("/api/shares", &ask(post, "Hi")).await.expect(409);
    assert_eq!(answer.code(), "connection.missing");
    employee.connect(1).await;
    employee.post("/api/shares", &ask(PostId::new(), "Hi")).await.expect(404);
    for (text, code) in [("", "required"), (" \n ", "required"), (&"(".repeat(1501), "text.too_long")] {
        let answer = employee.post("/api/shares", &ask(post, text)).await.expect(422);
        assert_eq!((answer.code().as_str(), &answer.json()["errors"][0]["pointer"]), (code, &json!("/text")));
    }
    let marketer = app.marketer().await;
    let path = format!("/api/posts/{post}");
    marketer.patch(&path, &json!({ "state": "withdrawn" })).await.expect(200);
    let answer = employee.post("/api/shares", &ask(post, "Hi")).await.expect(409);
    assert_eq!(answer.code(), "post.not_live");
    assert_eq!(count(&app).await, 0, "nothing half-made is left");
}

#[tokio::test]
async fn a7_nobody_sees_or_touches_anothers_share() {
    let app = TestApp::start().await;
    let (employee, other) = (app.sharer(1).await, app.sharer(2).await);
    let share = employee.share(app.live_post().await).await;
    let path = format!("/api/shares/{}", share["id"].as_str().unwrap());
    other.get(&path).await.expect(404);
    other.post(&format!("{path}/cancel"), &json!({})).await.expect(404);
    other.post(&format!("{path}/answer"), &json!({ "appeared": false })).await.expect(404);
    assert_eq!(other.get("/api/shares").await.expect(200).json()["items"], json!([]));
    assert_eq!(employee.look_at(&share).await["state"], "queued");
}

#[tokio::test]
async fn shares_come_in_pages_newest_first() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let mut made = vec![];
    for n in 0..53 {
        if n % 2 == 0 {
            app.app.clock.advance(Duration::seconds(1));
        }
        made.push(employee.share(app.live_post().await).await["id"].clone());
    }
    let first = employee.get("/api/shares").await.expect(200).json();
    let next = first["next"].as_str().expect("a second page");
    let second = employee.get(&format!("/api/shares?after={next}")).await.expect(200).json();
    assert_eq!(second["next"], Value::Null);
    let ids =
        |page: &Value| page["items"].as_array().unwrap().iter().map(|share| share["id"].clone()).collect::<Vec<_>>();
    made.reverse();
    assert_eq!([ids(&first), ids(&second)].concat(), made);
}
