//! Where a network sends a browser back to: to the person who began to connect an account in this session, or to whoever
//! began to renew a connection from a mail in this browser.

use axum::{
    extract::{FromRequestParts, RawQuery, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use klaroen_core::{
    App, Error, audit,
    db::Actor,
    id::AttemptId,
    network::{
        Door, Grant, Network, attempt,
        callback::{Callback, Consent},
        renewal::Renewal,
    },
};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::connections::visitor;
use crate::{
    auth::{Employee, RENEWAL, no_renewal_cookie},
    extract::Path,
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(finish_connection))
}

/// Who comes back.
enum Returning {
    /// A browser that left from a mail, with its cookie; what it renews is found by cookie and state together.
    FromMail(Box<Renewal>),
    /// Somebody who is signed in.
    SignedIn(Employee),
    /// Nobody: too late after leaving from a mail, or the session ended on the way.
    Nobody,
}

impl FromRequestParts<App> for Returning {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let jar = CookieJar::from_headers(&parts.headers);
        let callback = Callback::parse(parts.uri.query().unwrap_or_default()).ok();
        if let Some((cookie, callback)) = jar.get(RENEWAL).zip(callback)
            && let Ok(Path(network)) = Path::<Network>::from_request_parts(parts, app).await
            && let Some(renewal) =
                Renewal::returned(&mut app.db.read(), network, &callback.state, cookie.value()).await?
        {
            return Ok(Self::FromMail(Box::new(renewal)));
        }
        match Employee::from_request_parts(parts, app).await {
            Err(Problem(Error::Unauthenticated { .. })) => Ok(Self::Nobody),
            employee => employee.map(Self::SignedIn),
        }
    }
}

/// Where the network sends the browser back to; goes on to the page that asks "is this you?", or says that it is renewed.
/// A browser that nobody is signed in with, and that left from no mail, is told so on a page; nothing is connected.
#[utoipa::path(get, path = "/connections/{network}/callback", tag = "connections", params(("network" = Network, Path)),
    responses((status = 303)))]
async fn finish_connection(
    State(app): State<App>,
    who: Returning,
    Path(network): Path<Network>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let mut left_from_mail = false;
    let (page, outcome) = match who {
        Returning::SignedIn(employee) => {
            let outcome = connect(&app, &employee, network, &query).await;
            (format!("/connect/{}?", network.word()), outcome.map(|id| format!("pending={id}")))
        }
        Returning::Nobody => ("/renew?".to_owned(), Err(Error::refused("state.invalid", "Nobody left from here."))),
        Returning::FromMail(renewal) => {
            left_from_mail = true;
            (format!("/renew?lang={}&", renewal.language.word()), renew(&app, &renewal, &query).await)
        }
    };
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(Error::Refused { code, .. } | Error::Conflict { code, .. }) => format!("error={code}"),
        Err(error) => return Err(error.into()),
    };
    let redirect = Redirect::to(&format!("{page}{outcome}"));
    if left_from_mail {
        return Ok((CookieJar::new().add(no_renewal_cookie()), redirect).into_response());
    }
    Ok(redirect.into_response())
}

async fn connect(app: &App, employee: &Employee, network: Network, query: &str) -> Result<AttemptId, Error> {
    let callback = Callback::parse(query)?;
    let mut tx = app.db.write(employee).await?;
    let returned = attempt::take(&mut tx, visitor(employee), network, &callback.state).await?;
    let door = app.networks.door_of(&app.db, network, returned.instance.as_deref()).await?;
    callback.insist_on(&app.networks.issuer(&door))?; // or else the state stays good for the honest one
    tx.commit().await?;
    let grant = exchange(app, &door, callback).await?;
    let mut tx = app.db.write_durable(employee).await?;
    let id = returned.keep(&mut tx, &grant, &app.key).await?;
    tx.commit().await?;
    Ok(id)
}

/// Renews, and answers what the page says: where, for how many days, and how many shares go out.
async fn renew(app: &App, renewal: &Renewal, query: &str) -> Result<String, Error> {
    let callback = Callback::parse(query)?;
    let (network, owner) = (renewal.network, Actor::Person(renewal.person_id));
    let door = app.networks.door_of(&app.db, network, renewal.instance.as_deref()).await?;
    callback.insist_on(&app.networks.issuer(&door))?;
    let mut tx = app.db.write(owner).await?;
    renewal.spend(&mut tx, &callback.state).await?;
    tx.commit().await?;
    let grant = exchange(app, &door, callback).await?;
    let mut tx = app.db.write_durable(owner).await?;
    let waiting = match renewal.finish(&mut tx, &app.key, &grant).await {
        Ok(waiting) => waiting,
        Err(error) => {
            drop(tx);
            if matches!(error, Error::Refused { code: "renewal.other_account", .. }) {
                app.networks.revoke_grant(&app.db, network, grant).await;
            }
            return Err(error);
        }
    };
    let detail = json!({ "network": network, "by": "mail" });
    audit::record(&mut tx, "connection.renewed", Some(renewal.person_id.0), &detail).await?;
    let days = grant.end.at(tx.now).map(|end| format!("&days={}", (end - tx.now).num_days())).unwrap_or_default();
    tx.commit().await?;
    Ok(format!("renewed={}&shares={}{days}", network.word(), waiting.shares))
}

async fn exchange(app: &App, door: &Door, callback: Callback) -> Result<Grant, Error> {
    match callback.answer {
        Consent::Code(code) => app.networks.exchange(door, &callback.state, code).await,
        Consent::Cancelled => Err(Error::refused("cancelled", "You did not allow it. Nothing was connected.")),
        Consent::Refused => Err(Error::refused("network.refused", "The network did not allow it.")),
    }
}
