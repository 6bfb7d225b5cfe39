//! The practice Bluesky: sessions, pictures, records, and every way in which it says no.

use chrono::Duration;
use klaroen_sandbox::Allowance;
use klaroen_sandbox::questions::{ExpiredStatus, KeyTwice};
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::support::{Site, jpeg};

const KEY: &str = "3mabcdefghijk";

async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn sign_in(site: &Site, identifier: &str, password: &str) -> (u16, Value) {
    let body = json!({ "identifier": identifier, "password": password });
    answer(site.http.post(site.url("/bluesky/xrpc/com.atproto.server.createSession")).json(&body)).await
}

/// A member with a session.
struct Account<'s> {
    site: &'s Site,
    did: String,
    access: String,
    refresh: String,
}

impl<'s> Account<'s> {
    async fn of(site: &'s Site, member: u32) -> Self {
        let account = site.running.bluesky_account(member);
        let (status, session) = sign_in(site, &account.handle, &account.app_password).await;
        assert_eq!((status, &session["did"], &session["handle"]), (200, &json!(account.did), &json!(account.handle)));
        let text = |name: &str| session[name].as_str().unwrap().to_owned();
        Self { site, did: account.did, access: text("accessJwt"), refresh: text("refreshJwt") }
    }

    async fn write(&self, method: &str, rkey: Option<&str>, record: Value) -> (u16, Value) {
        let mut body = json!({ "repo": self.did, "collection": "app.bsky.feed.post", "record": record });
        if let Some(rkey) = rkey {
            body["rkey"] = rkey.into();
        }
        let url = self.site.url(&format!("/bluesky/xrpc/com.atproto.repo.{method}"));
        answer(self.site.http.post(url).bearer_auth(&self.access).json(&body)).await
    }

    async fn create(&self, rkey: Option<&str>, record: Value) -> (u16, Value) {
        self.write("createRecord", rkey, record).await
    }

    async fn refused(&self, record: Value) -> String {
        let (status, body) = self.create(None, record).await;
        assert_eq!(status, 400, "{body}");
        format!("{} {}", body["error"].as_str().unwrap(), body["message"].as_str().unwrap())
    }

    async fn upload(&self, kind: &str, bytes: Vec<u8>) -> (u16, Value) {
        let url = self.site.url("/bluesky/xrpc/com.atproto.repo.uploadBlob");
        answer(self.site.http.post(url).bearer_auth(&self.access).header(CONTENT_TYPE, kind).body(bytes)).await
    }

    async fn trade(&self, token: &str) -> (u16, Value) {
        let url = self.site.url("/bluesky/xrpc/com.atproto.server.refreshSession");
        answer(self.site.http.post(url).bearer_auth(token)).await
    }

    async fn read(&self, rkey: &str) -> (u16, Value) {
        let query = [("repo", self.did.as_str()), ("collection", "app.bsky.feed.post"), ("rkey", rkey)];
        answer(self.site.http.get(self.site.url("/xrpc/com.atproto.repo.getRecord")).query(&query)).await
    }
}

fn post(text: &str) -> Value {
    json!({ "$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-10-01T12:00:00.000Z", "langs": ["nl"] })
}

fn card(thumb: Option<&Value>) -> Value {
    let mut record = post("Zon op é https://example.com/a");
    record["facets"] = json!([{ "index": { "byteStart": 10, "byteEnd": 31 },
        "features": [{ "$type": "app.bsky.richtext.facet#link", "uri": "https://example.com/a" }] }]);
    let external = json!({ "uri": "https://example.com/a", "title": "A & B", "description": "Why" });
    record["embed"] = json!({ "$type": "app.bsky.embed.external", "external": external });
    if let Some(thumb) = thumb {
        record["embed"]["external"]["thumb"] = thumb.clone();
    }
    record
}

#[tokio::test]
async fn only_the_app_password_opens_a_session() {
    let site = Site::start().await;
    let account = site.running.bluesky_account(7);
    for identifier in [&account.did, &account.handle, "member.007@example.com"] {
        assert_eq!(sign_in(&site, identifier, &account.app_password).await.0, 200);
    }
    let neighbour = site.running.bluesky_account(8).app_password;
    for (identifier, password) in [(account.handle.as_str(), "wrong"), (&account.handle, &neighbour), ("nobody", "x")] {
        let (status, body) = sign_in(&site, identifier, password).await;
        assert_eq!((status, &body["error"]), (401, &json!("AuthenticationRequired")));
    }
    site.running.revoke_tokens(7);
    assert_eq!(sign_in(&site, &account.did, &account.app_password).await.0, 401);
    let renewed = site.running.bluesky_account(7).app_password;
    assert_eq!(sign_in(&site, &account.did, &renewed).await.0, 200);
}

