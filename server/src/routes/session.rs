//! Signing in and out, and the list of one's own sessions.

use axum::{Extension, extract::State, http::HeaderValue};
use axum_extra::extract::CookieJar;
use chrono::{DateTime, Utc};
use klaroen_core::{
    App, Error, audit,
    db::{Actor, Tx},
    id::SessionId,
    password,
    person::{Person, parse_email},
    session,
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::me::Me;
use crate::{
    auth::{self, SignedIn},
    client::ClientIp,
    extract::{Json, NoContent, Path},
    limits::Failures,
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_session, sign_in, sign_out))
        .routes(routes!(list_sessions))
        .routes(routes!(end_session))
}

/// Who is signed in, and until when.
#[derive(Serialize, ToSchema)]
pub struct Session {
    /// The person.
    person: Me,
    /// When they must sign in again at the latest.
    expires_at: DateTime<Utc>,
}

/// Credentials.
#[derive(Deserialize, ToSchema)]
pub struct Credentials {
    /// Address of the account.
    email: String,
    /// Its password.
    #[schema(value_type = String)]
    password: SecretString,
    /// Stay signed in for 30 days; only for those who are employee and nothing else.
    #[serde(default)]
    stay: bool,
}

/// One of one's own sessions.
#[derive(Serialize, ToSchema)]
pub struct OwnSession {
    id: SessionId,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    /// The one that asks.
    current: bool,
}

/// Tells who is signed in.
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = Session)))]
async fn show_session(State(app): State<App>, who: SignedIn) -> Result<Json<Session>, Problem> {
    let person = Person::get(&mut app.db.read(), who.id).await?;
    Ok(Json(Session { person: person.into(), expires_at: who.expires_at }))
}

/// Signs in with address and password.
#[utoipa::path(post, path = "/session", tag = "session", request_body = Credentials, responses((status = 200, body = Session)))]
async fn sign_in(
    State(app): State<App>,
    Extension(failures): Extension<Failures>,
    ClientIp(address): ClientIp,
    jar: CookieJar,
    Json(credentials): Json<Credentials>,
) -> Result<(CookieJar, Json<Session>), Problem> {
    // What is no address belongs to nobody, however long it is.
    let account = parse_email(&credentials.email).unwrap_or_default();
    failures.take(address, &account, app.clock.now())?;
    let person = Person::by_email(&mut app.db.read(), &account).await?.filter(|person| person.active);
    let stored = person.as_ref().and_then(|person| person.password_hash.clone());
    let is_right = password::verify(credentials.password, stored).await?;
    let mut tx = app.db.write(Actor::Anonymous).await?;
    // The password may have been changed, or the account switched off, while this one was being compared.
    let now = Person::by_email(&mut tx, &account).await?.filter(|now| now.active);
    let is_current = now.map(|now| now.password_hash) == person.as_ref().map(|person| person.password_hash.clone());
    let Some(person) = person.filter(|_| is_right && is_current) else {
        audit::record(&mut tx, "session.refused", None, &json!({})).await?;
        tx.commit().await?;
        let message = "The address or the password is wrong.";
        return Err(Error::Unauthenticated { code: "session.wrong_credentials", message }.into());
    };
    failures.give_back(address, &account);
    if let Some(old) = jar.get(auth::COOKIE)
        && let Some(login) = session::find(&mut tx, old.value()).await?
    {
        session::end(&mut tx, login.id, login.session).await?;
    }
    let answer = start(&mut tx, jar, person, credentials.stay).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Starts a session in `tx` and answers it with its cookie.
pub(super) async fn start(
    tx: &mut Tx,
    jar: CookieJar,
    person: Person,
    stay: bool,
) -> Result<(CookieJar, Json<Session>), Problem> {
    let (token, expires_at) = session::start(tx, &person, stay).await?;
    audit::record(tx, "session.started", Some(person.id.0), &json!({})).await?;
    let stay = stay && person.roles.is_only_employee();
    Ok((jar.add(auth::cookie(&token, stay)), Json(Session { person: person.into(), expires_at })))
}

/// Signs out.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
async fn sign_out(
    State(app): State<App>,
    who: SignedIn,
    jar: CookieJar,
) -> Result<(CookieJar, [(&'static str, HeaderValue); 1], NoContent), Problem> {
    let mut tx = app.db.write(&who).await?;
    session::end(&mut tx, who.id, who.session).await?;
    audit::record(&mut tx, "session.ended", Some(who.id.0), &json!({})).await?;
    tx.commit().await?;
    let clear = [("clear-site-data", HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""))];
    Ok((jar.add(auth::no_cookie()), clear, NoContent))
}

/// Lists one's own sessions.
#[utoipa::path(get, path = "/sessions", tag = "session", responses((status = 200, body = Vec<OwnSession>)))]
async fn list_sessions(State(app): State<App>, who: SignedIn) -> Result<Json<Vec<OwnSession>>, Problem> {
    let sessions = session::list(&mut app.db.read(), who.id).await?;
    let own = |session: session::Session| OwnSession {
        id: session.id,
        created_at: session.signed_in_at,
        last_seen_at: session.seen_at,
        expires_at: session.expires_at,
        current: session.id == who.session,
    };
    Ok(Json(sessions.into_iter().map(own).collect()))
}

/// Ends one of one's own sessions.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "session", params(("id" = SessionId, Path)), responses((status = 204)))]
async fn end_session(State(app): State<App>, who: SignedIn, Path(id): Path<SessionId>) -> Result<NoContent, Problem> {
    let mut tx = app.db.write(&who).await?;
    session::end(&mut tx, who.id, id).await?;
    audit::record(&mut tx, "session.ended", Some(who.id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(NoContent)
}
