//! Shares: an employee puts a post on their own profile, sees what became of it, and can stop it before it goes out.

use axum::extract::State;
use chrono::{DateTime, Utc};
use klaroen_core::{
    App, Error,
    bonus::ProofClass,
    confirmation::{Asked, ConfirmationState},
    id::{PostId, ShareId},
    media,
    network::{Connection, Network},
    page::Page,
    share::{self, Answer, ConfirmedBy, NewShare, Origin, Reason},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::removals::TakingBack;
use crate::{
    auth::Employee,
    extract::{Created, Json, Path, Query},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_shares, create_share))
        .routes(routes!(show_share))
        .routes(routes!(cancel_share))
        .routes(routes!(answer_share))
}

/// One's own share of a post.
#[derive(Serialize, ToSchema)]
pub struct Share {
    id: ShareId,
    post: SharedPost,
    network: Network,
    origin: Origin,
    state: share::State,
    /// Why it waits, or what became of it.
    reason: Option<ShareReason>,
    text: String,
    /// What the organisation added below it when the share was made.
    disclosure: Option<String>,
    /// At LinkedIn: the picture itself goes out, with the link below the text, and not a card.
    as_picture: bool,
    /// When it is to go out.
    run_at: DateTime<Utc>,
    /// When it was last sent.
    sent_at: Option<DateTime<Utc>>,
    /// When an unknown share is sent once more, with the person's permission, to see whether it is out.
    probe_at: Option<DateTime<Utc>>,
    /// When the network took it.
    published_at: Option<DateTime<Utc>>,
    /// Where it is at the network.
    url: Option<String>,
    /// What proved that it is out, if the network's answer did not.
    confirmed_by: Option<ConfirmedBy>,
    /// How well it is known that it happened.
    proof_class: ProofClass,
    /// A colleague's look at the link of one's own post; null: nobody was asked.
    confirmation: Option<OwnConfirmation>,
    /// What taking it back would mean, or has come to; null: it is not out.
    taking_back: Option<TakingBack>,
    /// Clicks on its own link.
    clicks: i64,
    /// ISO week in which it counts, as in `2026-W48`.
    week: Option<String>,
    /// Until when it can be undone.
    undo_until: Option<DateTime<Utc>>,
}

/// What was shared.
#[derive(Serialize, ToSchema)]
pub struct SharedPost {
    id: PostId,
    title: String,
    /// Address of the picture on our own origin.
    image: Option<String>,
    link: String,
}

/// What became of asking a colleague.
#[derive(Serialize, ToSchema)]
pub struct OwnConfirmation {
    state: ConfirmationState,
    /// Who was asked; null: they left, so ask another one.
    colleague: Option<String>,
    /// Of one's own post.
    url: String,
    /// Why not, in the colleague's words.
    reason: Option<String>,
}

impl OwnConfirmation {
    fn new(asked: Asked) -> Option<Self> {
        let Asked { state, address, reason, name } = asked;
        Some(Self { state: state?, colleague: name, url: address?, reason })
    }
}

/// Why a share waits, or what became of it.
#[derive(Serialize, ToSchema)]
pub struct ShareReason {
    /// Stable name, as in `network.throttled`.
    code: &'static str,
    /// A sentence that says what to do.
    message: &'static str,
    /// What the network said.
    detail: Option<String>,
    /// When it goes out by itself; null: something else has to change first.
    until: Option<DateTime<Utc>>,
}

impl Share {
    pub(super) fn new(app: &App, share: share::Share) -> Self {
        let (detail, until) = (share.detail.clone(), share.held_until());
        let reason = |reason: Reason| ShareReason { code: reason.code(), message: reason.message(), detail, until };
        Self {
            id: share.id,
            network: share.network,
            origin: share.origin,
            state: share.state,
            reason: share.reason.map(reason),
            run_at: share.run_at,
            sent_at: share.sent_at,
            probe_at: share.probe_at(),
            published_at: share.published_at,
            url: share.urn.as_ref().map(|urn| app.networks.address_of(share.network, urn)),
            confirmed_by: share.confirmed_by,
            proof_class: share.proof_class,
            confirmation: OwnConfirmation::new(share.asked.clone()),
            taking_back: TakingBack::of(app, &share),
            clicks: share.clicks,
            week: share.week().map(|week| week.to_string()),
            undo_until: share.undo_until(app.clock.now()),
            text: share.text,
            disclosure: share.disclosure,
            as_picture: share.as_picture,
            post: SharedPost {
                id: share.post_id,
                title: share.post_title,
                image: share.post_media_id.map(media::path),
                link: share.post_link,
            },
        }
    }
}

