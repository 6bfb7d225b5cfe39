//! The accept loop. It is written on hyper itself because the sandbox must be able to end a connection without any
//! answer, which a plain axum server cannot.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::world::World;
use crate::{
    Running, Settings, bad, bluesky, faults, feeds, hub, identity, linkedin, mail, mastodon, page, picture, real,
    stream, switches,
};

/// Marks an answer that must never be sent: the connection ends instead.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DropConnection {
    /// In order, as a server that shuts down.
    Close,
    /// At once, as a network that breaks.
    Reset,
}

impl DropConnection {
    pub(crate) fn response(self) -> Response {
        let mut response = ().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Starts a sandbox on a listener that the caller has bound, and returns its handle; dropping the handle ends it.
///
/// # Errors
/// If the address of the listener cannot be read, or the mail catcher cannot listen.
pub async fn serve(listener: TcpListener, settings: Settings) -> io::Result<Running> {
    let base_url = settings.base_url.clone().unwrap_or(format!("http://{}", listener.local_addr()?));
    let smtp = settings.smtp.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    let world = World::new(base_url.trim_end_matches('/').to_owned(), settings);
    let stop = CancellationToken::new();
    let mails = TcpListener::bind(smtp).await?;
    let smtp_address = mails.local_addr()?;
    tokio::spawn(mail::serve(mails, world.clone(), stop.clone()));
    tokio::spawn(hub::serve(world.clone(), stop.clone()));
    let task = tokio::spawn(accept(listener, router(world.clone()), stop.clone()));
    Ok(Running::new(world, smtp_address, stop, task))
}

fn router(world: World) -> Router {
    let everything = Router::new()
        .merge(linkedin::routes())
        .merge(mastodon::routes(&world))
        .merge(bluesky::routes(&world))
        .merge(stream::routes())
        .merge(feeds::routes())
        .merge(hub::routes())
        .merge(identity::routes())
        .merge(picture::routes())
        .merge(real::routes())
        .merge(bad::routes())
        .merge(mail::routes())
        .merge(switches::routes())
        .merge(page::routes());
    // Where a redirect leads, everything is as before.
    everything
        .clone()
        .nest("/moved", everything)
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
    let reset = Arc::new(AtomicBool::new(false));
    let resets = Arc::clone(&reset);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, resets) = (router.clone(), Arc::clone(&resets));
        Box::pin(async move {
            let response =
                router.oneshot(request.map(Body::new)).await.unwrap_or_else(|never: Infallible| match never {});
            if let Some(how) = response.extensions().get::<DropConnection>() {
                resets.store(*how == DropConnection::Reset, Ordering::Relaxed);
                return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
            }
            Ok(response)
        })
    });
    let mut connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    // An aborted connection is what was asked for, and a client that goes away is its own business.
    let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let mut stream = connection.into_parts().io.into_inner();
    let _ = if reset.load(Ordering::Relaxed) { stream.set_zero_linger() } else { stream.shutdown().await };
}
