//! What every handler and every job has at hand.

use std::{fs, sync::Arc};

use anyhow::Context;

use crate::{
    Clock, Result,
    config::Config,
    db::{Actor, Db},
    http::Http,
    link::Links,
    mail::Mailer,
    network::Networks,
    secret::{self, Key},
    sql,
};

/// The running product: cheap to clone, the same for server and worker.
#[derive(Clone)]
pub struct App {
    /// Settings.
    pub config: Arc<Config>,
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The way out to addresses that people typed.
    pub http: Http,
    /// The networks that people share on.
    pub networks: Networks,
    /// The short links.
    pub links: Arc<Links>,
    /// The way out for mails; none: the operator set none.
    pub mailer: Option<Mailer>,
    /// Seals tokens.
    pub key: Arc<Key>,
}

impl App {
    /// Opens the database and the key file, and refuses a key that does not belong to the database.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub async fn open(config: Config, clock: Clock) -> anyhow::Result<Self> {
        let db = Self::open_database(&config, clock.clone()).await?;
        let key = open_key(&config, &db).await?;
        let http = Http::new(&config)?;
        let key = Arc::new(key);
        let networks = Networks::new(&config, &http, key.clone());
        let links = Arc::new(Links::new(db.clone(), clock.clone()));
        let mailer = Mailer::new(&config)?;
        Ok(Self { config: Arc::new(config), db, clock, http, networks, links, mailer, key })
    }
}

impl App {
    /// Opens the database alone and brings its tables up to date.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub async fn open_database(config: &Config, clock: Clock) -> anyhow::Result<Db> {
        if config.database_url.is_none() || config.secret_key_file.is_none() {
            fs::create_dir_all(&config.data_dir)
                .with_context(|| format!("KLAROEN_DATA_DIR: cannot make the folder {}", config.data_dir.display()))?;
        }
        Db::open(&config.database(), clock).await.context("the database cannot be opened")
    }
}

/// On a new database the key file may be made; afterwards only the same key is accepted.
async fn open_key(config: &Config, db: &Db) -> anyhow::Result<Key> {
    let known: Option<(Vec<u8>,)> = sql!(db.read(), fetch_optional, "select key_check from instance where id = 1")
        .context("the database cannot be read")?;
    let file = config.key_file();
    let is_new = known.is_none() && !file.exists();
    let key = Key::open(&file, known.is_none())?;
    if is_new {
        tracing::warn!(file = %file.display(), "made a new secret key file; keep a copy of it apart from the database's backup");
    }
    if known.is_none() {
        remember(db, key.check()?).await.context("the database cannot be written")?;
    }
    // Another process may have been first, with a key of its own, or is changing the key: the file is read before this.
    let (check,): (Vec<u8>,) = sql!(db.read(), fetch_one, "select key_check from instance where id = 1")?;
    key.recognise(&check)?;
    let seed = secret::seed(db, &key).await.context("the seed in the table instance cannot be opened")?;
    Ok(key.with_seed(seed))
}

async fn remember(db: &Db, key_check: Vec<u8>) -> Result<()> {
    let mut tx = db.write_durable(Actor::System("start")).await?;
    sql!(
        tx,
        execute,
        "insert into instance (id, key_check, created_at) values (1, $1, $2) on conflict (id) do nothing",
        key_check,
        tx.now
    )?;
    tx.commit().await
}
