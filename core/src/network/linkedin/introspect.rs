//! Asks LinkedIn whether it still takes a token. Only a clear answer counts.

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::LinkedIn;
use crate::network::{
    call::{PATIENCE, at, read},
    connection::ConnectionState,
};

#[derive(Deserialize)]
struct Answer {
    active: bool,
    status: Option<String>,
}

impl LinkedIn {
    /// How the token stands; none: LinkedIn did not say.
    pub async fn introspect(&self, token: &SecretString) -> Option<ConnectionState> {
        let application = self.application.as_ref()?;
        let form = [
            ("client_id", application.id.as_str()),
            ("client_secret", application.secret.expose_secret()),
            ("token", token.expose_secret()),
        ];
        let ask = self.http.post(at(&self.site, "/oauth/v2/introspectToken")).timeout(PATIENCE).form(&form);
        let answer = ask.send().await.ok()?;
        let status = answer.status();
        let body = read(answer).await.ok()?;
        if status != StatusCode::OK {
            tracing::info!(%status, "LinkedIn does not say how a token stands");
            return None;
        }
        standing(&body)
    }
}

/// A token of which LinkedIn knows nothing is `active: false` without a status: that is no end.
fn standing(body: &[u8]) -> Option<ConnectionState> {
    let answer: Answer = serde_json::from_slice(body).ok()?;
    match (answer.active, answer.status.as_deref()) {
        (true, _) => Some(ConnectionState::Works),
        (false, Some("revoked")) => Some(ConnectionState::Revoked),
        (false, Some("expired")) => Some(ConnectionState::Expired),
        (false, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_ends_a_token() {
        for (body, expected) in [
            (r#"{"active":true,"status":"active","expires_at":1795184000}"#, Some(ConnectionState::Works)),
            (r#"{"active":false,"status":"revoked"}"#, Some(ConnectionState::Revoked)),
            (r#"{"active":false,"status":"expired"}"#, Some(ConnectionState::Expired)),
            (r#"{"active":false,"status":"something new"}"#, None),
            (r#"{"active":false}"#, None),
            (r#"{"status":"revoked"}"#, None),
            ("<html>", None),
            ("", None),
        ] {
            assert_eq!(standing(body.as_bytes()), expected, "{body}");
        }
    }
}
