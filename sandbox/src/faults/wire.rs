//! Answers that go out by hand, because a server that keeps to HTTP does not send them so.

use std::fmt::Write as _;
use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::layer::WHOLE_BODY;
use crate::serve::DropConnection;

/// The same answer; its head comes one byte at a time.
pub(super) async fn slow_head(response: Response, pause: Duration) -> Response {
    let (bytes, slow) = written(response).await;
    DropConnection::ByHand { bytes, slow, pause }.response()
}

/// The first half of the answer, and then nothing.
pub(super) async fn cut(response: Response) -> Response {
    let (bytes, _) = written(response).await;
    let half = bytes.slice(..bytes.len() / 2);
    DropConnection::ByHand { bytes: half, slow: 0, pause: Duration::ZERO }.response()
}

/// An answer as it stands on the wire, with the length of its head.
async fn written(response: Response) -> (Bytes, usize) {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, WHOLE_BODY).await.unwrap_or_default();
    let mut bytes = head(parts.status, &parts.headers, body.len()).into_bytes();
    let length = bytes.len();
    bytes.extend_from_slice(&body);
    (bytes.into(), length)
}

fn head(status: StatusCode, headers: &HeaderMap, length: usize) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or_default());
    let own = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION];
    for (name, value) in headers.iter().filter(|(name, _)| !own.contains(name)) {
        // Writing to a text cannot fail.
        let _ = write!(head, "{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes()));
    }
    if status != StatusCode::NO_CONTENT {
        let _ = write!(head, "content-length: {length}\r\n");
    }
    head + "connection: close\r\n\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_how_long_the_body_is() {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, "text/plain".parse().unwrap())]);
        let head = head(StatusCode::CREATED, &headers, 7);
        assert_eq!(
            head,
            "HTTP/1.1 201 Created\r\ncontent-type: text/plain\r\ncontent-length: 7\r\nconnection: close\r\n\r\n"
        );
    }
}
