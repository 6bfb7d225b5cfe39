//! Pictures of the instance: ready at once, or processed for a few seconds first, as the rules say.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use image::ImageFormat;
use serde_json::{Value, json};

use crate::mastodon::caller;
use crate::mastodon::refusal::Refusal;
use crate::state::State as Memory;
use crate::world::World;

/// Larger pictures are refused.
const BYTES: usize = 16_777_216;

/// An uploaded picture.
pub(crate) struct Media {
    member: u32,
    bytes: Bytes,
    content_type: &'static str,
    description: Option<String>,
    ready: DateTime<Utc>,
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/api/v2/media", post(upload).layer(DefaultBodyLimit::max(2 * BYTES)))
        .route("/api/v1/media/{id}", get(read))
        .route("/media/{id}", get(show))
}

async fn upload(State(world): State<World>, headers: HeaderMap, form: Multipart) -> Result<Response, Refusal> {
    let member = caller::check(&world, &headers, &["write:media"])?;
    let (file, description) = parts(form).await?;
    let bytes = file.ok_or_else(|| Refusal::invalid("File can't be blank"))?;
    if bytes.len() > BYTES {
        return Err(Refusal::invalid("File file size must be less than 16 MB"));
    }
    let content_type = sniff(&bytes).ok_or_else(|| Refusal::invalid("File content type is invalid"))?;
    let now = world.now();
    let mut state = world.state();
    let id = (state.urn_number(now) >> 6).to_string();
    let ready = now + state.rules.mastodon_media_takes;
    state.mastodon.media.insert(id.clone(), Media { member, bytes, content_type, description, ready });
    let status = if ready > now { StatusCode::ACCEPTED } else { StatusCode::OK };
    let answer = attachment(&world, &state, &id);
    Ok((status, Json(answer)).into_response())
}

async fn parts(mut form: Multipart) -> Result<(Option<Bytes>, Option<String>), Refusal> {
    let broken = |_| Refusal::new(StatusCode::BAD_REQUEST, "The request body is not a form");
    let (mut file, mut description) = (None, None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("file") => file = Some(field.bytes().await.map_err(broken)?),
            Some("description") => description = Some(field.text().await.map_err(broken)?),
            _ => {}
        }
    }
    Ok((file, description))
}

fn sniff(bytes: &[u8]) -> Option<&'static str> {
    match image::guess_format(bytes).ok()? {
        ImageFormat::Jpeg => Some("image/jpeg"),
        ImageFormat::Png => Some("image/png"),
        ImageFormat::Gif => Some("image/gif"),
        ImageFormat::WebP => Some("image/webp"),
        _ => None,
    }
}

fn attachment(world: &World, state: &Memory, id: &str) -> Value {
    let media = state.mastodon.media.get(id);
    let url = media.filter(|media| media.ready <= world.now()).map(|_| world.link(&format!("/mastodon/media/{id}")));
    json!({
        "id": id,
        "type": "image",
        "url": url,
        "preview_url": url,
        "remote_url": null,
        "description": media.and_then(|media| media.description.as_deref()),
        "blurhash": null,
    })
}

/// The attachments of a status, as the API answers them.
pub(crate) fn attachments(world: &World, ids: &[String]) -> Vec<Value> {
    let state = world.state();
    ids.iter().map(|id| attachment(world, &state, id)).collect()
}

/// The text for those who cannot see a picture.
pub(crate) fn description(world: &World, id: &str) -> String {
    world.state().mastodon.media.get(id).and_then(|media| media.description.clone()).unwrap_or_default()
}

/// Refuses pictures that a status of this member cannot carry.
pub(crate) fn attach(state: &Memory, member: u32, ids: &[String], now: DateTime<Utc>) -> Result<(), Refusal> {
    if ids.len() > 4 {
        return Err(Refusal::invalid("Cannot attach more than 4 files"));
    }
    for id in ids {
        let media = state.mastodon.media.get(id).filter(|media| media.member == member);
        let media = media.ok_or_else(|| Refusal::invalid(&format!("Media {id} not found or already attached")))?;
        if media.ready > now {
            let text = "Cannot attach files that have not finished processing. Try again in a moment!";
            return Err(Refusal::invalid(text));
        }
    }
    Ok(())
}

/// 206 while it is being processed.
async fn read(
    State(world): State<World>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let member = caller::check(&world, &headers, &["write:media"])?;
    let state = world.state();
    let media = state.mastodon.media.get(&id).filter(|media| media.member == member).ok_or_else(Refusal::not_found)?;
    let status = if media.ready > world.now() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK };
    Ok((status, Json(attachment(&world, &state, &id))))
}

async fn show(State(world): State<World>, Path(id): Path<String>) -> Response {
    match world.state().mastodon.media.get(&id) {
        Some(media) => ([(header::CONTENT_TYPE, media.content_type)], media.bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
