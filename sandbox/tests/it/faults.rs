//! Faults on demand: the caller cannot tell before from after, the ledger can.

use klaroen_sandbox::{Endpoint, Fault, When};
use reqwest::Method;
use serde_json::json;

use crate::support::Site;

#[tokio::test]
async fn a_lost_answer_looks_the_same_before_and_after_the_commit() {
    let site = Site::start().await;
    let member = site.member(1);
    for (fault, posts) in [(Fault::DropBefore, 0), (Fault::DropAfter, 1)] {
        site.running.fault(Endpoint::Posts, None, 1, fault);
        let request = member.request(Method::POST, "/rest/posts").json(&member.text("Lost"));
        let error = request.send().await.expect_err("no answer may come");
        assert!(error.status().is_none() && !error.is_connect());
        assert_eq!(site.running.posts().len(), posts);
    }
    assert_eq!(member.refused(&member.text("Lost")).await, (422, "DUPLICATE_POST".into()));
}

#[tokio::test]
async fn a_gateway_may_time_out_after_the_commit() {
    let site = Site::start().await;
    let member = site.member(1);
    site.running.fault(Endpoint::Posts, None, 1, Fault::AnswerAfter { status: 504, body: "{}".into() });
    assert_eq!(member.post(&member.text("Hi")).await.status(), 504);
    assert_eq!(site.running.posts().len(), 1);
    site.running.fault(Endpoint::Posts, None, 1, Fault::Answer { status: 503, body: "<h1>Down</h1>".into() });
    let answer = member.post(&member.text("Again")).await;
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(site.running.posts().len(), 1);
}

#[tokio::test]
async fn a_commit_may_come_after_the_connection_is_gone() {
    let site = Site::start().await;
    let member = site.member(1);
    site.running.fault(Endpoint::Posts, None, 1, Fault::CommitLate { ms: 50 });
    assert!(member.request(Method::POST, "/rest/posts").json(&member.text("Late")).send().await.is_err());
    while site.running.posts().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(site.running.posts()[0].commentary, "Late");
}

#[tokio::test]
async fn a_fault_may_be_meant_for_one_member() {
    let site = Site::start().await;
    let (member, neighbour) = (site.member(1), site.member(2));
    site.running.fault(Endpoint::Posts, Some(2), 2, Fault::Answer { status: 500, body: String::new() });
    assert_eq!(member.post(&member.text("Hi")).await.status(), 201);
    assert_eq!(neighbour.post(&neighbour.text("Hi")).await.status(), 500);
    site.running.clear_faults();
    assert_eq!(neighbour.post(&neighbour.text("Hi")).await.status(), 201);
}

#[tokio::test]
async fn created_may_come_without_the_urn() {
    let site = Site::start().await;
    let member = site.member(1);
    site.running.fault(Endpoint::Posts, None, 1, Fault::WithoutId);
    let answer = member.post(&member.text("Hi")).await;
    assert_eq!(answer.status(), 201);
    assert!(!answer.headers().contains_key("x-restli-id"));
}

#[tokio::test]
async fn switches_work_over_http_too() {
    let site = Site::start().await;
    let member = site.member(1);
    let switch = json!({ "endpoint": "posts", "member": 1, "fault": "drop_after" });
    assert_eq!(site.http.post(site.url("/switches/faults")).json(&switch).send().await.unwrap().status(), 204);
    assert!(member.request(Method::POST, "/rest/posts").json(&member.text("Hi")).send().await.is_err());
    let posts: serde_json::Value = site.get("/switches/posts").await.json().await.unwrap();
    assert_eq!(posts[0]["commentary"], "Hi");
    assert_eq!(site.form("/switches", &[("fault", "gateway")]).await.status(), 303);
    assert!(site.get("/switches").await.text().await.unwrap().contains("504"));
    assert_eq!(site.http.delete(site.url("/switches/faults")).send().await.unwrap().status(), 204);
    assert_eq!(site.form("/switches/tokens", &[("member", "1"), ("end", "revoked")]).await.status(), 303);
    assert_eq!(member.refused(&member.text("Hi")).await, (401, "REVOKED_ACCESS_TOKEN".into()));
}

