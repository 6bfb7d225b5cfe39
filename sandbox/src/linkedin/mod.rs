//! The practice LinkedIn. Both of LinkedIn's hosts live under the sandbox's one origin, with LinkedIn's own paths, so a
//! client needs nothing but other base URLs.

mod authorize;
pub(crate) mod bearer;
mod body;
mod created;
mod discovery;
mod handle;
mod id_token;
mod image;
mod json;
pub(crate) mod little;
pub(crate) mod post;
mod read;
pub(crate) mod refusal;
mod rest;
mod token;
mod ugc;
mod userinfo;
pub(crate) mod video;

use axum::Router;

use crate::world::World;

/// Every route of the practice LinkedIn that speaks LinkedIn's protocols.
pub(crate) fn routes() -> Router<World> {
    Router::new()
        .merge(authorize::routes())
        .merge(token::routes())
        .merge(discovery::routes())
        .merge(userinfo::routes())
        .merge(image::routes())
        .merge(video::routes())
        .merge(post::routes())
        .merge(ugc::routes())
}
