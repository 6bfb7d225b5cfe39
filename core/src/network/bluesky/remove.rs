//! Removing a record: 200 whether it was there or not.

use secrecy::SecretString;
use serde_json::json;

use super::{Bluesky, POST, address, again, answer, session::Tokens};
use crate::network::{
    Obstacle,
    call::{read, words},
};

impl Bluesky {
    /// Removes a post of the account; one that is not there is gone.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn remove(&self, token: &SecretString, did: &str, urn: &str) -> Result<(), Obstacle> {
        let tokens = Tokens::open(token)?;
        let key = address::parts(urn).map(|(_, key)| key).unwrap_or_default();
        let call = self.post("com.atproto.repo.deleteRecord").bearer_auth(&tokens.access_jwt);
        let call = call.json(&json!({ "repo": did, "collection": POST, "rkey": key }));
        let response = self.transport.send(call).await.map_err(|no_answer| again(no_answer.words()))?;
        let (status, reset) = (response.status().as_u16(), answer::reset(response.headers()));
        let body = read(response).await.map_err(|error| again(words(&error)))?;
        if status == 200 { Ok(()) } else { Err(answer::of_upload(status, &body, reset)) }
    }
}
