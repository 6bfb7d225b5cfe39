//! Pictures for the sample feeds, drawn when they are first asked for: the same name gives the same picture, another
//! name another palette and another scene. Kept in memory, so a second request costs nothing.

mod canvas;
mod scene;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

use crate::questions::LargestThumbnail;
use crate::world::World;
use canvas::Canvas;

/// More pictures than all samples have; above it the memory starts anew.
const KEPT: usize = 400;
/// The longest side that is drawn, in pixels.
const LONGEST: u32 = 1_600;

type Key = (String, u32, u32);

/// The pictures drawn so far.
#[derive(Default)]
pub(crate) struct Pictures(Mutex<HashMap<Key, Bytes>>);

impl Pictures {
    fn get(&self, key: &Key) -> Option<Bytes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: Key, jpeg: Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, jpeg);
    }
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/pictures/{name}/{file}", get(picture))
        .route("/ytimg/vi/{id}/{file}", get(video_thumbnail))
        .route("/ytimg/vi_webp/{id}/{file}", get(video_thumbnail))
}

/// `/pictures/wind-3/1200x627.jpg`
async fn picture(State(world): State<World>, Path((name, file)): Path<(String, String)>) -> Response {
    let size = file.strip_suffix(".jpg").and_then(|size| size.split_once('x'));
    let size = size.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    match size {
        Some((width, height)) if (16..=LONGEST).contains(&width) && (16..=LONGEST).contains(&height) => {
            respond(world, (name, width, height), draw).await
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `/ytimg/vi/{id}/hqdefault.jpg`: 480 x 360 with black bars above and below, as at the real host; the largest size may not
/// exist there, and exists here only if the rules say so.
async fn video_thumbnail(State(world): State<World>, Path((id, file)): Path<(String, String)>) -> Response {
    let has_maxres = world.state().rules.questions.youtube_maxres == LargestThumbnail::Present;
    let size = match file.split_once('.').map_or(file.as_str(), |(name, _)| name) {
        "maxresdefault" if has_maxres => (1280, 720),
        "hqdefault" => (480, 360),
        "mqdefault" => (320, 180),
        "default" => (120, 90),
        "sddefault" => (640, 480),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let name = crate::feeds::picture_of(&id).map_or(id, String::from);
    respond(world, (name, size.0, size.1), draw_letterboxed).await
}

async fn respond(world: World, key: Key, draw: fn(&Key) -> Option<Vec<u8>>) -> Response {
    let drawn = match world.pictures().get(&key) {
        Some(jpeg) => Some(jpeg),
        None => tokio::task::spawn_blocking(move || {
            let jpeg = Bytes::from(draw(&key)?);
            world.pictures().put(key, jpeg.clone());
            Some(jpeg)
        })
        .await
        .unwrap_or_default(),
    };
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "public, max-age=86400")];
    drawn.map_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |jpeg| (headers, jpeg).into_response())
}

fn draw((name, width, height): &Key) -> Option<Vec<u8>> {
    jpeg(&scene::draw(name, *width, *height))
}

fn draw_letterboxed((name, width, height): &Key) -> Option<Vec<u8>> {
    let inner = (width * 9 / 16).min(*height);
    jpeg(&scene::draw(name, *width, inner).letterboxed(*height))
}

fn jpeg(canvas: &Canvas) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = &mut JpegEncoder::new_with_quality(&mut bytes, 86);
    encoder.encode(canvas.pixels(), canvas.width, canvas.height, ExtendedColorType::Rgb8).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_always_gives_the_same_picture_of_the_asked_size() {
        let key = ("wind-3".to_owned(), 240, 126);
        let first = draw(&key).unwrap();
        assert_eq!(Some(&first), draw(&key).as_ref());
        assert_ne!(Some(&first), draw(&("wind-4".to_owned(), 240, 126)).as_ref());
        let read = image::load_from_memory(&first).unwrap();
        assert_eq!((read.width(), read.height()), (240, 126));
    }

    #[test]
    fn a_video_thumbnail_has_black_bars() {
        let read = image::load_from_memory(&draw_letterboxed(&("abcdefghijk".to_owned(), 480, 360)).unwrap())
            .unwrap()
            .to_rgb8();
        assert!(read.get_pixel(240, 10).0.iter().all(|channel| *channel < 16));
        assert!(read.get_pixel(240, 60).0.iter().any(|channel| *channel > 32));
    }
}
