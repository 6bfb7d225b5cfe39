//! The token endpoint: a code for an `id_token`, right or with the flaw that was switched on.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::{Extension, Json};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::fields::Fields;
use crate::identity::code::Grant;
use crate::identity::provider::DOMAIN;
use crate::identity::{CLIENT, Flaw, Provider, SECRET, key};
use crate::world::World;

type Refused = (StatusCode, Json<Value>);

/// How long a token lives, in seconds.
const LIFETIME: i64 = 3_600;

pub(super) async fn exchange(
    State(world): State<World>,
    Extension(provider): Extension<Provider>,
    flaw: Option<Extension<Flaw>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let fields = Fields::read(&headers, &body);
    if !is_client(&headers, &fields) {
        return Err(refused(StatusCode::UNAUTHORIZED, "invalid_client"));
    }
    if fields.text("grant_type") != "authorization_code" {
        return Err(refused(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    let now = world.now();
    let grant =
        redeem(&world, provider, &fields, now).ok_or_else(|| refused(StatusCode::BAD_REQUEST, "invalid_grant"))?;
    let flaw = flaw.map(|Extension(flaw)| flaw);
    let claims = claims(&world, &grant, flaw, now);
    let mut state = world.state();
    let access = state.opaque(64);
    let mut answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "scope": grant.scopes.iter().map(String::as_str).collect::<Vec<_>>().join(" "),
    });
    if flaw != Some(Flaw::TokenMissing) {
        answer["id_token"] = key::sign(&claims, state.identity.rotation, flaw).into();
    }
    state.identity.last_nonce.clone_from(&grant.nonce);
    state.identity.tokens.insert(access, grant);
    Ok(Json(answer))
}

fn refused(status: StatusCode, error: &str) -> Refused {
    (status, Json(json!({ "error": error, "error_description": "The practice provider refuses this." })))
}

/// The secret may come in the body or in a Basic header.
fn is_client(headers: &HeaderMap, fields: &Fields) -> bool {
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    match basic {
        Some(text) => STANDARD.decode(text).is_ok_and(|pair| pair == format!("{CLIENT}:{SECRET}").as_bytes()),
        None => fields.text("client_id") == CLIENT && fields.text("client_secret") == SECRET,
    }
}

/// The grant behind a code that fits and was not used before.
fn redeem(world: &World, provider: Provider, fields: &Fields, now: DateTime<Utc>) -> Option<Grant> {
    let mut state = world.state();
    let grant = state.identity.codes.get_mut(fields.get("code")?)?;
    let challenge = fields.get("code_verifier").map(|text| URL_SAFE_NO_PAD.encode(Sha256::digest(text)));
    let fits = !grant.used
        && grant.provider == provider
        && grant.expires > now
        && grant.redirect_uri == fields.text("redirect_uri")
        && grant.challenge == challenge;
    if !fits {
        return None;
    }
    grant.used = true;
    Some(grant.clone())
}

fn claims(world: &World, grant: &Grant, flaw: Option<Flaw>, now: DateTime<Utc>) -> Value {
    let provider = grant.provider;
    let issued = now.timestamp();
    let mut claims = provider.person(world, grant);
    provider.add_groups(world, grant, &mut claims);
    for (name, value) in [
        ("iss", json!(provider.issuer(world))),
        ("aud", json!(CLIENT)),
        ("iat", json!(issued)),
        ("exp", json!(issued + LIFETIME)),
        ("nonce", json!(grant.nonce)),
    ] {
        claims[name] = value;
    }
    match provider {
        Provider::Entra => (claims["nbf"], claims["ver"]) = (issued.into(), "2.0".into()),
        Provider::Google => claims["azp"] = CLIENT.into(),
        Provider::Okta => {
            (claims["ver"], claims["auth_time"]) = (1.into(), issued.into());
            (claims["amr"], claims["idp"]) = (json!(["pwd"]), "00o1practice".into());
            claims["jti"] = format!("ID.{}", world.state().opaque(43)).into();
        }
    }
    if grant.nonce.is_none() {
        without(&mut claims, "nonce");
    }
    spoil(world, grant, &mut claims, flaw, issued);
    claims
}

fn spoil(world: &World, grant: &Grant, claims: &mut Value, flaw: Option<Flaw>, issued: i64) {
    let Some(flaw) = flaw else { return };
    let another = world.members().map(|(number, _)| number).find(|number| *number != grant.member).unwrap_or_default();
    match flaw {
        Flaw::OtherAudience => claims["aud"] = "another-application".into(),
        Flaw::ManyAudiences => {
            (claims["aud"], claims["azp"]) = (json!([CLIENT, "another-application"]), "another-application".into());
        }
        Flaw::OtherIssuer => claims["iss"] = "https://another-provider.example".into(),
        Flaw::IssuerWithSlash => claims["iss"] = format!("{}/", grant.provider.issuer(world)).into(),
        Flaw::Expired => {
            let past = issued - 2 * LIFETIME;
            (claims["iat"], claims["nbf"], claims["exp"]) = (past.into(), past.into(), (past + LIFETIME).into());
        }
        Flaw::NotYetValid => claims["nbf"] = (issued + LIFETIME).into(),
        Flaw::IssuedInFuture => {
            (claims["iat"], claims["exp"]) = ((issued + LIFETIME).into(), (issued + 2 * LIFETIME).into());
        }
        Flaw::NonceMissing => without(claims, "nonce"),
        Flaw::NonceReplayed => {
            let earlier = world.state().identity.last_nonce.clone();
            claims["nonce"] = earlier.unwrap_or_else(|| "the-nonce-of-an-earlier-sign-in".into()).into();
        }
        Flaw::SubjectMissing => without(claims, "sub"),
        Flaw::OtherTenant => match grant.provider {
            Provider::Entra => claims["tid"] = "00000000-0000-4000-8000-000000000000".into(),
            Provider::Google => claims["hd"] = format!("not-{DOMAIN}").into(),
            Provider::Okta => claims["iss"] = world.link("/idp/okta/oauth2/another").into(),
        },
        Flaw::EmailOfAnother => {
            let email = world.member(another).map(|member| member.email.clone());
            (claims["email"], claims["email_verified"]) = (email.into(), true.into());
        }
        Flaw::EmailUnverified => claims["email_verified"] = false.into(),
        _ => {}
    }
}

fn without(claims: &mut Value, name: &str) {
    if let Some(claims) = claims.as_object_mut() {
        claims.remove(name);
    }
}
