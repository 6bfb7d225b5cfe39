//! Faults on demand: the caller cannot tell before from after, the ledger can.

use klaroen_sandbox::{Endpoint, Fault};
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
