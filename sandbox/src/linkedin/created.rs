//! The answer to a new post: its name stands in the headers, or where it may stand as well.

use axum::Json;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Builder;

use crate::questions::Created;

fn first_bytes(digest: &[u8]) -> [u8; 16] {
    std::array::from_fn(|at| digest[at])
}

/// 201; where the URN stands in it is an open question.
pub(crate) fn created(urn: &str, form: Created) -> Response {
    let headers = [
        ("location", format!("/posts/{}", urn.replace(':', "%3A"))),
        ("x-restli-protocol-version", "2.0.0".to_owned()),
        // Of the name, so that the same seed gives the same answer.
        ("x-li-uuid", Builder::from_random_bytes(first_bytes(&Sha256::digest(urn))).into_uuid().to_string()),
        ("x-li-fabric", "sandbox".to_owned()),
        ("x-li-pop", "sandbox".to_owned()),
        ("x-li-proto", "http/1.1".to_owned()),
    ];
    let headers = headers.map(|(name, value)| (HeaderName::from_static(name), value));
    let mut response = match form {
        Created::Body => (StatusCode::CREATED, headers, Json(json!({ "id": urn }))).into_response(),
        _ => (StatusCode::CREATED, headers, ()).into_response(),
    };
    let names: &[&str] = match form {
        Created::RestliId => &["x-restli-id"],
        Created::LinkedinId => &["x-linkedin-id"],
        Created::Both => &["x-restli-id", "x-linkedin-id"],
        Created::Body => &[],
    };
    for name in names {
        if let Ok(value) = urn.parse() {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}
