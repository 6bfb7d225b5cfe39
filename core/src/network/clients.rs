//! The clients of all networks behind one door each: what is asked of every network, and which client answers.

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{
    Account, Draft, Grant, Network, Obstacle, Outcome, Pending, Renewed,
    bluesky::{self, Bluesky},
    connection::ConnectionState,
    intent::{self, Intent, Words},
    linkedin::{self, LinkedIn, version::Versions},
    mastodon::Mastodon,
    revocation::{self, Revoked},
};
use crate::{Error, Result, config::Config, db::Db, http::Http, secret::Key};

/// Somebody waits for the answer, and it changes nothing here.
pub(super) const REVOKE: Duration = Duration::from_secs(5);

/// Posts that one process has under way to the networks at the same time.
pub const SENDS_AT_ONCE: usize = 16;

/// The clients of all networks.
#[derive(Clone)]
pub struct Networks {
    pub(super) linkedin: LinkedIn,
    pub(super) mastodon: Mastodon,
    pub(super) bluesky: Bluesky,
    pub(super) key: Arc<Key>,
    pub(super) offered: Vec<Network>,
    pub(super) sending: Arc<Semaphore>,
}

impl Networks {
    /// Clients as configured; `key` opens the tokens.
    #[must_use]
    pub fn new(config: &Config, http: &Http, key: Arc<Key>) -> Self {
        Self {
            linkedin: LinkedIn::new(config, http.api()),
            mastodon: Mastodon::new(config, http.clone(), key.clone()),
            bluesky: Bluesky::new(config, http.api()),
            key,
            offered: config.networks.clone(),
            sending: Arc::new(Semaphore::new(SENDS_AT_ONCE)),
        }
    }

