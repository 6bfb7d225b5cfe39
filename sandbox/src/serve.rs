//! The accept loop. It is written on hyper itself because the sandbox must be able to end a connection without any
//! answer, which a plain axum server cannot.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::port::Door;
use crate::world::World;
use crate::{
    Running, Settings, bad, bluesky, faults, feeds, hub, identity, linkedin, mail, mastodon, page, picture, real,
    stream, switches,
};

/// Between two tries to accept a connection.
const AGAIN: Duration = Duration::from_millis(100);

/// Marks an answer that must not be sent as it is: the connection ends in this way instead.
#[derive(Clone)]
pub(crate) enum DropConnection {
    /// In order, as a server that shuts down.
    Close,
    /// At once, as a network that breaks.
    Reset,
    /// The sandbox says nothing more but hears on, until the caller goes.
    HalfClose,
    /// These bytes go out by hand, the first `slow` of them one by one with a pause after each.
    ByHand { bytes: Bytes, slow: usize, pause: Duration },
}

impl DropConnection {
    pub(crate) fn response(self) -> Response {
        let mut response = ().into_response();
        response.extensions_mut().insert(self);
        response
    }

    async fn carry_out(self, mut stream: TcpStream) -> io::Result<()> {
        match self {
            Self::Close => {}
            Self::Reset => return stream.set_zero_linger(),
            Self::HalfClose => {
                stream.shutdown().await?;
                tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
            }
            Self::ByHand { bytes, slow, pause } => {
                stream.set_nodelay(true)?;
                let (slow, rest) = bytes.split_at(slow.min(bytes.len()));
                for byte in slow.chunks(1) {
                    stream.write_all(byte).await?;
                    tokio::time::sleep(pause).await;
                }
                stream.write_all(rest).await?;
            }
        }
        stream.shutdown().await
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
    let door = Door::new(listener, Arc::clone(world.port()))?;
    let mails = TcpListener::bind(smtp).await?;
    let smtp_address = mails.local_addr()?;
    tokio::spawn(mail::serve(mails, world.clone(), stop.clone()));
    tokio::spawn(hub::serve(world.clone(), stop.clone()));
    let task = tokio::spawn(accept(door, router(world.clone()), stop.clone()));
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

async fn accept(mut door: Door, router: Router, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = door.accept() => accepted,
        };
        match accepted {
            Ok(stream) => {
                let (router, stop) = (router.clone(), stop.clone());
                tokio::spawn(async move { stop.run_until_cancelled(connection(stream, router)).await });
            }
            Err(error) => {
                tracing::warn!(%error, "the sandbox could not accept a connection");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    let ending = Arc::new(Mutex::new(DropConnection::Close));
    let endings = Arc::clone(&ending);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, endings) = (router.clone(), Arc::clone(&endings));
        Box::pin(async move {
            let response =
                router.oneshot(request.map(Body::new)).await.unwrap_or_else(|never: Infallible| match never {});
            if let Some(how) = response.extensions().get::<DropConnection>() {
                *endings.lock().unwrap_or_else(PoisonError::into_inner) = how.clone();
                return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
            }
            Ok(response)
        })
    });
    let mut connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    // An aborted connection is what was asked for, and a client that goes away is its own business.
    let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let ending = ending.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let _ = ending.carry_out(connection.into_parts().io.into_inner()).await;
}
