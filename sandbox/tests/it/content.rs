//! What a post can carry, in the new and in the older way, and what can be read back.

use klaroen_sandbox::{Content, Endpoint, Fault};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{Member, Site, jpeg, status_and_code};

/// The URN of an uploaded picture.
async fn picture(site: &Site, member: &Member<'_>) -> String {
    let owner = json!({ "initializeUploadRequest": { "owner": member.author } });
    let asset = member.request(Method::POST, "/rest/images?action=initializeUpload").json(&owner);
    let asset: Value = asset.send().await.unwrap().json().await.unwrap();
    let upload = site.http.put(asset["value"]["uploadUrl"].as_str().unwrap()).bearer_auth(&member.token);
    assert_eq!(upload.body(jpeg()).send().await.unwrap().status(), 201);
    asset["value"]["image"].as_str().unwrap().to_owned()
}

fn with(member: &Member<'_>, text: &str, content: Value) -> Value {
    let mut body = member.text(text);
    body["content"] = content;
    body
}

#[tokio::test]
async fn two_to_twenty_pictures_make_one_post() {
    let site = Site::start().await;
    let member = site.member(1);
    let urn = picture(&site, &member).await;
    let several = |count: usize| {
        let images = vec![json!({ "id": urn, "altText": "a" }); count];
        with(&member, &format!("{count} pictures"), json!({ "multiImage": { "images": images } }))
    };
    for count in [1, 21] {
        assert_eq!(member.refused(&several(count)).await, (400, "INVALID_VALUE_FOR_FIELD".into()), "{count}");
    }
    for count in [2, 20] {
        let answer = member.post(&several(count)).await;
        assert_eq!(answer.status(), 201, "{count}");
        assert!(answer.headers()["x-restli-id"].to_str().unwrap().starts_with("urn:li:ugcPost:"));
    }
    let strange =
        with(&member, "Strange", json!({ "multiImage": { "images": [{ "id": urn }, { "id": "urn:li:image:no" }] } }));
    assert_eq!(member.refused(&strange).await, (400, "INVALID_IMAGE_ID".into()));
    let both = json!({ "media": { "id": urn }, "article": { "source": "https://example.com/", "title": "T" } });
    assert_eq!(member.refused(&with(&member, "Both", both)).await, (400, "INVALID_VALUE_FOR_FIELD".into()));
    let one = member.post(&with(&member, "One", json!({ "media": { "id": urn } }))).await;
    assert!(one.headers()["x-restli-id"].to_str().unwrap().starts_with("urn:li:share:"));
}

#[tokio::test]
async fn a_card_may_have_limits_of_its_own() {
    let site = Site::start().await;
    let member = site.member(1);
    let card = |text: &str, title: usize, description: usize| {
        let article = json!({ "source": "https://example.com/", "title": "t".repeat(title), "description": "d".repeat(description) });
        with(&member, text, json!({ "article": article }))
    };
    assert_eq!(member.post(&card("No limit", 5_000, 5_000)).await.status(), 201);
    site.running.rules(|rules| (rules.article_title, rules.article_description) = (200, 256));
    assert_eq!(member.post(&card("Within", 200, 256)).await.status(), 201);
    for (title, description) in [(201, 1), (1, 257)] {
        let refused = member.refused(&card("Beyond", title, description)).await;
        assert_eq!(refused, (400, "FIELD_LENGTH_TOO_LONG".into()));
    }
}

#[tokio::test]
async fn a_link_in_the_text_gets_no_card_and_a_film_only_perhaps_a_player() {
    let site = Site::start().await;
    let member = site.member(1);
    member.post(&member.text("Look: https://www.youtube.com/watch?v=abcdefghijk")).await;
    assert_eq!(site.running.posts()[0].content, None);
    let film = json!({ "article": { "source": "https://www.youtube.com/watch?v=abcdefghijk", "title": "Film" } });
    member.post(&with(&member, "Film", film)).await;
    let page = async || site.get("/").await.text().await.unwrap();
    assert!(!page().await.contains("class=\"player\""));
    assert_eq!(site.form("/switches/rules", &[("video_links", "player")]).await.status(), 303);
    assert_eq!(page().await.matches("class=\"player\"").count(), 1);
}

#[tokio::test]
async fn posts_are_read_back_only_with_a_scope_that_nobody_gets() {
    let site = Site::start().await;
    let mut member = site.member(1);
    for text in ["First", "Second", "Third"] {
        member.post(&member.article(text, None)).await;
    }
    let author = member.author.replace(':', "%3A");
    let list = format!("/rest/posts?q=author&author={author}&count=2&start=1");
    assert_eq!(member.request(Method::GET, &list).send().await.unwrap().status(), 403);
    member.token = site.running.grant(1, &["r_member_social", "w_member_social"]);
    let finder = |name: &str| member.request(Method::GET, &list).header("X-RestLi-Method", name).send();
    assert_eq!(finder("GET").await.unwrap().status(), 400);
    let found: Value = finder("FINDER").await.unwrap().json().await.unwrap();
    assert_eq!((&found["paging"]["total"], found["elements"].as_array().unwrap().len()), (&json!(3), 2));
    let second = &found["elements"][0];
    assert_eq!((&second["commentary"], &second["author"]), (&json!("Second"), &json!(member.author)));
    assert_eq!(second["content"]["article"]["title"], "A & B");
    assert_eq!(second["lifecycleStateInfo"]["isEditedByAuthor"], false);
    site.running.fault(Endpoint::Post, None, 1, Fault::News);
    let path = format!("/rest/posts/{}", second["id"].as_str().unwrap().replace(':', "%3A"));
    let new: Value = member.request(Method::GET, &path).send().await.unwrap().json().await.unwrap();
    assert_eq!((&new["lifecycleState"], &new["commentary"]), (&json!("SOMETHING_NEW"), &json!("Second")));
}

