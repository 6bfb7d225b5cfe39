//! The identity token that comes with the scope `openid`, signed with a key of the published set.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use crate::identity::key;
use crate::questions::Questions;
use crate::state::Scopes;
use crate::world::World;

/// How long it proves anything.
const LIFETIME: Duration = Duration::hours(1);

/// The token for one member, or none without `openid`.
pub(super) fn issue(
    world: &World,
    client_id: &str,
    member: u32,
    scopes: &Scopes,
    questions: &Questions,
    now: DateTime<Utc>,
) -> Option<String> {
    let claims = || claims(world, client_id, member, scopes, now);
    scopes.contains("openid").then(|| key::sign(&claims(), questions.signing_keys.signing(), None))
}

fn claims(world: &World, client_id: &str, member: u32, scopes: &Scopes, now: DateTime<Utc>) -> Value {
    let mut claims = json!({
        "iss": world.link("/oauth"),
        "aud": client_id,
        "iat": now.timestamp(),
        "exp": (now + LIFETIME).timestamp(),
        "sub": World::sub(client_id, member),
    });
    let Some(person) = world.member(member) else { return claims };
    if scopes.contains("profile") {
        claims["name"] = person.name.clone().into();
        claims["given_name"] = person.given_name.clone().into();
        claims["family_name"] = person.family_name.clone().into();
        claims["locale"] = "nl_NL".into();
    }
    if scopes.contains("email") {
        claims["email"] = person.email.clone().into();
        // Here a text, in userinfo a boolean.
        claims["email_verified"] = "true".into();
    }
    claims
}
