//! Videos: an address for each part of 4 MB, the parts without any authorization, the end of the upload with the tags of
//! all parts, and the state of the asset, which a client asks for until it is available.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::linkedin::json::Fields;
use crate::linkedin::refusal::Refusal;
use crate::linkedin::{bearer, read, rest};
use crate::questions::VideoProcessing;
use crate::state::State as Memory;
use crate::world::World;

/// Bytes of a part; the last one may be smaller.
const PART: u64 = 4_194_304;
/// Bytes of a whole video, from 75 KB to 500 MB.
const SIZES: std::ops::RangeInclusive<u64> = 75_000..=500_000_000;
/// An MP4 names its kind here.
const KIND: std::ops::Range<usize> = 4..8;

/// A video asset from the request for upload addresses on.
pub(crate) struct Video {
    /// Whose it is, by number.
    pub(crate) member: u32,
    owner: String,
    upload_token: String,
    upload_key: String,
    upload_until: DateTime<Utc>,
    size: u64,
    /// The tag of each part that arrived.
    tags: Vec<Option<String>>,
    is_mp4: bool,
    finished: Option<DateTime<Utc>>,
}

impl Video {
    /// First and last byte of a part.
    fn range(&self, part: usize) -> (u64, u64) {
        let first = PART * u64::try_from(part).unwrap_or_default();
        (first, (first + PART).min(self.size) - 1)
    }

    fn status(&self, rules: &crate::Rules, now: DateTime<Utc>) -> &'static str {
        let Some(finished) = self.finished else { return "WAITING_UPLOAD" };
        match rules.questions.video_processing {
            VideoProcessing::Stuck => "PROCESSING",
            VideoProcessing::Works if now < finished + rules.video_takes => "PROCESSING",
            VideoProcessing::Works if self.is_mp4 => "AVAILABLE",
            VideoProcessing::Works | VideoProcessing::Failed => "PROCESSING_FAILED",
        }
    }
}

pub(crate) fn routes() -> Router<World> {
    let upload = put(upload).layer(DefaultBodyLimit::max(2 * 4_194_304));
    Router::new()
        .route("/rest/videos", post(act))
        .route("/rest/videos/{urn}", get(status))
        .route("/dms-uploads/{id}/uploaded-video/{part}", upload)
}

/// Whose upload a part belongs to: the call itself carries no token.
pub(crate) fn uploader(state: &Memory, path: &str) -> Option<u32> {
    let (id, _) = path.strip_prefix("/dms-uploads/")?.split_once("/uploaded-video/")?;
    state.videos.get(id).map(|video| video.member)
}

#[derive(Deserialize)]
struct Action {
    #[serde(default)]
    action: String,
}

async fn act(
    State(world): State<World>,
    Query(Action { action }): Query<Action>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    let version = rest::check_headers(&world, &headers)?;
    if !caller.token.has("w_member_social") {
        return Err(Refusal::not_permitted(&format!("partnerApiVideos.ACTION-{action}.{version}")));
    }
    let value = rest::json(&headers, &body)?;
    match action.as_str() {
        "initializeUpload" => initialize(&world, &caller, &value),
        "finalizeUpload" => finalize(&world, &caller, &value),
        _ => Err(Refusal::bad_request("The action must be initializeUpload or finalizeUpload")),
    }
}

fn initialize(world: &World, caller: &bearer::Caller, value: &Value) -> Result<Json<Value>, Refusal> {
    let asked = Fields::of(value, "")?.object("initializeUploadRequest")?;
    asked.only(&["owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail"])?;
    if asked.urn("owner", &["person", "organization"])? != caller.author {
        return Err(Refusal::field_value("initializeUploadRequest/owner"));
    }
    let size = asked.required("fileSizeBytes")?.as_u64().filter(|size| SIZES.contains(size));
    let size = size.ok_or_else(|| Refusal::value(&asked.path("fileSizeBytes"), "must be from 75 KB to 500 MB"))?;
    for extra in ["uploadCaptions", "uploadThumbnail"] {
        if asked.get(extra).is_some_and(|value| value != &Value::Bool(false)) {
            return Err(Refusal::value(&asked.path(extra), "the sandbox takes no captions and no thumbnail"));
        }
    }
    let upload_until = world.now() + Duration::hours(24);
    let mut state = world.state();
    let (id, upload_token, upload_key) = (format!("C5F10AQ{}", state.opaque(16)), state.opaque(40), state.opaque(14));
    let video = Video {
        member: caller.token.member,
        owner: caller.author.clone(),
        upload_token: upload_token.clone(),
        upload_key,
        upload_until,
        size,
        tags: vec![None; usize::try_from(size.div_ceil(PART)).unwrap_or_default()],
        is_mp4: false,
        finished: None,
    };
    let address = |part| world.link(&format!("/dms-uploads/{id}/uploaded-video/{part}?ut={}", video.upload_key));
    let instruction = |part| {
        let (first, last) = video.range(part);
        json!({ "uploadUrl": address(part), "firstByte": first, "lastByte": last })
    };
    let answer = json!({ "value": {
        "video": format!("urn:li:video:{id}"),
        "uploadToken": upload_token,
        "uploadUrlsExpireAt": upload_until.timestamp_millis(),
        "uploadInstructions": (0..video.tags.len()).map(instruction).collect::<Vec<_>>(),
    }});
    state.videos.insert(id, video);
    Ok(Json(answer))
}

