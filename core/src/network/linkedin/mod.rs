//! The LinkedIn client: a concrete client with an injectable address, so that the sandbox can stand in.

pub mod address;
mod answer;
mod oauth;
mod post;
pub mod version;

use reqwest::{Client, Method, RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use self::version::{Choice, Versions};
use crate::{
    config::Config,
    http::transport::{NoAnswer, Transport},
};

/// Answers are small; more than this is not read.
const ANSWER_CAP: usize = 256 << 10;

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct LinkedIn {
    http: Client,
    transport: Transport,
    site: Url,
    api: Url,
    versions: Versions,
    origin: String,
    application: Option<Application>,
}

#[derive(Clone)]
struct Application {
    id: String,
    secret: SecretString,
}

impl LinkedIn {
    /// A client for the configured application and addresses.
    #[must_use]
    pub fn new(config: &Config, http: Client) -> Self {
        let linkedin = &config.linkedin;
        let application = linkedin.client_id.clone().zip(linkedin.client_secret.clone());
        Self {
            http,
            transport: Transport::Http,
            site: linkedin.url.clone(),
            api: linkedin.api_url.clone(),
            versions: linkedin.versions.clone(),
            origin: config.origin(),
            application: application.map(|(id, secret)| Application { id, secret }),
        }
    }

    /// The same, with its calls going through a simulation.
    #[cfg(test)]
    pub(crate) fn through(self, carry: crate::http::transport::Simulated) -> Self {
        Self { transport: Transport::Simulated(carry), ..self }
    }

    /// True when an application is registered.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        self.application.is_some()
    }

    /// Where members read posts in a browser.
    #[must_use]
    pub fn site(&self) -> &Url {
        &self.site
    }

    fn call(&self, method: Method, path: &str, token: &SecretString) -> RequestBuilder {
        self.http.request(method, at(&self.api, path)).bearer_auth(token.expose_secret())
    }

    /// The configured versions of the API.
    #[must_use]
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// A call below `/rest`, with the headers that all of them need.
    fn rest(&self, method: Method, path: &str, token: &SecretString, choice: &Choice) -> RequestBuilder {
        self.call(method, path, token)
            .header("LinkedIn-Version", &choice.version)
            .header("X-Restli-Protocol-Version", "2.0.0")
    }
}

/// The address of `path` (which may carry a query) on the host of `base`.
fn at(base: &Url, path: &str) -> Url {
    base.join(path).unwrap_or_else(|_| base.clone())
}

/// The body up to its cap.
async fn read(mut response: Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk[..chunk.len().min(ANSWER_CAP - body.len())]);
        if body.len() == ANSWER_CAP {
            break;
        }
    }
    Ok(body)
}

/// What went wrong, without the address (which may hold secrets).
fn words(error: &reqwest::Error) -> &'static str {
    NoAnswer::from(error).words()
}
