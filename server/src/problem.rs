//! Every error answer is `application/problem+json` (RFC 9457) with a stable `code`.
//! Faults of ours are logged once, with the request id, and shown without detail.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use klaroen_core::Error;
use serde::Serialize;
use utoipa::ToSchema;

/// An error on its way out.
#[derive(Debug)]
pub struct Problem(pub Error);

impl<E: Into<Error>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// What a client reads when something went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// Always `about:blank`; `code` tells the kinds apart.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The status.
    status: u16,
    /// A sentence that says what to do.
    detail: String,
    /// Stable name of the kind, as in `feed.not_a_feed`.
    code: &'static str,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

/// One wrong field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer to it, as in `/address`.
    pointer: String,
    /// Stable name of the kind.
    code: &'static str,
    /// A sentence that says what to do.
    detail: String,
    /// For an expression: where in it, counted in characters from 1.
    #[schema(required)]
    column: Option<usize>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let detail = match &error {
            Error::Internal(cause) => {
                tracing::error!("{cause:#}");
                "Something went wrong on our side. It was logged; try again, and tell your admin if it stays."
                    .to_owned()
            }
            Error::Unavailable(cause) => {
                tracing::error!("the database: {cause}");
                error.to_string()
            }
            _ => error.to_string(),
        };
        let (status, code) = kind(&error);
        let retry = if let Error::RateLimited(wait) = &error { Some(wait.as_secs().max(1)) } else { None };
        let errors = if let Error::Invalid(faults) = error { faults } else { vec![] };
        let errors = errors.into_iter().map(|fault| FieldError {
            pointer: fault.pointer.into_owned(),
            code: fault.code,
            detail: fault.detail.into_owned(),
            column: fault.column,
        });
        let body = ProblemBody {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail,
            code,
            errors: errors.collect(),
        };
        let mut response = (status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Status and code of each kind of error.
fn kind(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotFound => (StatusCode::NOT_FOUND, "not_found"),
        Error::Conflict { code, .. } => (StatusCode::CONFLICT, code),
        Error::Invalid(faults) => {
            (StatusCode::UNPROCESSABLE_ENTITY, faults.first().map_or("invalid", |fault| fault.code))
        }
        Error::Refused { code, .. } => (StatusCode::UNPROCESSABLE_ENTITY, code),
        Error::Unauthenticated { code, .. } => (StatusCode::UNAUTHORIZED, code),
        Error::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Error::RateLimited(_) => (StatusCode::TOO_MANY_REQUESTS, "rate_limited"),
        Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        Error::TooSlow => (StatusCode::SERVICE_UNAVAILABLE, "too_slow"),
        Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    }
}
