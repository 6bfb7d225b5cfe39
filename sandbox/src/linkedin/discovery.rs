//! The OpenID Connect description of the practice LinkedIn, and the keys that its identity tokens are signed with.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::identity::key;
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/oauth/.well-known/openid-configuration", get(configuration))
        .route("/oauth/openid/jwks", get(keys))
}

async fn configuration(State(world): State<World>) -> Json<Value> {
    Json(json!({
        "issuer": world.link("/oauth"),
        "authorization_endpoint": world.link("/oauth/v2/authorization"),
        "token_endpoint": world.link("/oauth/v2/accessToken"),
        "userinfo_endpoint": world.link("/v2/userinfo"),
        "jwks_uri": world.link("/oauth/openid/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email"],
        "claims_supported": ["iss", "aud", "iat", "exp", "sub", "name", "given_name", "family_name", "picture", "email",
            "email_verified", "locale"],
    }))
}

async fn keys(State(world): State<World>) -> Json<Value> {
    let rotations = world.state().rules.questions.signing_keys.published();
    Json(key::published(rotations))
}
