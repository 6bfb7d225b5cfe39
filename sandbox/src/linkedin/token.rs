//! The token endpoint, introspection and revocation: form in, JSON out, with the error texts of LinkedIn.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use chrono::Duration;
use serde_json::{Value, json};

use crate::linkedin::{id_token, rest};
use crate::questions::{Questions, RedirectMismatch, Refresh, Revoke, ScopeSeparator, TokenType};
use crate::state::{Code, Renewal, Scopes};
use crate::world::World;

const NOT_FOUND: &str = "Unable to retrieve access token: authorization code not found";
const NO_MATCH: &str = "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization \
    code. Or authorization code expired. Or external member binding exists";
const BAD_GRANT: &str = "The provided authorization grant or refresh token is invalid, expired or revoked";

/// Counted from the consent.
const REFRESH_LIFETIME: Duration = Duration::days(365);

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/oauth/v2/accessToken", post(exchange))
        .route("/oauth/v2/introspectToken", post(introspect))
        .route("/oauth/v2/revoke", post(revoke))
}

/// An OAuth error: status, `error`, `error_description`.
#[derive(Debug)]
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
    let questions = world.state().rules.questions.clone();
    let granted = grant(&world, &form, &questions).map_err(|error| dated(error, &questions))?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(granted)).into_response())
}

/// The same error as another date of the documentation has it.
fn dated(error: OAuthError, questions: &Questions) -> OAuthError {
    let OAuthError(status, mut code, text) = error;
    if code == "invalid_redirect_uri" && questions.redirect_mismatch == RedirectMismatch::InvalidRequest {
        code = "invalid_request";
    }
    let status = if status == StatusCode::BAD_REQUEST { questions.oauth_errors.status() } else { status };
    OAuthError(status, code, text)
}

fn grant(world: &World, form: &Form, questions: &Questions) -> Result<Value, OAuthError> {
    let grant_type = form.require("grant_type")?;
    if grant_type == "refresh_token" {
        let text = form.require("refresh_token")?;
        form.authenticate(world)?;
        return refresh(world, text, questions);
    }
    if grant_type != "authorization_code" {
        return Err(OAuthError::invalid_request(BAD_GRANT));
    }
    let (code, redirect_uri) = (form.require("code")?, form.require("redirect_uri")?);
    form.authenticate(world)?;
    let now = world.now();
    let mut state = world.state();
    // Gone at the first use, right or wrong: a code that somebody tried elsewhere is spoilt.
    let Some(granted) = state.codes.remove(code) else { return Err(OAuthError::invalid_request(NOT_FOUND)) };
    if !matches(&granted, &world.client().id, redirect_uri) || granted.expires <= now {
        return Err(OAuthError(StatusCode::BAD_REQUEST, "invalid_redirect_uri", NO_MATCH.into()));
    }
    let token = state.issue_token(&granted.client_id, granted.member, granted.scopes.clone(), now);
    let mut answer = answer(&token, &granted.scopes, state.rules.token_lifetime, questions);
    if let Some(text) = id_token::issue(world, &granted.client_id, granted.member, &granted.scopes, questions, now) {
        answer["id_token"] = text.into();
    }
    if questions.refresh == Refresh::On {
        let text = format!("AQW{}", state.opaque(400));
        answer["refresh_token"] = text.as_str().into();
        answer["refresh_token_expires_in"] = REFRESH_LIFETIME.num_seconds().into();
        let Code { client_id, member, scopes, .. } = granted;
        state.refresh.insert(text, Renewal { client_id, member, scopes, expires: now + REFRESH_LIFETIME });
    }
    Ok(answer)
}

/// A new access token for the same refresh token, which does not live any longer for it.
fn refresh(world: &World, text: &str, questions: &Questions) -> Result<Value, OAuthError> {
    let now = world.now();
    let mut state = world.state();
    let on = questions.refresh == Refresh::On;
    let live = |renewal: &&Renewal| on && renewal.expires > now && renewal.client_id == world.client().id;
    let Some(renewal) = state.refresh.get(text).filter(live).cloned() else {
        return Err(OAuthError::invalid_request(BAD_GRANT));
    };
    let token = state.issue_token(&renewal.client_id, renewal.member, renewal.scopes.clone(), now);
    let lifetime = state.rules.token_lifetime.min(renewal.expires - now);
    if let Some(issued) = state.tokens.get_mut(&token) {
        issued.expires = now + lifetime;
    }
    let mut answer = answer(&token, &renewal.scopes, lifetime, questions);
    answer["refresh_token"] = text.into();
    answer["refresh_token_expires_in"] = (renewal.expires - now).num_seconds().into();
    Ok(answer)
}

fn answer(token: &str, scopes: &Scopes, lifetime: Duration, questions: &Questions) -> Value {
    let separator = match questions.scope_separator {
        ScopeSeparator::Comma => ",",
        ScopeSeparator::Space => " ",
    };
    let mut answer = json!({
        "access_token": token,
        "expires_in": lifetime.num_seconds(),
        "scope": joined(scopes, separator),
    });
    if questions.token_type == TokenType::Present {
        answer["token_type"] = "Bearer".into();
    }
    answer
}

fn matches(granted: &Code, client_id: &str, redirect_uri: &str) -> bool {
    granted.client_id == client_id && granted.redirect_uri == redirect_uri
}

fn joined(scopes: &Scopes, separator: &str) -> String {
    scopes.iter().map(String::as_str).collect::<Vec<_>>().join(separator)
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
        "scope": joined(&token.scopes, ","),
        "auth_type": "3L",
    })))
}

async fn revoke(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, OAuthError> {
    let form = Form::read(&headers, &body);
    let text = form.require("token")?;
    form.authenticate(&world)?;
    let mut state = world.state();
    match state.rules.questions.revoke {
        Revoke::Works => {}
        Revoke::NotFound => return Ok(StatusCode::NOT_FOUND),
        Revoke::BadRequest => return Ok(StatusCode::BAD_REQUEST),
    }
    if let Some(token) = state.tokens.get_mut(text) {
        token.revoked = true;
    }
    Ok(StatusCode::OK)
}
