//! What the provider says of itself and, to the holder of an access token, of the person.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::identity::provider::{Provider, group_ids, object_id};
use crate::identity::{Flaw, Grant, key};
use crate::linkedin::bearer;
use crate::world::World;

pub(super) async fn configuration(State(world): State<World>, Extension(provider): Extension<Provider>) -> Json<Value> {
    let issuer = provider.issuer(&world);
    let scopes: &[&str] = match provider {
        Provider::Okta => &["openid", "profile", "email", "groups"],
        _ => &["openid", "profile", "email"],
    };
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": [if provider == Provider::Entra { "pairwise" } else { "public" }],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": scopes,
    }))
}

pub(super) async fn keys(State(world): State<World>) -> Json<Value> {
    Json(key::set(world.state().identity.rotation))
}

fn caller(world: &World, headers: &HeaderMap) -> Result<Grant, StatusCode> {
    let token = bearer::text(headers).ok_or(StatusCode::UNAUTHORIZED)?;
    world.state().identity.tokens.get(token).cloned().ok_or(StatusCode::UNAUTHORIZED)
}

pub(super) async fn person(
    State(world): State<World>,
    flaw: Option<Extension<Flaw>>,
    headers: HeaderMap,
) -> Result<Json<Value>, StatusCode> {
    let grant = caller(&world, &headers)?;
    let mut person = grant.provider.person(&world, &grant);
    if flaw.is_some_and(|Extension(flaw)| flaw == Flaw::UserInfoOfAnother) {
        person["sub"] = grant.provider.subject(grant.member + 1).into();
    }
    Ok(Json(person))
}

/// Where a token sends whoever wants to know all groups of a person.
pub(super) async fn groups(
    State(world): State<World>,
    Path(oid): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, StatusCode> {
    let grant = caller(&world, &headers)?;
    if object_id(grant.member) != oid {
        return Err(StatusCode::NOT_FOUND);
    }
    Ok(Json(json!({ "value": group_ids(grant.member) })))
}
