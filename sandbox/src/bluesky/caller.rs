//! Who is calling: the access or refresh token of a request, and every way in which it can be dead.

use axum::http::{HeaderMap, StatusCode};

use crate::bluesky::refusal::Refusal;
use crate::bluesky::session::Kind;
use crate::linkedin::bearer;
use crate::questions::ExpiredStatus;
use crate::world::World;

/// The member whose live token of this kind came with the call.
pub(crate) fn check(world: &World, headers: &HeaderMap, kind: Kind) -> Result<u32, Refusal> {
    let text = bearer::text(headers).ok_or_else(Refusal::missing)?;
    let now = world.now();
    let state = world.state();
    let session = state.bluesky.sessions.get(text).filter(|session| session.kind == kind).ok_or_else(Refusal::token)?;
    let status = match state.rules.questions.bluesky_expired {
        ExpiredStatus::BadRequest => StatusCode::BAD_REQUEST,
        ExpiredStatus::Unauthorized => StatusCode::UNAUTHORIZED,
    };
    if session.revoked {
        return Err(Refusal::new(status, "ExpiredToken", "Token has been revoked"));
    }
    if session.expires <= now {
        return Err(Refusal::new(status, "ExpiredToken", "Token has expired"));
    }
    Ok(session.member)
}
