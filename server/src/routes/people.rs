//! Accounts, as an admin keeps them: name, address, roles, and whether a connection works; nothing else about a person.

use axum::extract::State;
use klaroen_core::{
    App, audit,
    id::PersonId,
    page::Page,
    person::{self, Change, Person},
    role::Roles,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Admin,
    extract::{Json, Path, Query},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_people)).routes(routes!(change_person))
}

/// An account.
#[derive(Serialize, ToSchema)]
pub struct Account {
    id: PersonId,
    name: String,
    email: String,
    roles: Roles,
    team: Option<String>,
    staff_no: Option<String>,
    /// False: cannot sign in.
    active: bool,
    connection: ConnectionHealth,
}

/// Whether an account's connection to a network works.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionHealth {
    /// Never connected, or disconnected.
    None,
    /// Can share.
    Works,
    /// Must be renewed before anything is sent.
    Broken,
}

impl From<person::Account> for Account {
    fn from(account: person::Account) -> Self {
        let connection = match account.connection.as_deref() {
            None => ConnectionHealth::None,
            Some("works") => ConnectionHealth::Works,
            Some(_) => ConnectionHealth::Broken,
        };
        let Person { id, name, email, roles, team, staff_no, active, .. } = account.person;
        Self { id, name, email, roles, team, staff_no, active, connection }
    }
}

/// Which accounts.
#[derive(Deserialize, IntoParams)]
pub struct Search {
    /// Part of a name or address.
    #[serde(default)]
    q: String,
    /// `next` of the page before.
    after: Option<String>,
}

/// What an admin may change of an account; what is absent stays, an empty text removes.
#[derive(Deserialize, ToSchema)]
pub struct AccountChange {
    name: Option<String>,
    /// Other roles end all sessions of the person.
    roles: Option<Roles>,
    team: Option<String>,
    staff_no: Option<String>,
    /// False ends all sessions at once.
    active: Option<bool>,
}

/// Lists accounts by name.
#[utoipa::path(get, path = "/people", tag = "people", params(Search), responses((status = 200, body = Page<Account>)))]
async fn list_people(
    State(app): State<App>,
    _: Admin,
    Query(search): Query<Search>,
) -> Result<Json<Page<Account>>, Problem> {
    let page = Person::list(&mut app.db.read(), &search.q, search.after.as_deref()).await?;
    Ok(Json(page.map(Into::into)))
}

/// Changes an account.
#[utoipa::path(patch, path = "/people/{id}", tag = "people", params(("id" = PersonId, Path)), request_body = AccountChange,
    responses((status = 200, body = Account)))]
async fn change_person(
    State(app): State<App>,
    admin: Admin,
    Path(id): Path<PersonId>,
    Json(change): Json<AccountChange>,
) -> Result<Json<Account>, Problem> {
    let AccountChange { name, roles, team, staff_no, active } = change;
    let mut tx = app.db.write(&admin).await?;
    let change = Change { name, roles, team, staff_no, active, ..Change::default() };
    let person = Person::change(&mut tx, id, change).await?;
    let detail = json!({ "roles": person.roles, "active": person.active });
    audit::record(&mut tx, "person.changed", Some(id.0), &detail).await?;
    let account = Person::account(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Json(account.into()))
}
