//! R6: the disk is full. Writing says so in words, reading goes on, and nobody has to repair anything afterwards.
//! A limit on the size of files stands in for the disk: it can be lifted while the process runs.

use std::{process::Command, time::Duration};

use serde_json::json;

use crate::support::{Process, TestApp};

fn limit(process: &Process, bytes: &str) {
    let limits = Command::new("prlimit").args(["--pid", &process.id(), &format!("--fsize={bytes}:unlimited")]).status();
    assert!(limits.expect("prlimit").success());
}

#[tokio::test]
async fn r6_a_full_disk_says_so_reads_go_on_and_space_is_enough_to_resume() {
    let app = TestApp::start_embedded_in_real_time().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    // A write beyond the limit is an error and not the end of the process.
    let (process, origin) = Process::product(&app, &["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
    let at_product = employee.at(&origin);
    at_product.get("/api/shares").await.expect(200);
    limit(&process, "1");
    let mut refused = None;
    for number in 0..500 {
        let answer = at_product.patch("/api/me", &json!({ "name": format!("Person {number}") })).await;
        if answer.status != 200 {
            refused = Some(answer.expect(503));
            break;
        }
    }
    let refused = refused.expect("a write that does not fit");
    assert_eq!(refused.code(), "unavailable");
    assert!(refused.json()["detail"].as_str().unwrap().contains("cannot be written"), "{}", refused.text);
    at_product.get("/api/shares").await.expect(200);
    app.bring_forward("state = 'queued'").await;
    tokio::time::sleep(Duration::from_secs(2)).await; // the worker meets the full disk as well
    assert_eq!(at_product.look_at(&share).await["state"], "queued");
    limit(&process, "unlimited");
    app.until("select count(*) from shares where state = 'published'", 1, Duration::from_mins(1)).await;
    at_product.patch("/api/me", &json!({ "name": "Person" })).await.expect(200);
    assert_eq!(app.world.posts().len(), 1);
}
