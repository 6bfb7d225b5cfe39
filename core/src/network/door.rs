//! Where an account is authorised: the network's own consent page, or that of the instance that the person named.

use secrecy::SecretString;
use url::Url;

use super::{Grant, Network, Networks, clients::by_hand, mastodon::application::Application};
use crate::{
    Error, Result,
    db::{Actor, Db},
};

/// The consent page through which a browser leaves, and from which it comes back.
pub enum Door {
    /// `LinkedIn`'s.
    LinkedIn,
    /// That of an instance where our application is registered.
    Mastodon(Application),
}

impl Door {
    /// The server behind it, where the person named it.
    #[must_use]
    pub fn instance(&self) -> Option<&str> {
        match self {
            Self::LinkedIn => None,
            Self::Mastodon(application) => Some(application.instance.name()),
        }
    }
}

impl Networks {
    /// The door that somebody wants to go through. At an instance that nobody connected to yet, our application is
    /// registered first.
    ///
    /// # Errors
    /// `network.not_configured`, or what is wrong with the instance.
    pub async fn open_door(&self, db: &Db, actor: Actor, network: Network, instance: Option<&str>) -> Result<Door> {
        self.insist_on_offer(network)?;
        match network {
            Network::LinkedIn => Ok(Door::LinkedIn),
            Network::Mastodon => {
                Ok(Door::Mastodon(self.mastodon.register(db, actor, instance.unwrap_or_default()).await?))
            }
            Network::Bluesky => Err(no_door("This network asks for a handle and an app password.")),
            _ => Err(by_hand()),
        }
    }

    /// The door that somebody came back through.
    ///
    /// # Errors
    /// When the database cannot be read, or our application there is gone.
    pub async fn door_of(&self, db: &Db, network: Network, instance: Option<&str>) -> Result<Door> {
        match network {
            Network::LinkedIn => Ok(Door::LinkedIn),
            Network::Mastodon => Ok(Door::Mastodon(self.mastodon.application(db, instance.unwrap_or_default()).await?)),
            Network::Bluesky => Err(no_door("This network sends nobody back.")),
            _ => Err(by_hand()),
        }
    }

    /// Where the browser goes to authorise an account; comes back with `state`.
    ///
    /// # Errors
    /// `network.not_configured` when the operator registered no application.
    pub fn authorize_url(&self, door: &Door, state: &SecretString) -> Result<Url> {
        match door {
            Door::LinkedIn => self.linkedin.authorize_url(state),
            Door::Mastodon(application) => self.mastodon.authorize_url(application, state),
        }
    }

    /// The issuer that a callback must name, if it names one.
    #[must_use]
    pub fn issuer(&self, door: &Door) -> String {
        match door {
            Door::LinkedIn => self.linkedin.issuer(),
            Door::Mastodon(application) => self.mastodon.issuer(application),
        }
    }

    /// Trades the code of a callback for a token, and asks whose it is.
    ///
    /// # Errors
    /// `network.refused` or `network.out_of_reach`, with a sentence.
    pub async fn exchange(&self, door: &Door, state: &str, code: String) -> Result<Grant> {
        match door {
            Door::LinkedIn => self.linkedin.exchange(code).await,
            Door::Mastodon(application) => self.mastodon.exchange(application, state, code).await,
        }
    }

    /// Signs in with a name and a password that was made for this application alone, where the network works so.
    ///
    /// # Errors
    /// `network.refused`, `network.out_of_reach`, or what is wrong with the two.
    pub async fn sign_in(&self, network: Network, handle: &str, app_password: &SecretString) -> Result<Grant> {
        self.insist_on_offer(network)?;
        match network {
            Network::Bluesky => self.bluesky.sign_in(handle, app_password).await,
            _ => Err(no_door("This network asks for your yes on its own page.")),
        }
    }

    fn insist_on_offer(&self, network: Network) -> Result<()> {
        if self.offered.contains(&network) {
            return Ok(());
        }
        if Network::BY_HAND.contains(&network) {
            return Err(by_hand());
        }
        Err(Error::refused("network.not_configured", "This network is not offered here. Ask your admin."))
    }
}

fn no_door(words: &'static str) -> Error {
    Error::refused("network.other_way", words)
}
