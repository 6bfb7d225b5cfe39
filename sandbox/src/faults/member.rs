//! Whose call it is: the token says so, or the code, the token or the name in its body.

use axum::http::HeaderMap;

use crate::Endpoint;
use crate::bluesky;
use crate::fields::Fields;
use crate::linkedin::bearer;
use crate::state::State;
use crate::world::World;

/// The member on whose behalf a call comes, at whichever network.
pub(super) fn of(world: &World, state: &State, endpoint: Endpoint, headers: &HeaderMap, body: &[u8]) -> Option<u32> {
    let fields = || Fields::read(headers, body);
    match endpoint {
        Endpoint::BlueskySession => bluesky::find(world, fields().get("identifier")?),
        Endpoint::MastodonToken => state.mastodon.codes.get(fields().get("code")?).map(|code| code.member),
        Endpoint::MastodonRevoke | Endpoint::Introspect | Endpoint::Revoke => by_token(state, fields().get("token")?),
        Endpoint::Token => {
            let fields = fields();
            let coded = state.codes.get(fields.text("code")).map(|code| code.member);
            coded.or_else(|| state.refresh.get(fields.text("refresh_token")).map(|renewal| renewal.member))
        }
        Endpoint::Authorize | Endpoint::IdentityAuthorize => fields().get("member")?.parse().ok(),
        Endpoint::IdentityToken => state.identity.codes.get(fields().get("code")?).map(|grant| grant.member),
        Endpoint::IdentityUserInfo => state.identity.tokens.get(bearer::text(headers)?).map(|grant| grant.member),
        _ => by_token(state, bearer::text(headers)?),
    }
}

fn by_token(state: &State, text: &str) -> Option<u32> {
    let linkedin = state.tokens.get(text).map(|token| token.member);
    let mastodon = || state.mastodon.tokens.get(text).map(|token| token.member);
    let bluesky = || state.bluesky.sessions.get(text).map(|session| session.member);
    linkedin.or_else(mastodon).or_else(bluesky)
}
