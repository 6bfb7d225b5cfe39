//! What every answer tells the browser.

use crate::support::TestApp;

#[tokio::test]
async fn a12_every_answer_carries_the_headers_that_keep_a_page_in_its_place() {
    let app = TestApp::start().await;
    for path in ["/", "/healthz", "/api/session", "/api/openapi.json", "/no/such/page", "/api/no-such-route"] {
        let answer = app.nobody().get(path).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(answer.header("strict-transport-security").is_some_and(|value| value.contains("31536000")), "{path}");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(answer.header("x-request-id").is_some(), "{path}");
        assert!(answer.header("access-control-allow-origin").is_none(), "{path}");
    }
    let page = app.nobody().get("/").await;
    let policy = page.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("require-trusted-types-for 'script'") && !policy.contains("unsafe"), "{policy}");
    let gone = app.employee().await.delete("/api/session").await;
    assert!(gone.header("clear-site-data").is_some_and(|value| value.contains("cookies")));
}

#[tokio::test]
async fn f4_a_body_over_256_kib_is_refused_with_413() {
    let app = TestApp::start().await;
    let body = format!("{{\"email\":\"{}\"}}", "x".repeat(300 * 1024));
    let headers = [("sec-fetch-site", "same-origin"), ("x-klaroen", "1"), ("content-type", "application/json")];
    let answer = app.nobody().send_raw(reqwest::Method::POST, "/api/session", &headers, Some(body)).await;
    assert_eq!(answer.expect(413).code(), "too_large");
}
