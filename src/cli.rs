//! The command line. The comments here are what `--help` shows.

use clap::{Parser, Subcommand};
use klaroen_core::config::Config;

use crate::{
    demo::{Demo, Practice},
    keys::Keys,
    map::Map,
};

/// Share company news on your own LinkedIn, and get the bonus that was promised for it.
#[derive(Parser)]
#[command(name = "klaroen", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary can do.
#[derive(Subcommand)]
pub enum Command {
    /// Start the product: web server and worker in one process
    Run(Config),
    /// Start only the web server; workers run elsewhere (needs PostgreSQL)
    Serve(Config),
    /// Start only a worker: it polls feeds and publishes shares
    Worker(Config),
    /// Start the product with practice data and a practice LinkedIn, without an account anywhere
    Demo(Demo),
    /// Bring the tables of the database up to date and stop
    Migrate(Config),
    /// Look after the key file that opens the stored tokens
    #[command(subcommand)]
    Keys(Keys),
    /// Start only the practice LinkedIn and the sample feeds
    Sandbox(Practice),
    /// Print the OpenAPI description of the HTTP API
    Openapi,
    /// Read a feed and print its items, one JSON object a line
    Map(Map),
}
