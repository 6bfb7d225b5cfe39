//! Every switch for one call, for one member, by chance, from a test and from the page.

use chrono::Duration;
use klaroen_sandbox::{Endpoint, Fault, When};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{CALLBACK, SCOPES, Site, jpeg, location, parameter};

fn as_if(name: &str, value: &str) -> Fault {
    Fault::AsIf { name: name.into(), value: value.into() }
}

fn names_in_header(answer: &Response) -> (bool, bool) {
    (answer.headers().contains_key("x-restli-id"), answer.headers().contains_key("x-linkedin-id"))
}

#[tokio::test]
async fn an_open_question_is_answered_otherwise_for_one_call() {
    let site = Site::start().await;
    let (member, neighbour) = (site.member(1), site.member(2));
    site.running.fault(Endpoint::Posts, Some(1), 1, as_if("created", "linkedin_id"));
    assert_eq!(names_in_header(&neighbour.post(&neighbour.text("Hi")).await), (true, false));
    assert_eq!(names_in_header(&member.post(&member.text("One")).await), (false, true));
    assert_eq!(names_in_header(&member.post(&member.text("Two")).await), (true, false));
    // A figure as well: this call alone meets a full day, and the window for duplicates is shut for the next.
    site.running.fault(Endpoint::Posts, Some(1), 1, as_if("member_calls_per_day", "0"));
    assert_eq!(member.refused(&member.text("Three")).await.0, 429);
    site.running.fault(Endpoint::Posts, Some(1), 1, as_if("duplicate_window_seconds", "0"));
    assert_eq!(member.post(&member.text("Two")).await.status(), 201);
    assert_eq!(member.post(&member.text("Two")).await.status(), 422);
    site.running.fault(Endpoint::Posts, Some(1), 1, as_if("created", "nowhere"));
    assert_eq!(member.post(&member.text("Four")).await.status(), 500, "a rule that is none is told at once");
}

#[tokio::test]
async fn every_kth_picture_may_be_stuck() {
    let site = Site::start().await;
    let member = site.member(1);
    site.running.rules(|rules| rules.questions.image_read = klaroen_sandbox::questions::ImageRead::Allowed);
    site.running.fault_when(Endpoint::ImageUpload, Some(1), When::Every(2), as_if("image_processing", "stuck"));
    let owner = json!({ "initializeUploadRequest": { "owner": member.author } });
    for expected in ["AVAILABLE", "PROCESSING", "AVAILABLE", "PROCESSING"] {
        let asset = member.request(Method::POST, "/rest/images?action=initializeUpload").json(&owner);
        let asset: Value = asset.send().await.unwrap().json().await.unwrap();
        let upload = site.http.put(asset["value"]["uploadUrl"].as_str().unwrap()).bearer_auth(&member.token);
        assert_eq!(upload.body(jpeg()).send().await.unwrap().status(), 201);
        let path = format!("/rest/images/{}", asset["value"]["image"].as_str().unwrap().replace(':', "%3A"));
        let read: Value = member.request(Method::GET, &path).send().await.unwrap().json().await.unwrap();
        assert_eq!(read["status"], expected);
    }
}

/// The statuses and URNs of a run in which everything happens by chance, begun from the page.
async fn run(number: &str) -> Vec<(u16, String)> {
    let site = Site::start_with(|settings| settings.seed = Some(99)).await;
    assert_eq!(site.form("/switches/seed", &[("seed", number)]).await.status(), 303);
    for fault in ["server_error_after", "created=linkedin_id", "before"] {
        let (fault, as_if) = if fault.contains('=') { ("as_if", fault) } else { (fault, "") };
        let switch = [("endpoint", "posts"), ("when", "chance"), ("number", "30"), ("fault", fault), ("as_if", as_if)];
        assert_eq!(site.form("/switches", &switch).await.status(), 303, "{fault}");
    }
    let mut seen = Vec::new();
    for who in [1, 2, 1, 1, 2, 1, 2, 2, 1, 1, 2, 1].repeat(3) {
        let member = site.member(who);
        let request = member.request(Method::POST, "/rest/posts").json(&member.text(&format!("Hi {}", seen.len())));
        let answer = request.send().await;
        let header = |answer: &Response| {
            ["x-restli-id", "x-linkedin-id"]
                .iter()
                .find_map(|name| Some(format!("{name} {:?}", answer.headers().get(*name)?)))
        };
        seen.push(
            answer.map_or((0, String::new()), |answer| (answer.status().as_u16(), header(&answer).unwrap_or_default())),
        );
    }
    seen.extend(site.running.posts().into_iter().map(|post| (post.text.elements.len().try_into().unwrap(), post.urn)));
    seen
}

