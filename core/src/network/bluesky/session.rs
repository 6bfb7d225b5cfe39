//! Sessions: signing in with an app password, trading a token that ended for the next one, and giving it back.
//! Both tokens of a session are kept as one sealed value; the app password is kept nowhere.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Bluesky, again, answer};
use crate::{
    Error, Result,
    network::{
        End, Grant, Obstacle, Renewed,
        call::{PATIENCE, read, shown_name, words},
    },
};

/// A session ends two months after it was last renewed, when its token does not say when.
const LIFETIME: u64 = 60 * 24 * 3600;

/// Both tokens of a session, as they are sealed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tokens {
    pub(super) access_jwt: String,
    pub(super) refresh_jwt: String,
}

#[derive(Deserialize)]
struct Session {
    did: String,
    handle: String,
    #[serde(flatten)]
    tokens: Tokens,
}

#[derive(Deserialize)]
struct Claims {
    exp: i64,
}

impl Tokens {
    pub(super) fn open(secret: &SecretString) -> Result<Self, Obstacle> {
        serde_json::from_str(secret.expose_secret()).map_err(|_| Obstacle::TokenRevoked)
    }

    fn seal(&self) -> Result<SecretString> {
        serde_json::to_string(self).map(SecretString::from).map_err(Error::internal)
    }

    fn end(&self) -> End {
        expiry(&self.refresh_jwt).map_or(End::In(LIFETIME), End::At)
    }
}

impl Bluesky {
    /// Signs in with an app password. A password of another form is never sent: it may be the main one.
    ///
    /// # Errors
    /// `app_password.form`, `network.refused` or `network.out_of_reach`.
    pub async fn sign_in(&self, handle: &str, app_password: &SecretString) -> Result<Grant> {
        let handle = handle.trim().trim_start_matches('@');
        if handle.is_empty() || handle.len() > 253 || handle.contains(char::is_whitespace) {
            return Err(Error::invalid("/handle", "handle.invalid", "Write your handle like name.bsky.social."));
        }
        let password = app_password.expose_secret().trim();
        if !is_app_password(password) {
            let words =
                "This is no app password. It looks like abcd-efgh-ijkl-mnop; your main password does not belong here.";
            return Err(Error::invalid("/app_password", "app_password.form", words));
        }
        let call = self.post("com.atproto.server.createSession").timeout(PATIENCE);
        let call = call.json(&json!({ "identifier": handle, "password": password }));
        let (status, body) = ask(call).await.map_err(|error| unreachable_because(&error))?;
        let session: Option<Session> = serde_json::from_slice(&body).ok();
        let Some(session) = session.filter(|session| status == 200 && is_did(&session.did)) else {
            tracing::warn!(status, "Bluesky refused a sign-in");
            return Err(match status {
                400 | 401 => Error::invalid(
                    "/app_password",
                    "app_password.wrong",
                    "Handle and app password do not belong together.",
                ),
                429 => Error::refused("network.refused", "Bluesky saw too many tries. Wait five minutes."),
                _ => {
                    Error::refused("network.refused", "Bluesky did not accept the sign-in. Try again in some minutes.")
                }
            });
        };
        Ok(Grant {
            subject: session.did,
            display_name: shown_name(&session.handle),
            handle: Some(shown_name(&format!("@{}", session.handle))),
            instance: None,
            scopes: "app_password".to_owned(),
            token: session.tokens.seal()?,
            end: session.tokens.end(),
        })
    }

    /// The next tokens, if the access token has ended; none: it is good still.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn renew(&self, secret: &SecretString) -> Result<Option<Renewed>, Obstacle> {
        let tokens = Tokens::open(secret)?;
        let look = self.get("com.atproto.server.getSession").bearer_auth(&tokens.access_jwt);
        let (status, body) = ask(look).await.map_err(|error| again(words(&error)))?;
        match status {
            200 => return Ok(None),
            // Nothing was sent that could be wrong but the token, whatever words are used.
            400 | 401 => {}
            _ => return Err(answer::of_upload(status, &body, None)),
        }
        let trade = self.post("com.atproto.server.refreshSession").bearer_auth(&tokens.refresh_jwt);
        let (status, body) = ask(trade).await.map_err(|error| again(words(&error)))?;
        if status != 200 {
            return Err(match answer::of_upload(status, &body, None) {
                Obstacle::Refused { .. } if status == 400 => Obstacle::TokenRevoked,
                obstacle => obstacle,
            });
        }
        let tokens: Tokens = serde_json::from_slice(&body).map_err(|_| again("Bluesky gave no new tokens"))?;
        let token = tokens.seal().map_err(|error| again(&error.to_string()))?;
        Ok(Some(Renewed { token, end: tokens.end() }))
    }

    /// Ends a session; answers the status.
    ///
    /// # Errors
    /// When Bluesky cannot be reached.
    pub async fn revoke(&self, secret: &SecretString) -> Result<u16> {
        let Ok(tokens) = Tokens::open(secret) else { return Ok(0) };
        let end = self.post("com.atproto.server.deleteSession").bearer_auth(&tokens.refresh_jwt);
        ask(end).await.map(|(status, _)| status).map_err(|error| unreachable_because(&error))
    }
}

async fn ask(request: RequestBuilder) -> reqwest::Result<(u16, Vec<u8>)> {
    let response = request.send().await?;
    Ok((response.status().as_u16(), read(response).await?))
}

fn unreachable_because(error: &reqwest::Error) -> Error {
    let what = words(error);
    Error::refused("network.out_of_reach", format!("Bluesky cannot be reached ({what}). Try again in some minutes."))
}

/// Four groups of four letters or digits: the form in which Bluesky makes them.
fn is_app_password(text: &str) -> bool {
    let is_group =
        |group: &str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').count() == 4 && text.split('-').all(is_group)
}

/// An id becomes part of addresses, so it may hold nothing that would change them.
pub(super) fn is_did(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'.' | b'-' | b'_');
    text.starts_with("did:") && text.len() <= 256 && text.bytes().all(is_plain)
}

/// When a token ends, as it says itself. It is only a hint of when to ask the person; nothing is decided on it.
fn expiry(jwt: &str) -> Option<DateTime<Utc>> {
    let claims = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?).ok()?;
    let Claims { exp } = serde_json::from_slice(&claims).ok()?;
    DateTime::from_timestamp(exp, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_main_password_does_not_look_like_an_app_password() {
        assert!(is_app_password("abcd-2345-ijkl-mnop"));
        for bad in
            ["", "correct horse battery", "abcd-efgh-ijkl", "abcd-efgh-ijkl-mno", "ABCD-efgh-ijkl-mnop", "a-b-c-d"]
        {
            assert!(!is_app_password(bad), "{bad}");
        }
    }

    #[test]
    fn a_token_says_when_it_ends() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"exp":1790000000}"#);
        assert_eq!(expiry(&format!("head.{claims}.sign")), DateTime::from_timestamp(1_790_000_000, 0));
        for bad in ["", "a.b.c", "...", "x"] {
            assert_eq!(expiry(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_id_fits_into_an_address() {
        assert!(is_did("did:plc:abc234") && is_did("did:web:example.com"));
        for bad in ["", "plc:abc", "did:plc:a/b", "did:plc:a b", "did:é"] {
            assert!(!is_did(bad), "{bad}");
        }
    }
}
