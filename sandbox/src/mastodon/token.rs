//! The token endpoint and revocation of the instance. A token has no end of its own: it lives until it is revoked.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::fields::Fields;
use crate::mastodon::Memory;
use crate::mastodon::app::App;
use crate::mastodon::authorize::Code;
use crate::mastodon::refusal::Refusal;
use crate::state::Scopes;
use crate::world::World;

const BAD_CLIENT: &str = "Client authentication failed due to unknown client, no client authentication included, or \
    unsupported authentication method.";
const BAD_GRANT: &str = "The provided authorization grant is invalid, expired, revoked, does not match the redirection \
    URI used in the authorization request, or was issued to another client.";

/// An access token that was handed out.
pub(crate) struct Token {
    pub(crate) client_id: String,
    pub(crate) member: u32,
    pub(crate) scopes: Scopes,
    pub(crate) revoked: bool,
}

impl Memory {
    /// The token that lives: an application gets the same one again for the same member and scopes, as Doorkeeper's
    /// `reuse_access_token` has it.
    fn living(&self, client_id: &str, member: u32, scopes: &Scopes) -> Option<String> {
        let same = |token: &Token| {
            !token.revoked && token.client_id == client_id && token.member == member && token.scopes == *scopes
        };
        self.tokens.iter().find(|(_, token)| same(token)).map(|(text, _)| text.clone())
    }
}

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/oauth/token", post(exchange)).route("/oauth/revoke", post(revoke))
}

/// The client's id, if it proved itself in the body or by a Basic header.
fn client(apps: &HashMap<String, App>, headers: &HeaderMap, fields: &Fields) -> Option<String> {
    let (id, secret) =
        basic(headers).unwrap_or_else(|| (fields.text("client_id").into(), fields.text("client_secret").into()));
    (apps.get(&id)?.secret == secret).then_some(id)
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let encoded = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    text.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}

async fn exchange(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    let fields = Fields::read(&headers, &body);
    let now = world.now();
    let mut state = world.state();
    let client_id = client(&state.mastodon.apps, &headers, &fields)
        .ok_or_else(|| Refusal::oauth(StatusCode::UNAUTHORIZED, "invalid_client", BAD_CLIENT))?;
    if fields.text("grant_type") != "authorization_code" {
        let text = "The authorization grant type is not supported by the authorization server.";
        return Err(Refusal::oauth(StatusCode::BAD_REQUEST, "unsupported_grant_type", text));
    }
    let bad_grant = || Refusal::oauth(StatusCode::BAD_REQUEST, "invalid_grant", BAD_GRANT);
    let code = state.mastodon.codes.remove(fields.text("code")).ok_or_else(bad_grant)?;
    let fits = code.client_id == client_id && code.redirect_uri == fields.text("redirect_uri") && code.expires > now;
    if !fits {
        return Err(bad_grant());
    }
    verify(&code, fields.get("code_verifier"))?;
    let Code { member, scopes, .. } = code;
    let token = state.mastodon.living(&client_id, member, &scopes).unwrap_or_else(|| state.opaque(43));
    let answer = json!({
        "access_token": token,
        "token_type": "Bearer",
        "scope": scopes.iter().map(String::as_str).collect::<Vec<_>>().join(" "),
        "created_at": now.timestamp(),
    });
    state.mastodon.tokens.insert(token, Token { client_id, member, scopes, revoked: false });
    Ok(Json(answer))
}

/// A challenge needs its verifier, and a verifier needs a challenge.
fn verify(code: &Code, verifier: Option<&str>) -> Result<(), Refusal> {
    let challenge = verifier.map(|text| URL_SAFE_NO_PAD.encode(Sha256::digest(text)));
    if code.challenge.is_some() && challenge.is_none() {
        let text = "Missing required parameter: code_verifier.";
        return Err(Refusal::oauth(StatusCode::BAD_REQUEST, "invalid_request", text));
    }
    if code.challenge != challenge {
        return Err(Refusal::oauth(StatusCode::BAD_REQUEST, "invalid_grant", BAD_GRANT));
    }
    Ok(())
}

async fn revoke(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    let fields = Fields::read(&headers, &body);
    let mut state = world.state();
    let client_id = client(&state.mastodon.apps, &headers, &fields);
    let token = state.mastodon.tokens.get_mut(fields.text("token"));
    match (client_id, token) {
        (Some(id), Some(token)) if token.client_id == id => token.revoked = true,
        // A token that is not there is as good as revoked; somebody else's stays.
        (Some(_), None) => {}
        _ => {
            let text = "You are not authorized to revoke this token";
            return Err(Refusal::oauth(StatusCode::FORBIDDEN, "unauthorized_client", text));
        }
    }
    Ok(Json(json!({})))
}
