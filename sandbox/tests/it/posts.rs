//! Posting: what is accepted, what is refused, what becomes of the text.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{SCOPES, Site, VERSION, status_and_code};

#[tokio::test]
async fn an_accepted_post_answers_with_its_urn_and_nothing_else() {
    let site = Site::start().await;
    let member = site.member(7);
    let answer = member.post(&member.article("Nieuws", None)).await;
    assert_eq!(answer.status(), 201);
    let urn = answer.headers()["x-restli-id"].to_str().unwrap().to_owned();
    let digits = urn.strip_prefix("urn:li:share:").unwrap();
    assert!(digits.len() == 19 && digits.chars().all(|c| c.is_ascii_digit()));
    assert_eq!(answer.headers()["location"], format!("/posts/{}", urn.replace(':', "%3A")).as_str());
    assert_eq!(answer.headers()["x-restli-protocol-version"], "2.0.0");
    assert_eq!(answer.headers()["content-length"], "0");
    for name in ["x-li-uuid", "x-li-fabric", "x-li-pop", "x-li-proto"] {
        assert!(answer.headers().contains_key(name), "{name}");
    }
    assert!(answer.text().await.unwrap().is_empty());
    let posts = site.running.posts();
    assert_eq!((posts.len(), posts[0].urn.as_str(), posts[0].member), (1, urn.as_str(), 7));
}

#[tokio::test]
async fn every_header_is_checked() {
    let site = Site::start().await;
    let member = site.member(1);
    let send = async |headers: &[(&str, &str)], body: String| {
        let mut request = site.http.post(site.url("/rest/posts")).bearer_auth(&member.token).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        status_and_code(request.send().await.unwrap()).await
    };
    let body = || member.text("Hi").to_string();
    let (version, protocol, json) =
        (("LinkedIn-Version", VERSION), ("X-Restli-Protocol-Version", "2.0.0"), ("Content-Type", "application/json"));
    assert_eq!(send(&[protocol, json], body()).await, (400, "VERSION_MISSING".into()));
    for gone in ["202509", "202512", "203001", "20260901", "latest"] {
        assert_eq!(
            send(&[("LinkedIn-Version", gone), protocol, json], body()).await,
            (426, "NONEXISTENT_VERSION".into()),
            "{gone}"
        );
    }
    assert_eq!(send(&[version, json], body()).await, (400, "ILLEGAL_ARGUMENT".into()));
    assert_eq!(send(&[version, ("X-Restli-Protocol-Version", "1.0.0"), json], body()).await.0, 400);
    assert_eq!(send(&[version, protocol], body()).await.0, 415);
    assert_eq!(send(&[version, protocol, json], "{".into()).await, (400, "ILLEGAL_ARGUMENT".into()));
    assert!(site.running.posts().is_empty());
}

#[tokio::test]
async fn a_gone_version_is_echoed_with_a_day() {
    let site = Site::start().await;
    site.running.rules(|rules| rules.versions.clear());
    let member = site.member(1);
    let body: Value = member.post(&member.text("Hi")).await.json().await.unwrap();
    assert_eq!(body["message"], "Requested version 20260901 is not active");
}

#[tokio::test]
async fn only_the_members_own_voice_is_accepted() {
    let site = Site::start().await;
    let member = site.member(1);
    for author in [site.running.sub(1), site.author(2), "urn:li:organization:1".into(), "urn:li:person:unknown".into()]
    {
        let mut body = member.text("Hi");
        body["author"] = author.clone().into();
        let answer: Value = member.post(&body).await.json().await.unwrap();
        assert_eq!((&answer["status"], &answer["code"]), (&json!(403), &json!("ACCESS_DENIED")), "{author}");
        assert!(answer["message"].as_str().unwrap().ends_with("[/author]"));
    }
    assert!(site.running.posts().is_empty());
}

