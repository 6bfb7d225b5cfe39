//! Every fault that has a name on the page, pressed there, and every call of LinkedIn that can meet one.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Site, status_and_code};

/// The values and words of a select of the page, without what is to be filled in.
fn options(page: &str, select: &str) -> Vec<(String, String)> {
    let select = page.split(&format!("<select name=\"{select}\">")).nth(1).unwrap().split("</select>").next().unwrap();
    let plain = |words: &str| words.replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&");
    let options = select.split("<option value=\"").skip(1).map(|option| {
        let (value, words) = option.split_once("\">").unwrap();
        (value.to_owned(), plain(words.split('<').next().unwrap()))
    });
    options.filter(|(value, _)| !["as_if", "own"].contains(&value.as_str())).collect()
}

/// The status that the words of a fault promise.
fn status(words: &str) -> Option<u16> {
    let mut numbers = words.split(|letter: char| !letter.is_ascii_digit()).filter(|number| number.len() == 3);
    numbers.find_map(|number| number.parse().ok())
}

/// What the body says as the words of a fault do: a code, a number of LinkedIn's or a name of Bluesky's.
fn said(words: &str) -> Vec<&str> {
    let last = words.rsplit(' ').next().filter(|_| words.starts_with("Bluesky"));
    let is_said = |word: &&str| word.contains('_') || (word.len() == 5 && word.parse::<u32>().is_ok());
    words.split([' ', '(', ')']).filter(is_said).chain(last).collect()
}

async fn waiting(site: &Site) -> Vec<String> {
    site.get("/switches/faults").await.json().await.unwrap()
}

#[tokio::test]
async fn every_fault_with_a_name_can_be_switched_from_the_page() {
    let site = Site::start().await;
    let member = site.member(1);
    let page = site.get("/switches").await.text().await.unwrap();
    let (faults, endpoints) = (options(&page, "fault"), options(&page, "endpoint"));
    let press = async |endpoint: &str, fault: &str| {
        let fields = [("endpoint", endpoint), ("fault", fault), ("ms", "1")];
        site.form("/switches", &fields).await.status().as_u16()
    };
    let (mut met, mut elsewhere) = (0, 0);
    for (name, words) in &faults {
        if press("posts", name).await != 303 {
            let mut places = 0;
            for (endpoint, _) in &endpoints {
                places += usize::from(press(endpoint, name).await == 303);
            }
            assert_eq!((places, waiting(&site).await.len()), (1, 1), "{name} is for one call alone");
            site.running.clear_faults();
            elsewhere += 1;
            continue;
        }
        assert_eq!(waiting(&site).await.len(), 1, "{name}");
        let request = member.request(Method::POST, "/rest/posts").json(&member.text(name));
        let answer = request.send().await;
        assert!(waiting(&site).await.is_empty(), "{name} was met");
        if let Some(status) = status(words) {
            let answer = answer.expect(name);
            assert_eq!(answer.status(), status, "{name}");
            let body = answer.text().await.unwrap();
            assert!(said(words).iter().all(|word| body.contains(word)), "{name}: {body}");
        }
        met += 1;
    }
    assert_eq!(elsewhere, 4 + 25, "the hub's own and the flaws of a company sign-in");
    assert!(met > 80, "{met}");
}

#[tokio::test]
async fn a_fault_that_a_call_cannot_meet_is_not_switched_on() {
    let site = Site::start().await;
    for (endpoint, name, fault) in [
        ("hub_verification", "after", json!("drop_after")),
        ("hub_verification", "twice", json!("twice")),
        ("hub_delivery", "refused", json!({ "answer": { "status": 500, "body": "" } })),
        ("hub_delivery", "hub_denied", json!("denied")),
        ("hub", "wrong_signature", json!("wrong_signature")),
        ("mail", "gzip", json!("gzip")),
        ("token", "expired", json!({ "flaw": "expired" })),
    ] {
        let fields = [("endpoint", endpoint), ("fault", name)];
        assert_eq!(site.form("/switches", &fields).await.status(), 400, "{endpoint} {name}");
        let body = json!({ "endpoint": endpoint, "fault": fault });
        let answer = site.http.post(site.url("/switches/faults")).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 422, "{endpoint} {name}");
    }
    assert!(waiting(&site).await.is_empty());
}

