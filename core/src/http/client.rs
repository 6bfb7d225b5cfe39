//! The four clients that exist in this process; clippy forbids to build one anywhere else.
#![expect(clippy::disallowed_methods, reason = "this is the one place that builds clients")]

use std::time::Duration;

use anyhow::Context;
use reqwest::{Client, ClientBuilder, redirect::Policy, retry};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;

use super::resolve::Guarded;

const CONNECT: Duration = Duration::from_secs(5);
const NO_TLS: &str = "no secure connection can be made from this machine; are its certificate authorities installed?";
const API_TOTAL: Duration = Duration::from_secs(45);
/// More than this and an answer is an attack, not a feed.
const HEADERS: usize = 100;
const HEADER_BYTES: u32 = 64 << 10;

pub(super) struct Clients {
    /// Names resolve to public addresses only.
    public: Client,
    /// For the hosts that the operator allowed by name.
    allowed: Client,
    /// For the configured API of a network.
    pub(super) api: Client,
    /// For an API at a host that a person typed.
    pub(super) guarded_api: Client,
}

impl Clients {
    pub(super) fn new(origin: &str, resolver: Guarded) -> anyhow::Result<Self> {
        // Fails only when one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let tls = tls().context(NO_TLS)?;
        let agent = format!("Klaroen/{} (+{origin})", env!("CARGO_PKG_VERSION"));
        let start = || {
            let builder = Client::builder().tls_backend_preconfigured(tls.clone()).user_agent(&agent);
            builder.redirect(Policy::none()).no_proxy().connect_timeout(CONNECT)
        };
        let guarded = || start().http1_max_headers(HEADERS).http2_max_header_list_size(HEADER_BYTES).referer(false);
        let once = |builder: ClientBuilder| builder.pool_max_idle_per_host(0).retry(retry::never()).timeout(API_TOTAL);
        Ok(Self {
            public: build(guarded().dns_resolver(resolver.clone()))?,
            allowed: build(guarded())?,
            api: build(once(start()))?,
            guarded_api: build(once(guarded().dns_resolver(resolver)))?,
        })
    }

    pub(super) fn for_address(&self, allowed: bool) -> &Client {
        if allowed { &self.allowed } else { &self.public }
    }
}

/// The machine's certificate authorities take longer to load than all else at start, so they are loaded once.
fn tls() -> Result<ClientConfig, rustls::Error> {
    let mut config = ClientConfig::builder().with_platform_verifier()?.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn build(builder: ClientBuilder) -> anyhow::Result<Client> {
    builder.build().context(NO_TLS)
}