#[tokio::test]
async fn sign_ins_are_limited_to_thirty_in_five_minutes() {
    let site = Site::start().await;
    let account = site.running.bluesky_account(7);
    for _ in 0..30 {
        assert_ne!(sign_in(&site, &account.handle, "wrong").await.0, 429);
    }
    let body = json!({ "identifier": account.did, "password": account.app_password });
    let again = || site.http.post(site.url("/xrpc/com.atproto.server.createSession")).json(&body).send();
    let refused = again().await.unwrap();
    assert_eq!((refused.status().as_u16(), &refused.headers()["ratelimit-remaining"]), (429, &"0".parse().unwrap()));
    assert_eq!(refused.headers()["ratelimit-policy"], "30;w=300");
    assert_eq!(refused.json::<Value>().await.unwrap()["error"], "RateLimitExceeded");
    site.advance(Duration::minutes(5));
    assert_eq!(again().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_post_carries_its_link_and_its_card() {
    let site = Site::start().await;
    let account = Account::of(&site, 7).await;
    let (status, uploaded) = account.upload("image/jpeg", jpeg()).await;
    let blob = &uploaded["blob"];
    assert_eq!((status, &blob["mimeType"], &blob["size"]), (200, &json!("image/jpeg"), &json!(jpeg().len())));
    let (status, created) = account.create(Some(KEY), card(Some(blob))).await;
    assert_eq!((status, &created["validationStatus"]), (200, &json!("valid")));
    assert_eq!(created["uri"], format!("at://{}/app.bsky.feed.post/{KEY}", account.did));
    assert_eq!(site.running.records()[0].record, card(Some(blob)));

    let page = site.get("/bluesky").await.text().await.unwrap();
    assert!(page.contains(r#"Zon op é <a href="https://example.com/a""#), "{page}");
    assert!(page.contains("A &amp; B") && page.contains("Why") && page.contains("/bluesky/blob/bafkrei"));
    let handle = site.running.bluesky_account(7).handle;
    let own = format!("/bluesky/profile/{handle}/post/{KEY}");
    assert!(page.contains(&own));
    assert_eq!(site.get(&own).await.status(), 200);
    assert!(site.get(&format!("/bluesky/profile/{handle}")).await.text().await.unwrap().contains("App password"));
    let picture = site.get(&format!("/bluesky/blob/{}", blob["ref"]["$link"].as_str().unwrap())).await;
    assert_eq!(picture.bytes().await.unwrap(), jpeg());
}

#[tokio::test]
async fn wrong_records_are_refused() {
    let site = Site::start().await;
    let account = Account::of(&site, 7).await;
    assert!(account.refused(post(&"é".repeat(301))).await.contains("300 graphemes"));
    let mut inside = card(None);
    inside["facets"][0]["index"]["byteStart"] = 8.into();
    assert!(account.refused(inside).await.contains("does not lie on characters"));
    let mut untitled = card(None);
    untitled["embed"]["external"].as_object_mut().unwrap().remove("title");
    assert!(account.refused(untitled).await.contains("title"));
    let unknown = json!({ "$type": "blob", "ref": { "$link": "bafkreix" }, "mimeType": "image/jpeg", "size": 1 });
    assert!(account.refused(card(Some(&unknown))).await.starts_with("BlobNotFound"));
    assert_eq!(account.upload("image/jpeg", vec![0; 1_000_001]).await.1["error"], "BlobTooLarge");
    let (_, text) = account.upload("text/plain", b"Hi".to_vec()).await;
    assert!(account.refused(card(Some(&text["blob"]))).await.starts_with("InvalidMimeType"));
    let (_, mut picture) = account.upload("application/octet-stream", jpeg()).await;
    picture["blob"]["size"] = 1.into();
    assert!(account.refused(card(Some(&picture["blob"]))).await.starts_with("InvalidBlob"));
    assert_eq!(account.create(Some("my-own-key"), post("Hi")).await.0, 400);
    let stranger = Account { did: site.running.bluesky_account(8).did, ..account };
    assert_eq!(stranger.create(None, post("Hi")).await.1["error"], "AuthenticationRequired");
    assert!(site.running.records().is_empty());
}

#[tokio::test]
async fn a_second_create_under_the_same_key_does_what_was_switched() {
    let site = Site::start().await;
    let account = Account::of(&site, 7).await;
    assert_eq!(account.create(Some(KEY), post("First")).await.0, 200);
    for (answer, status, texts) in [
        (KeyTwice::ServerError, 500, vec!["First"]),
        (KeyTwice::Refused, 400, vec!["First"]),
        (KeyTwice::Duplicated, 200, vec!["First", "Second"]),
        (KeyTwice::Overwritten, 200, vec!["Second", "Second"]),
    ] {
        site.running.rules(|rules| rules.questions.bluesky_key_twice = answer);
        assert_eq!(account.create(Some(KEY), post("Second")).await.0, status, "{answer:?}");
        let records = site.running.records();
        assert_eq!(records.iter().map(|record| &record.record["text"]).collect::<Vec<_>>(), texts, "{answer:?}");
    }
}

#[tokio::test]
async fn a_record_can_be_read_changed_and_deleted() {
    let site = Site::start().await;
    let account = Account::of(&site, 7).await;
    assert_eq!(account.read(KEY).await.1["error"], "RecordNotFound");
    let (_, first) = account.create(Some(KEY), post("First")).await;
    let (status, found) = account.read(KEY).await;
    assert_eq!((status, &found["cid"], &found["value"]["text"]), (200, &first["cid"], &json!("First")));
    let (_, second) = account.write("putRecord", Some(KEY), post("Second")).await;
    assert_ne!(first["cid"], second["cid"]);
    assert_eq!(account.read(KEY).await.1["value"]["text"], "Second");
    for _ in 0..2 {
        assert_eq!(account.write("deleteRecord", Some(KEY), Value::Null).await.0, 200);
    }
    assert_eq!(account.read(KEY).await.0, 400);
    assert!(site.running.records()[0].deleted);
}

#[tokio::test]
async fn tokens_end_and_are_traded() {
    let site = Site::start().await;
    let account = Account::of(&site, 7).await;
    assert_eq!(account.trade(&account.access).await.1["error"], "InvalidToken");
    site.advance(Duration::hours(2));
    let (status, body) = account.create(None, post("Hi")).await;
    assert_eq!((status, &body["error"]), (400, &json!("ExpiredToken")));
    site.running.rules(|rules| rules.questions.bluesky_expired = ExpiredStatus::Unauthorized);
    assert_eq!(account.create(None, post("Hi")).await.0, 401);
    let (status, renewed) = account.trade(&account.refresh).await;
    assert_eq!(status, 200);
    assert_eq!(account.trade(&account.refresh).await.0, 200, "a lost answer is no lost session");
    let access = renewed["accessJwt"].as_str().unwrap().to_owned();
    let account = Account { access, ..account };
    assert_eq!(account.create(None, post("Hi")).await.0, 200);
    site.advance(Duration::hours(2));
    assert_eq!(account.trade(&account.refresh).await.1["error"], "ExpiredToken");
    site.running.revoke_tokens(7);
    assert_eq!(account.trade(renewed["refreshJwt"].as_str().unwrap()).await.1["message"], "Token has been revoked");
}

#[tokio::test]
async fn writes_cost_points() {
    let site = Site::start().await;
    site.running.rules(|rules| rules.bluesky_points[0] = Allowance::new(5, 3_600));
    let account = Account::of(&site, 7).await;
    assert_eq!(account.create(Some(KEY), post("Hi")).await.0, 200);
    assert_eq!(account.create(None, post("Hi")).await.1["error"], "RateLimitExceeded");
    assert_eq!(account.write("deleteRecord", Some(KEY), Value::Null).await.0, 200);
    site.advance(Duration::hours(1));
    assert_eq!(account.trade(&account.refresh).await.0, 200);
    assert_eq!(account.create(None, post("Hi")).await.0, 200);
}

#[tokio::test]
async fn a_day_has_three_hundred_sign_ins_and_the_figures_are_switches() {
    let site = Site::start().await;
    let account = site.running.bluesky_account(7);
    for _ in 0..10 {
        for _ in 0..30 {
            assert_eq!(sign_in(&site, &account.handle, &account.app_password).await.0, 200);
        }
        site.advance(Duration::minutes(5));
    }
    let body = json!({ "identifier": account.did, "password": account.app_password });
    let again = || site.http.post(site.url("/xrpc/com.atproto.server.createSession")).json(&body).send();
    let refused = again().await.unwrap();
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["ratelimit-policy"]),
        (429, &"300;w=86400".parse().unwrap())
    );
    site.advance(Duration::days(1));
    assert_eq!(again().await.unwrap().status(), 200);
    assert_eq!(site.form("/switches/rules", &[("bluesky_sign_ins", "1")]).await.status(), 303);
    assert_eq!(again().await.unwrap().status(), 429);
}

#[tokio::test]
async fn pictures_tokens_and_errors_can_be_otherwise() {
    let site = Site::start().await;
    let account = Account::of(&site, 7).await;
    for (figure, bytes, status) in
        [("10", 11, 400), ("11", 11, 200), ("1000000", 1_000_000, 200), ("1000000", 1_000_001, 400)]
    {
        assert_eq!(site.form("/switches/rules", &[("bluesky_blob_bytes", figure)]).await.status(), 303);
        assert_eq!(account.upload("image/jpeg", vec![0; bytes]).await.0, status, "{figure} {bytes}");
    }
    site.form("/switches/rules", &[("bluesky_errors", "changed"), ("bluesky_access_seconds", "60")]).await;
    let short = Account::of(&site, 7).await;
    site.advance(Duration::seconds(60));
    let (status, body) = short.create(None, post("Hi")).await;
    assert_eq!((status, body), (400, json!({ "error": "SomethingNew" })));
    assert_eq!(account.create(None, post("Hi")).await.0, 200, "what works is as before");
}
