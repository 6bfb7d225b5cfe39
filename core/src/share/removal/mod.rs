//! Taking back what is out: a person has a share removed at its network, says that they removed it, or keeps it although
//! the company took the post back. The share stays published; the row in `removals` is what a worker acts on.

mod ask;
mod decide;
mod trouble;
mod work;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    trouble::Trouble,
    work::{is_due, remove},
};

/// What became of a person's wish for a share that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum RemovalState {
    /// It is to be removed, and is not yet.
    Waiting,
    /// It is gone.
    Removed,
    /// It could not be removed from here; its person can, at the network.
    Failed,
    /// The company took the post back, and the person keeps the share.
    Kept,
}

/// What a person sees of a removal; all empty: nothing was asked.
#[derive(Clone, sqlx::FromRow)]
pub struct Removal {
    /// Where it is.
    #[sqlx(rename = "removal_state")]
    pub state: Option<RemovalState>,
    /// Why it waits, or failed.
    #[sqlx(rename = "removal_reason")]
    pub reason: Option<Trouble>,
    /// What the network said.
    #[sqlx(rename = "removal_detail")]
    pub detail: Option<String>,
    /// The company had taken the post back.
    #[sqlx(rename = "removal_on_request")]
    pub on_request: Option<bool>,
    /// Since when it is gone.
    #[sqlx(rename = "removal_at")]
    pub removed_at: Option<DateTime<Utc>>,
}
