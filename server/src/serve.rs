//! The listener. axum's own installs no timer, so a client that dribbles its headers would stay for ever;
//! this one gives it five seconds, and ends gracefully.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long open requests may take to end after a stop.
const DRAIN: Duration = Duration::from_secs(40);

/// Serves until `stop`, then lets open requests end.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(5));
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Duration::from_secs(20));
    let connections = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(Duration::from_millis(50)).await; // out of file handles: let some close
            continue;
        };
        let router = router.clone();
        let service = TowerToHyperService::new(router.map_request(move |request| with_peer(request, peer)));
        let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
        let watched = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = watched.await {
                tracing::debug!("a connection ended early: {error}");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, connections.shutdown()).await.is_err() {
        tracing::warn!("some requests were still open after {} s and were cut off", DRAIN.as_secs());
    }
}

fn with_peer(mut request: Request<Incoming>, peer: SocketAddr) -> Request<Body> {
    request.extensions_mut().insert(ConnectInfo(peer));
    request.map(Body::new)
}
