//! Removing a status; an instance that knows no such status of this account says 404.

use secrecy::{ExposeSecret, SecretString};

use super::{Mastodon, address, answer};
use crate::network::{
    Account, Obstacle, Refusal,
    call::{at, read, words},
};

impl Mastodon {
    /// Removes a status of the account's own instance; one that is not there is gone.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn remove(&self, token: &SecretString, account: &Account, urn: &str) -> Result<(), Obstacle> {
        let again = |detail: &str| Obstacle::Unreachable { detail: detail.to_owned() };
        let own = account.instance.as_deref().and_then(|instance| address::urn_of_address(urn, Some(instance)));
        let Some(id) = own.as_deref().and_then(address::id_of) else {
            let detail = "the post is at another server".to_owned();
            return Err(Obstacle::Refused { kind: Refusal::Content, detail });
        };
        let (client, base) = self.way(account.instance.as_deref())?;
        let call = client.delete(at(&base, &format!("/api/v1/statuses/{id}"))).bearer_auth(token.expose_secret());
        let response = self.transport.send(call).await.map_err(|no_answer| again(no_answer.words()))?;
        let (status, reset) = (response.status().as_u16(), answer::reset(response.headers()));
        let body = read(response).await.map_err(|error| again(words(&error)))?;
        if matches!(status, 200 | 404) { Ok(()) } else { Err(answer::of_upload(status, &body, reset)) }
    }
}
