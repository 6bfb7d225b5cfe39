//! The port of the sandbox, which can be closed and opened again, and addresses at which a call ends before it was sent:
//! one where nobody listens and one whose name does not exist. A server cannot refuse one call alone in that way, because
//! it learns who calls only afterwards.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

/// A name that never exists (RFC 6761).
pub(crate) const NO_NAME: &str = "http://nowhere.invalid";

/// What is wanted of the port and what is, and the taken port at which nobody listens.
pub(crate) struct Port {
    wanted: watch::Sender<bool>,
    is_open: watch::Sender<bool>,
    silent: io::Result<TcpSocket>,
}

impl Port {
    pub(crate) fn open() -> Arc<Self> {
        let silent = TcpSocket::new_v4().and_then(|socket| {
            socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
            Ok(socket)
        });
        Arc::new(Self { wanted: watch::Sender::new(true), is_open: watch::Sender::new(true), silent })
    }

    /// Opens or closes the port, and waits until it is so. Connections that are open already stay.
    pub(crate) async fn set(&self, open: bool) {
        self.wanted.send_replace(open);
        // It fails only when the sandbox itself has ended.
        let _ = self.is_open.subscribe().wait_for(|is_open| *is_open == open).await;
    }

    /// An address at which nobody listens.
    pub(crate) fn closed_url(&self) -> String {
        let address = self.silent.as_ref().ok().and_then(|socket| socket.local_addr().ok());
        format!("http://{}", address.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 1))))
    }
}

/// The listener while the port is open.
pub(crate) struct Door {
    address: SocketAddr,
    listener: Option<TcpListener>,
    wanted: watch::Receiver<bool>,
    port: Arc<Port>,
}

impl Door {
    pub(crate) fn new(listener: TcpListener, port: Arc<Port>) -> io::Result<Self> {
        Ok(Self { address: listener.local_addr()?, listener: Some(listener), wanted: port.wanted.subscribe(), port })
    }

    /// The next connection; while the port is closed there is none.
    pub(crate) async fn accept(&mut self) -> io::Result<TcpStream> {
        loop {
            let open = *self.wanted.borrow_and_update();
            self.listener = match self.listener.take() {
                _ if !open => None,
                None => Some(TcpListener::bind(self.address).await?),
                listener => listener,
            };
            self.port.is_open.send_replace(open);
            let Some(listener) = &self.listener else {
                let _ = self.wanted.changed().await;
                continue;
            };
            tokio::select! {
                _ = self.wanted.changed() => {}
                accepted = listener.accept() => return accepted.map(|(stream, _)| stream),
            }
        }
    }
}
