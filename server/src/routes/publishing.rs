//! How publishing is, for an admin: what is stuck, what ends soon, and what somebody should look at.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use klaroen_core::{
    App, Error,
    alarm::{self, Raised},
    db::Tx,
    id::PersonId,
    mail::{self, status},
    network::{
        Network,
        linkedin::version::end_of,
        notice::{self, Pause},
    },
    share::{self, health},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{auth::Admin, extract::Json, problem::Problem};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_publishing)).routes(routes!(retry_mails))
}

/// How publishing is. Of people only whether a connection works.
#[derive(Serialize, ToSchema)]
pub struct Publishing {
    checked_at: DateTime<Utc>,
    /// Networks that let nobody of this application through.
    pauses: Vec<NetworkPause>,
    /// Newest first.
    versions: Vec<ApiVersion>,
    /// Shares that no worker took although their time is more than 15 minutes past.
    stuck: Vec<StuckShares>,
    /// Whose connection works no more, by name.
    cannot_share: Vec<CannotShare>,
    /// What was seen within the last day, newest first.
    alarms: Vec<RaisedAlarm>,
    mail: MailHealth,
}

/// How mail is. Neither recipients nor words.
#[derive(Serialize, ToSchema)]
pub struct MailHealth {
    /// False: the operator set no mail server; reminders are shown in the app only.
    on: bool,
    /// Mails that wait for a worker, or to be tried again.
    waiting: i64,
    /// Code of a failure among those that wait, as in `unreachable`.
    error: Option<String>,
    /// What was given up within the last 30 days.
    failed: Vec<FailedMails>,
}

/// Mails of one kind that did not go out.
#[derive(Serialize, ToSchema)]
pub struct FailedMails {
    kind: mail::Kind,
    /// Code of the failure, as in `smtp.550`.
    error: String,
    mails: i64,
    /// When the last of them was given up.
    at: DateTime<Utc>,
}

impl From<status::Failed> for FailedMails {
    fn from(status::Failed { kind, error, mails, at }: status::Failed) -> Self {
        Self { kind, error, mails, at }
    }
}

/// Somebody who has to connect again.
#[derive(Serialize, ToSchema)]
pub struct CannotShare {
    person_id: PersonId,
    name: String,
    network: Network,
}

/// A network that lets nobody through.
#[derive(Serialize, ToSchema)]
pub struct NetworkPause {
    network: Network,
    until: DateTime<Utc>,
    since: DateTime<Utc>,
}

/// A configured version of a network's API.
#[derive(Serialize, ToSchema)]
pub struct ApiVersion {
    network: Network,
    version: String,
    /// The one that is asked for.
    in_use: bool,
    /// From this day on the network may no longer serve it.
    ends_on: Option<NaiveDate>,
    /// False: the network has not announced the day; it is the earliest one that it promised.
    announced: bool,
    /// Whole days until then.
    days_left: Option<i64>,
    /// When the network called it gone.
    gone_at: Option<DateTime<Utc>>,
}

/// Shares of one state.
#[derive(Serialize, ToSchema)]
pub struct StuckShares {
    state: share::State,
    shares: i64,
    /// When a worker should have looked at the first of them.
    since: DateTime<Utc>,
}

/// Something to look at.
#[derive(Serialize, ToSchema)]
pub struct RaisedAlarm {
    /// Stable name, as in `network.version`.
    code: &'static str,
    /// A sentence that says what to do.
    message: &'static str,
    /// What was seen.
    detail: Option<String>,
    since: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    /// How often since then.
    times: i32,
}

impl From<Pause> for NetworkPause {
    fn from(Pause { network, until, since }: Pause) -> Self {
        Self { network, until, since }
    }
}

impl From<health::Stuck> for StuckShares {
    fn from(health::Stuck { state, shares, since }: health::Stuck) -> Self {
        Self { state, shares, since }
    }
}

impl From<health::CutOff> for CannotShare {
    fn from(health::CutOff { person_id, name, network }: health::CutOff) -> Self {
        Self { person_id, name, network }
    }
}

impl From<Raised> for RaisedAlarm {
    fn from(Raised { alarm, detail, since, seen_at, times }: Raised) -> Self {
        Self { code: alarm.code(), message: alarm.message(), detail, since, seen_at, times }
    }
}

/// Shows how publishing is.
#[utoipa::path(get, path = "/health/publishing", tag = "health", responses((status = 200, body = Publishing)))]
async fn show_publishing(State(app): State<App>, _: Admin) -> Result<Json<Publishing>, Problem> {
    let tx = &mut app.db.snapshot().await?;
    let mut versions = vec![];
    for network in Network::ALL {
        versions.extend(versions_of(&app, tx, network).await?);
    }
    let pauses = notice::pauses(tx).await?.into_iter().map(Into::into).collect();
    let stuck = health::stuck(tx).await?.into_iter().map(Into::into).collect();
    let cannot_share = health::cut_off(tx).await?.into_iter().map(Into::into).collect();
    let alarms = alarm::raised(tx).await?.into_iter().map(Into::into).collect();
    let mail = mail_health(&app, tx).await?;
    Ok(Json(Publishing { checked_at: tx.now, pauses, versions, stuck, cannot_share, alarms, mail }))
}

/// Tries all mails again that were given up, and says how mail is then. What is no news any more is not sent.
#[utoipa::path(post, path = "/health/mail/retry", tag = "health", responses((status = 200, body = MailHealth)))]
async fn retry_mails(State(app): State<App>, admin: Admin) -> Result<Json<MailHealth>, Problem> {
    let mut tx = app.db.write_durable(&admin).await?;
    status::retry(&mut tx).await?;
    let health = mail_health(&app, &mut tx).await?;
    tx.commit().await?;
    Ok(Json(health))
}

async fn mail_health(app: &App, tx: &mut Tx) -> Result<MailHealth, Error> {
    let status::Waiting { mails: waiting, error } = status::waiting(tx).await?;
    let failed = status::failed(tx).await?.into_iter().map(Into::into).collect();
    Ok(MailHealth { on: app.mailer.is_some(), waiting, error, failed })
}

async fn versions_of(app: &App, tx: &mut Tx, network: Network) -> Result<Vec<ApiVersion>, Error> {
    let (retired, instants): (Vec<_>, Vec<_>) = notice::retired(tx, network).await?.into_iter().unzip();
    let Some(versions) = app.networks.versions(network) else { return Ok(vec![]) };
    let chosen = versions.choose(&retired).version;
    let today = tx.now.date_naive();
    let version = |version: &str| {
        let end = end_of(version);
        ApiVersion {
            network,
            version: version.to_owned(),
            in_use: version == chosen,
            ends_on: end.map(|(day, _)| day),
            announced: end.is_some_and(|(_, announced)| announced),
            days_left: end.map(|(day, _)| (day - today).num_days()),
            gone_at: retired.iter().position(|gone| gone == version).map(|nth| instants[nth]),
        }
    };
    Ok(versions.iter().map(version).collect())
}
