//! The server that a person names: a host, checked before it is asked, and asked whether it speaks Mastodon's language.

use reqwest::{Client, StatusCode};
use serde::Deserialize;
use url::Url;

use super::Mastodon;
use crate::{
    Error, Result,
    http::{Failure, Http},
    network::call::{PATIENCE, at, read},
};

/// A host, or host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance(String);

/// What an instance says of itself, as far as it matters here.
#[derive(Deserialize)]
struct Answer {
    configuration: Configuration,
}

#[derive(Deserialize)]
struct Configuration {
    statuses: Figures,
}

/// What an instance takes in one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Figures {
    /// Characters.
    pub max_characters: u16,
    /// What an address counts, however long it is.
    #[serde(default = "usual")]
    pub characters_reserved_per_url: u16,
}

fn usual() -> u16 {
    23
}

impl Instance {
    /// Reads what people type: `example.social`, `https://example.social/`, `@name@example.social`.
    ///
    /// # Errors
    /// `instance.invalid` with a pointer, when there is no host in it.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
        let host = host.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        let url = Url::parse(&format!("https://{host}/")).ok().filter(|url| {
            let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
            is_bare && url.username().is_empty() && url.password().is_none() && host.len() <= 200
        });
        let named = url.as_ref().and_then(|url| Some((url.host_str()?, url.port())));
        match named {
            Some((host, port)) if host.contains('.') || port.is_some() => {
                Ok(Self(port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))))
            }
            _ => Err(wrong("instance.invalid", "This is no server. Write it like mastodon.social.")),
        }
    }

    /// As it is stored and shown.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Its origin: https, but plain http for a host and port that the operator allowed by name.
    #[must_use]
    pub fn url(&self, http: &Http) -> Url {
        let plain = Url::parse(&format!("http://{}/", self.0)).ok();
        let plain = plain.filter(|url| url.port().is_some() && http.allows(url));
        plain.or_else(|| Url::parse(&format!("https://{}/", self.0)).ok()).unwrap_or_else(nowhere)
    }
}

/// Cannot happen: the name was read as the host of an address before.
fn nowhere() -> Url {
    Url::parse("https://instance.invalid/").unwrap_or_else(|error| unreachable!("a valid literal: {error}"))
}

impl Mastodon {
    /// Asks an instance who it is.
    ///
    /// # Errors
    /// What is wrong with it, in words, with a pointer.
    pub(super) async fn ask(&self, client: &Client, base: &Url) -> Result<Figures> {
        let answer = client.get(at(base, "/api/v2/instance")).timeout(PATIENCE).send().await;
        let answer = answer.map_err(|error| unreachable_because(Failure::from(error)))?;
        let status = answer.status();
        let body = read(answer).await.map_err(|error| unreachable_because(Failure::from(error)))?;
        let figures = serde_json::from_slice(&body).ok().map(|answer: Answer| answer.configuration.statuses);
        figures.filter(|figures| status == StatusCode::OK && figures.max_characters > 0).ok_or_else(|| {
            wrong("instance.not_mastodon", "This server does not speak Mastodon's language. Is it spelled right?")
        })
    }
}

/// Says why a host is not asked, or gave no answer.
pub(super) fn unreachable_because(failure: Failure) -> Error {
    let code = match failure {
        Failure::Address | Failure::Forbidden => "instance.forbidden",
        _ => "instance.unreachable",
    };
    Error::invalid("/instance", code, failure.to_string())
}

fn wrong(code: &'static str, words: &'static str) -> Error {
    Error::invalid("/instance", code, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn people_write_an_instance_in_many_ways() {
        for (text, name) in [
            ("mastodon.social", "mastodon.social"),
            (" https://Mastodon.Social/ ", "mastodon.social"),
            ("@name@mastodon.social", "mastodon.social"),
            ("name@mastodon.social", "mastodon.social"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("localhost:3000", "localhost:3000"),
        ] {
            assert_eq!(Instance::parse(text).unwrap().name(), name, "{text}");
        }
        for bad in ["", "mastodon", "a.nl/path", "a.nl?x", "a.nl#x", "a b.nl", "user:pass@", "https://", "a.nl:99999"] {
            assert!(Instance::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_what_the_operator_allowed_is_asked_without_encryption() {
        let mut config = Config::practice("data".into());
        config.allow_hosts.push("127.0.0.1:8090".parse().unwrap());
        let http = Http::new(&config).unwrap();
        let url = |name: &str| Instance::parse(name).unwrap().url(&http).to_string();
        assert_eq!(url("127.0.0.1:8090"), "http://127.0.0.1:8090/");
        assert_eq!(url("127.0.0.1:8091"), "https://127.0.0.1:8091/");
        assert_eq!(url("mastodon.social"), "https://mastodon.social/");
    }
}
