//! Runs a sandbox on the address given as first argument, for looking at it.

use klaroen_sandbox::{Settings, serve};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:7070".into());
    let settings = Settings { real_feeds: arguments.next().map(Into::into), ..Settings::default() };
    let mut running = serve(TcpListener::bind(address).await?, settings).await?;
    println!("{}", running.base_url());
    running.stopped().await;
    Ok(())
}
