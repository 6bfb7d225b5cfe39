//! The token endpoint, introspection and revocation: form in, JSON out, with the error texts of LinkedIn.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::linkedin::rest;
use crate::state::{Code, Scopes};
use crate::world::World;

const NOT_FOUND: &str = "Unable to retrieve access token: authorization code not found";
const NO_MATCH: &str = "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization \
    code. Or authorization code expired. Or external member binding exists";
const BAD_GRANT: &str = "The provided authorization grant or refresh token is invalid, expired or revoked";

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/oauth/v2/accessToken", post(exchange))
        .route("/oauth/v2/introspectToken", post(introspect))
        .route("/oauth/v2/revoke", post(revoke))
}

/// An OAuth error: status, `error`, `error_description`.
struct OAuthError(StatusCode, &'static str, String);

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1, "error_description": self.2 }))).into_response()
    }
}

impl OAuthError {
    fn invalid_request(description: &str) -> Self {
        Self(StatusCode::BAD_REQUEST, "invalid_request", description.to_owned())
    }

    fn client() -> Self {
        Self(StatusCode::UNAUTHORIZED, "invalid_client", "Client authentication failed".into())
    }
}

/// The fields of a form; anything but a form has none.
struct Form(HashMap<String, String>);

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let kind = rest::text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Self(HashMap::new());
        }
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    fn require(&self, name: &str) -> Result<&str, OAuthError> {
        let value = self.0.get(name).map_or("", String::as_str);
        if value.is_empty() {
            return Err(OAuthError::invalid_request(&format!("A required parameter \"{name}\" is missing")));
        }
        Ok(value)
    }

    /// Credentials travel in the body; a Basic header does not count.
    fn authenticate(&self, world: &World) -> Result<(), OAuthError> {
        let (id, secret) = (self.require("client_id")?, self.require("client_secret")?);
        if id != world.client().id || secret != world.client().secret {
            return Err(OAuthError::client());
        }
        Ok(())
    }
}

async fn exchange(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Response, OAuthError> {
    let form = Form::read(&headers, &body);
    let grant_type = form.require("grant_type")?;
    if grant_type == "refresh_token" {
        form.require("refresh_token")?;
        form.authenticate(&world)?;
        return Err(OAuthError::invalid_request(BAD_GRANT));
    }
    if grant_type != "authorization_code" {
        return Err(OAuthError::invalid_request(BAD_GRANT));
    }
    let (code, redirect_uri) = (form.require("code")?, form.require("redirect_uri")?);
    form.authenticate(&world)?;
    let now = world.now();
    let mut state = world.state();
    // Gone at the first use, right or wrong: a code that somebody tried elsewhere is spoilt.
    let Some(granted) = state.codes.remove(code) else { return Err(OAuthError::invalid_request(NOT_FOUND)) };
    if !matches(&granted, &world.client().id, redirect_uri) || granted.expires <= now {
        return Err(OAuthError(StatusCode::BAD_REQUEST, "invalid_redirect_uri", NO_MATCH.into()));
    }
    let scope = joined(&granted.scopes);
    let token = state.issue_token(&granted.client_id, granted.member, granted.scopes, now);
    let answer = json!({
        "access_token": token,
        "expires_in": state.rules.token_lifetime.num_seconds(),
        "scope": scope,
        "token_type": "Bearer",
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

fn matches(granted: &Code, client_id: &str, redirect_uri: &str) -> bool {
    granted.client_id == client_id && granted.redirect_uri == redirect_uri
}

/// LinkedIn's clients see commas where its documentation says spaces.
fn joined(scopes: &Scopes) -> String {
    scopes.iter().map(String::as_str).collect::<Vec<_>>().join(",")
}

async fn introspect(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, OAuthError> {
    let form = Form::read(&headers, &body);
    let text = form.require("token")?;
    form.authenticate(&world)?;
    let now = world.now();
    let state = world.state();
    let Some(token) = state.tokens.get(text).filter(|token| token.client_id == world.client().id) else {
        return Ok(Json(json!({ "active": false })));
    };
    let status = match (token.revoked, token.expires <= now) {
        (true, _) => "revoked",
        (false, true) => "expired",
        (false, false) => "active",
    };
    Ok(Json(json!({
        "active": token.is_live(now),
        "client_id": token.client_id,
        "authorized_at": token.issued.timestamp(),
        "created_at": token.issued.timestamp(),
        "status": status,
        "expires_at": token.expires.timestamp(),
        "scope": joined(&token.scopes),
        "auth_type": "3L",
    })))
}

async fn revoke(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, OAuthError> {
    let form = Form::read(&headers, &body);
    let text = form.require("token")?;
    form.authenticate(&world)?;
    if let Some(token) = world.state().tokens.get_mut(text) {
        token.revoked = true;
    }
    Ok(StatusCode::OK)
}
