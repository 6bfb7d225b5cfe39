//! The networks that people share on. A second network is another arm of `Network`, not another abstraction.
//! Tokens stay sealed until the moment a request is made; only this module opens them.

pub mod attempt;
pub mod callback;
pub mod connection;
pub mod intent;
pub mod linkedin;
pub mod little_text;
pub mod notice;
mod outcome;

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

pub use self::{
    attempt::Pending,
    connection::{Account, Connection},
    outcome::{Obstacle, Outcome, Refusal, Throttle},
};
use self::{
    intent::{Intent, Words},
    linkedin::{
        LinkedIn,
        version::{self, Versions},
    },
};
use crate::{Error, Result, config::Config, http::Http, secret::Key};

/// Somebody waits for the answer, and it changes nothing here.
const REVOKE: Duration = Duration::from_secs(10);

/// There is no account to connect where people only share by hand.
const BY_HAND: (&str, &str) = ("network.by_hand", "On this network you share by hand; there is nothing to connect.");

/// A network that people share on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Network {
    /// linkedin.com
    #[serde(rename = "linkedin")]
    #[sqlx(rename = "linkedin")]
    LinkedIn,
    /// x.com, by hand.
    X,
    /// facebook.com, by hand.
    Facebook,
    /// whatsapp.com, by hand.
    #[serde(rename = "whatsapp")]
    #[sqlx(rename = "whatsapp")]
    WhatsApp,
    /// threads.com, by hand.
    Threads,
    /// xing.com, by hand.
    Xing,
    /// A mail of one's own, by hand.
    Email,
}

impl Network {
    /// Every network to which an account can be connected, in the order in which they are shown.
    pub const ALL: [Self; 1] = [Self::LinkedIn];
    /// The networks on which people only share by hand: the network's own dialog opens.
    pub const BY_HAND: [Self; 6] = [Self::X, Self::Facebook, Self::WhatsApp, Self::Threads, Self::Xing, Self::Email];

    /// The word used in addresses and in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::LinkedIn => "linkedin",
            Self::X => "x",
            Self::Facebook => "facebook",
            Self::WhatsApp => "whatsapp",
            Self::Threads => "threads",
            Self::Xing => "xing",
            Self::Email => "email",
        }
    }

    /// Longest text of a post, counted as `length` counts.
    #[must_use]
    pub fn longest_text(self) -> usize {
        match self {
            Self::LinkedIn => 3_000,
            _ => usize::MAX,
        }
    }

    /// Length of a text as the network counts it.
    #[must_use]
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::LinkedIn => little_text::length(text),
            _ => text.chars().count(),
        }
    }
}

/// An account that somebody just authorised; kept only after "this is me".
pub struct Grant {
    /// The member's id at the network.
    pub subject: String,
    /// For "is this you?".
    pub display_name: String,
    /// What was granted, separated by spaces.
    pub scopes: String,
    /// The access token.
    pub token: SecretString,
    /// Seconds until it ends.
    pub expires_in: u64,
}

/// What is to be published.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What the person says.
    pub text: String,
    /// Headline of the card.
    pub title: String,
    /// Text of the card.
    pub summary: Option<String>,
    /// Where the post leads.
    pub link: String,
    /// The counting link that is used instead, if clicks are counted.
    pub link_code: Option<String>,
    /// Picture of the card.
    pub picture: Option<Picture>,
}

/// A picture as stored: re-encoded JPEG or PNG.
#[derive(Clone)]
pub struct Picture {
    /// `image/jpeg` or `image/png`.
    pub content_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

/// The clients of all networks.
#[derive(Clone)]
pub struct Networks {
    linkedin: LinkedIn,
    key: Arc<Key>,
}

impl Networks {
    /// Clients as configured; `key` opens the tokens.
    #[must_use]
    pub fn new(config: &Config, http: &Http, key: Arc<Key>) -> Self {
        Self { linkedin: LinkedIn::new(config, http.api()), key }
    }

    /// Clients whose calls go through a simulation.
    #[cfg(test)]
    pub(crate) fn simulated(
        config: &Config,
        http: &Http,
        key: Arc<Key>,
        carry: crate::http::transport::Simulated,
    ) -> Self {
        Self { linkedin: LinkedIn::new(config, http.api()).through(carry), key }
    }

    /// True when the operator registered an application at this network.
    #[must_use]
    pub fn is_configured(&self, network: Network) -> bool {
        match network {
            Network::LinkedIn => self.linkedin.is_configured(),
            _ => false,
        }
    }

