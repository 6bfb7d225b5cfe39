//! Pictures: raw bytes in, a reference out that a record carries.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::bluesky::caller;
use crate::bluesky::cid;
use crate::bluesky::refusal::Refusal;
use crate::bluesky::session::Kind;
use crate::state::State as Memory;
use crate::world::World;

/// The largest picture of a post, in bytes, unless the rules allow another size. The real server takes more at the upload
/// and refuses it in the record.
const BYTES: usize = 1_000_000;

/// Uploaded bytes.
pub(crate) struct Blob {
    bytes: Bytes,
    content_type: String,
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/xrpc/com.atproto.repo.uploadBlob", post(upload).layer(DefaultBodyLimit::max(8 * BYTES)))
        .route("/blob/{cid}", get(show))
}

async fn upload(State(world): State<World>, headers: HeaderMap, bytes: Bytes) -> Result<Json<Value>, Refusal> {
    caller::check(&world, &headers, Kind::Access)?;
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if declared.is_empty() {
        return Err(Refusal::invalid("Request encoding (Content-Type) required but not provided"));
    }
    if bytes.is_empty() {
        return Err(Refusal::invalid("A request body is expected but none was provided"));
    }
    let most = world.state().rules.bluesky_blob_bytes;
    if bytes.len() > most {
        let size = bytes.len();
        let text = format!("This file is too large. It is {size} bytes but the maximum size is {most} bytes.");
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "BlobTooLarge", text));
    }
    // The bytes decide, not what was declared.
    let content_type = image::guess_format(&bytes).map_or(declared, |format| format.to_mime_type()).to_owned();
    let id = cid::of_blob(&bytes);
    let blob = reference(&id, &content_type, bytes.len());
    world.state().bluesky.blobs.insert(id, Blob { bytes, content_type });
    Ok(Json(json!({ "blob": blob })))
}

fn reference(cid: &str, content_type: &str, size: usize) -> Value {
    json!({ "$type": "blob", "ref": { "$link": cid }, "mimeType": content_type, "size": size })
}

/// Refuses a reference to bytes that are not here, are no picture, or are not as it says.
pub(crate) fn usable(state: &Memory, blob: &Value) -> Result<(), Refusal> {
    let cid = blob["ref"]["$link"].as_str().unwrap_or_default();
    let known =
        state.bluesky.blobs.get(cid).ok_or_else(|| {
            Refusal::new(StatusCode::BAD_REQUEST, "BlobNotFound", format!("Could not find blob: {cid}"))
        })?;
    if !known.content_type.starts_with("image/") {
        let text = format!("Wrong type of file. It is {} but it must match image/*.", known.content_type);
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "InvalidMimeType", text));
    }
    if *blob != reference(cid, &known.content_type, known.bytes.len()) {
        let text = "Referenced mimetype or size does not match stored blob.";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "InvalidBlob", text));
    }
    Ok(())
}

/// The picture on the pages of the sandbox.
async fn show(State(world): State<World>, Path(cid): Path<String>) -> Response {
    match world.state().bluesky.blobs.get(&cid) {
        Some(blob) => ([(header::CONTENT_TYPE, blob.content_type.clone())], blob.bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
