//! What may be shared at the practice Mastodon and Bluesky: how long a text may be, and what such a share counts for.

use klaroen_core::sql;
use uuid::Uuid;

use super::networks::{UNDO, seen};
use crate::support::{TestApp, share_request_on};

#[tokio::test]
async fn a_text_too_long_for_a_network_is_refused_with_a_pointer() {
    let app = TestApp::start().await;
    let employee = app.sharer_on("mastodon", 1).await;
    employee.connect_bluesky(&app, 1).await;
    employee.connect(1).await;
    let post = app.live_post().await;
    let address = format!("https://example.com/{}", "x".repeat(800));
    for (network, text, fits) in [
        ("bluesky", "é".repeat(301), false),
        ("bluesky", "👩‍👩‍👧‍👦".repeat(121), false),
        ("bluesky", "é".repeat(300), true),
        ("mastodon", "(".repeat(476), false),
        ("mastodon", format!("{} {address}", "(".repeat(451)), true),
        ("linkedin", "(".repeat(1501), false),
        ("linkedin", "(".repeat(1500), true),
    ] {
        let answer = employee.post("/api/shares", &share_request_on(network, post, &text, Uuid::now_v7())).await;
        if fits {
            answer.expect(201);
            continue;
        }
        let problem = answer.expect(422).json();
        assert_eq!(problem["errors"][0]["pointer"], "/text", "{network}: {problem}");
        assert_eq!(problem["code"], "text.too_long");
    }
    app.pass(UNDO).await;
    let shares = employee.get("/api/shares").await.expect(200).json();
    assert!(shares["items"].as_array().unwrap().iter().all(|share| share["state"] == "published"), "{shares}");
    assert_eq!((app.world.records().len(), app.world.statuses().len(), app.world.posts().len()), (1, 1, 1));
}

#[tokio::test]
async fn an_instance_may_take_more_than_others() {
    let app = TestApp::start().await;
    app.world.rules(|rules| rules.mastodon_text.characters = 5000);
    let employee = app.sharer_on("mastodon", 1).await;
    assert_eq!(employee.connection("mastodon").await["text_limit"]["longest"], 5000);
    let share = employee.share_on("mastodon", app.live_post().await, &"word ".repeat(900)).await;
    app.pass(UNDO).await;
    assert_eq!(seen(&employee.look_at(&share).await).0, "published");
}

#[tokio::test]
async fn a_share_elsewhere_fills_no_week_unless_the_program_says_so() {
    for (networks, is_met) in [(None, false), (Some("linkedin mastodon"), true)] {
        let app = TestApp::start().await;
        let program = app.program().await;
        if let Some(networks) = networks {
            let mut tx = app.app.db.write(klaroen_core::db::Actor::System("test")).await.unwrap();
            sql!(
                tx,
                execute,
                "insert into program_versions (program_id, version, min_per_week, counting_networks, proof_classes, \
                 reward_percent, cap_cents, strictness, allowed_misses, created_at) select program_id, version + 1, \
                 min_per_week, $1, proof_classes, reward_percent, cap_cents, strictness, allowed_misses, created_at \
                 from program_versions",
                networks
            )
            .unwrap();
            tx.commit().await.unwrap();
        }
        let employee = app.sharer_on("mastodon", 1).await;
        employee.join(&program).await;
        let share = employee.share_on("mastodon", app.live_post().await, "Words").await;
        app.pass(UNDO).await;
        assert_eq!(seen(&employee.look_at(&share).await).0, "published");
        let state = employee.week(48).await["state"].as_str().unwrap().to_owned();
        assert_eq!(state == "met", is_met, "{state}");
    }
}

#[tokio::test]
async fn one_post_may_go_to_every_network_once() {
    let app = TestApp::start().await;
    let employee = app.sharer(1).await;
    employee.connect_mastodon(&app, 1).await;
    employee.connect_bluesky(&app, 1).await;
    let post = app.live_post().await;
    for network in ["linkedin", "mastodon", "bluesky"] {
        employee.share_on(network, post, "Words").await;
        let twice = share_request_on(network, post, "Words", Uuid::now_v7());
        assert_eq!(employee.post("/api/shares", &twice).await.expect(409).code(), "share.already_shared");
    }
    app.pass(UNDO).await;
    let offered = employee.get(&format!("/api/posts/{post}")).await.expect(200).json();
    let shares = offered["my_shares"].as_array().unwrap();
    let networks: Vec<_> = shares.iter().map(|share| share["network"].as_str().unwrap()).collect();
    assert_eq!(networks, ["linkedin", "mastodon", "bluesky"]);
    assert!(shares.iter().all(|share| share["state"] == "published"));
    assert_eq!(offered["my_share"]["network"], "linkedin");
}