    /// Where the browser goes to authorise an account; comes back with `state`.
    ///
    /// # Errors
    /// `network.not_configured` when the operator registered no application.
    pub fn authorize_url(&self, network: Network, state: &SecretString) -> Result<Url> {
        match network {
            Network::LinkedIn => self.linkedin.authorize_url(state),
            _ => Err(Error::refused(BY_HAND.0, BY_HAND.1)),
        }
    }

    /// The issuer that a callback must name, if it names one.
    #[must_use]
    pub fn issuer(&self, network: Network) -> String {
        match network {
            Network::LinkedIn => self.linkedin.issuer(),
            _ => String::new(),
        }
    }

    /// Trades the code of a callback for a token, and asks whose it is.
    ///
    /// # Errors
    /// `network.refused` or `network.unreachable`, with a sentence.
    pub async fn exchange(&self, network: Network, code: String) -> Result<Grant> {
        match network {
            Network::LinkedIn => self.linkedin.exchange(code).await,
            _ => Err(Error::refused(BY_HAND.0, BY_HAND.1)),
        }
    }

    /// Asks the network to forget the token of a connection that was deleted here. Its failure is harmless.
    pub async fn revoke(&self, account: &Account) {
        self.forget(account.network, account.open(&self.key)).await;
    }

    /// Asks the network to forget the token of an account that its visitor did not recognise. Its failure is harmless.
    pub async fn revoke_pending(&self, pending: &Pending) {
        self.forget(pending.network, pending.token(&self.key)).await;
    }

    async fn forget(&self, network: Network, token: Result<SecretString>) {
        let Ok(token) = token else { return };
        let revoked = match network {
            Network::LinkedIn => tokio::time::timeout(REVOKE, self.linkedin.revoke(&token)).await,
            _ => return,
        };
        match revoked {
            Ok(Ok(status)) => tracing::info!(network = network.word(), status, "asked to revoke a token"),
            Ok(Err(error)) => tracing::warn!(network = network.word(), %error, "could not ask to revoke a token"),
            Err(_) => tracing::warn!(network = network.word(), "no answer in time to a request to revoke a token"),
        }
    }

    /// Uploads the picture and answers the exact bytes to send. May be repeated: nothing is public yet.
    /// Bytes of an earlier send by the same account are taken again as they are. `retired` are the versions of the
    /// API to avoid.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn prepare(
        &self,
        account: &Account,
        draft: &Draft,
        sent: Option<&str>,
        retired: &[String],
    ) -> Result<String, Obstacle> {
        let token = self.token(account)?;
        match account.network {
            Network::LinkedIn => self.linkedin.prepare(&token, &account.subject, draft, sent, retired).await,
            _ => Err(Obstacle::TokenRevoked),
        }
    }

    /// Sends `body` once. Never repeats, never follows. `retired` are the versions of the API to avoid.
    pub async fn send(&self, account: &Account, body: &str, retired: &[String]) -> Outcome {
        match self.token(account) {
            Err(obstacle) => Outcome::NotTaken(obstacle),
            Ok(token) => match account.network {
                Network::LinkedIn => self.linkedin.send(&token, body, retired).await,
                _ => Outcome::NotTaken(Obstacle::TokenRevoked),
            },
        }
    }

    /// The versions of the API that are configured, newest first.
    #[must_use]
    pub fn versions(&self, network: Network) -> &Versions {
        match network {
            Network::LinkedIn => self.linkedin.versions(),
            _ => &version::NONE,
        }
    }

    /// A token that cannot be opened is as good as none: connecting again mends it.
    fn token(&self, account: &Account) -> Result<SecretString, Obstacle> {
        account.open(&self.key).map_err(|error| {
            tracing::error!(connection = %account.id, "a stored token cannot be opened: {error}");
            Obstacle::TokenRevoked
        })
    }

    /// Where a browser shows a published post.
    #[must_use]
    pub fn address_of(&self, network: Network, urn: &str) -> String {
        match network {
            Network::LinkedIn => linkedin::address::address_of(urn, self.linkedin.site()),
            _ => urn.to_owned(),
        }
    }

    /// The post that a pasted address shows; none if it is not an address of a post at this network.
    #[must_use]
    pub fn urn_of_address(&self, network: Network, address: &str) -> Option<String> {
        match network {
            Network::LinkedIn => linkedin::address::urn_of_address(address, self.linkedin.site()),
            _ => intent::post_of_address(network, address),
        }
    }

    /// The network's own share dialog, for who shares by hand; none: it has none.
    #[must_use]
    pub fn dialog(&self, network: Network, words: &Words<'_>) -> Option<Intent> {
        intent::dialog(network, words, self.linkedin.site())
    }
}
