//! R3 and R7: many workers publish each share once, a worker that was stopped comes too late, many clicks are one share.

use std::{collections::HashSet, time::Duration};

use chrono::Duration as Span;
use klaroen_core::{
    App,
    db::Actor,
    share::{NewShare, Share},
    sql,
};
use klaroen_sandbox::{Endpoint, Fault};
use uuid::Uuid;

use crate::support::{Process, TestApp, share_request};

/// 500 shares of 25 people, all due.
async fn crowd(app: &TestApp) {
    let mut people = vec![];
    for member in 1..=25 {
        let person = app.employee().await;
        app.connect_by_hand(&person, member).await;
        people.push(person.id);
    }
    for number in 0..20 {
        let post = app.live_post().await;
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        for person in &people {
            let text = format!("Words {number}");
            let new =
                NewShare::new(post, klaroen_core::network::Network::LinkedIn, &text, None, Uuid::now_v7()).unwrap();
            Share::create(&mut tx, &app.app.config, *person, new).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    sql!(tx, execute, "update posts set media_id = null").unwrap(); // the picture is not what this is about
    tx.commit().await.unwrap();
    app.app.clock.advance(Span::seconds(10));
}

#[tokio::test]
async fn r3_two_and_five_workers_publish_each_of_500_shares_once() {
    for workers in [2, 5] {
        let app = TestApp::start().await;
        crowd(&app).await;
        let tasks = (0..workers).map(|_| {
            let (config, clock) = ((*app.app.config).clone(), app.app.clock.clone());
            tokio::spawn(async move {
                let own = App::open(config, clock).await.unwrap();
                klaroen_worker::drain(&own).await.unwrap();
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        let (published,): (i64,) =
            sql!(app.app.db.read(), fetch_one, "select count(*) from shares where state = 'published'").unwrap();
        let posts = app.world.posts();
        let distinct: HashSet<_> = posts.iter().map(|post| (post.member, post.commentary.clone())).collect();
        assert_eq!((published, posts.len(), distinct.len()), (500, 500, 500), "{workers} workers");
    }
}

#[tokio::test]
async fn r3_a_worker_that_was_stopped_in_the_middle_writes_nothing_over_what_happened_since() {
    let app = TestApp::start_in_real_time().await;
    let employee = app.sharer(1).await;
    let share = employee.share(app.live_post().await).await;
    app.world.fault(Endpoint::Posts, Some(1), 1, Fault::DelayAfter { ms: 1_500 });
    app.bring_forward("state = 'queued'").await;
    let stopped = Process::worker(&app, &[]);
    app.until("select count(*) from shares where state = 'posting'", 1, Duration::from_secs(20)).await;
    stopped.signal("STOP");
    // Its lease runs out, and another worker takes the share over.
    app.bring_forward("state = 'posting'").await;
    app.drain().await;
    assert_eq!(employee.look_at(&share).await["state"], "unknown");
    tokio::time::sleep(Duration::from_millis(1_500)).await; // the answer is there by now
    stopped.signal("CONT");
    // It goes on: the next share is its own, and it must have dealt with the answer of the first before or meanwhile.
    let next = employee.share(app.live_post().await).await;
    app.bring_forward("state = 'queued'").await;
    app.until("select count(*) from shares where state = 'published'", 1, Duration::from_secs(20)).await;
    stopped.signal("TERM");
    let mut stopped = stopped;
    assert_eq!(stopped.ended_within(Duration::from_secs(45)).await.and_then(|status| status.code()), Some(0));
    assert_eq!(employee.look_at(&next).await["state"], "published");
    assert_eq!(employee.look_at(&share).await["state"], "unknown", "its number was outgrown");
    assert_eq!(app.world.posts().len(), 2);
}

#[tokio::test]
async fn r7_fifty_parallel_clicks_are_one_share() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    let (same, key) = (app.live_post().await, Uuid::now_v7());
    let other = app.live_post().await;
    for (post, keys) in [(same, vec![key; 50]), (other, (0..50).map(|_| Uuid::now_v7()).collect())] {
        let clicks = keys.into_iter().map(|key| {
            let (employee, request) = (employee.clone(), share_request(post, "Once", key));
            tokio::spawn(async move { employee.post("/api/shares", &request).await })
        });
        let (mut made, mut refused) = (HashSet::new(), 0);
        for click in clicks.collect::<Vec<_>>() {
            let answer = click.await.unwrap();
            if answer.status == 201 {
                made.insert(answer.json()["id"].as_str().unwrap().to_owned());
            } else {
                assert_eq!(answer.expect(409).code(), "share.already_shared");
                refused += 1;
            }
        }
        assert_eq!((made.len(), refused), (1, if post == same { 0 } else { 49 }));
    }
    assert_eq!(app.rows("shares").await, 2);
}
