//! Open questions: each answer does what it says, from a test and over HTTP.

use chrono::Duration;
use klaroen_sandbox::Content;
use klaroen_sandbox::questions::{
    Created, Drafts, Duplicate, Extras, Ghosts, ImageProcessing, ImageRead, Length, OverLength, Questions, Refresh,
    Revoke, ScopeSeparator, TokenType, Urls,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{CALLBACK, SCOPES, Site, jpeg, location, parameter};

fn answer(site: &Site, change: impl FnOnce(&mut Questions)) {
    site.running.rules(|rules| change(&mut rules.questions));
}

async fn token(site: &Site, grant: &[(&str, &str)]) -> (u16, Value) {
    let mut fields = vec![("client_id", "klaroen-demo"), ("client_secret", "klaroen-demo-secret")];
    fields.extend(grant);
    let answer = site.form("/oauth/v2/accessToken", &fields).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn consent(site: &Site) -> (u16, Value) {
    let asked = [
        ("response_type", "code"),
        ("client_id", "klaroen-demo"),
        ("redirect_uri", CALLBACK),
        ("scope", &SCOPES.join(" ")),
        ("member", "7"),
        ("action", "allow"),
    ];
    let code = parameter(&location(&site.form("/oauth/v2/authorization", &asked).await), "code").unwrap();
    token(site, &[("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", CALLBACK)]).await
}

#[tokio::test]
async fn a_token_answer_has_many_forms() {
    let site = Site::start().await;
    let (_, plain) = consent(&site).await;
    assert_eq!((&plain["scope"], &plain["token_type"]), (&json!("openid,profile,w_member_social"), &json!("Bearer")));
    assert!(plain["refresh_token"].is_null());
    answer(&site, |questions| {
        (questions.scope_separator, questions.token_type) = (ScopeSeparator::Space, TokenType::Absent);
    });
    let (_, other) = consent(&site).await;
    assert_eq!((&other["scope"], &other["token_type"]), (&json!("openid profile w_member_social"), &Value::Null));
}

#[tokio::test]
async fn prompt_none_and_pkce_are_ignored_or_refused() {
    let site = Site::start().await;
    let page = async |more: (&str, &str)| {
        let asked = [
            ("response_type", "code"),
            ("client_id", "klaroen-demo"),
            ("redirect_uri", CALLBACK),
            ("scope", "openid"),
            more,
        ];
        let shown = site.http.get(site.url("/oauth/v2/authorization")).query(&asked).send().await.unwrap();
        assert!(!shown.headers().contains_key("location"));
        let mut decided = asked.to_vec();
        decided.extend([("member", "7"), ("action", "allow")]);
        (shown.status().as_u16(), site.form("/oauth/v2/authorization", &decided).await.status().as_u16())
    };
    let challenge = ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    for (answered, seen) in [(Extras::Ignored, (200, 302)), (Extras::Refused, (400, 400))] {
        answer(&site, |questions| questions.prompt_and_pkce = answered);
        for more in [("prompt", "none"), challenge] {
            assert_eq!(page(more).await, seen, "{more:?}");
        }
        assert_eq!(page(("state", "x")).await, (200, 302), "a request without them");
    }
}

#[tokio::test]
async fn a_refresh_token_does_not_live_longer_for_being_used() {
    let site = Site::start().await;
    answer(&site, |questions| questions.refresh = Refresh::On);
    let (_, first) = consent(&site).await;
    let text = first["refresh_token"].as_str().unwrap();
    assert_eq!(first["refresh_token_expires_in"], 365 * 86_400);
    let fields = [("grant_type", "refresh_token"), ("refresh_token", text)];
    let renew = || token(&site, &fields);
    site.advance(Duration::days(59));
    let (status, second) = renew().await;
    assert_eq!((status, &second["refresh_token_expires_in"]), (200, &json!(306 * 86_400)));
    assert_eq!((&second["refresh_token"], &second["expires_in"]), (&json!(text), &json!(60 * 86_400)));
    site.advance(Duration::days(301));
    assert_eq!(renew().await.1["expires_in"], 5 * 86_400);
    site.advance(Duration::days(5));
    assert_eq!(renew().await.1["error"], "invalid_request");
}

#[tokio::test]
async fn revoking_may_not_be_known() {
    let site = Site::start().await;
    let member = site.member(1);
    let fields = [("client_id", "klaroen-demo"), ("client_secret", "klaroen-demo-secret"), ("token", &member.token)];
    for (answered, status) in [(Revoke::NotFound, 404), (Revoke::BadRequest, 400)] {
        answer(&site, |questions| questions.revoke = answered);
        assert_eq!(site.form("/oauth/v2/revoke", &fields).await.status(), status);
        assert_eq!(member.post(&member.text(&format!("Hi {status}"))).await.status(), 201);
    }
}

#[tokio::test]
async fn the_urn_may_stand_elsewhere() {
    let site = Site::start().await;
    let member = site.member(1);
    for (number, (created, restli, linkedin)) in
        [(Created::LinkedinId, false, true), (Created::Both, true, true), (Created::Body, false, false)]
            .into_iter()
            .enumerate()
    {
        answer(&site, |questions| questions.created = created);
        let answer = member.post(&member.text(&format!("Hi {number}"))).await;
        assert_eq!(answer.status(), 201);
        assert_eq!(answer.headers().contains_key("x-restli-id"), restli);
        assert_eq!(answer.headers().contains_key("x-linkedin-id"), linkedin);
        let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default();
        assert_eq!(body["id"].is_string(), created == Created::Body);
    }
}

#[tokio::test]
async fn a_text_may_be_counted_and_cut_differently() {
    let site = Site::start().await;
    let member = site.member(1);
    let escaped = r"\(".repeat(2_000);
    assert_eq!(member.refused(&member.text(&escaped)).await.1, "FIELD_LENGTH_TOO_LONG");
    answer(&site, |questions| questions.length = Length::Rendered);
    assert_eq!(member.post(&member.text(&escaped)).await.status(), 201);
    assert_eq!(site.running.posts()[0].text.plain().len(), 2_000);
    answer(&site, |questions| (questions.length, questions.over_length) = (Length::Escaped, OverLength::Cut));
    assert_eq!(member.post(&member.text(&"é".repeat(3_001))).await.status(), 201);
    let cut = &site.running.posts()[1];
    assert_eq!((cut.text.plain(), cut.text.cut_at), ("é".repeat(3_000), Some(6_000)));
    let address = "https://example.com/a_b";
    answer(&site, |questions| questions.urls = Urls::Exempt);
    assert_eq!(member.post(&member.text(address)).await.status(), 201);
    assert_eq!(site.running.posts()[2].text.plain(), address);
    let mut draft = member.text("Draft");
    draft["lifecycleState"] = "DRAFT".into();
    assert_eq!(member.refused(&draft).await.1, "INVALID_VALUE_FOR_FIELD");
    answer(&site, |questions| questions.draft = Drafts::Accepted);
    assert_eq!(member.post(&draft).await.status(), 201);
}

#[tokio::test]
async fn a_duplicate_may_name_a_ghost_or_nobody() {
    let site = Site::start().await;
    let member = site.member(1);
    let body = member.text("Hi");
    member.post(&body).await;
    let first = site.running.posts()[0].urn.clone();
    assert!(site.running.remove_post(&first) && !site.running.remove_post(&first));
    answer(&site, |questions| questions.ghosts = Ghosts::Named);
    assert!(member.post(&body).await.text().await.unwrap().contains(&first));
    answer(&site, |questions| questions.duplicate = Duplicate::Unnamed);
    let refused = member.post(&body).await;
    assert_eq!(refused.status(), 422);
    assert!(!refused.text().await.unwrap().contains("urn:li"));
    answer(&site, |questions| questions.ghosts = Ghosts::Forgotten);
    assert_eq!(member.post(&body).await.status(), 201);
}

#[tokio::test]
async fn a_picture_may_be_read_be_stuck_or_fail() {
    let site = Site::start().await;
    let member = site.member(1);
    answer(&site, |questions| questions.image_read = ImageRead::Allowed);
    for (processing, status) in [
        (ImageProcessing::AtOnce, "AVAILABLE"),
        (ImageProcessing::Stuck, "PROCESSING"),
        (ImageProcessing::Failed, "PROCESSING_FAILED"),
    ] {
        answer(&site, |questions| questions.image_processing = processing);
        let owner = json!({ "initializeUploadRequest": { "owner": member.author } });
        let asset = member.request(Method::POST, "/rest/images?action=initializeUpload").json(&owner);
        let asset: Value = asset.send().await.unwrap().json().await.unwrap();
        let urn = asset["value"]["image"].as_str().unwrap();
        let read = || async {
            let path = format!("/rest/images/{}", urn.replace(':', "%3A"));
            member.request(Method::GET, &path).send().await.unwrap().json::<Value>().await.unwrap()
        };
        assert_eq!(read().await["status"], "WAITING_UPLOAD");
        let upload = site.http.put(asset["value"]["uploadUrl"].as_str().unwrap()).bearer_auth(&member.token);
        assert_eq!(upload.body(jpeg()).send().await.unwrap().status(), 201);
        assert_eq!(read().await["status"], status);
    }
}

#[tokio::test]
async fn the_older_way_to_post_takes_plain_text() {
    let site = Site::start().await;
    let member = site.member(1);
    let post = |text: &str, media: Option<Value>| {
        let share = json!({ "shareCommentary": { "text": text }, "shareMediaCategory": "NONE" });
        let mut body = json!({
            "author": member.author,
            "lifecycleState": "PUBLISHED",
            "specificContent": { "com.linkedin.ugc.ShareContent": share },
            "visibility": { "com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC" },
        });
        if let Some(media) = media {
            let share = &mut body["specificContent"]["com.linkedin.ugc.ShareContent"];
            (share["shareMediaCategory"], share["media"]) = ("ARTICLE".into(), json!([media]));
        }
        let request = site.http.post(site.url("/v2/ugcPosts")).bearer_auth(&member.token);
        request.header("X-Restli-Protocol-Version", "2.0.0").json(&body).send()
    };
    let answer = post("a (b) #c_d", None).await.unwrap();
    assert_eq!(answer.status(), 201);
    assert!(answer.headers()["x-restli-id"].to_str().unwrap().starts_with("urn:li:share:"));
    assert_eq!(site.running.posts()[0].text.plain(), "a (b) #c_d");
    assert_eq!(post("a (b) #c_d", None).await.unwrap().status(), 422);
    let url = "https://example.com/a";
    let bare = json!({ "status": "READY", "originalUrl": url });
    let told = json!({ "status": "READY", "originalUrl": url, "title": { "text": "T" } });
    for (text, media, title) in [("bare", bare, "Read from example.com/a"), ("told", told, "T")] {
        assert_eq!(post(text, Some(media)).await.unwrap().status(), 201);
        let Some(Content::Article { title: shown, .. }) = site.running.posts().pop().unwrap().content else {
            panic!("no card")
        };
        assert_eq!(shown, title);
    }
}

#[tokio::test]
async fn questions_and_figures_change_over_http() {
    let site = Site::start().await;
    let member = site.member(1);
    let change = json!({ "created": "both", "duplicate_window_seconds": 0 });
    let request = || site.http.post(site.url("/switches/rules"));
    assert_eq!(request().json(&change).send().await.unwrap().status(), 204);
    for _ in 0..2 {
        let answer = member.post(&member.text("Hi")).await;
        assert_eq!(answer.status(), 201);
        assert!(answer.headers().contains_key("x-linkedin-id"));
    }
    for wrong in [json!({ "created": "nowhere" }), json!({ "nonsense": 1 }), json!({ "member_calls_per_day": -1 })] {
        assert_eq!(request().json(&wrong).send().await.unwrap().status(), 422, "{wrong}");
    }
    assert_eq!(site.form("/switches/rules", &[("revoke", "not_found")]).await.status(), 303);
    let rules: Value = site.get("/switches/rules").await.json().await.unwrap();
    assert_eq!(
        (&rules["revoke"], &rules["created"], &rules["duplicate_window_seconds"]),
        (&json!("not_found"), &json!("both"), &json!(0))
    );
}
