//! Invitations: an admin makes one, the link is shown once, the person accepts it with a click of their own.

use axum::extract::State;
use axum_extra::extract::CookieJar;
use chrono::{DateTime, Utc};
use klaroen_core::{
    App, Error, audit,
    db::Actor,
    id::InviteId,
    invite::{self, Invite},
    password,
    person::{Language, NewPerson},
    role::Roles,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::session::{Session, start};
use crate::{
    auth::Admin,
    extract::{Created, Json, NoContent, Path},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_invites, create_invite))
        .routes(routes!(withdraw_invite))
        .routes(routes!(look_at_invite))
        .routes(routes!(accept_invite))
}

/// Somebody to invite.
#[derive(Deserialize, ToSchema)]
pub struct NewInvite {
    email: String,
    name: String,
    roles: Roles,
    team: Option<String>,
    /// What payroll calls them.
    staff_no: Option<String>,
}

/// An invitation that waits.
#[derive(Serialize, ToSchema)]
pub struct WaitingInvite {
    id: InviteId,
    email: String,
    name: String,
    roles: Roles,
    expires_at: DateTime<Utc>,
}

/// A new invitation with its link.
#[derive(Serialize, ToSchema)]
pub struct InviteWithLink {
    #[serde(flatten)]
    invite: WaitingInvite,
    /// Shown this once; give it to the person.
    link: String,
}

/// The secret part of an invitation's link.
#[derive(Deserialize, ToSchema)]
pub struct InviteToken {
    token: String,
}

/// What the invited person fills in.
#[derive(Deserialize, ToSchema)]
pub struct Joining {
    /// From the link.
    pub(super) token: String,
    pub(super) name: String,
    /// 12 to 256 characters, not easily guessed.
    #[schema(value_type = String)]
    pub(super) password: SecretString,
    pub(super) language: Language,
    /// IANA name.
    pub(super) time_zone: String,
}

impl From<Invite> for WaitingInvite {
    fn from(invite: Invite) -> Self {
        let Invite { id, email, name, roles, expires_at, .. } = invite;
        Self { id, email: email.unwrap_or_default(), name, roles, expires_at }
    }
}

/// Lists the invitations that wait.
#[utoipa::path(get, path = "/invites", tag = "people", responses((status = 200, body = Vec<WaitingInvite>)))]
async fn list_invites(State(app): State<App>, _: Admin) -> Result<Json<Vec<WaitingInvite>>, Problem> {
    let invites = Invite::list(&mut app.db.read()).await?;
    Ok(Json(invites.into_iter().map(Into::into).collect()))
}

/// Invites somebody; an earlier invitation of the same address dies.
#[utoipa::path(post, path = "/invites", tag = "people", request_body = NewInvite, responses((status = 201, body = InviteWithLink)))]
async fn create_invite(
    State(app): State<App>,
    admin: Admin,
    Json(new): Json<NewInvite>,
) -> Result<Created<InviteWithLink>, Problem> {
    let NewInvite { email, name, roles, team, staff_no } = new;
    let mut tx = app.db.write(&admin).await?;
    let (invite, token) = Invite::create(&mut tx, invite::NewInvite { email, name, roles, team, staff_no }).await?;
    audit::record(&mut tx, "invite.created", Some(invite.id.0), &json!({ "roles": invite.roles })).await?;
    tx.commit().await?;
    let link = format!("{}/invite#{}", app.config.origin(), token.expose_secret());
    Ok(Created(InviteWithLink { invite: invite.into(), link }))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/invites/{id}", tag = "people", params(("id" = InviteId, Path)), responses((status = 204)))]
async fn withdraw_invite(State(app): State<App>, admin: Admin, Path(id): Path<InviteId>) -> Result<NoContent, Problem> {
    let mut tx = app.db.write(&admin).await?;
    Invite::withdraw(&mut tx, id).await?;
    audit::record(&mut tx, "invite.withdrawn", Some(id.0), &json!({})).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// Shows what an invitation is good for, without using it up.
#[utoipa::path(post, path = "/invites/look", tag = "people", request_body = InviteToken, responses((status = 200, body = WaitingInvite)))]
async fn look_at_invite(State(app): State<App>, Json(link): Json<InviteToken>) -> Result<Json<WaitingInvite>, Problem> {
    Ok(Json(Invite::look(&mut app.db.read(), &link.token).await?.into()))
}

/// Accepts an invitation: makes the account and signs in.
#[utoipa::path(post, path = "/invites/accept", tag = "people", request_body = Joining, responses((status = 201, body = Session)))]
async fn accept_invite(
    State(app): State<App>,
    jar: CookieJar,
    Json(joining): Json<Joining>,
) -> Result<(CookieJar, Created<Session>), Problem> {
    join(&app, jar, joining, None).await
}

/// Uses up an invitation, or the set-up link when `email` is given.
pub(super) async fn join(
    app: &App,
    jar: CookieJar,
    joining: Joining,
    email: Option<String>,
) -> Result<(CookieJar, Created<Session>), Problem> {
    let invite = Invite::look(&mut app.db.read(), &joining.token).await?;
    if invite.email.is_some() == email.is_some() {
        return Err(Error::conflict("invite.gone", "This link is for another page. Open it again.").into());
    }
    let email = email.or_else(|| invite.email.clone()).unwrap_or_default();
    let roles = invite.roles.clone();
    let mut new = NewPerson::new(&email, &joining.name, roles, joining.language, &joining.time_zone)?;
    password::check_strength(&joining.password, &[&email, &joining.name], "/password")?;
    new.password_hash = Some(password::hash(joining.password).await?);
    let mut tx = app.db.write(Actor::Anonymous).await?;
    let person = invite.accept(&mut tx, new).await?;
    audit::record(&mut tx, "person.joined", Some(person.id.0), &json!({ "roles": person.roles })).await?;
    let (jar, Json(session)) = start(&mut tx, jar, person, false).await?;
    tx.commit().await?;
    Ok((jar, Created(session)))
}
