//! Registering an application: every client that meets an instance for the first time does it itself.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use url::Url;

use crate::fields::Fields;
use crate::mastodon::refusal::Refusal;
use crate::state::Scopes;
use crate::world::World;

/// Scopes that exist at Mastodon and that a client of ours could ask for; each covers those that start with it and a colon.
const KNOWN: [&str; 14] = [
    "profile",
    "read",
    "read:accounts",
    "read:statuses",
    "read:search",
    "read:notifications",
    "write",
    "write:accounts",
    "write:statuses",
    "write:media",
    "write:favourites",
    "write:follows",
    "follow",
    "push",
];

/// A registered application.
pub(crate) struct App {
    pub(crate) name: String,
    pub(crate) secret: String,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) scopes: Scopes,
}

/// Whether a set of scopes contains one, by itself or as part of a wider one.
pub(crate) fn covers(scopes: &Scopes, wanted: &str) -> bool {
    let wide = wanted.split(':').next().unwrap_or_default();
    scopes.contains(wanted) || scopes.contains(wide)
}

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/api/v1/apps", post(register))
}

async fn register(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    let fields = Fields::read(&headers, &body);
    let name = fields.get("client_name").ok_or_else(|| Refusal::invalid("Application name can't be blank"))?.to_owned();
    let redirect_uris: Vec<String> =
        fields.all("redirect_uris").iter().flat_map(|text| text.split_whitespace()).map(String::from).collect();
    if redirect_uris.is_empty() {
        return Err(Refusal::invalid("Redirect URI can't be blank"));
    }
    if redirect_uris.iter().any(|uri| Url::parse(uri).is_err()) {
        return Err(Refusal::invalid("Redirect URI must be an absolute URI."));
    }
    let scopes: Scopes = fields.get("scopes").unwrap_or("read").split_whitespace().map(String::from).collect();
    if scopes.iter().any(|scope| !KNOWN.contains(&scope.as_str())) {
        return Err(Refusal::invalid("Scopes doesn't match configured on the server."));
    }
    let mut state = world.state();
    let (id, secret) = (state.opaque(43), state.opaque(43));
    let answer = json!({
        "id": (state.mastodon.apps.len() + 1).to_string(),
        "name": name,
        "website": fields.get("website"),
        "scopes": scopes,
        "redirect_uri": redirect_uris.join("\n"),
        "redirect_uris": redirect_uris,
        "client_id": id,
        "client_secret": secret,
        "client_secret_expires_at": 0,
    });
    state.mastodon.apps.insert(id, App { name, secret, redirect_uris, scopes });
    Ok(Json(answer))
}
