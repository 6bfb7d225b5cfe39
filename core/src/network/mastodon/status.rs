//! Posting a status. What is committed before the send holds the idempotency key too, so that a repeat within the hour
//! for which an instance remembers keys is the same status.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{Mastodon, answer};
use crate::{
    failpoint::reached,
    http::transport::NoAnswer,
    network::{
        Account, Draft, Obstacle, Outcome, Refusal,
        call::{at, read},
        limit::BEFORE_LINK,
    },
};

/// What is committed: the account it is for, the key, and the status as it is sent.
#[derive(Debug, Serialize, Deserialize)]
struct Intent {
    account: String,
    idempotency_key: Uuid,
    status: Status,
}

#[derive(Debug, Serialize, Deserialize)]
struct Status {
    #[serde(rename = "status")]
    text: String,
    media_ids: Vec<String>,
    visibility: String,
}

impl Mastodon {
    /// Uploads the picture and answers the exact bytes of the intent; `sent` are those of an earlier send, taken again
    /// when they are for the same account.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn prepare(
        &self,
        token: &SecretString,
        account: &Account,
        draft: &Draft,
        sent: Option<&str>,
    ) -> Result<String, Obstacle> {
        if let Some(sent) = sent.filter(|sent| is_of(&account.subject, sent)) {
            return Ok(sent.to_owned());
        }
        let media = match &draft.picture {
            Some(picture) => self.upload(token, account, picture, &draft.title).await?,
            None => None,
        };
        let status = Status {
            text: format!("{}{BEFORE_LINK}{}", draft.text, draft.address(&self.origin)),
            media_ids: media.into_iter().collect(),
            visibility: "public".to_owned(),
        };
        let intent = Intent { account: account.subject.clone(), idempotency_key: Uuid::new_v4(), status };
        serde_json::to_string(&intent).map_err(|error| Obstacle::Unreachable { detail: error.to_string() })
    }

    /// Sends once. Everything after the connection was made and before an answer is `Lost`.
    pub async fn send(&self, token: &SecretString, account: &Account, body: &str) -> Outcome {
        let Some(intent) = read_intent(body) else {
            let detail = "the bytes to send are not those of a status".to_owned();
            return Outcome::NotTaken(Obstacle::Refused { kind: Refusal::Content, detail });
        };
        let (client, base) = match self.way(account.instance.as_deref()) {
            Ok(way) => way,
            Err(obstacle) => return Outcome::NotTaken(obstacle),
        };
        let request = client.post(at(&base, "/api/v1/statuses")).bearer_auth(token.expose_secret());
        let request = request.header("Idempotency-Key", intent.idempotency_key.to_string()).json(&intent.status);
        let response = match self.transport.send(request).await {
            Ok(response) => response,
            Err(NoAnswer::Unsent(words)) => {
                return Outcome::NotTaken(Obstacle::Unreachable { detail: words.to_owned() });
            }
            Err(NoAnswer::Lost(words)) => return Outcome::Lost { detail: words.to_owned() },
        };
        reached("answer.begun");
        let status = response.status().as_u16();
        let reset = answer::reset(response.headers());
        let body = read(response).await.unwrap_or_default();
        reached("answer.done");
        let address = serde_json::from_slice::<Value>(&body).ok().and_then(|status| super::address::of_status(&status));
        answer::of_status(status, address, &body, reset)
    }
}

/// True when these bytes are a status of this account.
pub fn is_of(subject: &str, body: &str) -> bool {
    read_intent(body).is_some_and(|intent| intent.account == subject)
}

fn read_intent(body: &str) -> Option<Intent> {
    serde_json::from_str(body).ok()
}
