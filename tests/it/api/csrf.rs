//! A page elsewhere cannot change anything: every mutating route of the contract, with each lock left out.

use reqwest::Method;

use super::access::operations;
use crate::support::TestApp;

#[tokio::test]
async fn a3_no_route_is_changed_from_elsewhere() {
    let app = TestApp::start().await;
    let everybody = {
        use klaroen_core::role::Role::{Admin, Employee, Hr, Marketer};
        app.person(&[Employee, Marketer, Hr, Admin]).await
    };
    let json = ("content-type", "application/json");
    let ours = [("sec-fetch-site", "same-origin"), ("x-klaroen", "1")];
    let attempts: [(u16, Vec<(&str, &str)>); 4] = [
        (403, vec![("sec-fetch-site", "cross-site"), ours[1], json]),
        (403, vec![ours[1], json]),
        (415, vec![ours[0], ours[1], ("content-type", "text/plain")]),
        (403, vec![ours[0], json]),
    ];
    let mut cases = 0;
    for operation in operations().into_iter().filter(|operation| operation.method != Method::GET) {
        for (status, headers) in &attempts {
            let path = operation.path_with("00000000-0000-7000-8000-000000000000");
            let body = Some("{}".to_owned());
            let answer = everybody.send_raw(operation.method.clone(), &path, headers, body).await;
            assert_eq!(answer.status.as_u16(), *status, "{} {path} {headers:?}: {}", operation.method, answer.text);
            cases += 1;
        }
    }
    assert!(cases >= 40, "only {cases} cases");
    everybody.get("/api/session").await.expect(200);
}
