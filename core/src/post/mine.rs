//! What became of one person's own shares of a post. Pure.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    id::{PostId, ShareId},
    network::Network,
    share::State,
};

/// The asking person's share of a post, on a network that they can connect to.
#[derive(Debug, Clone, Serialize, sqlx::FromRow, ToSchema)]
pub struct MyShare {
    id: ShareId,
    #[serde(skip)]
    post_id: PostId,
    network: Network,
    state: State,
    run_at: DateTime<Utc>,
}

/// The newest share of a post on each network; `shares` are oldest first.
pub(super) fn newest(shares: &[MyShare], post: PostId) -> Vec<MyShare> {
    let on = |network| shares.iter().rfind(|share| share.post_id == post && share.network == network);
    Network::ALL.into_iter().filter_map(on).cloned().collect()
}

/// The share that stands for all: on the first network where it is not over, or else the newest.
pub(super) fn foremost(newest: &[MyShare]) -> Option<MyShare> {
    let is_over = |share: &&MyShare| matches!(share.state, State::Refused | State::Cancelled);
    newest.iter().find(|share| !is_over(share)).or(newest.iter().max_by_key(|share| share.id.0)).cloned()
}