#[tokio::test]
async fn the_same_seed_gives_the_same_run_from_the_page() {
    let first = run("5").await;
    assert_eq!(first, run("5").await);
    assert_ne!(first, run("6").await);
    let met = |wanted: u16| first.iter().any(|(status, _)| *status == wanted);
    assert!(met(0) && met(500) && met(201), "{first:?}");
}

#[tokio::test]
async fn other_words_and_news_change_nothing_that_counts() {
    let site = Site::start().await;
    let member = site.member(1);
    member.post(&member.text("Twice")).await;
    let first = site.running.posts()[0].urn.clone();
    site.running.fault(Endpoint::Posts, None, 1, Fault::OtherWords);
    let answer: Value = member.post(&member.text("Twice")).await.json().await.unwrap();
    assert_eq!(answer["errorDetails"]["inputErrors"][0]["code"], "DUPLICATE_POST");
    assert_eq!(answer["message"], format!("New words for the message {first}"));
    site.running.fault(Endpoint::UserInfo, None, 1, Fault::News);
    let answer = site.http.get(site.url("/v2/userinfo")).bearer_auth(&member.token).send().await.unwrap();
    assert!(answer.headers().contains_key("x-li-novelty"));
    let told: Value = answer.json().await.unwrap();
    assert!(told["$novelty"].is_object() && told["sub"] == site.running.sub(1));
    site.running.fault(Endpoint::Posts, None, 1, Fault::News);
    let created = member.post(&member.text("News")).await;
    assert_eq!((created.status().as_u16(), names_in_header(&created)), (201, (true, false)));
}

#[tokio::test]
async fn a_token_may_be_forgotten_and_a_day_be_full() {
    let site = Site::start().await;
    let (member, neighbour) = (site.member(1), site.member(2));
    assert_eq!(site.form("/switches/tokens", &[("member", "1"), ("end", "forgotten")]).await.status(), 303);
    assert_eq!(member.refused(&member.text("Hi")).await, (401, "INVALID_ACCESS_TOKEN".into()));
    let member = site.member(1);
    assert_eq!(site.form("/switches/day", &[("member", "1"), ("day", "full")]).await.status(), 303);
    assert_eq!(member.refused(&member.text("Hi")).await, (429, "TOO_MANY_REQUESTS".into()));
    assert_eq!(neighbour.post(&neighbour.text("Hi")).await.status(), 201);
    site.form("/switches/day", &[("member", ""), ("day", "full")]).await;
    let words = neighbour.post(&neighbour.text("Ho")).await.text().await.unwrap();
    assert!(words.contains("throttle APPLICATION DAY"), "{words}");
    site.advance(Duration::hours(12));
    assert_eq!(member.post(&member.text("Hi")).await.status(), 201, "midnight UTC is over");
    site.running.fill_day(Some(1));
    assert_eq!(member.refused(&member.text("Ho")).await.0, 429);
    site.form("/switches/day", &[("member", ""), ("day", "empty")]).await;
    assert_eq!(member.post(&member.text("Ho")).await.status(), 201);
    site.running.forget_tokens(2);
    assert_eq!(neighbour.refused(&neighbour.text("Hi")).await.1, "INVALID_ACCESS_TOKEN");
}

