//! What a person wants to be mailed about: each a consent of its own, given and taken back as easily.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use klaroen_core::{
    App, Error, audit,
    consent::{self, LiveConsent, Place, Purpose},
    db::Actor,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::Employee,
    extract::{Json, Path},
    problem::Problem,
    web,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_notifications)).routes(routes!(choose_notification))
}

/// Outside the contract: what mail programs ask for with one click (RFC 8058). It takes no cookie and no header of ours;
/// the token is all the authority it needs, and it can only end mails.
pub fn one_click() -> Router<App> {
    Router::new().route("/unsubscribe/{token}", get(web::serve).post(unsubscribe))
}

/// One kind of mail, and whether the person wants it.
#[derive(Serialize, ToSchema)]
pub struct Notification {
    purpose: Purpose,
    /// The person's yes holds.
    by_mail: bool,
    /// When it was given.
    given_at: Option<DateTime<Utc>>,
    /// Names the words; send it back with a yes.
    text_id: &'static str,
    /// What the person says yes to.
    words: &'static str,
    /// False: the operator set no mail server, so nothing is mailed for now.
    mail_works: bool,
}

/// A choice.
#[derive(Deserialize, ToSchema)]
pub struct NotificationChoice {
    by_mail: bool,
    /// The words that were on the screen.
    text_id: String,
    /// Where the choice was made: `connect` or `me`.
    place: Place,
}

async fn notification(app: &App, employee: &Employee, purpose: Purpose) -> Result<Notification, Error> {
    let live = LiveConsent::of(&mut app.db.read(), employee.id, purpose).await?;
    let text = purpose.text(employee.language);
    Ok(Notification {
        purpose,
        by_mail: live.is_some(),
        given_at: live.map(|live| live.given_at()),
        text_id: text.id,
        words: text.words,
        mail_works: app.mailer.is_some(),
    })
}

/// Lists what one can be mailed about.
#[utoipa::path(get, path = "/notifications", tag = "me", responses((status = 200, body = Vec<Notification>)))]
async fn list_notifications(State(app): State<App>, employee: Employee) -> Result<Json<Vec<Notification>>, Problem> {
    let mut all = vec![];
    for purpose in Purpose::ALL {
        all.push(notification(&app, &employee, purpose).await?);
    }
    Ok(Json(all))
}

/// Says yes or no to one kind of mail.
#[utoipa::path(put, path = "/notifications/{purpose}", tag = "me", params(("purpose" = Purpose, Path)),
    request_body = NotificationChoice, responses((status = 200, body = Notification)))]
async fn choose_notification(
    State(app): State<App>,
    employee: Employee,
    Path(purpose): Path<Purpose>,
    Json(choice): Json<NotificationChoice>,
) -> Result<Json<Notification>, Problem> {
    let NotificationChoice { by_mail, text_id, place } = choice;
    let mut tx = app.db.write_durable(&employee).await?;
    if by_mail {
        consent::give(&mut tx, &app.key, employee.id, purpose, &text_id, place).await?;
    } else {
        consent::withdraw(&mut tx, employee.id, purpose, place).await?;
    }
    let detail = json!({ "purpose": purpose, "given": by_mail });
    audit::record(&mut tx, "consent.chosen", Some(employee.id.0), &detail).await?;
    tx.commit().await?;
    Ok(Json(notification(&app, &employee, purpose).await?))
}

/// Ends the mails. A token that is good for nothing gets the same answer: there is nothing left to end.
async fn unsubscribe(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Problem> {
    if consent::is_ended_by(&mut app.db.read(), &token).await? {
        let mut tx = app.db.write_durable(Actor::Anonymous).await?;
        consent::withdraw_by_mail(&mut tx, &token).await?;
        tx.commit().await?;
    }
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "No more mails.\n").into_response())
}
