//! The demo: the whole product on a fresh SQLite file, with the sandbox as its outside world.

mod begin;
mod ending;
mod hand;
mod history;
mod networks;
mod news;

use std::{fs, net::SocketAddr, path::PathBuf};

use anyhow::Context;
use clap::Args;
use klaroen_core::{
    App, Clock,
    config::{Config, HostPort},
    shutdown,
};
use klaroen_sandbox::{Client, Running, Settings};
use tokio::net::TcpListener;

use crate::run::{self, Parts};

/// Flags of the demo.
#[derive(Args)]
pub struct Demo {
    /// Address of the product
    #[arg(long, env = "KLAROEN_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    listen: SocketAddr,
    /// Address of the practice LinkedIn and the sample feeds
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDR:PORT")]
    sandbox_listen: SocketAddr,
    /// Folder of the demo's database; it is made anew at each start
    #[arg(long, default_value = "data/demo", value_name = "DIR")]
    data_dir: PathBuf,
    /// Folder of real feed files to serve as well
    #[arg(long, value_name = "DIR")]
    feeds: Option<PathBuf>,
    /// Hosts in your own network that may be asked besides the sandbox, to try a feed of your own
    #[arg(long, env = "KLAROEN_ALLOW_HOSTS", value_delimiter = ',', value_name = "HOST:PORT")]
    allow_hosts: Vec<HostPort>,
}

/// Flags of the sandbox alone.
#[derive(Args)]
pub struct Practice {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDR:PORT")]
    listen: SocketAddr,
    /// Folder of real feed files to serve as well
    #[arg(long, value_name = "DIR")]
    feeds: Option<PathBuf>,
}

/// Starts the sandbox alone and runs until a signal.
pub async fn sandbox(practice: Practice) -> anyhow::Result<()> {
    let stop = shutdown::on_signal()?;
    let world = start_sandbox(practice.listen, practice.feeds).await?;
    println!("The practice LinkedIn is at {0}, the sample feeds at {0}/feeds", world.base_url());
    stop.cancelled().await;
    world.shutdown().await;
    Ok(())
}

/// Starts sandbox and product on fresh data and runs until a signal.
pub async fn run(demo: Demo) -> anyhow::Result<()> {
    let stop = shutdown::on_signal()?;
    let world = start_sandbox(demo.sandbox_listen, demo.feeds).await?;
    empty(&demo.data_dir)?;
    let mut config = Config::practice(demo.data_dir);
    config.listen = demo.listen;
    config.allow_hosts = demo.allow_hosts;
    let listener = run::bind(&mut config).await?;
    let application = Client::default();
    config.practise_at(world.base_url(), &application.id, &application.secret)?;
    config.mail.practise_at(world.smtp_address())?;
    let app = App::open(config.validated()?, Clock::System).await?;
    begin::fill(&app).await?;
    news::follow(&app, &world).await?;
    klaroen_worker::drain(&app).await?;
    news::go_on(&app, &world).await?;
    klaroen_worker::drain(&app).await?;
    history::fill(&app, &world).await?;
    hand::fill(&app, &world).await?;
    ending::fill(&app, &world).await?;
    networks::share(&app, &world).await?;
    klaroen_worker::drain(&app).await?;
    println!("{}", welcome(&app, &world));
    run::until_stopped(app, Some(listener), Parts::Both, stop).await?;
    world.shutdown().await;
    Ok(())
}

async fn start_sandbox(listen: SocketAddr, real_feeds: Option<PathBuf>) -> anyhow::Result<Running> {
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}; is another demo running there? Use --sandbox-listen"))?;
    Ok(klaroen_sandbox::serve(listener, Settings { real_feeds, ..Settings::default() }).await?)
}

/// Removes what an earlier demo left; only its own files, whatever folder was named.
fn empty(folder: &PathBuf) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for name in ["klaroen.db", "klaroen.db-wal", "klaroen.db-shm", "secret.key"] {
        let file = folder.join(name);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
    }
    Ok(())
}

fn welcome(app: &App, world: &Running) -> String {
    let (origin, sandbox, password) = (app.config.origin(), world.base_url(), begin::PASSWORD);
    let (social, ending) = (networks::EMAIL, ending::EMAIL);
    format!(
        "
  Klaroen, with practice data. LinkedIn, Mastodon, Bluesky and mail are the sandbox: nothing leaves this machine.

  product    {origin}
  sandbox    {sandbox}         what was posted, as members would see it
             {sandbox}/mastodon   {sandbox}/bluesky   the same there, with app passwords
  feeds      {sandbox}/feeds   sample feeds; to add one: {sandbox}/@voorbeeldenergie
  password   {password}
  sign in    marketer@demo.test   employee@demo.test   hr@demo.test   admin@demo.test
             {social}   connected to Mastodon and Bluesky
             {ending}   a connection that ends in 3 days; the mail about it is at {sandbox}/mail

  The data is made anew at each start. Ctrl-C stops it.
"
    )
}
