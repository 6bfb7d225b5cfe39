//! What goes wrong on the way of any answer of the web, above all of feeds, and the names of these faults on the page.

use std::io::{self, Write as _};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;

use crate::Fault;
use crate::faults::layer::WHOLE_BODY;

/// The names, in the order of the page, with words for people.
pub(crate) const NAMES: [(&str, &str); 19] = [
    ("moved_301", "301, moved for good"),
    ("moved_302", "302, moved for now"),
    ("moved_307", "307, moved for now"),
    ("moved_308", "308, moved for good"),
    ("not_modified", "304, whatever the caller has"),
    ("gone", "410, gone for good"),
    ("busy", "429, come back in an hour"),
    ("down", "503, come back in 120 s"),
    ("without_validators", "No ETag and no Last-Modified"),
    ("half_body", "Half of the body, as if it were whole"),
    ("break_off", "Half of the body, then the connection ends"),
    ("gzip", "Packed with gzip, asked for or not"),
    ("blank_line", "An empty line before the body"),
    ("youtube_404", "YouTube 404 with a page of HTML"),
    ("youtube_500", "YouTube 500 with a page of HTML"),
    ("wrong_signature", "Hub: signed with another secret"),
    ("without_signature", "Hub: not signed"),
    ("twice", "Hub: delivered twice"),
    ("hub_denied", "Hub: denied instead of verified"),
];

/// The fault behind a name.
pub(super) fn fault(name: &str) -> Option<Fault> {
    let page = |status, title: &str| Fault::Answer {
        status,
        body: format!("<!DOCTYPE html><html lang=en><title>{title}</title><p>That\u{2019}s all we know."),
    };
    Some(match name {
        "moved_301" => Fault::Moved { status: 301 },
        "moved_302" => Fault::Moved { status: 302 },
        "moved_307" => Fault::Moved { status: 307 },
        "moved_308" => Fault::Moved { status: 308 },
        "not_modified" => Fault::Answer { status: 304, body: String::new() },
        "gone" => Fault::Answer { status: 410, body: String::new() },
        "busy" => Fault::RetryAfter { status: 429, seconds: 3_600 },
        "down" => Fault::RetryAfter { status: 503, seconds: 120 },
        "without_validators" => Fault::WithoutValidators,
        "half_body" => Fault::HalfBody,
        "break_off" => Fault::BreakOff,
        "gzip" => Fault::Gzip,
        "blank_line" => Fault::BlankLine,
        "youtube_404" => page(404, "Error 404 (Not Found)!!1"),
        "youtube_500" => page(500, "Error 500 (Server Error)!!1"),
        "wrong_signature" => Fault::WrongSignature,
        "without_signature" => Fault::WithoutSignature,
        "twice" => Fault::Twice,
        "hub_denied" => Fault::Denied,
        _ => return None,
    })
}

/// Carries out a fault of this file; any other leaves the call as it is.
pub(super) async fn carry_out(fault: Fault, mut request: Request, next: Next) -> Response {
    match fault {
        Fault::Moved { status } => moved(status, request, next).await,
        Fault::RetryAfter { status, seconds } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            let words = "Transient error; please try again later";
            (status, [(header::RETRY_AFTER, seconds.to_string())], words).into_response()
        }
        Fault::WithoutValidators => {
            for name in [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
                request.headers_mut().remove(name);
            }
            let mut response = next.run(request).await;
            for name in [header::ETAG, header::LAST_MODIFIED] {
                response.headers_mut().remove(name);
            }
            response
        }
        Fault::HalfBody => changed(next.run(request).await, |body| body.slice(..body.len() / 2)).await,
        Fault::BlankLine => changed(next.run(request).await, |body| [b"\n", &body[..]].concat().into()).await,
        Fault::Gzip => {
            let mut response = changed(next.run(request).await, packed).await;
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response
        }
        Fault::BreakOff => broken_off(next.run(request).await).await,
        Fault::Flaw(flaw) => {
            request.extensions_mut().insert(flaw);
            next.run(request).await
        }
        _ => next.run(request).await,
    }
}

/// An address that is the new one already does not move again.
async fn moved(status: u16, request: Request, next: Next) -> Response {
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if here.starts_with("/moved/") {
        return next.run(request).await;
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FOUND);
    (status, [(header::LOCATION, format!("/moved{here}"))]).into_response()
}

async fn changed(response: Response, change: impl FnOnce(Bytes) -> Bytes) -> Response {
    let (mut parts, body) = response.into_parts();
    // The body comes from memory.
    let bytes = to_bytes(body, WHOLE_BODY).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(change(bytes)))
}

fn packed(bytes: Bytes) -> Bytes {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    packer.write_all(&bytes).and_then(|()| packer.finish()).map_or(bytes, Bytes::from)
}

async fn broken_off(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, WHOLE_BODY).await.unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    let half = stream::unfold(Some(bytes.slice(..bytes.len() / 2)), |half| async {
        if let Some(half) = half {
            return Some((Ok(half), None));
        }
        // The first half is on its way before the connection ends.
        tokio::task::yield_now().await;
        Some((Err(io::Error::from(io::ErrorKind::ConnectionAborted)), None))
    });
    Response::from_parts(parts, Body::from_stream(half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_fault() {
        for (name, words) in NAMES {
            assert!(fault(name).is_some() && !words.is_empty(), "{name}");
        }
        assert_eq!(fault("nonsense"), None);
    }
}
