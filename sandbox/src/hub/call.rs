//! One call to a subscriber: plain HTTP, no redirect followed, ten seconds at most.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, header};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

const PATIENCE: Duration = Duration::from_secs(10);
/// A subscriber's answer is short.
const ANSWER: usize = 64 * 1024;

/// Sends a request whose address is given apart; the status and the body of the answer, if there is one.
pub(super) async fn send(address: &Url, request: Request<Body>) -> Option<(u16, Bytes)> {
    timeout(PATIENCE, exchange(address, request)).await.ok()?
}

async fn exchange(address: &Url, mut request: Request<Body>) -> Option<(u16, Bytes)> {
    let port = address.port_or_known_default()?;
    let host = address.host_str()?;
    let stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.ok()?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
    tokio::spawn(connection);
    *request.uri_mut() = address[url::Position::BeforePath..url::Position::AfterQuery].parse().ok()?;
    request.headers_mut().insert(header::HOST, format!("{host}:{port}").parse().ok()?);
    let answer = sender.send_request(request).await.ok()?;
    let status = answer.status().as_u16();
    Some((status, to_bytes(Body::new(answer.into_body()), ANSWER).await.ok()?))
}
