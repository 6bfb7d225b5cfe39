//! The accept loop. It is written on hyper itself because the sandbox must be able to end a connection without any
//! answer, which a plain axum server cannot.

use std::convert::Infallible;
use std::io;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::world::World;
use crate::{
    Running, Settings, bad, bluesky, faults, feeds, linkedin, mastodon, page, picture, real, stream, switches,
};

/// Marks an answer that must never be sent: the connection ends instead.
#[derive(Clone, Copy)]
pub(crate) struct DropConnection;

impl DropConnection {
    pub(crate) fn response() -> Response {
        let mut response = ().into_response();
        response.extensions_mut().insert(Self);
        response
    }
}

/// Starts a sandbox on a listener that the caller has bound, and returns its handle; dropping the handle ends it.
///
/// # Errors
/// If the address of the listener cannot be read.
pub async fn serve(listener: TcpListener, settings: Settings) -> io::Result<Running> {
    let base_url = settings.base_url.clone().unwrap_or(format!("http://{}", listener.local_addr()?));
    let world = World::new(base_url.trim_end_matches('/').to_owned(), settings);
    let stop = CancellationToken::new();
    let task = tokio::spawn(accept(listener, router(world.clone()), stop.clone()));
    Ok(Running::new(world, stop, task))
}

fn router(world: World) -> Router {
    Router::new()
        .merge(linkedin::routes())
        .merge(mastodon::routes(&world))
        .merge(bluesky::routes())
        .merge(stream::routes())
        .merge(feeds::routes())
        .merge(picture::routes())
        .merge(real::routes())
        .merge(bad::routes())
        .merge(switches::routes())
        .merge(page::routes())
        .fallback(page::not_found)
        .layer(axum::middleware::from_fn_with_state(world.clone(), faults::layer))
        .with_state(world)
}

async fn accept(listener: TcpListener, router: Router, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let (router, stop) = (router.clone(), stop.clone());
                tokio::spawn(async move { stop.run_until_cancelled(connection(stream, router)).await });
            }
            Err(error) => tracing::warn!(%error, "the sandbox could not accept a connection"),
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let response =
                router.oneshot(request.map(Body::new)).await.unwrap_or_else(|never: Infallible| match never {});
            if response.extensions().get::<DropConnection>().is_some() {
                return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
            }
            Ok(response)
        }
    });
    // An aborted connection is what was asked for, and a client that goes away is its own business.
    let _ = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}
