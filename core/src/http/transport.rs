//! How a request to a network's API leaves, and the one question about a request without an answer: did it leave?

use reqwest::{RequestBuilder, Response};

/// The way to a network's API.
#[derive(Clone)]
pub enum Transport {
    /// One request over HTTP; the client neither follows, keeps connections nor repeats.
    Http,
    /// Into a simulation, which decides how long it takes and what gets lost.
    #[cfg(test)]
    Simulated(Simulated),
}

/// Carries one request through a simulated network.
#[cfg(test)]
pub type Simulated = std::sync::Arc<
    dyn Fn(reqwest::Request) -> futures_util::future::BoxFuture<'static, Result<Response, NoAnswer>> + Send + Sync,
>;

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// Provably nothing of the request left; in words.
    Unsent(&'static str),
    /// Nobody knows what arrived; in words.
    Lost(&'static str),
}

impl Transport {
    /// Sends once.
    ///
    /// # Errors
    /// When no answer came.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, NoAnswer> {
        match self {
            Self::Http => request.send().await.map_err(|error| NoAnswer::from(&error)),
            #[cfg(test)]
            Self::Simulated(carry) => carry(request.build().map_err(|error| NoAnswer::from(&error))?).await,
        }
    }
}

impl NoAnswer {
    /// What went wrong, without the address (which may hold secrets).
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Unsent(words) | Self::Lost(words) => words,
        }
    }
}

impl From<&reqwest::Error> for NoAnswer {
    fn from(error: &reqwest::Error) -> Self {
        if error.is_builder() {
            Self::Unsent("the request could not be made")
        } else if error.is_connect() {
            Self::Unsent("no connection could be made")
        } else if error.is_timeout() {
            Self::Lost("no answer came in time")
        } else {
            Self::Lost("the connection broke off before an answer came")
        }
    }
}
