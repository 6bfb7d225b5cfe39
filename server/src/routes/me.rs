//! One's own account: name, language, time zone, password.

use axum::{Extension, extract::State};
use axum_extra::extract::CookieJar;
use klaroen_core::{
    App, Error, audit,
    id::PersonId,
    password,
    person::{Change, Language, Person},
    role::Roles,
    session,
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::session::{Session, start};
use crate::{auth::SignedIn, client::ClientIp, extract::Json, limits::Failures, problem::Problem};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(change_me)).routes(routes!(change_password))
}

/// What a person sees of their own account.
#[derive(Serialize, ToSchema)]
pub struct Me {
    id: PersonId,
    name: String,
    email: String,
    roles: Roles,
    language: Language,
    /// IANA name; decides in which week a share counts.
    time_zone: String,
    team: Option<String>,
    /// When nobody knows whether a share appeared, the very same may be sent once more within ten minutes.
    may_probe: bool,
}

impl From<Person> for Me {
    fn from(person: Person) -> Self {
        let Person { id, name, email, roles, language, time_zone, team, may_probe, .. } = person;
        Self { id, name, email, roles, language, time_zone, team, may_probe }
    }
}

/// What a person may change of their own account; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub struct MeChange {
    name: Option<String>,
    language: Option<Language>,
    /// IANA name; weeks that already counted do not move.
    time_zone: Option<String>,
    /// When nobody knows whether a share appeared, the very same may be sent once more within ten minutes: the network
    /// then refuses a duplicate, or takes what had not arrived. False until the person says yes.
    may_probe: Option<bool>,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
pub struct PasswordChange {
    /// The one in force.
    #[schema(value_type = String)]
    current: SecretString,
    /// 12 to 256 characters, not easily guessed.
    #[schema(value_type = String)]
    new: SecretString,
}

/// Changes one's own account.
#[utoipa::path(patch, path = "/me", tag = "me", request_body = MeChange, responses((status = 200, body = Me)))]
async fn change_me(State(app): State<App>, who: SignedIn, Json(change): Json<MeChange>) -> Result<Json<Me>, Problem> {
    let MeChange { name, language, time_zone, may_probe } = change;
    let mut tx = app.db.write_durable(&who).await?;
    let change = Change { name, language, time_zone, may_probe, ..Change::default() };
    let person = Person::change(&mut tx, who.id, change).await?;
    let detail = json!({ "by": "self", "may_probe": may_probe });
    audit::record(&mut tx, "person.changed", Some(who.id.0), &detail).await?;
    tx.commit().await?;
    Ok(Json(person.into()))
}

/// Changes one's own password: all sessions end, and a new one starts here.
#[utoipa::path(post, path = "/me/password", tag = "me", request_body = PasswordChange, responses((status = 200, body = Session)))]
async fn change_password(
    State(app): State<App>,
    Extension(failures): Extension<Failures>,
    ClientIp(address): ClientIp,
    who: SignedIn,
    jar: CookieJar,
    Json(change): Json<PasswordChange>,
) -> Result<(CookieJar, Json<Session>), Problem> {
    let person = Person::get(&mut app.db.read(), who.id).await?;
    failures.take(address, &person.email, app.clock.now())?;
    if !password::verify(change.current, person.password_hash.clone()).await? {
        let detail = "This is not your current password.";
        return Err(Error::invalid("/current", "password.wrong", detail).into());
    }
    failures.give_back(address, &person.email);
    password::check_strength(&change.new, &[&person.name, &person.email], "/new")?;
    let hash = password::hash(change.new).await?;
    let mut tx = app.db.write(&who).await?;
    Person::set_password(&mut tx, who.id, &hash).await?;
    session::end_all(&mut tx, who.id).await?;
    audit::record(&mut tx, "person.password_changed", Some(who.id.0), &json!({})).await?;
    let answer = start(&mut tx, jar, person, who.stay).await?;
    tx.commit().await?;
    Ok(answer)
}
