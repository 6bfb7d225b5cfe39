//! Connections: an employee authorises their own account at a network, says "this is me", and can end it at any time.

use axum::{
    extract::{RawQuery, State},
    response::Redirect,
};
use chrono::{DateTime, Utc};
use klaroen_core::{
    App, Error, audit,
    id::AttemptId,
    network::{
        Connection, Network, Pending,
        attempt::{self, ReturnPath, Visitor},
        callback::{Callback, Consent},
        connection::ConnectionState,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Employee,
    extract::{Json, NoContent, Path},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_connections))
        .routes(routes!(disconnect))
        .routes(routes!(start_connection))
        .routes(routes!(finish_connection))
        .routes(routes!(show_pending, refuse_pending))
        .routes(routes!(confirm_pending))
}

/// One's own account at a network, or its place.
#[derive(Serialize, ToSchema)]
#[schema(as = Connection)]
pub struct OwnConnection {
    network: Network,
    state: Standing,
    /// The name at the network.
    display_name: Option<String>,
    connected_at: Option<DateTime<Utc>>,
    /// When the authorisation runs out.
    expires_at: Option<DateTime<Utc>>,
    /// Whole days until then.
    days_left: Option<i64>,
    /// False: the operator has not registered an application at this network.
    configured: bool,
}

/// Whether something can be published through a connection.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ConnectionStanding)]
pub enum Standing {
    /// Yes.
    Works,
    /// The authorisation ran out.
    Expired,
    /// The authorisation was withdrawn at the network.
    Revoked,
    /// No account is connected.
    None,
}

impl OwnConnection {
    fn new(app: &App, network: Network, connection: Option<&Connection>) -> Self {
        let now = app.clock.now();
        let state = match connection.map(|connection| connection.state(now)) {
            Some(ConnectionState::Works) => Standing::Works,
            Some(ConnectionState::Expired) => Standing::Expired,
            Some(ConnectionState::Revoked) => Standing::Revoked,
            None => Standing::None,
        };
        Self {
            network,
            state,
            display_name: connection.map(|connection| connection.display_name.clone()),
            connected_at: connection.map(|connection| connection.connected_at),
            expires_at: connection.map(|connection| connection.expires_at),
            days_left: connection.map(|connection| connection.days_left(now)),
            configured: app.networks.is_configured(network),
        }
    }
}

/// The beginning of a connection.
#[derive(Deserialize, ToSchema)]
pub struct Start {
    /// Where to go on afterwards: a path on this site.
    return_to: String,
}

/// Where to send the browser.
#[derive(Serialize, ToSchema)]
pub struct Started {
    /// The network's consent page.
    authorize_url: String,
}

/// An account that waits for "is this you?".
#[derive(Serialize, ToSchema)]
pub struct PendingConnection {
    network: Network,
    /// The name at the network.
    display_name: String,
    /// Where to go on afterwards.
    return_to: String,
}

fn visitor(employee: &Employee) -> Visitor {
    Visitor { person: employee.id, session: employee.session }
}

/// Lists the networks with one's own connection to each.
#[utoipa::path(get, path = "/connections", tag = "connections", responses((status = 200, body = Vec<OwnConnection>)))]
async fn list_connections(State(app): State<App>, employee: Employee) -> Result<Json<Vec<OwnConnection>>, Problem> {
    let connections = Connection::of(&mut app.db.read(), employee.id).await?;
    let own = |network| {
        let connection = connections.iter().find(|connection| connection.network == network);
        OwnConnection::new(&app, network, connection)
    };
    Ok(Json(Network::ALL.into_iter().map(own).collect()))
}

/// Begins to connect an account.
#[utoipa::path(post, path = "/connections/{network}/start", tag = "connections", params(("network" = Network, Path)),
    request_body = Start, responses((status = 200, body = Started)))]
async fn start_connection(
    State(app): State<App>,
    employee: Employee,
    Path(network): Path<Network>,
    Json(start): Json<Start>,
) -> Result<Json<Started>, Problem> {
    let return_to = ReturnPath::parse(&start.return_to)?;
    let mut tx = app.db.write(&employee).await?;
    let state = attempt::start(&mut tx, visitor(&employee), network, &return_to).await?;
    let authorize_url = app.networks.authorize_url(network, &state)?.into();
    tx.commit().await?;
    Ok(Json(Started { authorize_url }))
}

