//! The one binary: server, worker, demo and tools.

mod cli;
mod demo;
mod keys;
mod map;
mod run;

use std::process::ExitCode;

use clap::Parser;
use klaroen_core::{
    App, Clock,
    config::Config,
    http::{FEED_CAP, Http, Request},
    telemetry,
};

use cli::{Cli, Command};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    #[cfg(feature = "failpoints")]
    klaroen_core::failpoint::arm();
    if !matches!(cli.command, Command::Map(_) | Command::Openapi) {
        telemetry::log();
    }
    let done = match cli.command {
        Command::Run(config) => run::product(config, run::Parts::Both).await,
        Command::Serve(config) => run::product(config, run::Parts::Server).await,
        Command::Worker(config) => run::product(config, run::Parts::Worker).await,
        Command::Demo(demo) => demo::run(demo).await,
        Command::Migrate(config) => migrate(config).await,
        Command::Keys(keys) => keys::run(keys).await,
        Command::Sandbox(sandbox) => demo::sandbox(sandbox).await,
        Command::Openapi => openapi(),
        Command::Map(map) => return finish(map_items(&map).await, ExitCode::from(2)),
    };
    finish(done, ExitCode::FAILURE)
}

/// One clear line for whoever started it, with the causes behind it.
fn finish(done: anyhow::Result<()>, failure: ExitCode) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("klaroen: {error:#}");
            failure
        }
    }
}

async fn migrate(config: Config) -> anyhow::Result<()> {
    let config = config.validated()?;
    App::open_database(&config, Clock::System).await?.close().await;
    println!("The tables are up to date.");
    Ok(())
}

/// Addresses are fetched by the same guarded client as in the product.
async fn map_items(map: &map::Map) -> anyhow::Result<()> {
    let config = Config { allow_hosts: map.allow_hosts.clone(), ..Config::practice(".".into()) };
    let http = Http::new(&config)?;
    map::run(map, async |address| {
        let answer = http.fetch(&Request::get(address, "*/*", FEED_CAP)).await?;
        anyhow::ensure!(answer.status == 200, "The server of this address answered {}.", answer.status);
        let charset = answer.charset().map(ToOwned::to_owned);
        Ok(map::Fetched { charset, bytes: answer.bytes, address: answer.url })
    })
    .await
}

fn openapi() -> anyhow::Result<()> {
    println!("{}", klaroen_server::contract().to_pretty_json()?);
    Ok(())
}