/// A share to be made.
#[derive(Deserialize, ToSchema)]
pub struct ShareRequest {
    post_id: PostId,
    network: Network,
    /// What to say; with what the organisation adds as long as the network takes it.
    text: String,
    /// Null: now, with ten seconds to undo it.
    run_at: Option<DateTime<Utc>>,
    /// At LinkedIn: the picture itself, with the link below the text, and not a card.
    #[serde(default)]
    as_picture: bool,
    /// Made by the form, so that the same click is never two shares.
    idempotency_key: Uuid,
}

/// "Did this appear?"
#[derive(Deserialize, ToSchema)]
pub struct Appearance {
    /// True: it is there.
    appeared: bool,
    /// Its address at the network, when it is there.
    url: Option<String>,
    /// Send it again, when it is not there.
    #[serde(default)]
    again: bool,
}

/// Which page of the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// `next` of the page before.
    after: Option<String>,
}

/// Lists one's own shares, newest first.
#[utoipa::path(get, path = "/shares", tag = "shares", params(Which), responses((status = 200, body = Page<Share>)))]
async fn list_shares(
    State(app): State<App>,
    employee: Employee,
    Query(which): Query<Which>,
) -> Result<Json<Page<Share>>, Problem> {
    let page = share::Share::list(&mut app.db.read(), employee.id, which.after.as_deref()).await?;
    Ok(Json(page.map(|share| Share::new(&app, share))))
}

/// Shares a post, now or later.
#[utoipa::path(post, path = "/shares", tag = "shares", request_body = ShareRequest, responses((status = 201, body = Share)))]
async fn create_share(
    State(app): State<App>,
    employee: Employee,
    Json(new): Json<ShareRequest>,
) -> Result<Created<Share>, Problem> {
    let new = NewShare::new(new.post_id, new.network, &new.text, new.run_at, new.idempotency_key)?
        .as_picture(new.as_picture)?;
    let mut tx = app.db.write(&employee).await?;
    let share = share::Share::create(&mut tx, &app.config, employee.id, new).await?;
    tx.commit().await?;
    Ok(Created(Share::new(&app, share)))
}

/// Shows one of one's own shares.
#[utoipa::path(get, path = "/shares/{id}", tag = "shares", params(("id" = ShareId, Path)),
    responses((status = 200, body = Share)))]
async fn show_share(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ShareId>,
) -> Result<Json<Share>, Problem> {
    let share = share::Share::get(&mut app.db.read(), employee.id, id).await?;
    Ok(Json(Share::new(&app, share)))
}

/// Stops a share before it goes out.
#[utoipa::path(post, path = "/shares/{id}/cancel", tag = "shares", params(("id" = ShareId, Path)),
    responses((status = 200, body = Share)))]
async fn cancel_share(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ShareId>,
) -> Result<Json<Share>, Problem> {
    let mut tx = app.db.write(&employee).await?;
    let share = share::Share::cancel(&mut tx, employee.id, id).await?;
    tx.commit().await?;
    Ok(Json(Share::new(&app, share)))
}

/// Answers "did this appear?" for a share of which nobody else knows.
#[utoipa::path(post, path = "/shares/{id}/answer", tag = "shares", params(("id" = ShareId, Path)), request_body = Appearance,
    responses((status = 200, body = Share)))]
async fn answer_share(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ShareId>,
    Json(seen): Json<Appearance>,
) -> Result<Json<Share>, Problem> {
    let mut tx = app.db.write_durable(&employee).await?;
    let network = share::Share::get(&mut tx, employee.id, id).await?.network;
    let connections = Connection::of(&mut tx, employee.id).await?;
    let connection = connections.iter().find(|connection| connection.network == network);
    let instance = connection.and_then(|connection| connection.instance.as_deref());
    let answer = read_answer(&app, network, instance, &seen)?;
    let share = share::Share::answer(&mut tx, employee.id, id, answer).await?;
    tx.commit().await?;
    Ok(Json(Share::new(&app, share)))
}

fn read_answer(app: &App, network: Network, instance: Option<&str>, seen: &Appearance) -> Result<Answer, Error> {
    match (seen.appeared, seen.again) {
        (false, false) => Ok(Answer::Absent),
        (false, true) => Ok(Answer::Again),
        (true, _) => {
            let address = seen.url.as_deref().unwrap_or_default();
            let urn = app.networks.urn_of_address(network, address, instance).ok_or_else(|| {
                let words = "Paste the address of your post: open it at the network and copy its link.";
                Error::invalid("/url", "url.not_a_post", words)
            })?;
            Ok(Answer::Appeared { urn })
        }
    }
}
