//! Connecting an account at an instance: the consent page with PKCE, code for token, whose token it is, giving it back.

use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse, TokenUrl,
    basic::BasicClient,
};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::{Mastodon, SCOPES, application::Application};
use crate::{
    Error, Result,
    db::Db,
    http::Failure,
    network::{
        End, Grant,
        call::{PATIENCE, at, forward, read, shown_name},
    },
};

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Of the account only these are read.
#[derive(Deserialize)]
struct Account {
    id: String,
    username: String,
    #[serde(default)]
    display_name: String,
}

impl Mastodon {
    fn client(&self, application: &Application) -> Result<Client> {
        let base = application.instance.url(&self.http);
        Ok(BasicClient::new(ClientId::new(application.client_id.clone()))
            .set_client_secret(ClientSecret::new(application.secret.expose_secret().to_owned()))
            .set_auth_type(AuthType::RequestBody)
            .set_auth_uri(AuthUrl::from_url(at(&base, "/oauth/authorize")))
            .set_token_uri(TokenUrl::from_url(at(&base, "/oauth/token")))
            .set_redirect_uri(RedirectUrl::new(self.redirect_uri()).map_err(Error::internal)?))
    }

    /// Follows from the state and our key: it need not be stored, and who only sees the way back cannot know it.
    fn verifier(&self, state: &SecretString) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.key.derive("klaroen pkce", state).expose_secret().to_owned())
    }

    /// Where the browser goes to authorise an account.
    ///
    /// # Errors
    /// Never in practice; the addresses were read before.
    pub fn authorize_url(&self, application: &Application, state: &SecretString) -> Result<Url> {
        let client = self.client(application)?;
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&self.verifier(state));
        let request = client.authorize_url(|| CsrfToken::new(state.expose_secret().to_owned()));
        let request = request.add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())));
        Ok(request.set_pkce_challenge(challenge).url().0)
    }

    /// The value of `iss`.
    #[must_use]
    pub fn issuer(&self, application: &Application) -> String {
        application.instance.url(&self.http).origin().ascii_serialization()
    }

    /// Trades a code for a token and asks whose it is.
    ///
    /// # Errors
    /// `network.refused` or `network.out_of_reach`.
    pub async fn exchange(&self, application: &Application, state: &str, code: String) -> Result<Grant> {
        let base = application.instance.url(&self.http);
        let http = self.http.api_at(&base).map_err(out_of_reach)?;
        let lent = http.clone();
        let call = move |request| forward(lent.clone(), request);
        let client = self.client(application)?;
        let request = client.exchange_code(AuthorizationCode::new(code));
        let request = request.set_pkce_verifier(self.verifier(&state.to_owned().into()));
        let answer = request.request_async(&call).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(refusal) => {
                tracing::warn!(error = refusal.error().as_ref(), "an instance refused to trade a code for a token");
                refused("The server did not accept the sign-in. Start again; the way back may not take longer than 10 minutes.")
            }
            RequestTokenError::Request(error) => out_of_reach(error.into()),
            // The answer may hold a token, so its words stay out of the log.
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => unreadable(),
        })?;
        let scopes: Vec<_> = answer.scopes().map_or(SCOPES.map(String::from).to_vec(), |scopes| {
            scopes.iter().map(|scope| scope.as_str().to_owned()).collect()
        });
        if !SCOPES.iter().all(|scope| scopes.iter().any(|granted| granted == scope)) {
            return Err(refused("The server did not grant what sharing needs. Start again and allow all of it."));
        }
        let token: SecretString = answer.access_token().secret().clone().into();
        let ask = http.get(at(&base, "/api/v1/accounts/verify_credentials")).bearer_auth(token.expose_secret());
        let answer = ask.timeout(PATIENCE).send().await.map_err(|error| out_of_reach(error.into()))?;
        let status = answer.status();
        let body = read(answer).await.map_err(|error| out_of_reach(error.into()))?;
        let account: Option<Account> = serde_json::from_slice(&body).ok();
        let account =
            account.filter(|account| status == StatusCode::OK && is_id(&account.id)).ok_or_else(unreadable)?;
        let name = application.instance.name();
        let display_name = [&account.display_name, &account.username].into_iter().find(|name| !name.trim().is_empty());
        Ok(Grant {
            subject: format!("{}@{name}", account.id),
            display_name: shown_name(display_name.map_or(name, String::as_str)),
            handle: Some(shown_name(&format!("@{}@{name}", account.username))),
            instance: Some(name.to_owned()),
            scopes: scopes.join(" "),
            token,
            end: End::Never,
        })
    }

    /// Asks an instance to forget a token; answers the status.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn revoke(&self, db: &Db, instance: &str, token: &SecretString) -> Result<u16> {
        let application = self.application(db, instance).await?;
        let base = application.instance.url(&self.http);
        let form = [
            ("client_id", application.client_id.as_str()),
            ("client_secret", application.secret.expose_secret()),
            ("token", token.expose_secret()),
        ];
        let call = self.http.api_at(&base).map_err(out_of_reach)?.post(at(&base, "/oauth/revoke")).form(&form);
        call.send().await.map(|answer| answer.status().as_u16()).map_err(|error| out_of_reach(error.into()))
    }
}

fn refused(words: &'static str) -> Error {
    Error::refused("network.refused", words)
}

fn unreadable() -> Error {
    refused("The server gave an answer that cannot be read. Try again in some minutes.")
}

fn out_of_reach(failure: Failure) -> Error {
    Error::refused("network.out_of_reach", failure.to_string())
}

/// An id becomes part of what is stored and compared.
fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
