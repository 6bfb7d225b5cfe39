//! The link in a reminder: renews one connection, without signing anybody in. Looking changes nothing, because mail
//! scanners open links; a click starts the way to the network. The way back must come to the same browser (a cookie) with
//! the state that it left with, and from the very account that is connected. All links of a connection die with it, so
//! renewing it once uses them up.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::{
    Grant, Network,
    connection::{self, ConnectionState, state_at},
};
use crate::{
    Error, Result,
    db::{Tx, expect_rows},
    id::{ConnectionId, MailId, PersonId},
    person::Language,
    secret::{self, Key},
    share::Waiting,
    sql,
};

/// How long a link works.
const LIFETIME: Duration = Duration::days(14);
/// From the click until the browser is back.
const HOP: Duration = Duration::minutes(10);

/// What a link renews.
#[derive(Clone, sqlx::FromRow)]
pub struct Renewal {
    mail_id: MailId,
    connection_id: ConnectionId,
    /// Whose connection it is.
    pub person_id: PersonId,
    /// Of the person.
    pub language: Language,
    /// Where.
    pub network: Network,
    /// The server of the account, where its owner named it.
    pub instance: Option<String>,
    /// The name at the network.
    pub display_name: String,
    subject: String,
    state: ConnectionState,
    /// When the connection runs out.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A click: what goes to the network, and what stays in the browser.
pub struct Click {
    /// Must come back from the network.
    pub state: SecretString,
    /// Must come back from the same browser.
    pub browser: SecretString,
}

/// Makes a mail's link work, and answers its token with its end. The token is the same each time.
///
/// # Errors
/// When the database does not accept it.
pub(crate) async fn offer(tx: &mut Tx, key: &Key, mail: MailId) -> Result<(SecretString, DateTime<Utc>)> {
    let token = key.derive("renewal", &mail.to_string().into());
    let until = tx.now + LIFETIME;
    sql!(
        tx,
        execute,
        "insert into renewals (mail_id, token_hash, expires_at) values ($1, $2, $3) \
         on conflict (mail_id) do update set token_hash = $2, expires_at = $3",
        mail,
        secret::token_hash(token.expose_secret()),
        until
    )?;
    Ok((token, until))
}

/// The columns of a `Renewal`; a literal, so that queries can be put together at compile time.
macro_rules! select_renewal {
    ($tail:literal) => {
        concat!(
            "select r.mail_id, c.id as connection_id, c.person_id, w.language, c.network, c.instance, c.display_name, \
             c.subject, c.state, c.expires_at from renewals r join mails m on m.id = r.mail_id \
             join connections c on c.id = m.connection_id join people w on w.id = c.person_id where w.active = true and ",
            $tail
        )
    };
}

impl Renewal {
    /// True while the connection has not ended.
    #[must_use]
    pub fn works(&self, now: DateTime<Utc>) -> bool {
        state_at(self.state, self.expires_at, now) == ConnectionState::Works
    }

    /// What a link is good for; looking changes nothing.
    ///
    /// # Errors
    /// `renewal.gone` when the connection was renewed or ended since, or the link is too old.
    pub async fn look(tx: &mut Tx, token: &str) -> Result<Self> {
        let found = sql!(
            tx,
            fetch_optional,
            select_renewal!("r.token_hash = $1 and r.expires_at > $2"),
            secret::token_hash(token),
            tx.now
        )?;
        found.ok_or_else(gone)
    }

    /// The click. An earlier one that did not come back is forgotten.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn click(&self, tx: &mut Tx) -> Result<Click> {
        let click = Click { state: secret::token(), browser: secret::token() };
        let touched = sql!(
            tx,
            execute,
            "update renewals set state_hash = $1, browser_hash = $2, state_expires_at = $3 where mail_id = $4",
            secret::token_hash(click.state.expose_secret()),
            secret::token_hash(click.browser.expose_secret()),
            tx.now + HOP,
            self.mail_id
        )?;
        expect_rows(touched, 1, "renewal.gone", GONE)?;
        Ok(click)
    }

    /// The click that came back with this state to this browser, at this network and in time; it is not spent by looking.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn returned(tx: &mut Tx, network: Network, state: &str, browser: &str) -> Result<Option<Self>> {
        Ok(sql!(
            tx,
            fetch_optional,
            select_renewal!("r.state_hash = $1 and r.browser_hash = $2 and c.network = $3 and r.state_expires_at > $4"),
            secret::token_hash(state),
            secret::token_hash(browser),
            network,
            tx.now
        )?)
    }

    /// Spends the state: it works once.
    ///
    /// # Errors
    /// `state.invalid` when somebody was faster.
    pub async fn spend(&self, tx: &mut Tx, state: &str) -> Result<()> {
        let touched = sql!(
            tx,
            execute,
            "update renewals set state_hash = null, browser_hash = null, state_expires_at = null \
             where mail_id = $1 and state_hash = $2",
            self.mail_id,
            secret::token_hash(state)
        )?;
        expect_rows(touched, 1, "state.invalid", "This way back is not valid any more. Start again.")
    }

    /// Renews the connection with what the network granted, and answers what goes out now.
    ///
    /// # Errors
    /// `renewal.other_account` when another account was authorised; `renewal.gone` when the connection is gone.
    pub async fn finish(&self, tx: &mut Tx, key: &Key, grant: &Grant) -> Result<Waiting> {
        if grant.subject != self.subject || grant.instance != self.instance {
            let words = "You allowed another account than the one that is connected here. Sign in at the network with \
                         your own, or connect the other one on your own page.";
            return Err(Error::refused("renewal.other_account", words));
        }
        tx.hold("people", self.person_id.0).await?;
        let is_there: Option<(ConnectionId,)> = sql!(
            tx,
            fetch_optional,
            "select c.id from connections c join people w on w.id = c.person_id where c.id = $1 and w.active = true",
            self.connection_id
        )?;
        is_there.ok_or_else(gone)?;
        let waiting = Waiting::of(tx, self.person_id, self.network).await?;
        connection::connect(tx, key, self.person_id, self.network, grant).await?;
        Ok(waiting)
    }
}

const GONE: &str = "This link does not work any more: the connection was renewed or ended, or the link is too old.";

fn gone() -> Error {
    Error::refused("renewal.gone", GONE)
}
