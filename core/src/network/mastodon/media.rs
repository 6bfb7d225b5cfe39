//! Uploading the picture of a status. An instance may need some seconds to get it ready; that is waited for, not for ever.

use std::time::Duration;

use reqwest::{
    RequestBuilder,
    multipart::{Form, Part},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{Mastodon, answer};
use crate::{
    failpoint::reached,
    network::{
        Account, Obstacle, Picture,
        call::{at, read, words},
        text::shortened,
    },
};

/// Between the questions whether a picture is ready, in seconds.
const WAITS: [u64; 5] = [1, 1, 2, 3, 4];
/// Characters of the words for those who cannot see the picture.
const DESCRIPTION: usize = 300;

#[derive(Deserialize)]
struct Media {
    id: String,
}

impl Mastodon {
    /// The id of the uploaded picture; none: it does not get ready, and the status goes out with the card that the
    /// instance makes of the link.
    pub(super) async fn upload(
        &self,
        token: &SecretString,
        account: &Account,
        picture: &Picture,
        title: &str,
    ) -> Result<Option<String>, Obstacle> {
        let (client, base) = self.way(account.instance.as_deref())?;
        let name = picture.content_type.replace('/', ".").replace("image", "picture");
        let part = Part::bytes(picture.bytes.clone()).file_name(name).mime_str(&picture.content_type);
        let part = part.map_err(|error| again(words(&error)))?;
        let form = Form::new().part("file", part).text("description", shortened(title, DESCRIPTION));
        reached("upload.begun");
        let call = client.post(at(&base, "/api/v2/media")).bearer_auth(token.expose_secret()).multipart(form);
        let (mut status, body) = self.ask_for_media(call).await?;
        reached("upload.done");
        let Media { id } =
            serde_json::from_slice(&body).map_err(|_| again("the server gave no name for the picture"))?;
        if !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(again("the server gave no name for the picture"));
        }
        for wait in WAITS {
            if status == 200 {
                return Ok(Some(id));
            }
            tokio::time::sleep(Duration::from_secs(wait)).await;
            let call = client.get(at(&base, &format!("/api/v1/media/{id}"))).bearer_auth(token.expose_secret());
            (status, _) = self.ask_for_media(call).await?;
        }
        if status == 200 {
            return Ok(Some(id));
        }
        tracing::warn!(instance = account.instance, "a picture does not get ready, so the status goes out without it");
        Ok(None)
    }

    /// Calls for pictures may be repeated, whatever happened to them.
    async fn ask_for_media(&self, request: RequestBuilder) -> Result<(u16, Vec<u8>), Obstacle> {
        let response = self.transport.send(request).await.map_err(|no_answer| again(no_answer.words()))?;
        let (status, reset) = (response.status().as_u16(), answer::reset(response.headers()));
        let body = read(response).await.map_err(|error| again(words(&error)))?;
        match status {
            200 | 202 | 206 => Ok((status, body)),
            _ => Err(answer::of_upload(status, &body, reset)),
        }
    }
}

fn again(detail: &str) -> Obstacle {
    Obstacle::Unreachable { detail: detail.to_owned() }
}
