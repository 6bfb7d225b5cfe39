//! Starting and stopping the product.

use anyhow::Context;
use klaroen_core::{App, Clock, config::Config, db::Actor, invite::Invite, person::Person, shutdown, telemetry};
use secrecy::ExposeSecret;
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;

/// Which parts run in this process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// Web server and worker.
    Both,
    /// Only the web server.
    Server,
    /// Only the worker.
    Worker,
}

/// Starts the product with these settings and runs until a signal.
pub async fn product(config: Config, parts: Parts) -> anyhow::Result<()> {
    let stop = shutdown::on_signal()?;
    let (listener, config) = listen(config, parts).await?;
    let app = App::open(config, Clock::System).await?;
    tracing::info!("settings:\n{}", app.config);
    if parts != Parts::Worker {
        print_set_up_link(&app).await?;
    }
    until_stopped(app, listener, parts, stop).await
}

/// Runs until `stop`, then lets open requests and jobs end.
pub async fn until_stopped(
    app: App,
    listener: Option<TcpListener>,
    parts: Parts,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    if let Some(address) = app.config.metrics_listen {
        telemetry::serve_metrics(address)?;
    }
    let mut tasks = JoinSet::new();
    if let Some(listener) = listener {
        println!("Klaroen listens on {}", app.config.origin());
        tasks.spawn(klaroen_server::serve(listener, klaroen_server::router(app.clone()), stop.clone()));
    }
    if parts != Parts::Server {
        tasks.spawn(klaroen_worker::run(app.clone(), stop.clone()));
    }
    while let Some(ended) = tasks.join_next().await {
        ended.context("a part of the product ended unexpectedly")?;
    }
    app.db.close().await;
    Ok(())
}

/// Binds the address, so that the origin is known before anything else; port 0 lets the system choose.
async fn listen(mut config: Config, parts: Parts) -> anyhow::Result<(Option<TcpListener>, Config)> {
    if parts == Parts::Worker {
        return Ok((None, config.validated()?));
    }
    let listener = bind(&mut config).await?;
    Ok((Some(listener), config.validated()?))
}

/// Binds the configured address and writes the chosen port back into it.
pub async fn bind(config: &mut Config) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!("KLAROEN_LISTEN: cannot listen on {}; is another Klaroen running there?", config.listen)
    })?;
    config.listen = listener.local_addr()?;
    Ok(listener)
}

async fn print_set_up_link(app: &App) -> anyhow::Result<()> {
    if !Person::none_yet(&mut app.db.read()).await? {
        return Ok(());
    }
    let mut tx = app.db.write(Actor::System("start")).await?;
    let token = Invite::set_up(&mut tx).await?;
    tx.commit().await?;
    println!("Nobody has an account yet. Open this link to make the first admin (once, within 72 hours):");
    println!("  {}/setup#{}", app.config.origin(), token.expose_secret());
    Ok(())
}
