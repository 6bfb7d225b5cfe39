//! Pictures: an upload address, the bytes, and the state of the asset. A token of the self-serve products may write
//! pictures but not read them back.

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use chrono::Duration;
use image::{AnimationDecoder as _, ImageFormat, ImageReader};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::Cursor;

use crate::linkedin::json::Fields;
use crate::linkedin::refusal::Refusal;
use crate::linkedin::{bearer, rest};
use crate::questions::{ImageProcessing, ImageRead};
use crate::state::{Image, ImageStatus, State as Memory};
use crate::world::World;

/// Pictures of this many pixels or more fail.
const PIXELS: u64 = 36_152_320;
/// Animations of more frames fail.
const FRAMES: usize = 250;
/// No byte cap is published; this one only protects the sandbox.
const BYTES: usize = 64 * 1024 * 1024;

pub(crate) fn routes() -> Router<World> {
    let upload = put(upload).layer(DefaultBodyLimit::max(BYTES));
    Router::new()
        .route("/rest/images", get(list).post(initialize))
        .route("/rest/images/{urn}", get(read))
        .route("/dms-uploads/{id}/uploaded-image/0", upload)
        .route("/dms/{id}", get(show))
}

#[derive(Deserialize)]
struct Action {
    action: Option<String>,
}

async fn initialize(
    State(world): State<World>,
    Query(query): Query<Action>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    let version = rest::check_headers(&world, &headers)?;
    if query.action.as_deref() != Some("initializeUpload") {
        return Err(Refusal::bad_request("The action must be initializeUpload"));
    }
    if !caller.token.has("w_member_social") {
        return Err(Refusal::not_permitted(&format!("partnerApiImages.ACTION-initializeUpload.{version}")));
    }
    let value = rest::json(&headers, &body)?;
    let owner = Fields::of(&value, "")?.object("initializeUploadRequest")?.urn("owner", &["person", "organization"])?;
    if owner != caller.author {
        return Err(Refusal::field_value("initializeUploadRequest/owner"));
    }
    let upload_until = world.now() + Duration::hours(24);
    let mut state = world.state();
    let (id, upload_key) = (format!("C4E10AQ{}", state.opaque(16)), state.opaque(14));
    let upload_url = world
        .link(&format!("/dms-uploads/{id}/uploaded-image/0?ca=vector_ads&cn=uploads&sync=0&v=beta&ut={upload_key}"));
    let answer = json!({ "value": {
        "uploadUrlExpiresAt": upload_until.timestamp_millis(),
        "uploadUrl": upload_url,
        "image": format!("urn:li:image:{id}"),
    }});
    state.images.insert(id, Image { owner, upload_key, upload_until, status: ImageStatus::WaitingUpload });
    Ok(Json(answer))
}

#[derive(Deserialize)]
struct Upload {
    #[serde(default)]
    ut: String,
}

async fn upload(
    State(world): State<World>,
    Path(id): Path<String>,
    Query(query): Query<Upload>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<StatusCode, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    let now = world.now();
    {
        let state = world.state();
        let image =
            state.images.get(&id).filter(|image| image.upload_key == query.ut).ok_or_else(Refusal::not_found)?;
        if image.owner != caller.author {
            return Err(Refusal::access_denied("The upload address belongs to another member"));
        }
        if image.upload_until <= now {
            return Err(Refusal::upload_expired());
        }
    }
    // Bytes are taken as they are; whether they are a picture shows in the state of the asset afterwards.
    let examined = tokio::task::spawn_blocking(move || examine(bytes)).await.unwrap_or(ImageStatus::Failed);
    let status = match world.state().rules.questions.image_processing {
        ImageProcessing::AtOnce => examined,
        ImageProcessing::Stuck => ImageStatus::Processing,
        ImageProcessing::Failed => ImageStatus::Failed,
    };
    if let Some(image) = world.state().images.get_mut(&id) {
        image.status = status;
    }
    Ok(StatusCode::CREATED)
}

/// JPG, PNG and GIF within the limits become available; anything else fails.
fn examine(bytes: Bytes) -> ImageStatus {
    match acceptable(&bytes) {
        Some(content_type) => ImageStatus::Available { bytes, content_type },
        None => ImageStatus::Failed,
    }
}

