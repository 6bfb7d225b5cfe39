//! Taking a share back: an employee has what is out removed at its network, says that they removed it themselves, or keeps
//! it although the company took the post back.

use axum::extract::State;
use chrono::{DateTime, Utc};
use klaroen_core::{
    App,
    id::ShareId,
    share::{self, RemovalState, removal::Trouble},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::shares::Share;
use crate::{
    auth::Employee,
    extract::{Json, Path},
    problem::Problem,
};

/// Routes of this resource.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_asked_back)).routes(routes!(remove_share)).routes(routes!(keep_share))
}

/// Taking a share back: what it would mean, or what has come of it.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "as the API spells it")]
pub struct TakingBack {
    /// The company took the post back and asks whether this goes too.
    asked: bool,
    /// The company took the post back; removing the share then costs nothing.
    withdrawn: bool,
    /// It can be removed from here; false: only at the network itself.
    through_network: bool,
    /// Until when removing it costs what it counts for; null: it keeps counting.
    costs_until: Option<DateTime<Utc>>,
    /// False: it was taken back so early that it counts no longer.
    keeps_counting: bool,
    /// What has come of it; null: nothing was asked.
    state: Option<RemovalState>,
    /// Why it waits, or failed.
    reason: Option<RemovalReason>,
    /// Since when it is gone.
    removed_at: Option<DateTime<Utc>>,
}

/// Why a share is not removed yet, or cannot be from here.
#[derive(Serialize, ToSchema)]
pub struct RemovalReason {
    /// Stable name, as in `removal.no_connection`.
    code: &'static str,
    /// A sentence that says what to do.
    message: &'static str,
    /// What the network said.
    detail: Option<String>,
}

impl TakingBack {
    pub(super) fn of(app: &App, share: &share::Share) -> Option<Self> {
        let removal = &share.removal;
        let detail = removal.detail.clone();
        let reason = |trouble: Trouble| RemovalReason { code: trouble.code(), message: trouble.message(), detail };
        (share.state == share::State::Published).then(|| Self {
            asked: share.is_asked_back(),
            withdrawn: share.is_withdrawn(),
            through_network: share.urn.as_deref().is_some_and(|urn| app.networks.is_removable(share.network, urn))
                && share.origin != share::Origin::Declared,
            costs_until: share.costs_until(app.clock.now()),
            keeps_counting: share.keeps_counting(),
            state: removal.state,
            reason: removal.reason.map(reason),
            removed_at: removal.removed_at,
        })
    }
}

/// How a share is taken back.
#[derive(Deserialize, ToSchema)]
pub struct RemovalRequest {
    /// True: one removed it at the network oneself. False: it is to be removed from here.
    #[serde(default)]
    by_hand: bool,
}

/// Lists one's own shares of posts that the company took back, as long as one did not say what becomes of them.
#[utoipa::path(get, path = "/shares/asked-back", tag = "shares", responses((status = 200, body = Vec<Share>)))]
async fn list_asked_back(State(app): State<App>, employee: Employee) -> Result<Json<Vec<Share>>, Problem> {
    let shares = share::Share::asked_back(&mut app.db.read(), employee.id).await?;
    Ok(Json(shares.into_iter().map(|share| Share::new(&app, share)).collect()))
}

/// Has a share removed at its network, soon after; or notes that one removed it oneself.
#[utoipa::path(post, path = "/shares/{id}/removal", tag = "shares", params(("id" = ShareId, Path)),
    request_body = RemovalRequest, responses((status = 200, body = Share)))]
async fn remove_share(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ShareId>,
    Json(request): Json<RemovalRequest>,
) -> Result<Json<Share>, Problem> {
    let mut tx = app.db.write(&employee).await?;
    let share = if request.by_hand {
        share::Share::note_removal(&mut tx, employee.id, id).await?
    } else {
        share::Share::ask_removal(&mut tx, employee.id, id).await?
    };
    tx.commit().await?;
    Ok(Json(Share::new(&app, share)))
}

/// Keeps a share although the company took its post back; one is not asked again.
#[utoipa::path(post, path = "/shares/{id}/keep", tag = "shares", params(("id" = ShareId, Path)),
    responses((status = 200, body = Share)))]
async fn keep_share(
    State(app): State<App>,
    employee: Employee,
    Path(id): Path<ShareId>,
) -> Result<Json<Share>, Problem> {
    let mut tx = app.db.write(&employee).await?;
    let share = share::Share::keep(&mut tx, employee.id, id).await?;
    tx.commit().await?;
    Ok(Json(Share::new(&app, share)))
}
