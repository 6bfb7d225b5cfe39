//! What marketers ask for: a feed to follow, and what is to change of one. What is absent stays, which is not the same as
//! null.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::ToSchema;

use super::{FeedState, Filter, Publish};
use crate::{
    Result,
    id::{DocumentId, TopicId},
};

/// What a marketer chooses for a new feed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewFeed {
    /// As it was found.
    pub address: String,
    /// The copy that was looked at: what is in it is the baseline. Null: the address is fetched (again).
    pub document: Option<DocumentId>,
    /// Name of the definition that reads it; null: the one that fits.
    pub definition: Option<String>,
    /// Null: the feed's own title.
    pub title: Option<String>,
    /// Topic of its posts.
    pub topic_id: TopicId,
    /// What new items become.
    pub publish: Publish,
    /// Shares of its posts go through our counting link.
    #[serde(default)]
    pub counting_link: bool,
    /// Five fields; null: every quarter of an hour.
    pub cron: Option<String>,
    /// What becomes of new items; null: all are kept.
    #[schema(value_type = Option<Filter>)]
    pub filter: Option<Value>,
    /// Teams that see its posts; none: everybody.
    #[serde(default)]
    pub audience: Vec<String>,
    /// Keys of cards that become posts at once.
    #[serde(default)]
    pub offer: Vec<String>,
}

/// What a marketer changes of a feed; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct FeedChange {
    /// As marketers call it.
    pub title: Option<String>,
    /// Topic of posts to come.
    pub topic_id: Option<TopicId>,
    /// What new items become.
    pub publish: Option<Publish>,
    /// Shares of posts to come go through our counting link.
    pub counting_link: Option<bool>,
    /// Five fields; null: every quarter of an hour.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub cron: CronChange,
    /// Name of the definition that reads it from now on. What is known stays known, and follows.
    pub definition: Option<String>,
    /// Teams that see posts to come; none: everybody.
    pub audience: Option<Vec<String>>,
    /// What becomes of items to come; null: all are kept. Items that are known stay as they are.
    #[serde(default)]
    #[schema(value_type = Option<Filter>)]
    pub filter: FilterChange,
    /// Paused or active.
    pub state: Option<FeedState>,
}

/// What a request says of the timetable: null is not the same as nothing.
#[derive(Debug, Default)]
pub enum CronChange {
    /// Nothing.
    #[default]
    Keep,
    /// Five fields, or every quarter of an hour.
    Set(Option<String>),
}

impl<'de> Deserialize<'de> for CronChange {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Option::deserialize(value).map(Self::Set)
    }
}

/// What a request says of the filter: null is not the same as nothing.
#[derive(Debug, Default)]
pub enum FilterChange {
    /// Nothing.
    #[default]
    Keep,
    /// These rules, or none.
    Set(Option<Value>),
}

impl<'de> Deserialize<'de> for FilterChange {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Option::deserialize(value).map(Self::Set)
    }
}
