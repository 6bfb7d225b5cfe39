//! What a client sees of a connection that behaves badly: slow and half answers, silence, half-closed connections, and
//! calls that end before they were sent.

use std::time::Duration;

use klaroen_sandbox::{Endpoint, Fault};
use reqwest::Method;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use crate::support::{Member, Site, VERSION};

/// Sends a post by hand and leaves the connection open.
async fn sent(site: &Site, member: &Member<'_>, text: &str) -> TcpStream {
    let host = site.running.base_url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.unwrap();
    let body = member.text(text).to_string();
    let head = format!(
        "POST /rest/posts HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\nLinkedIn-Version: {VERSION}\r\n\
         X-Restli-Protocol-Version: 2.0.0\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        member.token,
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    stream
}

/// What is still switched on.
async fn waiting(site: &Site) -> Vec<String> {
    site.get("/switches/faults").await.json().await.unwrap()
}

/// Everything that comes until the other side says no more.
async fn heard(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_slow_head_comes_byte_by_byte_and_is_whole() {
    let site = Site::start().await;
    let member = site.member(1);
    site.running.fault(Endpoint::Posts, None, 1, Fault::SlowHead { ms: 2 });
    let mut stream = sent(&site, &member, "Slow").await;
    let begin = Instant::now();
    let mut first = [0; 9];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 ");
    let rest = heard(&mut stream).await;
    assert!(begin.elapsed() > Duration::from_millis(200), "{:?}", begin.elapsed());
    assert!(rest.starts_with("201 Created\r\n") && rest.contains("\r\nx-restli-id: urn:li:share:"), "{rest}");
    assert!(rest.ends_with("content-length: 0\r\nconnection: close\r\n\r\n"), "{rest}");
    // A client that keeps to HTTP reads it as any other answer.
    site.running.fault(Endpoint::UserInfo, None, 1, Fault::SlowHead { ms: 1 });
    let answer = site.http.get(site.url("/v2/userinfo")).bearer_auth(&member.token).send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["name"], "Member 001");
}

#[tokio::test]
async fn half_an_answer_is_none() {
    let site = Site::start().await;
    let member = site.member(1);
    site.running.fault(Endpoint::Posts, None, 1, Fault::Cut);
    let half = heard(&mut sent(&site, &member, "Half").await).await;
    assert!(half.starts_with("HTTP/1.1 201 Created") && !half.contains("\r\n\r\n"), "{half}");
    site.running.fault(Endpoint::Posts, None, 1, Fault::Cut);
    assert!(member.request(Method::POST, "/rest/posts").json(&member.text("Other half")).send().await.is_err());
    assert_eq!(site.running.posts().len(), 2, "both were taken");
}

#[tokio::test]
async fn a_half_closed_connection_says_nothing_but_hears() {
    let site = Site::start().await;
    let member = site.member(1);
    for (fault, posts) in [(Fault::HalfCloseBefore, 0), (Fault::HalfCloseAfter, 1)] {
        site.running.fault(Endpoint::Posts, None, 1, fault.clone());
        let mut stream = sent(&site, &member, "Half closed").await;
        assert_eq!(heard(&mut stream).await, "");
        // A closed connection would answer the second write with a reset.
        for _ in 0..3 {
            stream.write_all(b"still there?").await.unwrap();
            tokio::task::yield_now().await;
        }
        assert_eq!(site.running.posts().len(), posts);
        site.running.fault(Endpoint::Posts, None, 1, fault);
        assert!(member.request(Method::POST, "/rest/posts").json(&member.text("Half closed")).send().await.is_err());
    }
}

#[tokio::test]
async fn silence_looks_the_same_before_and_after_the_commit() {
    let site = Site::start().await;
    let member = site.member(1);
    for (fault, posts) in [(Fault::HangBefore { ms: 60_000 }, 0), (Fault::DelayAfter { ms: 60_000 }, 1)] {
        site.running.fault(Endpoint::Posts, None, 1, fault);
        let mut stream = sent(&site, &member, "Silence").await;
        let is_met = timeout(Duration::from_secs(10), async {
            while !waiting(&site).await.is_empty() || site.running.posts().len() < posts {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        is_met.await.expect("the call arrives, and is carried out or not");
        assert!(timeout(Duration::from_millis(100), stream.read_u8()).await.is_err(), "not a byte");
        assert_eq!(site.running.posts().len(), posts);
    }
    site.running.fault(Endpoint::Posts, None, 1, Fault::HangBefore { ms: 1 });
    let request = member.request(Method::POST, "/rest/posts").json(&member.text("Silence"));
    assert!(request.send().await.unwrap_err().status().is_none(), "and then it ends");
}

#[tokio::test]
async fn a_call_may_end_before_it_was_sent() {
    let site = Site::start().await;
    for address in [site.running.closed_url(), site.running.nameless_url().into(), site.running.tls_url()] {
        let error = site.http.get(format!("{address}/v2/userinfo")).send().await.expect_err("nobody there");
        assert!(error.is_connect(), "{address}: {error:?}");
    }
    site.running.close_port().await;
    assert!(site.http.get(site.url("/")).send().await.unwrap_err().is_connect());
    site.running.open_port().await;
    assert_eq!(site.get("/").await.status(), 200);
}

#[tokio::test]
async fn the_page_closes_the_port_for_a_while() {
    let site = Site::start().await;
    assert_eq!(site.form("/switches/port", &[("seconds", "1")]).await.status(), 303);
    assert!(site.http.get(site.url("/")).send().await.unwrap_err().is_connect());
    let back = timeout(Duration::from_secs(10), async {
        while site.http.get(site.url("/")).send().await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    back.await.expect("it opens again by itself");
}
