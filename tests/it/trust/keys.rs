//! O4: the key file changes while shares go out, and a change that dies goes on.

use std::{
    cell::Cell,
    fs,
    time::{Duration, Instant},
};

use klaroen_core::{
    App,
    db::Actor,
    secret::{
        Sealed,
        rotation::{self, Rotated},
    },
    sql,
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use secrecy::ExposeSecret;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Client, Process, TestApp, deaths, tokens};

/// So many people whose account is connected.
async fn crowd(app: &TestApp, tokens: u32) -> Vec<Client> {
    app.world.rules(|rules| rules.member_calls_per_day = 10_000); // the day's limit is not what this is about
    let mut people = vec![];
    for member in 1..=tokens {
        let person = app.employee().await;
        app.connect_by_hand(&person, member).await;
        people.push(person);
    }
    people
}

/// The product as it starts with the key file as it is.
async fn start_anew(app: &TestApp) -> Result<App, String> {
    App::open((*app.app.config).clone(), app.app.clock.clone()).await.map_err(|error| format!("{error:#}"))
}

/// How many tokens of LinkedIn a product that starts now cannot open.
async fn unreadable(app: &TestApp) -> usize {
    let fresh = start_anew(app).await.expect("a start");
    let rows: Vec<(Uuid, Uuid, Vec<u8>, Vec<u8>)> =
        sql!(fresh.db.read(), fetch_all, "select id, person_id, token, token_key from connections").unwrap();
    fresh.db.close().await;
    let shut = |(id, person, token, token_key): (Uuid, Uuid, Vec<u8>, Vec<u8>)| {
        fresh.key.open_sealed(&Sealed { token, token_key }, &format!("connections/{id}/linkedin/{person}")).is_err()
    };
    rows.into_iter().map(shut).filter(|shut| *shut).count()
}

