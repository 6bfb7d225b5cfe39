//! Connecting an account: authorisation address, code for token, whose token it is, and giving it back.
//! The application's credentials travel in the body and there is no PKCE: LinkedIn's web flow knows no other way.

use std::time::Duration;

use oauth2::{
    AccessToken, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    HttpRequest, RedirectUrl, RequestTokenError, Scope, StandardRevocableToken, TokenResponse, TokenUrl,
    basic::{BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType},
};
use reqwest::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::LinkedIn;
use crate::{
    Error, Result,
    network::{
        End, Grant,
        call::{PATIENCE, at, forward, read, shown_name, words},
    },
};

/// Only what sharing needs: who it is, and posting for them.
const SCOPES: [&str; 3] = ["openid", "profile", "w_member_social"];
/// LinkedIn's tokens live 60 days when it does not say.
const LIFETIME: u64 = 60 * 24 * 3600;
/// A fresh token may be refused for a few seconds.
const FRESH: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(2)];

type Client = oauth2::Client<
    BasicErrorResponse,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// LinkedIn's own form of the answer: `scope` with commas or spaces, `token_type` not always there.
#[derive(Debug, Deserialize, Serialize)]
struct TokenAnswer {
    #[serde(skip_serializing)]
    access_token: AccessToken,
    #[serde(default = "bearer")]
    token_type: BasicTokenType,
    expires_in: Option<u64>,
    scope: Option<String>,
}

fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

impl TokenResponse for TokenAnswer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        self.expires_in.map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&oauth2::RefreshToken> {
        None
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

/// Of the profile only these two are read.
#[derive(Deserialize)]
struct UserInfo {
    sub: String,
    #[serde(default)]
    name: String,
}

impl LinkedIn {
    fn client(&self) -> Result<Client> {
        let Some(application) = &self.application else {
            let words = "LinkedIn is not set up here yet. Ask your admin to register an application at LinkedIn.";
            return Err(Error::refused("network.not_configured", words));
        };
        let redirect = format!("{}/api/connections/linkedin/callback", self.origin);
        Ok(oauth2::Client::new(ClientId::new(application.id.clone()))
            .set_client_secret(ClientSecret::new(application.secret.expose_secret().to_owned()))
            .set_auth_type(AuthType::RequestBody)
            .set_auth_uri(AuthUrl::from_url(at(&self.site, "/oauth/v2/authorization")))
            .set_token_uri(TokenUrl::from_url(at(&self.site, "/oauth/v2/accessToken")))
            .set_redirect_uri(RedirectUrl::new(redirect).map_err(Error::internal)?))
    }

