//! R3 and R7: many workers publish each share once, a worker that was stopped comes too late, many clicks are one share.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use klaroen_core::{
    App,
    db::{Actor, Tx},
    id::PersonId,
    network::{Network, SENDS_AT_ONCE, connection},
    person::{Language, NewPerson, Person},
    role::{Role, Roles},
    share::{NewShare, SPACING, Share},
    sql,
};
use klaroen_sandbox::{Endpoint, Fault};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::{Process, TestApp, pause, share_request, shares};

/// So many shares of LinkedIn, `each` of every person; all are due.
async fn crowd(app: &TestApp, shares: u32, each: u32) {
    let posts = (0..each).map(|_| app.live_post());
    let posts = futures_util::future::join_all(posts).await;
    for first in (1..=shares / each).step_by(500) {
        let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
        for member in first..(first + 500).min(shares / each + 1) {
            let person = sharer(&mut tx, app, member).await;
            for post in &posts {
                let text = format!("Words of {post}");
                let new = NewShare::new(*post, Network::LinkedIn, &text, None, Uuid::now_v7()).unwrap();
                Share::create(&mut tx, &app.app.config, person, new).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
    }
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    sql!(tx, execute, "update posts set media_id = null").unwrap(); // the picture is not what this is about
    sql!(tx, execute, "update shares set due_at = $1, run_at = $1", tx.now).unwrap();
    tx.commit().await.unwrap();
}

/// Somebody whose account is connected, without a session and without asking the network.
async fn sharer(tx: &mut Tx, app: &TestApp, member: u32) -> PersonId {
    let (email, name) = (format!("member{member}@example.com"), format!("Member {member}"));
    let new = NewPerson::new(&email, &name, Roles::from(vec![Role::Employee]), Language::En, "Europe/Amsterdam");
    let person = Person::create(tx, new.unwrap()).await.unwrap();
    let grant = app.grant(member);
    connection::connect(tx, &app.app.key, person.id, Network::LinkedIn, &grant).await.unwrap();
    person.id
}

#[tokio::test]
async fn r3_two_and_five_workers_publish_each_of_hundreds_of_shares_once() {
    let shares = shares();
    for workers in [2, 5] {
        let app = TestApp::start().await;
        crowd(&app, shares, 4).await;
        for turn in 1..=4 {
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
            assert_eq!(app.world.posts().len(), (shares / 4 * turn) as usize, "one of each person at a time");
            app.app.clock.advance(SPACING);
        }
        each_is_out_once(&app, shares).await;
        println!("R3: {workers} workers published each of {shares} shares once");
    }
}

/// And of nobody two together.
async fn each_is_out_once(app: &TestApp, shares: u32) {
    let (published,): (i64,) =
        sql!(app.app.db.read(), fetch_one, "select count(*) from shares where state = 'published'").unwrap();
    let mut posts = app.world.posts();
    let distinct: HashSet<_> = posts.iter().map(|post| (post.member, post.commentary.clone())).collect();
    assert_eq!(published, i64::from(shares));
    assert_eq!((posts.len(), distinct.len()), (shares as usize, shares as usize));
    posts.sort_by_key(|post| (post.member, post.created_at));
    let bursts = posts
        .windows(2)
        .filter(|two| two[0].member == two[1].member && two[1].created_at < two[0].created_at + SPACING);
    assert_eq!(bursts.count(), 0, "two posts of one member within {SPACING}");
}

/// The row of `make bench` is this with ten thousand; fewer are over before a figure means something, and before anybody
/// could have a second one out.
#[tokio::test(flavor = "multi_thread")]
async fn due_shares_go_out_as_fast_as_the_network_answers() {
    let (shares, latency) = (shares(), 300);
    let app = TestApp::start_in_real_time().await;
    crowd(&app, shares, if shares < 10_000 { 1 } else { 2 }).await;
    app.world.fault(Endpoint::Posts, None, shares, Fault::Delay { ms: latency });
    let (since, stop) = (Instant::now(), CancellationToken::new());
    let worker = tokio::spawn(klaroen_worker::run(app.app.clone(), stop.clone()));
    // Asked often, so it must cost nothing: counting what is published would.
    let open = "select count(*) from (select id from shares where due_at is not null limit 1) as first";
    app.until(open, 0, Duration::from_mins(20)).await;
    let took = since.elapsed().as_secs_f64();
    stop.cancel();
    worker.await.unwrap();
    each_is_out_once(&app, shares).await;
    let at_once = u32::try_from(SENDS_AT_ONCE).unwrap();
    let least = f64::from(shares) * Duration::from_millis(latency).as_secs_f64() / f64::from(at_once);
    let ratio = took / least;
    println!(
        "publishing: {shares} due shares in {took:.1} s, {at_once} at once and {latency} ms each need {least:.1} s: {ratio:.2}, limit 1.20"
    );
    assert!(shares < 10_000 || ratio <= 1.2, "{ratio:.2} of the least time");
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
    // While this writes nobody else does: it is not stopped with the lock of the embedded database in its hand.
    let writing = app.app.db.write(Actor::System("test")).await.unwrap();
    stopped.signal("STOP");
    drop(writing);
    // Its lease runs out, and another worker takes the share over.
    app.bring_forward("state = 'posting'").await;
    app.drain().await;
    assert_eq!(employee.look_at(&share).await["state"], "unknown");
    tokio::time::sleep(Duration::from_secs_f64(pause())).await; // so long it is stopped; the answer comes when it may
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
