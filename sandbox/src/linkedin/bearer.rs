//! Who is calling: the access token of a request, and every way in which it can be dead.

use axum::http::{HeaderMap, header};

use crate::linkedin::refusal::Refusal;
use crate::state::Token;
use crate::world::World;

/// A caller with a live token.
pub(crate) struct Caller {
    pub(crate) token: Token,
    /// The URN under which this application knows the member.
    pub(crate) author: String,
}

/// The text of the bearer token, if there is one.
pub(crate) fn text(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Refuses a missing, unknown, revoked, expired or (if the rules say so) too fresh token.
pub(crate) fn check(world: &World, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let text = text(headers).ok_or_else(Refusal::empty_token)?;
    let now = world.now();
    let state = world.state();
    let token = state.tokens.get(text).ok_or_else(Refusal::invalid_token)?.clone();
    if token.revoked || token.issued + state.rules.fresh_token_refused > now {
        return Err(Refusal::revoked_token());
    }
    if token.expires <= now {
        return Err(Refusal::expired_token());
    }
    let author = format!("urn:li:person:{}", World::sub(&token.client_id, token.member));
    Ok(Caller { token, author })
}
