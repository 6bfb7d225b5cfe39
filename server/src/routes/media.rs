//! Pictures of posts, from our own origin: the browser asks nobody else.

use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use klaroen_core::{App, id::MediaId, media::Media};

use crate::{extract::Path, problem::Problem};

/// Outside the contract: a file, not data. Its address never shows another picture.
pub fn routes() -> Router<App> {
    Router::new().route("/media/{id}", get(show_media))
}

async fn show_media(State(app): State<App>, Path(id): Path<MediaId>) -> Result<Response, Problem> {
    let media = Media::get(&mut app.db.read(), id).await?;
    let headers = [
        (header::CONTENT_TYPE, media.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, media.bytes).into_response())
}
