//! Looking after the key file.

use clap::Subcommand;
use klaroen_core::{
    App, Clock,
    config::Config,
    secret::rotation::{self, Rotated},
};

/// What can be done with the key file.
#[derive(Subcommand)]
pub enum Keys {
    /// Change the key while the product runs, or go on with a change that was cut short
    Rotate(Config),
}

/// Does it.
pub async fn run(keys: Keys) -> anyhow::Result<()> {
    let Keys::Rotate(config) = keys;
    let app = App::open(config.validated()?, Clock::System).await?;
    let file = app.config.key_file();
    println!("Waiting until everything that was begun with the old key has ended ...");
    let done =
        rotation::rotate(&app, |Rotated { keys, .. }| println!("{keys} keys of tokens are wrapped anew.")).await?;
    app.db.close().await;
    println!("The key is changed. Keep a copy of {} apart from the database's backup.", file.display());
    println!("Backups of before still need the copy of the old key.");
    if done.lost > 0 {
        println!("{} tokens open with neither key: they were lost before. Their people connect again.", done.lost);
    }
    Ok(())
}