/// Where the network sends the browser back to; goes on to the page that asks "is this you?".
#[utoipa::path(get, path = "/connections/{network}/callback", tag = "connections", params(("network" = Network, Path)),
    responses((status = 303)))]
async fn finish_connection(
    State(app): State<App>,
    employee: Employee,
    Path(network): Path<Network>,
    RawQuery(query): RawQuery,
) -> Result<Redirect, Problem> {
    let outcome = match finish(&app, &employee, network, &query.unwrap_or_default()).await {
        Ok(id) => format!("pending={id}"),
        Err(Error::Refused { code, .. } | Error::Conflict { code, .. }) => format!("error={code}"),
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("/connect/{}?{outcome}", network.word())))
}

async fn finish(app: &App, employee: &Employee, network: Network, query: &str) -> Result<AttemptId, Error> {
    let callback = Callback::parse(query, &app.networks.issuer(network))?;
    let mut tx = app.db.write(employee).await?;
    let returned = attempt::take(&mut tx, visitor(employee), network, &callback.state).await?;
    tx.commit().await?;
    let code = match callback.answer {
        Consent::Code(code) => code,
        Consent::Cancelled => return Err(Error::refused("cancelled", "You did not allow it. Nothing was connected.")),
        Consent::Refused => return Err(Error::refused("network.refused", "The network did not allow it.")),
    };
    let grant = app.networks.exchange(network, code).await?;
    let mut tx = app.db.write_durable(employee).await?;
    let id = returned.keep(&mut tx, &grant, &app.key).await?;
    tx.commit().await?;
    Ok(id)
}

/// Shows the account that waits for "is this you?".
#[utoipa::path(get, path = "/connections/pending/{id}", tag = "connections", params(("id" = AttemptId, Path)),
    responses((status = 200, body = PendingConnection)))]
async fn show_pending(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<AttemptId>,
) -> Result<Json<PendingConnection>, Problem> {
    let Pending { network, display_name, return_to, .. } =
        Pending::get(&mut app.db.read(), visitor(&employee), id).await?;
    Ok(Json(PendingConnection { network, display_name, return_to }))
}

/// "This is me": the account is connected.
#[utoipa::path(post, path = "/connections/pending/{id}/confirm", tag = "connections", params(("id" = AttemptId, Path)),
    responses((status = 200, body = OwnConnection)))]
async fn confirm_pending(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<AttemptId>,
) -> Result<Json<OwnConnection>, Problem> {
    let mut tx = app.db.write_durable(&employee).await?;
    let pending = Pending::take(&mut tx, visitor(&employee), id).await?;
    let network = pending.network;
    pending.confirm(&mut tx, &app.key).await?;
    audit::record(&mut tx, "connection.made", Some(employee.id.0), &json!({ "network": network })).await?;
    let connections = Connection::of(&mut tx, employee.id).await?;
    tx.commit().await?;
    let connection = connections.iter().find(|connection| connection.network == network);
    Ok(Json(OwnConnection::new(&app, network, connection)))
}

/// "This is not me": the account is forgotten, here and at the network.
#[utoipa::path(delete, path = "/connections/pending/{id}", tag = "connections", params(("id" = AttemptId, Path)),
    responses((status = 204)))]
async fn refuse_pending(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<AttemptId>,
) -> Result<NoContent, Problem> {
    let mut tx = app.db.write_durable(&employee).await?;
    let pending = Pending::take(&mut tx, visitor(&employee), id).await?;
    tx.commit().await?;
    app.networks.revoke_pending(&pending).await;
    Ok(NoContent)
}

/// Ends a connection: its token is gone at once, what waited for it is held, and the network is asked to forget it too.
#[utoipa::path(delete, path = "/connections/{network}", tag = "connections", params(("network" = Network, Path)),
    responses((status = 204)))]
async fn disconnect(
    State(app): State<App>,
    employee: Employee,
    Path(network): Path<Network>,
) -> Result<NoContent, Problem> {
    let mut tx = app.db.write_durable(&employee).await?;
    let account = Connection::disconnect(&mut tx, employee.id, network).await?;
    if account.is_some() {
        audit::record(&mut tx, "connection.ended", Some(employee.id.0), &json!({ "network": network })).await?;
    }
    tx.commit().await?;
    if let Some(account) = account {
        app.networks.revoke(&account).await;
    }
    Ok(NoContent)
}
