//! The networks that people share on. A second network is another arm of `Network`, not another abstraction.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{config::Config, http::Http};

/// A network that people share on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Network {
    /// linkedin.com
    #[serde(rename = "linkedin")]
    #[sqlx(rename = "linkedin")]
    LinkedIn,
}

/// The clients of all networks.
#[derive(Clone)]
pub struct Networks {
    _http: Http,
}

impl Networks {
    /// Clients as configured.
    #[must_use]
    pub fn new(_config: &Config, http: Http) -> Self {
        Self { _http: http }
    }
}