fn acceptable(bytes: &[u8]) -> Option<&'static str> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let format = reader.format()?;
    let content_type = match format {
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Png => "image/png",
        ImageFormat::Gif => "image/gif",
        _ => return None,
    };
    let (width, height) = reader.into_dimensions().ok()?;
    if u64::from(width) * u64::from(height) >= PIXELS {
        return None;
    }
    if format == ImageFormat::Gif {
        let frames = image::codecs::gif::GifDecoder::new(Cursor::new(bytes)).ok()?.into_frames();
        return (frames.take(FRAMES + 1).count() <= FRAMES).then_some(content_type);
    }
    image::load_from_memory_with_format(bytes, format).ok().map(|_| content_type)
}

/// Refuses a picture that a post of `author` cannot use.
pub(crate) fn usable(state: &Memory, urn: &str, author: &str, field: &str) -> Result<(), Refusal> {
    let id = urn.strip_prefix("urn:li:image:").unwrap_or_default();
    let image = state.images.get(id).ok_or_else(|| Refusal::invalid_image(field, urn))?;
    if image.owner != author {
        return Err(Refusal::not_owned(field));
    }
    match image.status {
        ImageStatus::WaitingUpload => Err(Refusal::waiting_upload(field, urn)),
        ImageStatus::Failed => Err(Refusal::processing_failed(field, urn)),
        // A post may be ahead of its picture.
        ImageStatus::Processing | ImageStatus::Available { .. } => Ok(()),
    }
}

/// The caller's author URN, if pictures may be read at all.
fn reader(world: &World, headers: &HeaderMap) -> Result<String, Refusal> {
    let caller = bearer::check(world, headers)?;
    rest::check_headers(world, headers)?;
    match world.state().rules.questions.image_read {
        ImageRead::Forbidden => Err(Refusal::image_read()),
        ImageRead::Allowed => Ok(caller.author),
    }
}

#[derive(Deserialize)]
struct Ids {
    /// `List(urn%3A…,urn%3A…)`.
    #[serde(default)]
    ids: String,
}

async fn list(
    State(world): State<World>,
    Query(asked): Query<Ids>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let author = reader(&world, &headers)?;
    let list = asked.ids.strip_prefix("List(").and_then(|ids| ids.strip_suffix(')'));
    let list = list.ok_or_else(|| Refusal::bad_request("ids must be a List(...)"))?;
    let mut answer = json!({ "results": {}, "statuses": {}, "errors": {} });
    for urn in list.split(',') {
        match described(&world, urn, &author) {
            Some(found) => {
                answer["results"][urn] = found;
                answer["statuses"][urn] = 200.into();
            }
            None => answer["errors"][urn] = Refusal::not_found().body,
        }
    }
    Ok(Json(answer))
}

async fn read(State(world): State<World>, Path(urn): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    let author = reader(&world, &headers)?;
    described(&world, &urn, &author).map(Json).ok_or_else(Refusal::not_found)
}

/// A picture of this author as the API describes it.
fn described(world: &World, urn: &str, author: &str) -> Option<Value> {
    let id = urn.strip_prefix("urn:li:image:")?;
    let state = world.state();
    let image = state.images.get(id).filter(|image| image.owner == author)?;
    let (status, url) = match image.status {
        ImageStatus::WaitingUpload => ("WAITING_UPLOAD", None),
        ImageStatus::Processing => ("PROCESSING", None),
        ImageStatus::Failed => ("PROCESSING_FAILED", None),
        ImageStatus::Available { .. } => ("AVAILABLE", Some(world.link(&format!("/dms/{id}")))),
    };
    let mut answer = json!({ "id": urn, "owner": image.owner, "status": status });
    if let Some(url) = url {
        answer["downloadUrl"] = url.into();
        answer["downloadUrlExpiresAt"] = (world.now() + Duration::hours(24)).timestamp_millis().into();
    }
    Some(answer)
}

/// The picture on the stream page of the sandbox.
async fn show(State(world): State<World>, Path(id): Path<String>) -> Response {
    match world.state().images.get(&id).map(|image| image.status.clone()) {
        Some(ImageStatus::Available { bytes, content_type }) => {
            ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "max-age=3600")], bytes).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