    /// Waits until a post may leave; hold it until the answer is there. None: no post leaves any more.
    pub async fn sending(&self) -> Option<SemaphorePermit<'_>> {
        self.sending.acquire().await.ok()
    }

    /// Nothing more leaves: the process stops.
    pub fn stop_sending(&self) {
        self.sending.close();
    }

    /// True when people can connect an account at this network: the operator offers it, and did what it asks of
    /// operators.
    #[must_use]
    pub fn is_configured(&self, network: Network) -> bool {
        self.offered.contains(&network)
            && match network {
                Network::LinkedIn => self.linkedin.is_configured(),
                Network::Mastodon | Network::Bluesky => true,
                _ => false,
            }
    }

    /// Asks the network to forget the token of a connection that was deleted here. Its failure is harmless.
    pub async fn revoke(&self, db: &Db, account: &Account) -> Revoked {
        let whose = (account.network, account.subject.as_str(), account.instance.as_deref());
        self.forget(db, whose, account.open(&self.key)).await
    }

    /// How the network says that a token stands; none: it did not say, or has no such question.
    pub async fn standing(&self, account: &Account) -> Option<ConnectionState> {
        let token = account.open(&self.key).ok()?;
        match account.network {
            Network::LinkedIn => self.linkedin.introspect(&token).await,
            _ => None,
        }
    }

    /// Asks the network to forget the token of an account that its visitor did not recognise. Its failure is harmless.
    pub async fn revoke_pending(&self, db: &Db, pending: &Pending) {
        let whose = (pending.network, pending.subject.as_str(), pending.instance.as_deref());
        self.forget(db, whose, pending.token(&self.key)).await;
    }

    /// Asks the network to forget a token that was just granted and is not wanted. Its failure is harmless.
    pub async fn revoke_grant(&self, db: &Db, network: Network, grant: Grant) {
        let whose = (network, grant.subject.as_str(), grant.instance.as_deref());
        self.forget(db, whose, Ok(grant.token)).await;
    }

    /// Asks, unless the account is connected here: it may be by the very token.
    async fn forget(
        &self,
        db: &Db,
        (network, subject, instance): (Network, &str, Option<&str>),
        token: Result<SecretString>,
    ) -> Revoked {
        let Ok(token) = token else { return Revoked::Unreadable };
        match revocation::is_in_use(&mut db.read(), network, subject).await {
            Ok(false) => {}
            Ok(true) => return Revoked::InUse,
            Err(error) => {
                tracing::warn!(network = network.word(), %error, "could not look whether a token is in use");
                return Revoked::Unanswered;
            }
        }
        let ask = async {
            match network {
                Network::LinkedIn => self.linkedin.revoke(&token).await.map_err(Error::internal),
                Network::Mastodon => self.mastodon.revoke(db, instance.unwrap_or_default(), &token).await,
                Network::Bluesky => self.bluesky.revoke(&token).await,
                _ => Err(by_hand()),
            }
        };
        match tokio::time::timeout(REVOKE, ask).await {
            Ok(Ok(status)) => {
                tracing::info!(network = network.word(), status, "asked to revoke a token");
                return Revoked::of(status);
            }
            Ok(Err(error)) => tracing::warn!(network = network.word(), %error, "could not ask to revoke a token"),
            Err(_) => tracing::warn!(network = network.word(), "no answer in time to a request to revoke a token"),
        }
        Revoked::Unanswered
    }

    /// A new token, where tokens end within hours and the network trades the old one; none: it is good as it is.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn renew(&self, account: &Account) -> Result<Option<Renewed>, Obstacle> {
        match account.network {
            Network::Bluesky => self.bluesky.renew(&self.token(account)?).await,
            _ => Ok(None),
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
            Network::Mastodon => self.mastodon.prepare(&token, account, draft, sent).await,
            Network::Bluesky => self.bluesky.prepare(&token, &account.subject, draft, sent).await,
            _ => Err(Obstacle::TokenRevoked),
        }
    }

    /// Sends `body` once. Never repeats, never follows. `retired` are the versions of the API to avoid; `is_repeat`:
    /// the very same was sent before.
    pub async fn send(&self, account: &Account, body: &str, retired: &[String], is_repeat: bool) -> Outcome {
        match self.token(account) {
            Err(obstacle) => Outcome::NotTaken(obstacle),
            Ok(token) => match account.network {
                Network::LinkedIn => self.linkedin.send(&token, body, retired).await,
                Network::Mastodon => self.mastodon.send(&token, account, body).await,
                Network::Bluesky => self.bluesky.send(&token, body, is_repeat).await,
                _ => Outcome::NotTaken(Obstacle::TokenRevoked),
            },
        }
    }

    /// The versions of the API that are configured, newest first; none: the network's API has no versions.
    #[must_use]
    pub fn versions(&self, network: Network) -> Option<&Versions> {
        match network {
            Network::LinkedIn => Some(self.linkedin.versions()),
            _ => None,
        }
    }

    /// The key that opens the tokens.
    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// A token that cannot be opened is as good as none: connecting again mends it.
    pub(super) fn token(&self, account: &Account) -> Result<SecretString, Obstacle> {
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
            Network::Bluesky => bluesky::address::address_of(urn, self.bluesky.site()),
            _ => urn.to_owned(),
        }
    }

    /// The post that a pasted address shows; none if it is not an address of a post at this network. `instance` is the
    /// server of the person's account, where there is one; without it, a post on any server is taken.
    #[must_use]
    pub fn urn_of_address(&self, network: Network, address: &str, instance: Option<&str>) -> Option<String> {
        match network {
            Network::LinkedIn => linkedin::address::urn_of_address(address, self.linkedin.site()),
            Network::Mastodon => self.mastodon.urn_of_address(address, instance),
            Network::Bluesky => bluesky::address::urn_of_address(address, self.bluesky.site()),
            _ => intent::post_of_address(network, address),
        }
    }

    /// The network's own share dialog, for who shares by hand; none: it has none.
    #[must_use]
    pub fn dialog(&self, network: Network, words: &Words<'_>) -> Option<Intent> {
        intent::dialog(network, words, self.linkedin.site())
    }
}

/// There is no account where people only share by hand.
pub(super) fn by_hand() -> Error {
    Error::refused("network.by_hand", "On this network you share by hand; there is nothing to connect.")
}
