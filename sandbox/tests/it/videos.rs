//! Videos, as a client uploads them: addresses, parts without a token, the end, waiting, and the post.

use chrono::Duration;
use klaroen_sandbox::questions::VideoProcessing;
use klaroen_sandbox::{Content, Endpoint, Fault};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{Member, Site, status_and_code};

/// Two parts, the second one small.
const SIZE: usize = 4_194_304 + 5;

fn film() -> Vec<u8> {
    let mut bytes = b"\0\0\0\x20ftypisom".to_vec();
    bytes.resize(SIZE, 7);
    bytes
}

async fn act(member: &Member<'_>, action: &str, body: &Value) -> Response {
    let path = format!("/rest/videos?action={action}");
    member.request(Method::POST, &path).json(body).send().await.unwrap()
}

async fn begin(member: &Member<'_>, size: usize) -> Response {
    let asked = json!({ "initializeUploadRequest": {
        "owner": member.author, "fileSizeBytes": size, "uploadCaptions": false, "uploadThumbnail": false } });
    act(member, "initializeUpload", &asked).await
}

/// What LinkedIn says at the beginning of an upload.
async fn begun(member: &Member<'_>) -> Value {
    let answer = begin(member, SIZE).await;
    assert_eq!(answer.status(), 200);
    answer.json::<Value>().await.unwrap()["value"].clone()
}

async fn put(site: &Site, part: &Value, bytes: &[u8]) -> Response {
    let (first, last) = (part["firstByte"].as_u64().unwrap(), part["lastByte"].as_u64().unwrap());
    let range = usize::try_from(first).unwrap()..=usize::try_from(last).unwrap();
    let request = site.http.put(part["uploadUrl"].as_str().unwrap()).header("Content-Type", "application/octet-stream");
    request.body(bytes[range].to_vec()).send().await.unwrap()
}

/// Uploads every part and answers the tags.
async fn parts(site: &Site, value: &Value, bytes: &[u8]) -> Vec<String> {
    let mut tags = Vec::new();
    for part in value["uploadInstructions"].as_array().unwrap() {
        let answer = put(site, part, bytes).await;
        assert_eq!(answer.status(), 200);
        tags.push(answer.headers()["etag"].to_str().unwrap().to_owned());
    }
    tags
}

async fn finish(member: &Member<'_>, value: &Value, tags: &[String]) -> Response {
    let end = json!({ "video": value["video"], "uploadToken": value["uploadToken"], "uploadedPartIds": tags });
    act(member, "finalizeUpload", &json!({ "finalizeUploadRequest": end })).await
}

async fn status(member: &Member<'_>, value: &Value) -> Value {
    let path = format!("/rest/videos/{}", value["video"].as_str().unwrap().replace(':', "%3A"));
    member.request(Method::GET, &path).send().await.unwrap().json::<Value>().await.unwrap()["status"].clone()
}

/// A post with the video.
fn post(member: &Member<'_>, text: &str, value: &Value) -> Value {
    let mut body = member.text(text);
    body["content"] = json!({ "media": { "id": value["video"], "title": "Our film" } });
    body
}

#[tokio::test]
async fn a_video_goes_up_in_parts_and_becomes_a_post() {
    let site = Site::start_with(|settings| settings.rules.video_takes = Duration::seconds(30)).await;
    let member = site.member(1);
    let value = begun(&member).await;
    assert!(value["video"].as_str().unwrap().starts_with("urn:li:video:C5F10AQ"));
    assert!(value["uploadUrlsExpireAt"].as_i64().unwrap() > 1_790_000_000_000);
    let instructions = value["uploadInstructions"].as_array().unwrap();
    assert_eq!((instructions.len(), &instructions[1]["lastByte"]), (2, &json!(SIZE - 1)));
    assert_eq!(status(&member, &value).await, "WAITING_UPLOAD");
    let early = member.refused(&post(&member, "Early", &value)).await;
    assert_eq!(early, (400, "MEDIA_ASSET_WAITING_UPLOAD".into()));

    let tags = parts(&site, &value, &film()).await;
    assert_eq!(finish(&member, &value, &tags).await.status(), 200);
    assert_eq!(status(&member, &value).await, "PROCESSING");
    site.advance(Duration::seconds(30));
    assert_eq!(status(&member, &value).await, "AVAILABLE");
    let answer = member.post(&post(&member, "Look", &value)).await;
    assert_eq!(answer.status(), 201);
    assert!(answer.headers()["x-restli-id"].to_str().unwrap().starts_with("urn:li:ugcPost:"));
    let Some(Content::Video { title, .. }) = site.running.posts()[0].content.clone() else { panic!("no video") };
    assert_eq!(title.as_deref(), Some("Our film"));
    assert!(site.get("/").await.text().await.unwrap().contains("Our film"));
}

