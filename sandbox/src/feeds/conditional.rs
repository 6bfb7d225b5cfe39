//! Validators for feeds: an `ETag` over the bytes, `Last-Modified` from the newest change, and 304 when either holds.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use super::story::Item;

/// Answers with the feed, or with 304 if the caller has it.
pub(super) fn respond(asked: &HeaderMap, content_type: &'static str, body: String, items: &[Item]) -> Response {
    let etag = etag(body.as_bytes());
    let modified = items.iter().map(|item| item.changed).max();
    let modified = modified.map(|at| httpdate::fmt_http_date(at.into())).unwrap_or_default();
    let headers = [
        (header::ETAG, etag.clone()),
        (header::LAST_MODIFIED, modified.clone()),
        (header::CACHE_CONTROL, "max-age=300".to_owned()),
    ];
    if is_held(asked, &etag, &modified) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(header::CONTENT_TYPE, content_type)], body).into_response()
}

/// A strong validator over the bytes.
pub(crate) fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", &hex::encode(Sha256::digest(bytes))[..24])
}

/// `If-None-Match` decides alone when it is there.
fn is_held(asked: &HeaderMap, etag: &str, modified: &str) -> bool {
    let get = |name| asked.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    if let Some(list) = get(header::IF_NONE_MATCH) {
        return list.split(',').any(|held| held.trim().trim_start_matches("W/") == etag || held.trim() == "*");
    }
    let instant = |text: &str| httpdate::parse_http_date(text).ok();
    let held = get(header::IF_MODIFIED_SINCE).and_then(instant);
    held.zip(instant(modified)).is_some_and(|(held, modified)| modified <= held)
}
