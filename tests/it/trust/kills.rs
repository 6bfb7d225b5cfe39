//! R2, R10: the worker dies at twelve named places and at random moments, also with a clock that is an hour wrong.
//! After each death another one takes over; the ledger of what the network really accepted is held against our rows.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use klaroen_core::sql;
use klaroen_sandbox::{Endpoint, Fault};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::json;

use crate::support::{Client, Process, TestApp, kills_at_random};

const POINTS: [&str; 12] = [
    "claim.begin",
    "claim.write",
    "claim.done",
    "upload.begun",
    "upload.done",
    "postpone.write",
    "intent.write",
    "intent.done",
    "answer.begun",
    "answer.done",
    "record.write",
    "record.done",
];

/// Set back or ahead by an hour; the rest of the deaths happen at the right time.
const CLOCKS: [Option<&str>; 4] = [None, Some("clock=return(3600)"), None, Some("clock=return(-3600)")];

/// Waits for its time, or for its next look; the claimed ones have no reason.
const WAITING: &str = "(state = 'unknown' or (state = 'queued' and reason is not null))";
const OPEN: &str = "select count(*) from shares where due_at is not null";

struct Tally {
    deaths: u32,
    published: i64,
    unknown: i64,
    slowest: Duration,
}

/// Every other person allows the probe.
async fn people(app: &TestApp) -> Vec<Client> {
    let mut people = vec![];
    for member in 1..=4 {
        let person = app.sharer(member).await;
        person.patch("/api/me", &json!({ "may_probe": member % 2 == 0 })).await.expect(200);
        people.push(person);
    }
    people
}

/// One death: `at` a named place, or at random within half a second.
async fn round(app: &TestApp, people: &[Client], at: Option<&str>, rng: &mut StdRng) -> Duration {
    let post = app.live_post().await;
    for person in people {
        person.share_saying(post, &format!("Words of {} {post}", person.id)).await;
    }
    match at {
        Some("postpone.write") => app.world.fault(Endpoint::ImageInitialize, None, 1, Fault::DropBefore),
        Some(_) => {}
        None => {
            let faults = [Fault::DropAfter, Fault::DropBefore, Fault::DelayUpTo { ms: 300 }];
            app.world.fault(Endpoint::Posts, None, 2, faults[rng.random_range(0..3)].clone());
        }
    }
    app.bring_forward("state = 'queued'").await;
    if let Some(point) = at {
        let mut worker = Process::worker(app, &[("FAILPOINTS", &format!("{point}=return"))]);
        let status = worker.ended_within(Duration::from_secs(20)).await;
        assert!(status.is_some_and(|status| status.code().is_none()), "nobody died at {point}: {status:?}");
    } else {
        let clock = CLOCKS[rng.random_range(0..CLOCKS.len())];
        let mut worker =
            Process::worker(app, &clock.map(|clock| ("FAILPOINTS", clock)).into_iter().collect::<Vec<_>>());
        tokio::time::sleep(Duration::from_millis(rng.random_range(200..1_000))).await;
        worker.kill();
    }
    recover(app).await
}

/// What the dead one held runs out, and the next worker has everything settled; answers how long that took it.
async fn recover(app: &TestApp) -> Duration {
    app.world.clear_faults();
    app.app.db.outlast().await.unwrap(); // what the dead one had handed to the database still happens
    app.bring_forward("state in ('queued', 'posting', 'unknown')").await;
    let since = Instant::now();
    let worker = Process::worker(app, &[]);
    loop {
        app.bring_forward(WAITING).await;
        let (open,): (i64,) = sql!(app.app.db.read(), fetch_one, OPEN).unwrap();
        if open == 0 {
            break;
        }
        let is_in_time = since.elapsed() < Duration::from_secs(20);
        assert!(is_in_time, "left behind at {}: {:?}", app.app.clock.now(), left(app).await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let took = since.elapsed();
    drop(worker);
    took
}

/// State, reason and time of what is still open.
async fn left(app: &TestApp) -> Vec<(String, Option<String>, DateTime<Utc>)> {
    sql!(app.app.db.read(), fetch_all, "select state, reason, due_at from shares where due_at is not null").unwrap()
}

/// 0 doubles, 0 lost, 0 wrongly published; answers how many are published and unknown.
async fn judge(app: &TestApp) -> (i64, i64) {
    let posts = app.world.posts();
    let rows: Vec<(String, String, Option<String>)> =
        sql!(app.app.db.read(), fetch_all, "select text, state, urn from shares").unwrap();
    let (mut published, mut unknown) = (0, 0);
    for (text, state, urn) in rows {
        let there: Vec<_> = posts.iter().filter(|post| post.text.plain() == text).collect();
        assert!(there.len() < 2, "posted twice: {text:?}");
        match state.as_str() {
            "published" => {
                published += 1;
                assert_eq!(there.first().map(|post| &post.urn), urn.as_ref(), "wrongly published: {text:?}");
            }
            "unknown" => unknown += 1,
            state => panic!("{text:?} is {state}, and is there {} times", there.len()),
        }
    }
    (published, unknown)
}

#[tokio::test]
async fn r2_r10_killed_at_twelve_places_and_at_random_nothing_is_doubled_lost_or_wrongly_published() {
    let app = TestApp::start_in_real_time().await;
    app.world.rules(|rules| rules.member_calls_per_day = 10_000); // the day's limit is not what this is about
    let (people, since) = (people(&app).await, Instant::now());
    let seed = rand::random();
    println!("R2: seed {seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let mut tally = Tally { deaths: 0, published: 0, unknown: 0, slowest: Duration::ZERO };
    let random = std::iter::repeat_n(None, kills_at_random());
    for at in POINTS.map(Some).into_iter().chain(random) {
        let took = round(&app, &people, at, &mut rng).await;
        (tally.published, tally.unknown) = judge(&app).await;
        tally.deaths += 1;
        tally.slowest = tally.slowest.max(took);
        assert!(took < Duration::from_secs(5), "{at:?}: recovered only after {took:?}");
    }
    let Tally { deaths, published, unknown, slowest } = tally;
    println!(
        "R2: {deaths} deaths in {:.0} s: {published} published, {unknown} honestly unknown, slowest recovery {:.1} s",
        since.elapsed().as_secs_f64(),
        slowest.as_secs_f64()
    );
    assert!(published > 0 && unknown > 0, "the deaths did not hit the sends");
}
