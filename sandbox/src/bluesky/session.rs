//! Signing in with an app password, and trading a refresh token for a new pair.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bluesky::account::{self, did, handle};
use crate::bluesky::caller;
use crate::bluesky::refusal::{Refusal, tell};
use crate::linkedin::bearer;
use crate::state::State as Memory;
use crate::window::Standing;
use crate::world::World;

/// A refresh token still works this long after it was traded, so that a lost answer is no lost session.
const GRACE: Duration = Duration::hours(2);

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Access,
    Refresh,
}

/// A token that was handed out.
pub(crate) struct Session {
    pub(crate) member: u32,
    pub(crate) kind: Kind,
    pub(crate) expires: DateTime<Utc>,
    pub(crate) revoked: bool,
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/xrpc/com.atproto.server.createSession", post(create))
        .route("/xrpc/com.atproto.server.refreshSession", post(refresh))
        .route("/xrpc/com.atproto.server.getSession", get(read))
        .route("/xrpc/com.atproto.server.deleteSession", post(delete))
}

#[derive(Deserialize)]
struct Credentials {
    identifier: String,
    password: String,
}

async fn create(State(world): State<World>, body: Bytes) -> Result<Response, Refusal> {
    let credentials: Credentials = serde_json::from_slice(&body)
        .map_err(|_| Refusal::invalid("Input must have the properties \"identifier\" and \"password\""))?;
    let member = account::find(&world, &credentials.identifier);
    let who = member.map_or(credentials.identifier, |number| number.to_string());
    let now = world.now();
    let mut state = world.state();
    let standing = admit(&mut state, &who, now)?;
    let right = |number: &u32| account::account(&state, *number).app_password == credentials.password;
    let member = member.filter(right).ok_or_else(Refusal::password)?;
    let mut response = Json(pair(&mut state, member, now)).into_response();
    tell(&mut response, standing);
    Ok(response)
}

/// Both windows must have room: five minutes and a day.
fn admit(state: &mut Memory, who: &str, now: DateTime<Utc>) -> Result<Standing, Refusal> {
    let [short, long] = state.rules.bluesky_sign_ins;
    let standing = state.bluesky.sign_ins.count(format!("short {who}"), 1, short, now);
    if standing.over {
        return Err(Refusal::too_many(standing));
    }
    let day = state.bluesky.sign_ins.count(format!("long {who}"), 1, long, now);
    if day.over {
        return Err(Refusal::too_many(day));
    }
    Ok(standing)
}

/// A new access token and a new refresh token.
pub(crate) fn pair(state: &mut Memory, member: u32, now: DateTime<Utc>) -> Value {
    let (access, refresh) = (state.rules.bluesky_access_lifetime, Duration::days(90));
    json!({
        "accessJwt": issue(state, member, Kind::Access, now, now + access),
        "refreshJwt": issue(state, member, Kind::Refresh, now, now + refresh),
        "handle": handle(member),
        "did": did(member),
        "active": true,
    })
}

/// A token that can be read like a real one; its signature is only for show, because the sandbox remembers what it issued.
fn issue(state: &mut Memory, member: u32, kind: Kind, now: DateTime<Utc>, expires: DateTime<Utc>) -> String {
    let (typ, scope) = match kind {
        Kind::Access => ("at+jwt", "com.atproto.appPassPrivileged"),
        Kind::Refresh => ("refresh+jwt", "com.atproto.refresh"),
    };
    let claims = json!({
        "scope": scope,
        "sub": did(member),
        "iat": now.timestamp(),
        "exp": expires.timestamp(),
        "jti": state.opaque(22),
    });
    let head = json!({ "typ": typ, "alg": "ES256K" });
    let [head, claims] = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    let text = format!("{head}.{claims}.{}", state.opaque(86));
    state.bluesky.sessions.insert(text.clone(), Session { member, kind, expires, revoked: false });
    text
}

async fn refresh(State(world): State<World>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    let member = caller::check(&world, &headers, Kind::Refresh)?;
    let now = world.now();
    let mut state = world.state();
    if let Some(old) = bearer::text(&headers).and_then(|text| state.bluesky.sessions.get_mut(text)) {
        old.expires = old.expires.min(now + GRACE);
    }
    Ok(Json(pair(&mut state, member, now)))
}

async fn read(State(world): State<World>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    let member = caller::check(&world, &headers, Kind::Access)?;
    Ok(Json(json!({ "handle": handle(member), "did": did(member), "active": true })))
}

/// Ends the session of a refresh token; its access token lives on until it expires, as at the real server.
async fn delete(State(world): State<World>, headers: HeaderMap) -> Result<(), Refusal> {
    caller::check(&world, &headers, Kind::Refresh)?;
    if let Some(session) = bearer::text(&headers).and_then(|text| world.state().bluesky.sessions.remove(text)) {
        tracing::debug!(member = session.member, "a practice session ended");
    }
    Ok(())
}