#[tokio::test]
async fn the_table_of_versions_changes_while_it_runs() {
    let site = Site::start().await;
    let member = site.member(1);
    let with = async |version: &str| {
        let request =
            site.http.post(site.url("/rest/posts")).bearer_auth(&member.token).header("LinkedIn-Version", version);
        let request = request.header("X-Restli-Protocol-Version", "2.0.0").json(&member.text(version));
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!((with("202609").await, with("202703").await), (201, 426));
    let today = [("version", "202609"), ("until", "today")];
    assert_eq!(site.form("/switches/versions", &today).await.status(), 303);
    assert_eq!(with("202609").await, 426, "sunset today");
    let change = json!({ "version": "202703", "until": "2028-03-15" });
    assert_eq!(site.http.post(site.url("/switches/versions")).json(&change).send().await.unwrap().status(), 204);
    assert_eq!(with("202703").await, 201, "a version that nobody knew yet");
    assert_eq!(with("202608").await, 201);
    site.form("/switches/versions", &[("from", "202703")]).await;
    assert_eq!(with("202608").await, 426, "426 until a given version");
    assert_eq!(site.form("/switches/versions", &[("version", "202609"), ("until", "soon")]).await.status(), 422);
    let page = site.get("/switches").await.text().await.unwrap();
    assert!(page.contains("202703") && page.contains("gone since 2026-10-01"));
    let other = Site::start().await;
    other.running.end_version(202_609);
    other.running.serve_from(202_609);
    assert_eq!(other.member(1).refused(&other.member(1).text("Hi")).await.0, 426);
}

#[tokio::test]
async fn a_post_may_be_taken_down_later() {
    let site = Site::start().await;
    let mut member = site.member(1);
    member.post(&member.text("Down")).await;
    let urn = site.running.posts()[0].urn.clone();
    let read = format!("/rest/posts/{}", urn.replace(':', "%3A"));
    member.token = site.running.grant(1, &["r_member_social", "w_member_social"]);
    let found: Value = member.request(Method::GET, &read).send().await.unwrap().json().await.unwrap();
    assert_eq!((&found["commentary"], &found["lifecycleState"]), (&json!("Down"), &json!("PUBLISHED")));
    assert!(site.get("/switches").await.text().await.unwrap().contains("Take down"));
    assert_eq!(site.form("/switches/posts/remove", &[("urn", &urn)]).await.status(), 303);
    assert_eq!(site.form("/switches/posts/remove", &[("urn", &urn)]).await.status(), 404);
    assert_eq!(member.request(Method::GET, &read).send().await.unwrap().status(), 404);
    assert_eq!(site.get(&format!("/feed/update/{urn}/")).await.status(), 404);
}

#[tokio::test]
async fn a_rule_for_one_call_is_taken_only_if_there_is_one() {
    let site = Site::start().await;
    let member = site.member(1);
    for wrong in ["created=nowhere", "nonsense=1"] {
        let fields = [("endpoint", "posts"), ("fault", "as_if"), ("as_if", wrong)];
        assert_eq!(site.form("/switches", &fields).await.status(), 400, "{wrong}");
    }
    let body = json!({ "endpoint": "posts", "when": { "every": 2 }, "fault": { "as_if": { "name": "created", "value": "body" } } });
    assert_eq!(site.http.post(site.url("/switches/faults")).json(&body).send().await.unwrap().status(), 204);
    let mut named = Vec::new();
    for text in ["a", "b", "c", "d"] {
        named.push(names_in_header(&member.post(&member.text(text)).await).0);
    }
    assert_eq!(named, [true, false, true, false]);
    let wrong = json!({ "endpoint": "posts", "fault": { "as_if": { "name": "created", "value": "?" } } });
    assert_eq!(site.http.post(site.url("/switches/faults")).json(&wrong).send().await.unwrap().status(), 422);
    // A length of time of one's own.
    let fields = [("endpoint", "user_info"), ("fault", "slow"), ("ms", "1")];
    assert_eq!(site.form("/switches", &fields).await.status(), 303);
    let token = site.running.grant(3, &SCOPES);
    assert_eq!(site.http.get(site.url("/v2/userinfo")).bearer_auth(token).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_sign_in_may_fail_for_one_member() {
    let site = Site::start().await;
    let down = || Fault::Answer { status: 503, body: String::new() };
    let allow = async |member: &str| {
        let asked = [
            ("response_type", "code"),
            ("client_id", "klaroen-demo"),
            ("redirect_uri", CALLBACK),
            ("scope", "openid"),
            ("member", member),
            ("action", "allow"),
        ];
        site.form("/oauth/v2/authorization", &asked).await
    };
    let told = async |path: &str, name: &str, value: &str| {
        let fields = [
            ("client_id", "klaroen-demo"),
            ("client_secret", "klaroen-demo-secret"),
            ("grant_type", "authorization_code"),
            ("redirect_uri", CALLBACK),
            (name, value),
        ];
        site.form(path, &fields).await.status().as_u16()
    };
    for endpoint in [Endpoint::Authorize, Endpoint::Token, Endpoint::Introspect, Endpoint::Revoke] {
        site.running.fault(endpoint, Some(2), 1, down());
    }
    assert_eq!(allow("1").await.status(), 302);
    assert_eq!(allow("2").await.status(), 503);
    for (member, status) in [("1", 200), ("2", 503)] {
        let code = parameter(&location(&allow(member).await), "code").unwrap();
        assert_eq!(told("/oauth/v2/accessToken", "code", &code).await, status);
        let token = site.running.grant(member.parse().unwrap(), &SCOPES);
        for path in ["/oauth/v2/introspectToken", "/oauth/v2/revoke"] {
            assert_eq!(told(path, "token", &token).await, status, "{path}");
        }
    }
}

#[tokio::test]
async fn the_window_for_duplicates_may_be_two_days_or_none() {
    let site = Site::start().await;
    let member = site.member(1);
    let body = member.text("Twice");
    assert_eq!(site.form("/switches/rules", &[("duplicate_window_seconds", "172800")]).await.status(), 303);
    assert_eq!(member.post(&body).await.status(), 201);
    site.advance(Duration::hours(47));
    assert_eq!(member.post(&body).await.status(), 422);
    site.advance(Duration::hours(1));
    assert_eq!(member.post(&body).await.status(), 201);
    site.form("/switches/rules", &[("duplicate_window_seconds", "0")]).await;
    assert_eq!(member.post(&body).await.status(), 201);
}

#[tokio::test]
async fn a_fresh_token_is_refused_for_as_long_as_it_says() {
    let site = Site::start().await;
    let switch = [("fresh_token_refused_seconds", "5"), ("token_lifetime_seconds", "60"), ("stray_cuts", "0")];
    assert_eq!(site.form("/switches/rules", &switch).await.status(), 303);
    let member = site.member(1);
    assert_eq!(member.refused(&member.text("Hi")).await, (401, "REVOKED_ACCESS_TOKEN".into()));
    site.advance(Duration::seconds(5));
    assert_eq!(member.post(&member.text("Hi (all)")).await.status(), 201);
    assert_eq!(site.running.posts()[0].text.plain(), "Hi (all)");
    site.advance(Duration::seconds(55));
    assert_eq!(member.refused(&member.text("Hi")).await, (401, "EXPIRED_ACCESS_TOKEN".into()));
}

#[tokio::test]
async fn an_answer_may_come_by_chance_late_or_drip() {
    let site = Site::start().await;
    let member = site.member(1);
    let info = || site.http.get(site.url("/v2/userinfo")).bearer_auth(&member.token).send();
    for (fault, ms) in [("random", "40"), ("slow", "40"), ("late", "40"), ("drip", "1")] {
        let fields = [("endpoint", "user_info"), ("fault", fault), ("ms", ms)];
        assert_eq!(site.form("/switches", &fields).await.status(), 303);
        let begin = std::time::Instant::now();
        assert_eq!(info().await.unwrap().json::<Value>().await.unwrap()["name"], "Member 001", "{fault}");
        assert!(fault == "random" || begin.elapsed() >= std::time::Duration::from_millis(40), "{fault}");
    }
}
