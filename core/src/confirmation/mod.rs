//! Confirmations: a colleague looks at the link of somebody's own post and says whether it is there (proof B).
//! Only the person and the chosen colleague ever see the link; who decides otherwise sees neither.

mod answer;
mod ask;
mod page;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    answer::Verdict,
    ask::Proof,
    page::{Unreadable, read},
};
use crate::{
    Result,
    db::Tx,
    id::{ConfirmationId, MediaId, PersonId},
    network::Network,
    sql,
};

/// Where a confirmation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ConfirmationState {
    /// The colleague did not answer yet.
    Waiting,
    /// The colleague saw the post.
    Confirmed,
    /// The colleague says no, and why.
    Declined,
}

/// What a person sees of the colleague's look at a share of their own; all empty: nobody was asked.
#[derive(Clone, sqlx::FromRow)]
pub struct Asked {
    /// Where it is.
    #[sqlx(rename = "asked_state")]
    pub state: Option<ConfirmationState>,
    /// Of the own post.
    #[sqlx(rename = "asked_address")]
    pub address: Option<String>,
    /// Why not.
    #[sqlx(rename = "asked_reason")]
    pub reason: Option<String>,
    /// Who was asked; none: they left.
    #[sqlx(rename = "asked_name")]
    pub name: Option<String>,
}

/// What a colleague is asked to look at.
#[derive(Clone, sqlx::FromRow)]
pub struct Confirmation {
    /// Opaque id.
    pub id: ConfirmationId,
    /// Who says that they shared.
    pub person_name: String,
    /// Where.
    pub network: Network,
    /// Of the person's own post.
    pub address: String,
    /// Moment of the day that the person named.
    pub published_at: DateTime<Utc>,
    /// Decides the day.
    pub time_zone: String,
    /// Title of the post that was to be shared.
    pub post_title: String,
    /// Picture of it.
    pub post_media_id: Option<MediaId>,
    /// Where it leads.
    pub post_link: String,
    /// When the colleague was asked.
    pub asked_at: DateTime<Utc>,
}

/// The columns of a `Confirmation` that waits for this colleague; a literal, so that queries can be put together at
/// compile time.
macro_rules! select_waiting {
    ($tail:literal) => {
        concat!(
            "select c.id, a.name as person_name, s.network, c.address, s.published_at, s.time_zone, p.title as post_title, \
             p.media_id as post_media_id, p.link as post_link, c.asked_at from confirmations c \
             join shares s on s.id = c.share_id join people a on a.id = s.person_id join posts p on p.id = s.post_id \
             where c.confirmer_id = $1 and c.state = 'waiting' and s.person_id <> $1 ",
            $tail
        )
    };
}

impl Confirmation {
    /// What waits for this colleague, the longest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn waiting_for(tx: &mut Tx, colleague: PersonId) -> Result<Vec<Self>> {
        Ok(sql!(tx, fetch_all, select_waiting!("order by c.asked_at, c.id limit 100"), colleague)?)
    }

    /// One that waits for this colleague.
    ///
    /// # Errors
    /// When there is none, it is answered, or somebody else was asked.
    pub async fn get(tx: &mut Tx, colleague: PersonId, id: ConfirmationId) -> Result<Self> {
        Ok(sql!(tx, fetch_one, select_waiting!("and c.id = $2"), colleague, id)?)
    }
}