#[tokio::test]
async fn a_token_without_the_scope_may_not_post() {
    let site = Site::start().await;
    let mut member = site.member(1);
    member.token = site.running.grant(1, &["openid", "profile"]);
    let answer: Value = member.post(&member.text("Hi")).await.json().await.unwrap();
    assert_eq!(answer["message"], "Not enough permissions to access: partnerApiPostsExternal.CREATE.20260901");
}

#[tokio::test]
async fn a_revoked_member_may_not_post() {
    let site = Site::start().await;
    let member = site.member(1);
    site.running.revoke_tokens(1);
    assert_eq!(member.refused(&member.text("Hi")).await, (401, "REVOKED_ACCESS_TOKEN".into()));
}

#[tokio::test]
async fn a_body_is_refused_with_the_code_of_its_fault() {
    let site = Site::start().await;
    let member = site.member(1);
    let long = member.text(&"x".repeat(3_001));
    let answer: Value = member.post(&long).await.json().await.unwrap();
    assert_eq!(answer["errorDetailType"], "com.linkedin.common.error.BadRequest");
    assert_eq!(answer["message"], "commentary length 3001 can't exceeded maximum 3000 length");
    let mut draft = member.text("Hi");
    draft["lifecycleState"] = json!("DRAFT");
    assert_eq!(member.refused(&draft).await, (400, "INVALID_VALUE_FOR_FIELD".into()));
    assert_eq!(
        member.refused(&member.article("Hi", Some("urn:li:image:none"))).await,
        (400, "INVALID_IMAGE_ID".into())
    );
}

#[tokio::test]
async fn the_same_post_is_refused_for_ten_minutes_and_names_the_first() {
    let site = Site::start().await;
    let (member, neighbour) = (site.member(1), site.member(2));
    let body = member.article("Twice", None);
    assert_eq!(member.post(&body).await.status(), 201);
    let first = site.running.posts()[0].urn.clone();
    site.advance(Duration::minutes(9));
    let answer = member.post(&body).await;
    assert_eq!(answer.status(), 422);
    let answer: Value = answer.json().await.unwrap();
    assert!(answer["message"].as_str().unwrap().ends_with(&format!("Content is a duplicate of {first}")));
    assert_eq!(answer["errorDetails"]["inputErrors"][0]["code"], "DUPLICATE_POST");
    assert_eq!(answer["errorDetails"]["inputErrors"][0]["input"], json!({}));

    assert_eq!(neighbour.post(&neighbour.article("Twice", None)).await.status(), 201);
    assert_eq!(member.post(&member.article("Twice!", None)).await.status(), 201);
    site.advance(Duration::minutes(1));
    assert_eq!(member.post(&body).await.status(), 201);
    assert_eq!(site.running.posts().len(), 4);
}

#[tokio::test]
async fn a_deleted_post_may_be_said_again() {
    let site = Site::start().await;
    let member = site.member(1);
    member.post(&member.text("Once more")).await;
    let path = format!("/rest/posts/{}", site.running.posts()[0].urn.replace(':', "%3A"));
    for _ in 0..2 {
        assert_eq!(member.request(Method::DELETE, &path).send().await.unwrap().status(), 204);
    }
    assert_eq!(member.post(&member.text("Once more")).await.status(), 201);
}

#[tokio::test]
async fn the_daily_limit_of_a_member_ends_at_midnight() {
    let site = Site::start().await;
    let (member, neighbour) = (site.member(1), site.member(2));
    for number in 0..150 {
        assert_eq!(member.post(&member.text(&format!("Post {number}"))).await.status(), 201);
    }
    let answer = member.post(&member.text("One more")).await;
    assert!(!answer.headers().contains_key("retry-after"));
    assert_eq!(answer.status(), 429);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["serviceErrorCode"], 101);
    assert!(answer["message"].as_str().unwrap().contains("APPLICATION_AND_MEMBER DAY"));
    assert_eq!(neighbour.post(&neighbour.text("Hi")).await.status(), 201);
    site.advance(Duration::hours(12));
    assert_eq!(member.post(&member.text("One more")).await.status(), 201);
}

