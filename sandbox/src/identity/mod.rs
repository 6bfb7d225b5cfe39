//! The practice identity provider, in the forms of Entra ID, Google Workspace and Okta: code flow with PKCE, signed
//! tokens, keys that change, and a sign-in with any flaw that must be refused.

mod code;
mod flaw;
mod info;
pub(crate) mod key;
mod provider;
mod token;

use std::collections::HashMap;

use axum::routing::{get, post};
use axum::{Extension, Router};

pub(crate) use code::Grant;
pub use flaw::Flaw;
use provider::Provider;

use crate::world::World;

/// The one registered application.
const CLIENT: &str = "klaroen-sign-in";
const SECRET: &str = "klaroen-sign-in-secret";

/// Everything that the provider remembers.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) codes: HashMap<String, Grant>,
    /// What the holder of an access token may see.
    pub(crate) tokens: HashMap<String, Grant>,
    /// How often the key changed.
    rotation: u32,
    last_nonce: Option<String>,
}

impl Memory {
    /// Another key signs from now on.
    pub(crate) fn rotate(&mut self) {
        self.rotation += 1;
    }
}

pub(crate) fn routes() -> Router<World> {
    let one = |provider: Provider| {
        Router::new()
            .route("/.well-known/openid-configuration", get(info::configuration))
            .route("/authorize", get(code::show).post(code::decide))
            .route("/token", post(token::exchange))
            .route("/keys", get(info::keys))
            .route("/userinfo", get(info::person))
            .layer(Extension(provider))
    };
    let graph = Router::new().route("/idp/entra/graph/users/{oid}/getMemberObjects", post(info::groups));
    Provider::ALL.into_iter().fold(graph, |router, provider| router.nest(&provider.path(), one(provider)))
}
