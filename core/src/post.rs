//! Posts: something that employees may share, from an item of a feed or written by a marketer.

mod audience;
mod card;
mod change;
mod library;
mod offered;
mod picture;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    card::PostCard,
    change::{Draft, NewPost, PostChange},
    library::LibraryPost,
    offered::{MyShare, OfferedPost},
    picture::WantedPicture,
};
use crate::{
    Result,
    db::Tx,
    id::{FeedId, ItemId, MediaId, PostId, TopicId},
    person::Language,
    sql,
};

/// Where a post is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum PostState {
    /// Being written.
    Draft,
    /// Waits for a marketer's yes.
    InReview,
    /// May be shared.
    Live,
    /// Its time is over.
    Expired,
    /// Taken back; nothing of it is sent any more.
    Withdrawn,
}

impl PostState {
    /// Which states a marketer may move a post to.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use PostState::{Draft, Expired, InReview, Live, Withdrawn};
        match next {
            _ if self == next => true,
            Live => true,
            Withdrawn => self != Expired,
            Draft => matches!(self, InReview | Withdrawn),
            InReview | Expired => false,
        }
    }
}

/// A post as it is stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Post {
    /// Opaque id.
    pub id: PostId,
    /// What it was made from.
    pub item_id: Option<ItemId>,
    /// Where that came from.
    pub feed_id: Option<FeedId>,
    /// What it is about.
    pub topic_id: TopicId,
    /// Where it is in its life.
    pub state: PostState,
    /// Title of the card.
    pub title: String,
    /// A few sentences.
    pub text: Option<String>,
    /// Where the card leads.
    pub link: String,
    /// Shares go through our counting link.
    pub counting_link: bool,
    /// Picture of the card.
    pub media_id: Option<MediaId>,
    /// Of its texts.
    pub language: Option<Language>,
    /// When the publisher says it appeared.
    pub published_at: DateTime<Utc>,
    /// Since when it may be shared.
    pub live_at: Option<DateTime<Utc>>,
}

impl Post {
    /// The post with this id.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(tx: &mut Tx, id: PostId) -> Result<Self> {
        Ok(sql!(tx, fetch_one, "select * from posts where id = $1", id)?)
    }
}

#[cfg(test)]
mod tests {
    use super::PostState::{self, Draft, Expired, InReview, Live, Withdrawn};

    #[test]
    fn a_marketer_moves_a_post_only_along_these_ways() {
        let all = [Draft, InReview, Live, Expired, Withdrawn];
        let ways = |from: PostState| all.into_iter().filter(|to| from.may_become(*to)).collect::<Vec<_>>();
        assert_eq!(ways(Draft), [Draft, Live, Withdrawn]);
        assert_eq!(ways(InReview), [Draft, InReview, Live, Withdrawn]);
        assert_eq!(ways(Live), [Live, Withdrawn]);
        assert_eq!(ways(Expired), [Live, Expired]);
        assert_eq!(ways(Withdrawn), [Draft, Live, Withdrawn]);
    }
}
