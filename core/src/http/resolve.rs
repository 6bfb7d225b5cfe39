//! Names resolve once, and the addresses that were checked are the ones that are connected to:
//! a name that answers differently the second time gains nothing.

use std::{io, net::SocketAddr, sync::Arc};

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{failure::NotPublic, is_public};

type Lookup = dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync;

/// A resolver that refuses a name if any of its addresses is not public.
#[derive(Clone)]
pub(super) struct Guarded(Arc<Lookup>);

impl Guarded {
    /// Asks the operating system.
    pub(super) fn system() -> Self {
        Self::with(|name| Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) }))
    }

    /// Asks `lookup`.
    pub(super) fn with(
        lookup: impl Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(lookup))
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let answer = (self.0)(name.as_str().to_owned());
        Box::pin(async move {
            let addresses = answer.await?;
            if addresses.iter().all(|address| is_public(address.ip())) {
                Ok(Box::new(addresses.into_iter()) as Addrs)
            } else {
                Err(NotPublic.into())
            }
        })
    }
}