fn keys_in_the_file(app: &TestApp) -> Vec<String> {
    fs::read_to_string(app.app.config.key_file()).unwrap().lines().map(ToOwned::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn o4_the_key_changes_while_shares_go_out_and_none_fails() {
    let tokens = tokens();
    let app = TestApp::start_in_real_time().await;
    let people = crowd(&app, tokens).await;
    let file = app.app.config.key_file();
    let old = fs::read_to_string(&file).unwrap();
    let _worker = Process::worker(&app, &[]);
    let (is_over, mut shares) = (Cell::new(false), 0);
    let change = async {
        // Not before the worker is at work.
        let are_out = "select count(*) from (select id from shares where state = 'published' limit 5) as first";
        app.until(are_out, 5, Duration::from_secs(20)).await;
        let (since, mut rotation) = (Instant::now(), Process::rotation(&app, &[]));
        let status = rotation.ended_within(Duration::from_mins(2)).await;
        is_over.set(true);
        (status, since.elapsed())
    };
    let load = async {
        let mut is_last = false;
        while !is_last {
            is_last = is_over.get();
            let post = app.live_post().await;
            for person in people.iter().take(10) {
                person.share(post).await;
                shares += 1;
            }
            app.bring_forward("state = 'queued'").await;
        }
    };
    let ((status, took), ()) = tokio::join!(change, load);
    assert!(status.is_some_and(|status| status.success()), "{status:?}");
    let published = "select count(*) from shares where state = 'published'";
    let catch_up = async {
        loop {
            app.bring_forward("state = 'queued' and reason = 'share.spaced'").await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::select! {
        () = app.until(published, shares, Duration::from_mins(2)) => {}
        () = catch_up => {}
    }
    let (others,): (i64,) =
        sql!(app.app.db.read(), fetch_one, "select count(*) from shares where state <> 'published'").unwrap();
    assert_eq!((others, app.world.posts().len()), (0, usize::try_from(shares).unwrap()));
    println!("O4: {tokens} tokens wrapped anew in {:.1} s while {shares} shares went out", took.as_secs_f64());
    assert!(took < Duration::from_mins(1), "{took:?}");
    // A start with the new file alone opens all; the old one opens nothing.
    assert_eq!((keys_in_the_file(&app).len(), unreadable(&app).await), (1, 0));
    let new = fs::read_to_string(&file).unwrap();
    assert_ne!(new, old);
    fs::write(&file, old).unwrap();
    assert!(start_anew(&app).await.is_err_and(|words| words.contains("not the one this database was made with")));
    fs::write(&file, new).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn o4_a_change_that_dies_at_any_moment_goes_on_and_nothing_is_unreadable() {
    let app = TestApp::start_in_real_time().await;
    crowd(&app, tokens().min(2_000)).await;
    let seed = rand::random();
    println!("O4: seed {seed}");
    let (mut rng, mut in_the_middle) = (StdRng::seed_from_u64(seed), 0);
    for _ in 0..deaths() {
        let mut rotation = Process::rotation(&app, &[]);
        tokio::time::sleep(Duration::from_millis(rng.random_range(50..600))).await;
        rotation.kill();
        in_the_middle += usize::from(keys_in_the_file(&app).len() == 2);
        assert_eq!(unreadable(&app).await, 0);
    }
    println!("O4: {} deaths, {in_the_middle} in the middle of a change", deaths());
    #[cfg(feature = "failpoints")]
    for point in ["rotate.begun", "rotate.batch", "rotate.noted"] {
        let mut rotation = Process::rotation(&app, &[("FAILPOINTS", &format!("{point}=return"))]);
        let status = rotation.ended_within(Duration::from_mins(1)).await;
        assert!(status.is_some_and(|status| status.code().is_none()), "it did not die at {point}: {status:?}");
        assert_eq!((keys_in_the_file(&app).len(), unreadable(&app).await), (2, 0), "{point}");
    }
    let mut rotation = Process::rotation(&app, &[]);
    let status = rotation.ended_within(Duration::from_mins(1)).await;
    assert!(status.is_some_and(|status| status.success()), "{status:?}");
    assert_eq!((keys_in_the_file(&app).len(), unreadable(&app).await), (1, 0));
}

#[tokio::test]
async fn o4_every_kind_of_sealed_value_is_wrapped_anew() {
    let app = TestApp::start().await;
    let waits = app.employee().await;
    let pending = waits.pending(1).await;
    let leaves = app.sharer(2).await;
    leaves.delete("/api/connections/linkedin").await.expect(204);
    let stays = app.sharer_on("mastodon", 3).await;
    let derived = |app: &App| app.key.derive("test", &"mail".to_owned().into()).expose_secret().to_owned();
    let before = derived(&app.app);
    let rotated = rotation::rotate(&app.app, |_| {}).await.unwrap();
    // An attempt, a connection, a token to be forgotten, an application and the seed.
    assert_eq!(rotated, Rotated { keys: 5, lost: 0 });
    let fresh = start_anew(&app).await.unwrap();
    assert_eq!(derived(&fresh), before, "what follows from the seed stays");
    let id = fresh.key.check().unwrap()[..4].to_vec();
    let wrapped: Vec<(Vec<u8>,)> = sql!(
        app.app.db.read(),
        fetch_all,
        "select token_key from connections union all select token_key from revocations union all \
         select token_key from connection_attempts where token_key is not null union all \
         select token_key from mastodon_applications union all select seed_key from instance"
    )
    .unwrap();
    assert!(wrapped.len() == 5 && wrapped.iter().all(|(key,)| key.starts_with(&id)));
    // All of them are of use still.
    waits.post(&format!("/api/connections/pending/{pending}/confirm"), &json!({})).await.expect(200);
    stays.share_on("mastodon", app.live_post().await, "After the change").await;
    app.pass(chrono::Duration::seconds(10)).await;
    assert_eq!(app.texts_on("mastodon").len(), 1);
    let (detail,): (String,) =
        sql!(app.app.db.read(), fetch_one, "select detail from audit_log where action = 'token.revoked'").unwrap();
    assert!(detail.contains("done"), "{detail}");
}

#[tokio::test]
async fn o4_what_was_lost_before_does_not_hold_up_a_change() {
    let app = TestApp::start().await;
    let people = crowd(&app, 3).await;
    let mut tx = app.app.db.write(Actor::System("test")).await.unwrap();
    let broken = "update connections set token_key = token where person_id = $1";
    sql!(tx, execute, broken, people[0].id).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(rotation::rotate(&app.app, |_| {}).await.unwrap(), Rotated { keys: 3, lost: 1 });
    assert_eq!((keys_in_the_file(&app).len(), unreadable(&app).await), (1, 1));
}