#[tokio::test]
async fn every_wrong_step_of_an_upload_is_refused() {
    let site = Site::start().await;
    let (mut member, neighbour) = (site.member(1), site.member(2));
    for size in [74_999, 500_000_001] {
        assert_eq!(status_and_code(begin(&member, size).await).await, (400, "INVALID_VALUE_FOR_FIELD".into()));
    }
    assert_eq!(act(&member, "somethingElse", &json!({})).await.status(), 400);
    let value = begun(&member).await;
    let (film, first) = (film(), &value["uploadInstructions"][0]);
    let address = first["uploadUrl"].as_str().unwrap();
    let send = |request: reqwest::RequestBuilder| request.body(film[..4_194_304].to_vec()).send();
    let octets = |address: &str| site.http.put(address).header("Content-Type", "application/octet-stream");
    assert_eq!(send(octets(address).bearer_auth(&member.token)).await.unwrap().status(), 400, "no second permission");
    assert_eq!(send(site.http.put(address)).await.unwrap().status(), 400, "not a stream of bytes");
    assert_eq!(send(octets(&address.replace("ut=", "ut=x"))).await.unwrap().status(), 404);
    assert_eq!(octets(address).body("short").send().await.unwrap().status(), 400);

    let mut tags = parts(&site, &value, &film).await;
    tags.swap(0, 1);
    let disorder = finish(&member, &value, &tags).await;
    assert_eq!(status_and_code(disorder).await, (400, "INVALID_VALUE_FOR_FIELD".into()));
    tags.swap(0, 1);
    assert_eq!(finish(&member, &value, &tags[..1]).await.status(), 400, "a part is missing");
    assert_eq!(finish(&neighbour, &value, &tags).await.status(), 403);
    let mut other = value.clone();
    other["uploadToken"] = "guessed".into();
    assert_eq!(finish(&member, &other, &tags).await.status(), 400);
    assert_eq!(finish(&member, &value, &tags).await.status(), 200);
    let stolen = neighbour.refused(&post(&neighbour, "Not mine", &value)).await;
    assert_eq!(stolen, (400, "INVALID_CONTENT_OWNERSHIP".into()));
    let plain = format!("/rest/videos/{}", value["video"].as_str().unwrap());
    assert_eq!(member.request(Method::GET, &plain).send().await.unwrap().status(), 400, "the URN is not encoded");

    let late = begun(&member).await;
    site.advance(Duration::hours(24));
    let late = put(&site, &late["uploadInstructions"][0], &film).await;
    assert_eq!(status_and_code(late).await, (400, "EXPIRED_UPLOAD_URL".into()));
    member.token = site.running.grant(1, &["openid", "profile"]);
    assert_eq!(begin(&member, SIZE).await.status(), 403);
    let mut unknown = value;
    unknown["video"] = "urn:li:video:none".into();
    member.token = site.running.grant(1, &["w_member_social"]);
    assert_eq!(member.refused(&post(&member, "None", &unknown)).await, (400, "INVALID_URN_ID".into()));
}

#[tokio::test]
async fn a_video_may_be_stuck_fail_or_be_none() {
    let site = Site::start().await;
    let member = site.member(1);
    let mut no_film = film();
    no_film[4..8].fill(0);
    for (processing, bytes, expected, posted) in [
        (VideoProcessing::Works, film(), "AVAILABLE", 201),
        (VideoProcessing::Works, no_film, "PROCESSING_FAILED", 400),
        (VideoProcessing::Stuck, film(), "PROCESSING", 201),
        (VideoProcessing::Failed, film(), "PROCESSING_FAILED", 400),
    ] {
        site.running.rules(|rules| rules.questions.video_processing = processing);
        let value = begun(&member).await;
        let tags = parts(&site, &value, &bytes).await;
        finish(&member, &value, &tags).await;
        assert_eq!(status(&member, &value).await, expected);
        let text = format!("{processing:?} {expected}");
        assert_eq!(member.post(&post(&member, &text, &value)).await.status(), posted, "{text}");
    }
}

#[tokio::test]
async fn each_step_of_an_upload_meets_its_own_faults() {
    let site = Site::start().await;
    let member = site.member(1);
    let down = || Fault::Answer { status: 503, body: String::new() };
    for endpoint in [Endpoint::VideoInitialize, Endpoint::VideoUpload, Endpoint::VideoFinalize, Endpoint::VideoRead] {
        site.running.fault(endpoint, Some(1), 1, down());
        site.running.fault(endpoint, Some(2), 1, Fault::DropBefore);
    }
    assert_eq!(begin(&member, SIZE).await.status(), 503);
    let value = begun(&member).await;
    // The part carries no token, but it is known whose it is.
    assert_eq!(put(&site, &value["uploadInstructions"][0], &film()).await.status(), 503);
    let tags = parts(&site, &value, &film()).await;
    assert_eq!(finish(&member, &value, &tags).await.status(), 503);
    assert_eq!(finish(&member, &value, &tags).await.status(), 200);
    let path = format!("/rest/videos/{}", value["video"].as_str().unwrap().replace(':', "%3A"));
    assert_eq!(member.request(Method::GET, &path).send().await.unwrap().status(), 503);
    assert_eq!(status(&member, &value).await, "AVAILABLE");
}
