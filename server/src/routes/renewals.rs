//! Renewing from a mail, without signing in: looking at the link changes nothing, a click starts the way to the network.

use axum::extract::State;
use axum_extra::extract::CookieJar;
use chrono::{DateTime, Utc};
use klaroen_core::{
    App,
    db::Actor,
    network::{Network, renewal::Renewal},
    person::Language,
    share::Waiting,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{auth::renewal_cookie, extract::Json, problem::Problem};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(look_at_renewal)).routes(routes!(start_renewal))
}

/// The secret part of the link in a reminder.
#[derive(Deserialize, ToSchema)]
pub struct RenewalToken {
    token: String,
}

/// What a link renews.
#[derive(Serialize, ToSchema)]
pub struct OfferedRenewal {
    network: Network,
    /// The name at the network.
    display_name: String,
    /// Of the person.
    language: Language,
    /// False: it has ended already.
    works: bool,
    /// When the connection runs out; null: it has no end of its own.
    expires_at: Option<DateTime<Utc>>,
    /// Shares that wait for it or are planned.
    waiting_shares: i64,
}

/// Where to send the browser.
#[derive(Serialize, ToSchema)]
pub struct StartedRenewal {
    /// The network's consent page.
    authorize_url: String,
}

/// Shows what a link renews, without using it up.
#[utoipa::path(post, path = "/renewals/look", tag = "connections", request_body = RenewalToken, responses((status = 200, body = OfferedRenewal)))]
async fn look_at_renewal(
    State(app): State<App>,
    Json(link): Json<RenewalToken>,
) -> Result<Json<OfferedRenewal>, Problem> {
    let tx = &mut app.db.read();
    let renewal = Renewal::look(tx, &link.token).await?;
    let Waiting { shares: waiting_shares, .. } = Waiting::of(tx, renewal.person_id, renewal.network).await?;
    let works = renewal.works(tx.now);
    let Renewal { network, display_name, language, expires_at, .. } = renewal;
    Ok(Json(OfferedRenewal { network, display_name, language, works, expires_at, waiting_shares }))
}

/// Starts to renew: this browser alone may come back.
#[utoipa::path(post, path = "/renewals/start", tag = "connections", request_body = RenewalToken, responses((status = 200, body = StartedRenewal)))]
async fn start_renewal(
    State(app): State<App>,
    Json(link): Json<RenewalToken>,
) -> Result<(CookieJar, Json<StartedRenewal>), Problem> {
    let renewal = Renewal::look(&mut app.db.read(), &link.token).await?;
    let owner = Actor::Person(renewal.person_id);
    let door = app.networks.open_door(&app.db, owner, renewal.network, renewal.instance.as_deref()).await?;
    let mut tx = app.db.write(owner).await?;
    let click = renewal.click(&mut tx).await?;
    let authorize_url = app.networks.authorize_url(&door, &click.state)?.into();
    tx.commit().await?;
    Ok((CookieJar::new().add(renewal_cookie(&click.browser)), Json(StartedRenewal { authorize_url })))
}