#[tokio::test]
async fn the_daily_limit_of_the_application_stops_everyone() {
    let site = Site::start_with(|settings| settings.rules.app_calls_per_day = 1).await;
    let (member, neighbour) = (site.member(1), site.member(2));
    assert_eq!(member.post(&member.text("Hi")).await.status(), 201);
    let answer: Value = neighbour.post(&neighbour.text("Hi")).await.json().await.unwrap();
    assert!(answer["message"].as_str().unwrap().contains("throttle APPLICATION DAY limit"));
}

#[tokio::test]
async fn a_stray_bracket_cuts_the_text_and_the_answer_is_still_created() {
    let site = Site::start().await;
    let member = site.member(1);
    let raw = r"Zonnepanelen \(1.200\) op één dak (in 4 dagen)";
    assert_eq!(member.post(&member.text(raw)).await.status(), 201);
    let post = &site.running.posts()[0];
    assert_eq!(post.commentary, raw);
    assert_eq!(post.text.plain(), "Zonnepanelen (1.200) op één dak ");
    assert_eq!(post.text.cut_at, raw.find("(in"));

    site.running.rules(|rules| rules.stray_cuts = false);
    assert_eq!(member.post(&member.text("kept (whole)")).await.status(), 201);
    assert_eq!(site.running.posts()[1].text.plain(), "kept (whole)");
}

#[tokio::test]
async fn a_mention_needs_the_right_name() {
    let site = Site::start().await;
    let member = site.member(1);
    let other = site.author(2);
    let text = format!("@[Member 002]({other}) @[Somebody]({other}) @[Acme](urn:li:organization:5)");
    assert_eq!(member.post(&member.text(&text)).await.status(), 201);
    let page = site.get("/").await.text().await.unwrap();
    assert_eq!(page.matches("class=\"mention\"").count(), 2);
    assert_eq!(site.running.posts()[0].text.plain(), "Member 002 Somebody Acme");
}

#[tokio::test]
async fn posts_can_be_edited_and_deleted_but_not_read() {
    let site = Site::start().await;
    let (member, neighbour) = (site.member(1), site.member(2));
    member.post(&member.text("First")).await;
    let urn = site.running.posts()[0].urn.clone();
    let address = format!("/rest/posts/{}", urn.replace(':', "%3A"));

    let read = member.request(Method::GET, &format!("{address}?viewContext=AUTHOR")).send().await.unwrap();
    assert_eq!(status_and_code(read).await, (403, "ACCESS_DENIED".into()));
    assert_eq!(member.request(Method::GET, &format!("/rest/posts/{urn}")).send().await.unwrap().status(), 400);
    assert_eq!(member.request(Method::GET, "/rest/posts?q=author").send().await.unwrap().status(), 403);

    let patch = json!({ "patch": { "$set": { "commentary": "Second" } } });
    let edit = || member.request(Method::POST, &address).json(&patch);
    assert_eq!(edit().send().await.unwrap().status(), 400);
    assert_eq!(edit().header("X-RestLi-Method", "PARTIAL_UPDATE").send().await.unwrap().status(), 204);
    assert_eq!((site.running.posts()[0].commentary.as_str(), site.running.posts()[0].edited), ("Second", true));

    assert_eq!(neighbour.request(Method::DELETE, &address).send().await.unwrap().status(), 403);
    assert_eq!(member.request(Method::DELETE, "/rest/posts/urn%3Ali%3Ashare%3A1").send().await.unwrap().status(), 404);
    assert_eq!(member.request(Method::DELETE, &address).send().await.unwrap().status(), 204);
    assert!(site.running.posts()[0].deleted);
    assert_eq!(edit().header("X-RestLi-Method", "PARTIAL_UPDATE").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_run() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let site = Site::start_with(|settings| settings.seed = Some(42)).await;
        let member = site.member(1);
        member.post(&member.text("Hi")).await;
        runs.push((site.running.grant(3, &SCOPES), site.running.posts()[0].urn.clone()));
    }
    assert_eq!(runs[0], runs[1]);
}
