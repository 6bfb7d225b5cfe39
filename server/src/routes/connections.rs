//! Connections: an employee authorises their own account at a network, says "this is me", and can end it at any time.

use axum::extract::State;
use chrono::{DateTime, Utc};
use klaroen_core::{
    App, Error, audit,
    db::Tx,
    id::{AttemptId, PersonId},
    network::{
        Connection, Network, Pending, TextLimit,
        attempt::{self, ReturnPath, Visitor},
        connection::{self, ConnectionState},
    },
    share::Waiting,
};
use secrecy::SecretString;
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
        .routes(routes!(sign_in_connection))
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
    /// The name by which others find the account, where the network has such names.
    handle: Option<String>,
    /// The server of the account, where its owner named it.
    instance: Option<String>,
    connected_at: Option<DateTime<Utc>>,
    /// When the authorisation runs out; null: it has no end of its own.
    expires_at: Option<DateTime<Utc>>,
    /// Whole days until then.
    days_left: Option<i64>,
    /// False: the operator does not offer this network, or has not registered an application there.
    configured: bool,
    /// How long a text may be there.
    text_limit: TextLimit,
    /// Shares that wait for it or are planned.
    waiting_shares: i64,
    /// If it works no more: when the first of them is given up.
    kept_until: Option<DateTime<Utc>>,
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
    async fn of(app: &App, employee: &Employee, network: Network) -> Result<Self, Error> {
        let tx = &mut app.db.read();
        let connections = Connection::of(tx, employee.id).await?;
        Self::among(&connections, app, tx, employee.id, network).await
    }

    async fn among(
        connections: &[Connection],
        app: &App,
        tx: &mut Tx,
        person: PersonId,
        network: Network,
    ) -> Result<Self, Error> {
        let connection = connections.iter().find(|connection| connection.network == network);
        let text_limit = network.text_limit_of(tx, person).await?;
        let waiting = Waiting::of(tx, person, network).await?;
        let now = app.clock.now();
        let state = match connection.map(|connection| connection.state(now)) {
            Some(ConnectionState::Works) => Standing::Works,
            Some(ConnectionState::Expired) => Standing::Expired,
            Some(ConnectionState::Revoked) => Standing::Revoked,
            None => Standing::None,
        };
        let is_up = matches!(state, Standing::Works);
        Ok(Self {
            network,
            state,
            display_name: connection.map(|connection| connection.display_name.clone()),
            handle: connection.and_then(|connection| connection.handle.clone()),
            instance: connection.and_then(|connection| connection.instance.clone()),
            connected_at: connection.map(|connection| connection.connected_at),
            expires_at: connection.and_then(|connection| connection.expires_at),
            days_left: connection.and_then(|connection| connection.days_left(now)),
            configured: app.networks.is_configured(network),
            text_limit,
            waiting_shares: waiting.shares,
            kept_until: waiting.kept_until.filter(|_| !is_up),
        })
    }
}

/// The beginning of a connection.
#[derive(Deserialize, ToSchema)]
pub struct Start {
    /// Where to go on afterwards: a path on this site.
    return_to: String,
    /// The server of one's account, as in `mastodon.social`; only for networks where people choose one.
    instance: Option<String>,
}

/// A name and a password that was made for this application alone.
#[derive(Deserialize, ToSchema)]
pub struct AppPassword {
    /// As in `name.bsky.social`.
    handle: String,
    /// As in `abcd-efgh-ijkl-mnop`; it is used once and stored nowhere.
    #[schema(value_type = String)]
    app_password: SecretString,
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
    /// The name by which others find the account, where the network has such names.
    handle: Option<String>,
    /// Where to go on afterwards.
    return_to: String,
    /// When the authorisation runs out; null: it has no end of its own.
    expires_at: Option<DateTime<Utc>>,
}

pub(super) fn visitor(employee: &Employee) -> Visitor {
    Visitor { person: employee.id, session: employee.session }
}

/// Lists the networks with one's own connection to each.
#[utoipa::path(get, path = "/connections", tag = "connections", responses((status = 200, body = Vec<OwnConnection>)))]
async fn list_connections(State(app): State<App>, employee: Employee) -> Result<Json<Vec<OwnConnection>>, Problem> {
    let tx = &mut app.db.snapshot().await?;
    let connections = Connection::of(tx, employee.id).await?;
    let mut own = vec![];
    for network in Network::ALL {
        own.push(OwnConnection::among(&connections, &app, tx, employee.id, network).await?);
    }
    Ok(Json(own))
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
    let door = app.networks.open_door(&app.db, (&employee).into(), network, start.instance.as_deref()).await?;
    let mut tx = app.db.write(&employee).await?;
    let state = attempt::start(&mut tx, visitor(&employee), network, door.instance(), &return_to).await?;
    let authorize_url = app.networks.authorize_url(&door, &state)?.into();
    tx.commit().await?;
    Ok(Json(Started { authorize_url }))
}

/// Connects an account by its name and an app password, where the network works so.
#[utoipa::path(post, path = "/connections/{network}/sign-in", tag = "connections", params(("network" = Network, Path)),
    request_body = AppPassword, responses((status = 200, body = OwnConnection)))]
async fn sign_in_connection(
    State(app): State<App>,
    employee: Employee,
    Path(network): Path<Network>,
    Json(AppPassword { handle, app_password }): Json<AppPassword>,
) -> Result<Json<OwnConnection>, Problem> {
    let grant = app.networks.sign_in(network, &handle, &app_password).await?;
    let mut tx = app.db.write_durable(&employee).await?;
    connection::connect(&mut tx, &app.key, employee.id, network, &grant).await?;
    audit::record(&mut tx, "connection.made", Some(employee.id.0), &json!({ "network": network })).await?;
    tx.commit().await?;
    Ok(Json(OwnConnection::of(&app, &employee, network).await?))
}

/// Shows the account that waits for "is this you?".
#[utoipa::path(get, path = "/connections/pending/{id}", tag = "connections", params(("id" = AttemptId, Path)),
    responses((status = 200, body = PendingConnection)))]
async fn show_pending(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<AttemptId>,
) -> Result<Json<PendingConnection>, Problem> {
    let Pending { network, display_name, handle, return_to, token_expires_at: expires_at, .. } =
        Pending::get(&mut app.db.read(), visitor(&employee), id).await?;
    Ok(Json(PendingConnection { network, display_name, handle, return_to, expires_at }))
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
    tx.commit().await?;
    Ok(Json(OwnConnection::of(&app, &employee, network).await?))
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
    app.networks.revoke_pending(&app.db, &pending).await;
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
    if Connection::disconnect(&mut tx, employee.id, network).await? {
        audit::record(&mut tx, "connection.ended", Some(employee.id.0), &json!({ "network": network })).await?;
    }
    tx.commit().await?;
    Ok(NoContent)
}
