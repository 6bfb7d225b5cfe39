//! The LinkedIn client: a concrete client with an injectable address, so that the sandbox can stand in.

pub mod address;
pub(crate) mod answer;
mod introspect;
mod oauth;
mod post;
mod remove;
pub mod version;

use reqwest::{Client, Method, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub(super) use self::remove::{is_of, is_removable};
use self::version::{Choice, Versions};
use super::call::at;
use crate::{config::Config, http::transport::Transport};

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
