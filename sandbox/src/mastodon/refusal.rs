//! How the practice Mastodon says no: a status and `{"error": …}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refused call.
#[derive(Debug, PartialEq)]
pub(crate) struct Refusal(StatusCode, Value);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, error: &str) -> Self {
        Self(status, json!({ "error": error }))
    }

    /// 422: a value that the instance cannot take.
    pub(crate) fn invalid(reason: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, &format!("Validation failed: {reason}"))
    }

    /// 401: no token, or one that is not valid (any more).
    pub(crate) fn token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "The access token is invalid")
    }

    /// 403: the token lacks the scope.
    pub(crate) fn scope() -> Self {
        Self::new(StatusCode::FORBIDDEN, "This action is outside the authorized scopes")
    }

    /// 404: no such thing, or not this member's.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Record not found")
    }

    /// 429: three hundred calls in five minutes.
    pub(crate) fn too_many() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests")
    }

    /// An OAuth error, with its description.
    pub(crate) fn oauth(status: StatusCode, error: &str, description: &str) -> Self {
        Self(status, json!({ "error": error, "error_description": description }))
    }
}
