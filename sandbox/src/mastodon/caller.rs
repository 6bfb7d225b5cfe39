//! Who is calling the instance, whether the token covers the call, and the 300 calls in five minutes that each account
//! has, told in headers on every answer.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;

use crate::linkedin::bearer;
use crate::mastodon::app::covers;
use crate::mastodon::refusal::Refusal;
use crate::window::Standing;
use crate::world::World;

/// The member whose token covers a scope.
pub(crate) fn check(world: &World, headers: &HeaderMap, scopes: &[&str]) -> Result<u32, Refusal> {
    let text = bearer::text(headers).ok_or_else(Refusal::token)?;
    let state = world.state();
    let token = state.mastodon.tokens.get(text).filter(|token| !token.revoked).ok_or_else(Refusal::token)?;
    if !scopes.iter().any(|scope| covers(&token.scopes, scope)) {
        return Err(Refusal::scope());
    }
    Ok(token.member)
}

/// Counts every call of a known account and tells it where it stands.
pub(crate) async fn limit(State(world): State<World>, request: Request, next: Next) -> Response {
    let standing = {
        let now = world.now();
        let mut state = world.state();
        let allowance = state.rules.mastodon_calls;
        let memory = &mut state.mastodon;
        let member = bearer::text(request.headers()).and_then(|text| memory.tokens.get(text)).map(|token| token.member);
        member.map(|member| memory.calls.count(member.to_string(), 1, allowance, now))
    };
    let Some(standing) = standing else { return next.run(request).await };
    let mut response = if standing.over { Refusal::too_many().into_response() } else { next.run(request).await };
    tell(&mut response, standing);
    response
}

fn tell(response: &mut Response, standing: Standing) {
    let told = [
        ("x-ratelimit-limit", standing.allowance.calls.to_string()),
        ("x-ratelimit-remaining", standing.remaining.to_string()),
        ("x-ratelimit-reset", standing.reset.to_rfc3339_opts(SecondsFormat::Micros, true)),
    ];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
}
