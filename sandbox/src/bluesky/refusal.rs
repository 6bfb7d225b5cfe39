//! How the practice Bluesky says no: a status and `{"error": …, "message": …}`.

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::questions::ErrorBody;
use crate::window::Standing;
use crate::world::World;

/// A refused call.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    error: &'static str,
    message: String,
    standing: Option<Standing>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": self.error, "message": self.message }));
        let mut response = (self.status, body).into_response();
        if let Some(standing) = self.standing {
            tell(&mut response, standing);
        }
        response
    }
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self { status, error, message: message.into(), standing: None }
    }

    /// 400: something about the call is wrong.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidRequest", message)
    }

    /// 401: wrong account, or a wrong password.
    pub(crate) fn password() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "AuthenticationRequired", "Invalid identifier or password")
    }

    /// 401: no token was sent.
    pub(crate) fn missing() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "AuthMissing", "Authentication Required")
    }

    /// 400: a token that nobody handed out, or one for something else.
    pub(crate) fn token() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidToken", "Token could not be verified")
    }

    /// 429: a window is full.
    pub(crate) fn too_many(standing: Standing) -> Self {
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, "RateLimitExceeded", "Rate Limit Exceeded");
        Self { standing: Some(standing), ..refusal }
    }
}

/// Errors in words that nobody knows, if the rules say so: no client may depend on them.
pub(crate) async fn reword(State(world): State<World>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let changed = world.state().rules.questions.bluesky_errors == ErrorBody::Changed;
    if changed && (response.status().is_client_error() || response.status().is_server_error()) {
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(r#"{"error":"SomethingNew"}"#);
    }
    response
}

/// Says on an answer where the caller stands.
pub(crate) fn tell(response: &mut Response, standing: Standing) {
    let (calls, seconds) = (standing.allowance.calls, standing.allowance.per.num_seconds());
    let told = [
        ("ratelimit-limit", calls.to_string()),
        ("ratelimit-remaining", standing.remaining.to_string()),
        ("ratelimit-reset", standing.reset.timestamp().to_string()),
        ("ratelimit-policy", format!("{calls};w={seconds}")),
    ];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
}
