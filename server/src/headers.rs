//! What every answer tells the browser: run nothing but our own files, frame us nowhere, remember nothing personal.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

const ALWAYS: [(HeaderName, &str); 4] = [
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// For whatever is not a page: nothing runs, nothing loads.
const BARE: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox";

/// Adds the headers that the handler did not set itself.
pub fn add<B>(mut response: Response<B>) -> Response<B> {
    let headers = response.headers_mut();
    headers.reserve(ALWAYS.len() + 2);
    for (name, value) in ALWAYS {
        default(headers, name, value);
    }
    default(headers, header::CONTENT_SECURITY_POLICY, BARE);
    default(headers, header::CACHE_CONTROL, "no-store");
    response
}

fn default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