#[tokio::test]
async fn pictures_are_read_back_together_when_that_is_allowed() {
    let site = Site::start().await;
    let member = site.member(1);
    let urn = picture(&site, &member).await;
    site.running.fault(
        Endpoint::ImageRead,
        None,
        1,
        Fault::AsIf { name: "image_read".into(), value: "allowed".into() },
    );
    let read = async || {
        let path = format!("/rest/images?ids=List({},urn%3Ali%3Aimage%3Anone)", urn.replace(':', "%3A"));
        member.request(Method::GET, &path).send().await.unwrap()
    };
    let found: Value = read().await.json().await.unwrap();
    assert_eq!((&found["results"][&urn]["status"], &found["statuses"][&urn]), (&json!("AVAILABLE"), &json!(200)));
    assert_eq!(found["errors"]["urn:li:image:none"]["code"], "NOT_FOUND");
    assert_eq!(read().await.status(), 403, "only that once");
}

async fn older(site: &Site, member: &Member<'_>, change: impl FnOnce(&mut Value)) -> Response {
    let mut body = json!({
        "author": member.author,
        "lifecycleState": "PUBLISHED",
        "specificContent": { "com.linkedin.ugc.ShareContent": {
            "shareCommentary": { "text": "Plain (text) #as_it is" }, "shareMediaCategory": "NONE" } },
        "visibility": { "com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC" },
    });
    change(&mut body);
    let request = site.http.post(site.url("/v2/ugcPosts")).bearer_auth(&member.token);
    request.header("X-Restli-Protocol-Version", "2.0.0").json(&body).send().await.unwrap()
}

#[tokio::test]
async fn the_older_way_has_rules_of_its_own() {
    let site = Site::start().await;
    let member = site.member(1);
    let share = "/specificContent/com.linkedin.ugc.ShareContent";
    let no_protocol = site.http.post(site.url("/v2/ugcPosts")).bearer_auth(&member.token).json(&json!({}));
    assert_eq!(no_protocol.send().await.unwrap().status(), 400);
    let words = older(&site, &member, |body| body["distribution"] = json!({})).await.text().await.unwrap();
    assert!(words.contains("Unpermitted fields present") && words.contains("[/distribution]"), "{words}");
    let other = older(&site, &member, |body| body["author"] = site.author(2).into()).await;
    assert_eq!(status_and_code(other).await, (403, "ACCESS_DENIED".into()));
    for (pointer, value, code) in [
        ("/lifecycleState", json!("DRAFT"), "INVALID_VALUE_FOR_FIELD"),
        ("/visibility/com.linkedin.ugc.MemberNetworkVisibility", json!("ALL"), "INVALID_VALUE_FOR_FIELD"),
        ("/specificContent/com.linkedin.ugc.ShareContent/shareMediaCategory", json!("IMAGE"), "INVALID_URN_ID"),
        (
            "/specificContent/com.linkedin.ugc.ShareContent/shareCommentary/text",
            json!(" "),
            "INVALID_VALUE_BLANK_FIELD",
        ),
        (
            "/specificContent/com.linkedin.ugc.ShareContent/shareCommentary/text",
            json!("x".repeat(3_001)),
            "FIELD_LENGTH_TOO_LONG",
        ),
    ] {
        let answer = older(&site, &member, |body| *body.pointer_mut(pointer).unwrap() = value).await;
        assert_eq!(status_and_code(answer).await, (400, code.into()), "{pointer}");
    }
    assert!(site.running.posts().is_empty());
    // Nothing is escaped, nothing is cut, and a page is looked at only if nothing is told of it.
    let url = "https://example.com/a";
    for (media, title) in [
        (json!({ "status": "READY", "originalUrl": url }), "Read from example.com/a"),
        (json!({ "status": "READY", "originalUrl": url, "description": { "text": "D" } }), ""),
    ] {
        let answer = older(&site, &member, |body| {
            let share = body.pointer_mut(share).unwrap();
            (share["shareMediaCategory"], share["media"]) = (json!("ARTICLE"), json!([media]));
        });
        let answer = answer.await;
        assert_eq!(answer.status(), 201);
        let post = site.running.posts().pop().unwrap();
        assert_eq!((post.text.plain().as_str(), post.text.cut_at), ("Plain (text) #as_it is", None));
        let Some(Content::Article { title: shown, .. }) = post.content else { panic!("no card") };
        assert_eq!(shown, title);
    }
}