#[tokio::test]
async fn the_sandbox_ends_when_told() {
    let site = Site::start().await;
    let address = site.url("/");
    site.running.shutdown().await;
    assert!(site.http.get(address).send().await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_reset_is_no_orderly_end() {
    let site = Site::start().await;
    let member = site.member(1);
    for (fault, posts) in [(Fault::ResetBefore, 0), (Fault::ResetAfter, 1)] {
        site.running.fault(Endpoint::Posts, None, 1, fault);
        let error = member.request(Method::POST, "/rest/posts").json(&member.text("Lost")).send().await.unwrap_err();
        assert!(format!("{error:?}").contains("ConnectionReset"), "{error:?}");
        assert_eq!(site.running.posts().len(), posts);
    }
}

#[tokio::test]
async fn an_answer_may_be_broken_empty_or_a_page() {
    let site = Site::start().await;
    let member = site.member(1);
    for (body, kind) in
        [("{\"id\":", Some("application/json")), ("", None), ("<h1>502</h1>", Some("text/html; charset=utf-8"))]
    {
        site.running.fault(Endpoint::Posts, None, 1, Fault::Answer { status: 200, body: body.into() });
        let answer = member.post(&member.text("Hi")).await;
        assert_eq!(answer.headers().get("content-type").map(|value| value.to_str().unwrap()), kind);
        assert_eq!(answer.text().await.unwrap(), body);
    }
    site.running.fault(Endpoint::UserInfo, Some(1), 1, Fault::Drip { ms: 0 });
    let request = site.http.get(site.url("/v2/userinfo")).bearer_auth(&member.token);
    let whole: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(whole["name"], "Member 001");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_run_over_http() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let site = Site::start_with(|settings| settings.seed = Some(7)).await;
        let member = site.member(1);
        let fault = Fault::Answer { status: 503, body: String::new() };
        site.running.fault_when(Endpoint::Posts, Some(1), When::Chance(0.5), fault);
        let mut statuses = Vec::new();
        for call in 0..20 {
            statuses.push(member.post(&member.text(&format!("Hi {call}"))).await.status().as_u16());
        }
        assert!(statuses.contains(&503) && statuses.contains(&201));
        runs.push((statuses, site.running.posts().iter().map(|post| post.urn.clone()).collect::<Vec<_>>()));
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn other_networks_meet_faults_too() {
    let site = Site::start().await;
    let token = site.running.grant_mastodon(7, &["write:statuses"]);
    let post = || {
        let request = site.http.post(site.url("/mastodon/api/v1/statuses")).bearer_auth(&token);
        request.header("Idempotency-Key", "k").json(&json!({ "status": "Hi" })).send()
    };
    site.running.fault(Endpoint::MastodonStatuses, Some(7), 1, Fault::DropAfter);
    assert!(post().await.is_err());
    assert_eq!(post().await.unwrap().status(), 200);
    assert_eq!(site.running.statuses().len(), 1);
    let switch = json!({ "endpoint": "bluesky_session", "when": { "every": 2 }, "fault": { "answer": { "status": 502, "body": "<p>" } } });
    assert_eq!(site.http.post(site.url("/switches/faults")).json(&switch).send().await.unwrap().status(), 204);
    let account = site.running.bluesky_account(7);
    let body = json!({ "identifier": account.did, "password": account.app_password });
    for status in [200, 502, 200, 502] {
        let request = site.http.post(site.url("/xrpc/com.atproto.server.createSession")).json(&body);
        assert_eq!(request.send().await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn the_page_switches_any_call() {
    let site = Site::start().await;
    let member = site.member(1);
    let own = [
        ("endpoint", "user_info"),
        ("member", ""),
        ("when", "every"),
        ("number", "2"),
        ("fault", "own"),
        ("status", "418"),
        ("body", "{"),
    ];
    assert_eq!(site.form("/switches", &own).await.status(), 303);
    let info = || site.http.get(site.url("/v2/userinfo")).bearer_auth(&member.token).send();
    assert_eq!(
        (info().await.unwrap().status(), info().await.unwrap().status().as_u16()),
        (reqwest::StatusCode::OK, 418)
    );
    assert!(site.get("/switches").await.text().await.unwrap().contains("every 2. call"));
    for wrong in
        [("fault", "nonsense"), ("endpoint", "nonsense"), ("when", "never"), ("number", "many"), ("member", "x")]
    {
        let fields = if wrong.0 == "fault" { vec![wrong] } else { vec![("fault", "after"), wrong] };
        assert_eq!(site.form("/switches", &fields).await.status(), 400, "{wrong:?}");
    }
    assert_eq!(site.form("/switches/faults/clear", &[]).await.status(), 303);
    let waiting: Vec<String> = site.get("/switches/faults").await.json().await.unwrap();
    assert!(waiting.is_empty());
}
