//! The web app, embedded in the binary. Unknown paths get its page, so that every screen has an address.

use std::sync::LazyLock;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use klaroen_core::App;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::auth::Employee;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../web/dist"]
#[allow_missing = true]
struct Dist;

/// Only our own files, the one inlined style (by its hash), and no string ever becomes markup.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let page = Dist::get("index.html").map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).map(|(style, _)| style);
    let hash = style.map(|style| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(style)))).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'{hash}; img-src 'self'; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// Lets the browser ask for the posts while it still fetches the script that will show them.
const POSTS: HeaderValue = HeaderValue::from_static("</api/posts>; rel=preload; as=fetch; crossorigin");

/// A file of the web app, or its page.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let path = parts.uri.path().trim_start_matches('/');
    if let Some(response) = file(path, &parts.headers) {
        return response;
    }
    if path.starts_with("api/") || path.starts_with("assets/") || path.starts_with("media/") {
        return crate::problem::Problem(klaroen_core::Error::NotFound).into_response();
    }
    let mut response = page(&parts.headers);
    if parts.uri == "/" && Employee::from_request_parts(&mut parts, &app).await.is_ok() {
        response.headers_mut().insert(header::LINK, POSTS);
    }
    response
}

fn page(headers: &HeaderMap) -> Response {
    let missing = "The web app was not built into this binary. Run `make build`.";
    let mut response = file("index.html", headers).unwrap_or_else(|| (StatusCode::NOT_FOUND, missing).into_response());
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let accepts_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|list| list.split(',').any(|coding| coding.trim().starts_with("br")));
    let packed = accepts_brotli.then(|| Dist::get(&format!("{path}.br"))).flatten();
    let is_packed = packed.is_some();
    let file = packed.or_else(|| Dist::get(path))?;
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let caching = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = file.data.into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_str(kind.as_ref()).ok()?);
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if is_packed {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Some(response)
}
