//! What a feed would become, before anything is stored.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Extension,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use klaroen_core::{
    App, Error,
    feed::{
        Filter,
        preview::{self, Preview},
    },
    media::{Picture, THUMBNAIL},
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Marketer,
    extract::{Json, Query},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(preview_feed))
        .routes(routes!(show_picture))
        .layer(Extension(Thumbnails::default()))
}

/// An address as it was pasted.
#[derive(Deserialize, ToSchema)]
pub struct NewPreview {
    /// Of a feed, a web page or a YouTube channel.
    address: String,
    /// Rules to try on its items; nothing is saved.
    #[schema(value_type = Option<Filter>)]
    filter: Option<Value>,
}

/// Where a picture is.
#[derive(Deserialize, IntoParams)]
pub struct At {
    /// Address at the publisher.
    address: String,
}

/// The newest small pictures, so that looking twice does not ask the publisher twice.
#[derive(Clone, Default)]
struct Thumbnails(Arc<Mutex<VecDeque<(String, Picture)>>>);

/// About 30 KiB each.
const KEPT: usize = 64;

impl Thumbnails {
    fn get(&self, address: &str) -> Option<Picture> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == address).map(|(_, picture)| picture.clone())
    }

    fn keep(&self, address: String, picture: Picture) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((address, picture));
        kept.truncate(KEPT);
    }
}

/// Reads an address and shows its items as the cards they would become, and what a filter would do to each. Stores
/// nothing.
#[utoipa::path(post, path = "/feeds/preview", tag = "feeds", request_body = NewPreview, responses((status = 200, body = Preview)))]
async fn preview_feed(
    State(app): State<App>,
    _: Marketer,
    Json(new): Json<NewPreview>,
) -> Result<Json<Preview>, Problem> {
    Ok(Json(preview::preview(&app, &new.address, new.filter.as_ref()).await?))
}

/// Shows the small picture of a card, fetched through the guarded client and remade here.
#[utoipa::path(get, path = "/pictures/preview", tag = "documents", params(At),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
async fn show_picture(
    State(app): State<App>,
    _: Marketer,
    Extension(thumbnails): Extension<Thumbnails>,
    Query(at): Query<At>,
) -> Result<Response, Problem> {
    let picture = if let Some(known) = thumbnails.get(&at.address) {
        known
    } else {
        let fetched = Picture::fetch(&app.http, &at.address, THUMBNAIL).await;
        let picture = fetched.map_err(|error| Error::refused("picture.none", error.to_string()))?;
        thumbnails.keep(at.address, picture.clone());
        picture
    };
    let headers = [(header::CONTENT_TYPE, picture.content_type), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, picture.bytes).into_response())
}
