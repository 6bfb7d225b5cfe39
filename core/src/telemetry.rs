//! What the process tells about itself: logs on standard error, and figures for Prometheus on a listener of their own.

use std::{io::IsTerminal, net::SocketAddr};

use anyhow::Context;
use metrics_exporter_prometheus::PrometheusBuilder;
use tracing_subscriber::EnvFilter;

use crate::config::log_filter;

/// Starts logging: for people on a terminal, as JSON lines elsewhere.
pub fn log() {
    let is_terminal = std::io::stderr().is_terminal();
    // A log that cannot be written, on a full disk for example, is lost; complaining about it would end the process.
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(log_filter()))
        .with_writer(std::io::stderr)
        .log_internal_errors(false);
    // A second start in one process (a test) keeps the first subscriber.
    let _ = if is_terminal { builder.with_target(false).try_init() } else { builder.json().try_init() };
}

/// Serves `/metrics` at `address`.
///
/// # Errors
/// When the address cannot be listened on.
pub fn serve_metrics(address: SocketAddr) -> anyhow::Result<()> {
    PrometheusBuilder::new()
        .with_http_listener(address)
        .install()
        .with_context(|| format!("KLAROEN_METRICS_LISTEN: cannot listen on {address}"))
}