    /// Where the browser goes to authorise an account.
    ///
    /// # Errors
    /// `network.not_configured`.
    pub fn authorize_url(&self, state: &SecretString) -> Result<Url> {
        let client = self.client()?;
        let request = client.authorize_url(|| CsrfToken::new(state.expose_secret().to_owned()));
        let (url, _) = request.add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned()))).url();
        Ok(url)
    }

    /// The value of `iss`.
    #[must_use]
    pub fn issuer(&self) -> String {
        at(&self.site, "/oauth").into()
    }

    /// Trades a code for a token and asks whose it is.
    ///
    /// # Errors
    /// `network.refused` or `network.out_of_reach`.
    pub async fn exchange(&self, code: String) -> Result<Grant> {
        let http = self.http.clone();
        let call = move |request: HttpRequest| forward(http.clone(), request);
        let answer = self.client()?.exchange_code(AuthorizationCode::new(code)).request_async(&call).await;
        let answer = answer.map_err(|error| match error {
            RequestTokenError::ServerResponse(refusal) => {
                tracing::warn!(error = refusal.error().as_ref(), "LinkedIn refused to trade a code for a token");
                refused("LinkedIn did not accept the sign-in. Start again; the way back may not take longer than 10 minutes.")
            }
            RequestTokenError::Request(error) => unreachable_because(&error),
            // The answer may hold a token, so its words stay out of the log.
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                refused("LinkedIn gave an answer that cannot be read. Try again in some minutes.")
            }
        })?;
        let scopes = split_scopes(answer.scope.as_deref());
        if !SCOPES.iter().all(|scope| scopes.iter().any(|granted| granted == scope)) {
            return Err(refused("LinkedIn did not grant what sharing needs. Ask your admin to check the application."));
        }
        let token: SecretString = answer.access_token.into_secret().into();
        let who = self.user_info(&token).await?;
        Ok(Grant {
            subject: who.sub,
            display_name: who.name,
            handle: None,
            instance: None,
            scopes: scopes.join(" "),
            token,
            end: End::In(answer.expires_in.unwrap_or(LIFETIME)),
        })
    }

    async fn user_info(&self, token: &SecretString) -> Result<UserInfo> {
        let ask = || self.call(Method::GET, "/v2/userinfo", token).timeout(PATIENCE).send();
        let mut response = ask().await.map_err(|error| unreachable_because(&error))?;
        for wait in FRESH {
            if response.status() != StatusCode::UNAUTHORIZED {
                break;
            }
            tokio::time::sleep(wait).await;
            response = ask().await.map_err(|error| unreachable_because(&error))?;
        }
        let status = response.status();
        let body = read(response).await.map_err(|error| unreachable_because(&error))?;
        let who: Option<UserInfo> = serde_json::from_slice(&body).ok();
        if let Some(who) = who.filter(|who| status == StatusCode::OK && is_subject(&who.sub)) {
            return Ok(UserInfo { name: shown_name(&who.name), ..who });
        }
        tracing::warn!(%status, "LinkedIn did not say whose token it is");
        Err(refused("LinkedIn did not say whose account this is. Try again in some minutes."))
    }

    /// Asks LinkedIn to forget a token; answers the status.
    ///
    /// # Errors
    /// When LinkedIn cannot be reached.
    pub async fn revoke(&self, token: &SecretString) -> reqwest::Result<u16> {
        let Some(application) = &self.application else { return Ok(0) };
        let form = [
            ("client_id", application.id.as_str()),
            ("client_secret", application.secret.expose_secret()),
            ("token", token.expose_secret()),
        ];
        let answer = self.http.post(at(&self.site, "/oauth/v2/revoke")).form(&form).send().await;
        answer.map(|answer| answer.status().as_u16()).map_err(reqwest::Error::without_url)
    }
}

fn refused(words: &'static str) -> Error {
    Error::refused("network.refused", words)
}

fn unreachable_because(error: &reqwest::Error) -> Error {
    let what = words(error);
    Error::refused("network.out_of_reach", format!("LinkedIn cannot be reached ({what}). Try again in some minutes."))
}

/// The granted scopes; no word about them means that they are the ones asked for.
fn split_scopes(scope: Option<&str>) -> Vec<String> {
    let Some(scope) = scope else { return SCOPES.map(String::from).to_vec() };
    scope.split([',', ' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).map(String::from).collect()
}

/// A member's id becomes part of a URN, so it may hold nothing that would change it.
fn is_subject(sub: &str) -> bool {
    (1..=64).contains(&sub.len()) && sub.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_come_with_commas_or_spaces_or_not_at_all() {
        for scope in [Some("openid,profile,w_member_social"), Some(" openid, profile\nw_member_social"), None] {
            assert_eq!(split_scopes(scope), SCOPES);
        }
    }

    #[test]
    fn a_token_answer_needs_no_type_and_never_shows_its_token() {
        let answer: TokenAnswer =
            serde_json::from_str(r#"{"access_token":"canary","expires_in":60,"scope":"a,b","id_token":"x"}"#).unwrap();
        assert_eq!(answer.access_token.secret(), "canary");
        assert!(!format!("{answer:?}").contains("canary"));
        assert!(!serde_json::to_string(&answer).unwrap().contains("canary"));
    }

    #[test]
    fn a_subject_fits_into_a_urn() {
        assert!(is_subject("a1B2c3-_D4"));
        for bad in ["", "a:b", "a b", "é", "a\",\"b", &"x".repeat(65)] {
            assert!(!is_subject(bad), "{bad}");
        }
    }
}
