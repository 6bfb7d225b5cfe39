//! The one binary: server, worker, demo and tools.

mod cli;
mod demo;
mod map;
mod run;

use std::process::ExitCode;

use clap::Parser;
use klaroen_core::{Clock, config::Config, db::Db, telemetry};

use cli::{Cli, Command};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    if !matches!(cli.command, Command::Map(_) | Command::Openapi) {
        telemetry::log();
    }
    let done = match cli.command {
        Command::Run(config) => run::product(config, run::Parts::Both).await,
        Command::Serve(config) => run::product(config, run::Parts::Server).await,
        Command::Worker(config) => run::product(config, run::Parts::Worker).await,
        Command::Demo(demo) => demo::run(demo).await,
        Command::Migrate(config) => migrate(config).await,
        Command::Sandbox(sandbox) => demo::sandbox(sandbox).await,
        Command::Openapi => openapi(),
        Command::Map(_) => Ok(()),
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
    Db::open(&config.database(), Clock::System).await?.close().await;
    println!("The tables are up to date.");
    Ok(())
}

fn openapi() -> anyhow::Result<()> {
    println!("{}", klaroen_server::contract().to_pretty_json()?);
    Ok(())
}
