//! Small pictures of cards, before anything is stored.

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
    media::{Picture, THUMBNAIL},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{auth::Marketer, extract::Query, problem::Problem};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_picture)).layer(Extension(Thumbnails::default()))
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
