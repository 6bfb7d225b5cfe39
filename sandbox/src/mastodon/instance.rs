//! What the instance says of itself and of the account that asks.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::mastodon::refusal::Refusal;
use crate::mastodon::{caller, username};
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/api/v2/instance", get(instance))
        .route("/api/v1/accounts/verify_credentials", get(verify_credentials))
}

async fn instance(State(world): State<World>) -> Json<Value> {
    let host = world.base_url().split_once("://").map_or(world.base_url(), |(_, host)| host);
    let limits = world.state().rules.mastodon_text;
    Json(json!({
        "domain": host,
        "title": "Practice Mastodon (sandbox)",
        "version": "4.5.0",
        "description": "A sandbox. Nothing here reaches another server.",
        "languages": ["en", "nl"],
        "configuration": {
            "statuses": {
                "max_characters": limits.characters,
                "max_media_attachments": 4,
                "characters_reserved_per_url": limits.reserved_per_url,
            },
            "media_attachments": {
                "supported_mime_types": ["image/jpeg", "image/png", "image/gif", "image/webp"],
                "image_size_limit": 16_777_216,
                "image_matrix_limit": 33_177_600,
                "description_limit": 1500,
            },
        },
        "api_versions": { "mastodon": 7 },
    }))
}

async fn verify_credentials(State(world): State<World>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    let member = caller::check(&world, &headers, &["read:accounts", "profile"])?;
    Ok(Json(account(&world, member)))
}

/// An account as other answers carry it.
pub(crate) fn account(world: &World, member: u32) -> Value {
    let name = world.member(member).map_or("Member", |person| person.name.as_str());
    let username = username(member);
    let picture = world.link(&format!("/pictures/member-{member:03}/144x144.jpg"));
    json!({
        "id": (115_000_000_000_000_000 + u64::from(member)).to_string(),
        "username": username,
        "acct": username,
        "display_name": name,
        "locked": false,
        "bot": false,
        "note": "",
        "url": world.link(&format!("/mastodon/@{username}")),
        "avatar": picture,
        "avatar_static": picture,
    })
}
