//! Uploading pictures and using them in posts.

use std::io::Cursor;

use chrono::Duration;
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat, RgbaImage};
use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::support::{Member, Site, status_and_code};

/// A picture asset: its URN and where its bytes go.
struct Asset {
    urn: String,
    upload_url: String,
}

async fn initialize(member: &Member<'_>, owner: &str) -> reqwest::Response {
    let body = json!({ "initializeUploadRequest": { "owner": owner } });
    member.request(Method::POST, "/rest/images?action=initializeUpload").json(&body).send().await.unwrap()
}

async fn asset(member: &Member<'_>) -> Asset {
    let answer: Value = initialize(member, &member.author).await.json().await.unwrap();
    let text = |name: &str| answer["value"][name].as_str().unwrap().to_owned();
    Asset { urn: text("image"), upload_url: text("uploadUrl") }
}

async fn upload(site: &Site, member: &Member<'_>, asset: &Asset, bytes: Vec<u8>) -> reqwest::Response {
    let request = site.http.put(&asset.upload_url).header(AUTHORIZATION, format!("Bearer {}", member.token));
    request.body(bytes).send().await.unwrap()
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_luma8(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn animation(frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    GifEncoder::new(&mut bytes).encode_frames((0..frames).map(|_| Frame::new(RgbaImage::new(1, 1)))).unwrap();
    bytes
}

#[tokio::test]
async fn an_uploaded_picture_becomes_the_thumbnail_of_a_card() {
    let site = Site::start().await;
    let member = site.member(1);
    let answer: Value = initialize(&member, &member.author).await.json().await.unwrap();
    assert!(answer["value"]["uploadUrl"].as_str().unwrap().starts_with(&site.url("/dms-uploads/")));
    assert!(answer["value"]["uploadUrlExpiresAt"].as_i64().unwrap() > 1_790_000_000_000);

    let asset = asset(&member).await;
    let bytes = encoded(120, 63, ImageFormat::Png);
    assert_eq!(
        member.refused(&member.article("Early", Some(&asset.urn))).await,
        (400, "MEDIA_ASSET_WAITING_UPLOAD".into())
    );
    let uploaded = upload(&site, &member, &asset, bytes.clone()).await;
    assert_eq!((uploaded.status().as_u16(), uploaded.text().await.unwrap().as_str()), (201, ""));
    assert_eq!(member.post(&member.article("Now", Some(&asset.urn))).await.status(), 201);
    let page = site.get("/").await.text().await.unwrap();
    let shown = format!("/dms/{}", asset.urn.strip_prefix("urn:li:image:").unwrap());
    assert!(page.contains(&shown));
    assert_eq!(site.get(&shown).await.bytes().await.unwrap(), bytes);
}

#[tokio::test]
async fn an_upload_needs_its_token_and_its_time() {
    let site = Site::start().await;
    let (member, neighbour) = (site.member(1), site.member(2));
    let asset = asset(&member).await;
    let bare = site.http.put(&asset.upload_url).body("x").send().await.unwrap();
    assert_eq!(status_and_code(bare).await, (401, "EMPTY_ACCESS_TOKEN".into()));
    assert_eq!(upload(&site, &neighbour, &asset, vec![1]).await.status(), 403);
    let guessed = Asset { urn: asset.urn.clone(), upload_url: asset.upload_url.replace("ut=", "ut=x") };
    assert_eq!(upload(&site, &member, &guessed, vec![1]).await.status(), 404);
    site.advance(Duration::hours(24));
    let late = upload(&site, &member, &asset, encoded(9, 9, ImageFormat::Png)).await;
    assert_eq!(status_and_code(late).await, (400, "EXPIRED_UPLOAD_URL".into()));
}

#[tokio::test]
async fn only_pictures_within_the_limits_can_be_posted() {
    let site = Site::start().await;
    let member = site.member(1);
    let fate = async |bytes: Vec<u8>| {
        let asset = asset(&member).await;
        assert_eq!(upload(&site, &member, &asset, bytes).await.status(), 201);
        let answer = member.post(&member.article(&asset.urn.replace(':', " "), Some(&asset.urn))).await;
        if answer.status() == 201 { "accepted".to_owned() } else { status_and_code(answer).await.1 }
    };
    for good in [encoded(9, 9, ImageFormat::Jpeg), encoded(9, 9, ImageFormat::Png), animation(250)] {
        assert_eq!(fate(good).await, "accepted");
    }
    let mut cut = encoded(60, 60, ImageFormat::Png);
    cut.truncate(60);
    for bad in [
        b"no picture".to_vec(),
        Vec::new(),
        cut,
        encoded(9, 9, ImageFormat::WebP),
        animation(251),
        encoded(6_200, 5_832, ImageFormat::Png),
    ] {
        assert_eq!(fate(bad).await, "MEDIA_ASSET_PROCESSING_FAILED");
    }
}

#[tokio::test]
async fn a_picture_belongs_to_one_member() {
    let site = Site::start().await;
    let (member, neighbour) = (site.member(1), site.member(2));
    assert_eq!(status_and_code(initialize(&member, &neighbour.author).await).await, (403, "ACCESS_DENIED".into()));
    let asset = asset(&member).await;
    upload(&site, &member, &asset, encoded(9, 9, ImageFormat::Png)).await;
    let stolen = neighbour.refused(&neighbour.article("Not mine", Some(&asset.urn))).await;
    assert_eq!(stolen, (400, "INVALID_CONTENT_OWNERSHIP".into()));
}

#[tokio::test]
async fn pictures_cannot_be_read_back() {
    let site = Site::start().await;
    let member = site.member(1);
    let asset = asset(&member).await;
    for path in [format!("/rest/images/{}", asset.urn.replace(':', "%3A")), "/rest/images?ids=List(x)".into()] {
        let answer: Value = member.request(Method::GET, &path).send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["status"], 403);
        assert!(answer["message"].as_str().unwrap().starts_with("Accessing this image resource is forbidden"));
    }
}

#[tokio::test]
async fn initializing_needs_action_headers_and_scope() {
    let site = Site::start().await;
    let mut member = site.member(1);
    let body = json!({ "initializeUploadRequest": { "owner": member.author } });
    let no_action = member.request(Method::POST, "/rest/images").json(&body).send().await.unwrap();
    assert_eq!(no_action.status(), 400);
    let no_version =
        site.http.post(site.url("/rest/images?action=initializeUpload")).bearer_auth(&member.token).json(&body);
    assert_eq!(status_and_code(no_version.send().await.unwrap()).await, (400, "VERSION_MISSING".into()));
    member.token = site.running.grant(1, &["openid", "profile"]);
    assert_eq!(initialize(&member, &member.author).await.status(), 403);
}
