//! Posting a record under a key of our own, which is committed with it: the same record twice is one post.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Bluesky, POST, again, answer,
    card::{card, facets, fit, tid},
    session::Tokens,
};
use crate::{
    failpoint::reached,
    http::transport::NoAnswer,
    network::{
        Draft, Obstacle, Outcome, Picture,
        call::{read, words},
    },
};

/// For each of the two looks around a send, so that with them it is still over before its lease is.
const LOOK: Duration = Duration::from_secs(7);

#[derive(Deserialize)]
struct Uploaded {
    blob: Value,
}

impl Bluesky {
    /// Uploads the picture and answers the exact bytes to send; `sent` are those of an earlier send, taken again when
    /// they are for the same account.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn prepare(
        &self,
        token: &SecretString,
        did: &str,
        draft: &Draft,
        sent: Option<&str>,
    ) -> Result<String, Obstacle> {
        let tokens = Tokens::open(token)?;
        if let Some(sent) = sent.filter(|sent| is_of(did, sent)) {
            return Ok(sent.to_owned());
        }
        let thumbnail = match &draft.picture {
            Some(picture) => self.upload(&tokens, picture).await?,
            None => None,
        };
        let record = json!({
            "$type": POST,
            "text": draft.text,
            "createdAt": draft.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            "facets": facets(&draft.text),
            "embed": card(draft, &draft.address(&self.origin), thumbnail),
        });
        let rkey = tid(draft.at, rand::random());
        Ok(json!({ "repo": did, "collection": POST, "rkey": rkey, "record": record }).to_string())
    }

    async fn upload(&self, tokens: &Tokens, picture: &Picture) -> Result<Option<Value>, Obstacle> {
        let Some(picture) = fit(picture).await else {
            tracing::warn!("a picture cannot be made small enough for Bluesky, so the card goes out without it");
            return Ok(None);
        };
        reached("upload.begun");
        let call = self.post("com.atproto.repo.uploadBlob").bearer_auth(&tokens.access_jwt);
        let call = call.header(CONTENT_TYPE, picture.content_type).body(picture.bytes);
        let response = self.transport.send(call).await.map_err(|no_answer| again(no_answer.words()))?;
        let (status, reset) = (response.status().as_u16(), answer::reset(response.headers()));
        let body = read(response).await.map_err(|error| again(words(&error)))?;
        reached("upload.done");
        if status != 200 {
            return Err(answer::of_upload(status, &body, reset));
        }
        let Uploaded { blob } =
            serde_json::from_slice(&body).map_err(|_| again("Bluesky gave no name for the picture"))?;
        Ok(Some(blob))
    }

    /// Sends once. A repeat looks first whether the record is there, and once more if the answer does not say: what
    /// stands under our key is this very post.
    pub async fn send(&self, token: &SecretString, body: &str, is_repeat: bool) -> Outcome {
        let tokens = match Tokens::open(token) {
            Ok(tokens) => tokens,
            Err(obstacle) => return Outcome::NotTaken(obstacle),
        };
        if is_repeat {
            match self.find(body).await {
                Ok(Some(urn)) => return Outcome::Duplicate { urn: Some(urn) },
                Ok(None) => {}
                Err(obstacle) => return Outcome::NotTaken(obstacle),
            }
        }
        let outcome = self.create(&tokens, body).await;
        if is_repeat
            && !matches!(outcome, Outcome::Published { .. })
            && let Ok(Some(urn)) = self.find(body).await
        {
            return Outcome::Duplicate { urn: Some(urn) };
        }
        outcome
    }

    async fn create(&self, tokens: &Tokens, body: &str) -> Outcome {
        let call = self.post("com.atproto.repo.createRecord").bearer_auth(&tokens.access_jwt);
        let call = call.header(CONTENT_TYPE, "application/json").body(body.to_owned());
        let response = match self.transport.send(call).await {
            Ok(response) => response,
            Err(NoAnswer::Unsent(words)) => return Outcome::NotTaken(again(words)),
            Err(NoAnswer::Lost(words)) => return Outcome::Lost { detail: words.to_owned() },
        };
        reached("answer.begun");
        let (status, reset) = (response.status().as_u16(), answer::reset(response.headers()));
        let body = read(response).await.unwrap_or_default();
        reached("answer.done");
        answer::of_record(status, &body, reset)
    }

    /// The record that stands under the key of `body`.
    async fn find(&self, body: &str) -> Result<Option<String>, Obstacle> {
        let sent = read_body(body);
        let query = ["repo", "collection", "rkey"].map(|name| (name, sent[name].as_str().unwrap_or_default()));
        let look = self.get("com.atproto.repo.getRecord").query(&query).timeout(LOOK);
        let (status, body) = self.ask(look).await.map_err(|no_answer| again(no_answer.words()))?;
        answer::of_search(status, &body)
    }
}

/// True when these bytes go into the repository of this account.
pub fn is_of(did: &str, body: &str) -> bool {
    read_body(body)["repo"] == did
}

fn read_body(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_default()
}