#[derive(Deserialize)]
struct Upload {
    #[serde(default)]
    ut: String,
}

/// Takes one part; the address itself is the permission, so a second one is refused.
async fn upload(
    State(world): State<World>,
    Path((id, part)): Path<(String, usize)>,
    Query(query): Query<Upload>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let now = world.now();
    let mut state = world.state();
    let video = state.videos.get_mut(&id).filter(|video| video.upload_key == query.ut && part < video.tags.len());
    let video = video.ok_or_else(Refusal::not_found)?;
    if headers.contains_key(header::AUTHORIZATION) {
        return Err(Refusal::bad_request("Only one way to prove who asks is allowed: the address has it already"));
    }
    if rest::text(&headers, header::CONTENT_TYPE.as_str()) != Some("application/octet-stream") {
        return Err(Refusal::bad_request("The Content-Type of a part must be application/octet-stream"));
    }
    if video.upload_until <= now {
        return Err(Refusal::upload_expired());
    }
    let (first, last) = video.range(part);
    if u64::try_from(bytes.len()) != Ok(last - first + 1) {
        return Err(Refusal::bad_request(&format!("This part goes from byte {first} to byte {last}")));
    }
    if part == 0 {
        video.is_mp4 = bytes.get(KIND) == Some(b"ftyp");
    }
    let tag = hex::encode(&Sha256::digest(&bytes)[..16]);
    video.tags[part] = Some(tag.clone());
    Ok((StatusCode::OK, [(header::ETAG, format!("\"{tag}\""))]))
}

fn finalize(world: &World, caller: &bearer::Caller, value: &Value) -> Result<Json<Value>, Refusal> {
    let asked = Fields::of(value, "")?.object("finalizeUploadRequest")?;
    asked.only(&["video", "uploadToken", "uploadedPartIds"])?;
    let urn = asked.urn("video", &["video"])?;
    let (token, parts) = (asked.text("uploadToken")?, asked.list("uploadedPartIds", 1..=1_000)?);
    let now = world.now();
    let mut state = world.state();
    let video = state.videos.get_mut(urn.trim_start_matches("urn:li:video:")).ok_or_else(Refusal::not_found)?;
    if video.owner != caller.author {
        return Err(Refusal::field_value("finalizeUploadRequest/video"));
    }
    if video.upload_token != token {
        return Err(Refusal::value(&asked.path("uploadToken"), "is not the token of this upload"));
    }
    let given = parts.iter().map(|part| part.as_str().map(|tag| tag.trim_matches('"')));
    if !video.tags.iter().map(Option::as_deref).eq(given) || video.tags.contains(&None) {
        let words = "must be the ETag of every part, in the order of the parts";
        return Err(Refusal::value(&asked.path("uploadedPartIds"), words));
    }
    video.finished.get_or_insert(now);
    Ok(Json(json!({})))
}

async fn status(
    State(world): State<World>,
    Path(urn): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    rest::check_headers(&world, &headers)?;
    read::encoded(&uri)?;
    let (now, state) = (world.now(), world.state());
    let video = state.videos.get(urn.trim_start_matches("urn:li:video:"));
    let video = video.filter(|video| video.owner == caller.author).ok_or_else(Refusal::not_found)?;
    Ok(Json(json!({ "id": urn, "owner": video.owner, "status": video.status(&state.rules, now) })))
}

/// Refuses a video that a post of `author` cannot use.
pub(crate) fn usable(state: &Memory, urn: &str, author: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
    let field = "content/media/id";
    let video = state.videos.get(urn.trim_start_matches("urn:li:video:"));
    let video = video.ok_or_else(|| Refusal::input("INVALID_URN_ID", field, &format!("{urn} does not exist")))?;
    if video.owner != author {
        return Err(Refusal::not_owned(field));
    }
    match video.status(&state.rules, now) {
        "WAITING_UPLOAD" => Err(Refusal::waiting_upload(field, urn)),
        "PROCESSING_FAILED" => Err(Refusal::processing_failed(field, urn)),
        // A post may be ahead of its video.
        _ => Ok(()),
    }
}