#[tokio::test]
async fn a_refusal_of_linkedin_has_its_code_and_a_token_call_its_error() {
    let site = Site::start().await;
    let member = site.member(1);
    for (name, status, code) in [
        ("invalid_token", 401, "INVALID_ACCESS_TOKEN"),
        ("revoked_token", 401, "REVOKED_ACCESS_TOKEN"),
        ("expired_token", 401, "EXPIRED_ACCESS_TOKEN"),
        ("empty_token", 401, "EMPTY_ACCESS_TOKEN"),
        ("denied", 403, "ACCESS_DENIED"),
        ("author", 403, "ACCESS_DENIED"),
        ("field", 403, "ACCESS_DENIED"),
        ("image_forbidden", 403, "ACCESS_DENIED"),
        ("unknown_code", 400, "SOMETHING_NEW"),
        ("duplicate", 422, "DUPLICATE_POST"),
        ("duplicate_unnamed", 422, "DUPLICATE_POST"),
        ("version", 426, "NONEXISTENT_VERSION"),
        ("throttled", 429, "TOO_MANY_REQUESTS"),
        ("app_throttled", 429, "TOO_MANY_REQUESTS"),
    ] {
        assert_eq!(site.form("/switches", &[("endpoint", "posts"), ("fault", name)]).await.status(), 303);
        assert_eq!(member.refused(&member.text("Hi")).await, (status, code.into()), "{name}");
    }
    assert!(site.running.posts().is_empty());
    let form = [("client_id", "klaroen-demo"), ("client_secret", "klaroen-demo-secret"), ("token", "x")];
    for (name, status, error) in [
        ("bad_grant", 400, "invalid_request"),
        ("code_unknown", 400, "invalid_request"),
        ("redirect_mismatch", 400, "invalid_redirect_uri"),
        ("parameter_missing", 400, "invalid_request"),
        ("client_refused", 401, "invalid_client"),
    ] {
        assert_eq!(site.form("/switches", &[("endpoint", "token"), ("fault", name)]).await.status(), 303);
        let answer = site.form("/oauth/v2/accessToken", &form).await;
        assert_eq!(answer.status(), status, "{name}");
        assert_eq!(answer.json::<Value>().await.unwrap()["error"], error, "{name}");
    }
}

#[tokio::test]
async fn any_linkedin_call_can_fail() {
    let site = Site::start().await;
    let member = site.member(1);
    for (method, path, endpoint) in [
        ("GET", "/oauth/v2/authorization", "authorize"),
        ("POST", "/oauth/v2/accessToken", "token"),
        ("POST", "/oauth/v2/introspectToken", "introspect"),
        ("POST", "/oauth/v2/revoke", "revoke"),
        ("GET", "/v2/userinfo", "user_info"),
        ("GET", "/oauth/openid/jwks", "discovery"),
        ("POST", "/rest/images?action=initializeUpload", "image_initialize"),
        ("GET", "/rest/images?ids=List(x)", "image_read"),
        ("GET", "/rest/images/x", "image_read"),
        ("PUT", "/dms-uploads/x/uploaded-image/0", "image_upload"),
        ("POST", "/rest/videos?action=initializeUpload", "video_initialize"),
        ("PUT", "/dms-uploads/x/uploaded-video/0", "video_upload"),
        ("POST", "/rest/videos?action=finalizeUpload", "video_finalize"),
        ("GET", "/rest/videos/x", "video_read"),
        ("POST", "/rest/posts", "posts"),
        ("POST", "/v2/ugcPosts", "posts"),
        ("GET", "/rest/posts?q=author", "post"),
        ("GET", "/rest/posts/x", "post"),
        ("DELETE", "/rest/posts/x", "post"),
    ] {
        let own = [("endpoint", endpoint), ("fault", "own"), ("status", "418"), ("body", "{\"code\":\"TEAPOT\"}")];
        assert_eq!(site.form("/switches", &own).await.status(), 303, "{endpoint}");
        let answer = member.request(method.parse().unwrap(), path).send().await.unwrap();
        assert_eq!(status_and_code(answer).await, (418, "TEAPOT".into()), "{method} {path}");
    }
}
