//! Removing what was published. Deleting is idempotent at every network, so it may be repeated; what is gone already is
//! gone.

use super::{Account, Network, Networks, Obstacle, bluesky, linkedin, mastodon};

impl Networks {
    /// True when a post of this name can be removed through the network's API.
    #[must_use]
    pub fn is_removable(&self, network: Network, urn: &str) -> bool {
        match network {
            Network::LinkedIn => linkedin::is_removable(urn),
            Network::Mastodon => mastodon::address::id_of(urn).is_some(),
            Network::Bluesky => bluesky::address::parts(urn).is_some(),
            _ => false,
        }
    }

    /// Removes a published post. `certain`: the network named it when it took it, so where it is not it is gone. `retired`
    /// are the versions of the API to avoid.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn remove(
        &self,
        account: &Account,
        urn: &str,
        certain: bool,
        retired: &[String],
    ) -> Result<(), Obstacle> {
        let token = self.token(account)?;
        match account.network {
            Network::LinkedIn => self.linkedin.remove(&token, urn, certain, retired).await,
            Network::Mastodon => self.mastodon.remove(&token, account, urn).await,
            Network::Bluesky => self.bluesky.remove(&token, &account.subject, urn).await,
            _ => Err(Obstacle::TokenRevoked),
        }
    }
}

impl Account {
    /// True when this account sent these bytes: only it can remove what came of them.
    #[must_use]
    pub fn sent(&self, body: &str) -> bool {
        match self.network {
            Network::LinkedIn => linkedin::is_of(&self.subject, body),
            Network::Mastodon => mastodon::is_of(&self.subject, body),
            Network::Bluesky => bluesky::is_of(&self.subject, body),
            _ => false,
        }
    }
}
