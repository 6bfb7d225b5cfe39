//! Our application at an instance: registered once, by whoever connects there first, and kept with its secret sealed.

use chrono::Duration;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;

use super::{
    Mastodon, SCOPES,
    instance::{Figures, Instance, unreachable_because},
};
use crate::{
    Error, Result,
    db::{Actor, Db, Tx},
    http::Failure,
    network::call::{PATIENCE, at, read},
    secret::{Key, Sealed, rotation::Wrapped},
    sql,
};

/// An instance forgets an application through which nobody connected; a younger one is there still.
const UNUSED: Duration = Duration::hours(12);

/// Our application at an instance.
pub struct Application {
    /// Where.
    pub instance: Instance,
    /// Its name there.
    pub client_id: String,
    /// Its secret.
    pub secret: SecretString,
}

/// What an instance answers to a registration.
#[derive(Deserialize)]
struct Registered {
    client_id: String,
    client_secret: SecretString,
}

#[derive(sqlx::FromRow)]
struct Row {
    client_id: String,
    #[sqlx(flatten)]
    sealed: Sealed,
}

impl Mastodon {
    /// Our application at the instance that somebody typed; registered now if it is not yet.
    ///
    /// # Errors
    /// What is wrong with the instance, with a pointer.
    pub async fn register(&self, db: &Db, actor: Actor, typed: &str) -> Result<Application> {
        let instance = Instance::parse(typed)?;
        let base = instance.url(&self.http);
        let client = self.http.api_at(&base).map_err(unreachable_because)?;
        let figures = self.ask(&client, &base).await?;
        let mut tx = db.write(actor).await?;
        let known = self.known(&mut tx, &instance).await?;
        if let Some(application) = known {
            keep_figures(&mut tx, &instance, figures).await?;
            tx.commit().await?;
            return Ok(application);
        }
        drop(tx);
        let new = json!({
            "client_name": "Klaroen",
            "redirect_uris": self.redirect_uri(),
            "scopes": SCOPES.join(" "),
            "website": self.origin,
        });
        let answer = client.post(at(&base, "/api/v1/apps")).timeout(PATIENCE).json(&new).send().await;
        let answer = answer.map_err(|error| unreachable_because(Failure::from(error)))?;
        let body = read(answer).await.map_err(|error| unreachable_because(Failure::from(error)))?;
        let registered: Registered = serde_json::from_slice(&body).map_err(|_| {
            let words = "This server does not let applications register. Choose another network, or ask its owner.";
            Error::invalid("/instance", "instance.no_applications", words)
        })?;
        let application = Application { instance, client_id: registered.client_id, secret: registered.client_secret };
        let mut tx = db.write(actor).await?;
        self.keep(&mut tx, &application, figures).await?;
        tx.commit().await?;
        Ok(application)
    }

    /// Our application at an instance, for the way back and for giving tokens back.
    ///
    /// # Errors
    /// `state.invalid` when there is none any more.
    pub async fn application(&self, db: &Db, name: &str) -> Result<Application> {
        let gone = || Error::refused("state.invalid", "This way back is not valid any more. Start again.");
        let instance = Instance::parse(name).map_err(|_| gone())?;
        let row: Option<Row> = sql!(
            db.read(),
            fetch_optional,
            "select client_id, token, token_key from mastodon_applications where instance = $1",
            instance.name()
        )?;
        open(&self.key, instance, row.ok_or_else(gone)?)
    }

    /// The application that is kept, if the instance still knows it.
    async fn known(&self, tx: &mut Tx, instance: &Instance) -> Result<Option<Application>> {
        let row: Option<Row> = sql!(
            tx,
            fetch_optional,
            "select client_id, token, token_key from mastodon_applications a where instance = $1 and redirect_uri = $2 \
             and (registered_at > $3 or exists (select 1 from connections c where c.instance = a.instance))",
            instance.name(),
            self.redirect_uri(),
            tx.now - UNUSED
        )?;
        row.map(|row| open(&self.key, instance.clone(), row)).transpose()
    }

    async fn keep(&self, tx: &mut Tx, application: &Application, figures: Figures) -> Result<()> {
        let name = application.instance.name();
        let sealed = self.key.seal(&application.secret, &place(name))?;
        sql!(
            tx,
            execute,
            "insert into mastodon_applications (instance, redirect_uri, client_id, token, token_key, longest_text, \
             link_length, registered_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (instance) do update set \
             redirect_uri = $2, client_id = $3, token = $4, token_key = $5, longest_text = $6, link_length = $7, \
             registered_at = $8",
            name,
            self.redirect_uri(),
            &application.client_id,
            &sealed.token,
            &sealed.token_key,
            i32::from(figures.max_characters),
            i32::from(figures.characters_reserved_per_url),
            tx.now
        )?;
        Ok(())
    }

    /// One path for all instances: which one it is stands in the row of the attempt.
    pub(super) fn redirect_uri(&self) -> String {
        format!("{}/api/connections/mastodon/callback", self.origin)
    }
}

async fn keep_figures(tx: &mut Tx, instance: &Instance, figures: Figures) -> Result<()> {
    sql!(
        tx,
        execute,
        "update mastodon_applications set longest_text = $1, link_length = $2 where instance = $3",
        i32::from(figures.max_characters),
        i32::from(figures.characters_reserved_per_url),
        instance.name()
    )?;
    Ok(())
}

/// The wrapped keys of their secrets that another key than the one with this id wrapped.
pub(crate) async fn wrapped(tx: &mut Tx, key_id: &[u8]) -> Result<Vec<Wrapped>> {
    let rows: Vec<(String, Vec<u8>)> = sql!(
        tx,
        fetch_all,
        "select instance, token_key from mastodon_applications where substr(token_key, 1, 4) <> $1",
        key_id
    )?;
    let update = "update mastodon_applications set token_key = $1 where token_key = $2 and $3 is null";
    Ok(rows.into_iter().map(|(name, key)| Wrapped { update, row: None, place: place(&name), key }).collect())
}

fn open(key: &Key, instance: Instance, row: Row) -> Result<Application> {
    let secret = key.open_sealed(&row.sealed, &place(instance.name()))?;
    Ok(Application { instance, client_id: row.client_id, secret })
}

fn place(instance: &str) -> String {
    format!("mastodon_applications/{instance}")
}
