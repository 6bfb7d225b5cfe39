//! Feeds: addresses that are polled. The row is the job: `next_poll_at` says when, a lease says who.

pub mod card;
mod change;
pub mod decide;
mod due;
pub mod entry;
pub(crate) mod filter;
pub mod find;
mod import;
mod look;
pub mod poll;
pub mod read;
mod reading;
mod request;
pub(crate) mod reread;
pub mod schedule;
pub(crate) mod shape;
pub mod timetable;
mod trouble;
mod words;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::timetable::Timetable;
pub use klaroen_feed::{
    Definition,
    filter::Filter,
    outline::{OutlineNode, OutlinePage},
    suggest::Suggestion,
};

pub use self::{
    change::Planned,
    due::DueFeed,
    import::{Import, ListedFeed, NewAddress},
    reading::Reading,
    request::{FeedChange, NewFeed},
    trouble::{Stage, Trouble},
};
use crate::{
    Result,
    db::Tx,
    id::{FeedId, TopicId},
    person, sql,
    topic::{Topic, TopicOfRow},
};

/// Whether a feed is polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum FeedState {
    /// Polled when its time comes.
    Active,
    /// Left alone until somebody starts it again.
    Paused,
}

/// What new items become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Publish {
    /// A post that waits for a marketer.
    Review,
    /// A post that may be shared at once.
    Live,
}

/// A feed with its health, as marketers see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Feed {
    /// Opaque id.
    pub id: FeedId,
    /// As marketers call it.
    pub title: String,
    /// What is polled.
    pub address: String,
    /// Name of the definition that reads it; empty: the first poll chooses the one that fits.
    pub definition: String,
    /// That definition is shipped, and not the marketers' own.
    pub definition_built_in: bool,
    /// Topic of its posts.
    pub topic: Topic,
    /// Teams that see its posts; none: everybody.
    pub audience: Vec<String>,
    /// Whether it is polled.
    pub state: FeedState,
    /// What new items become.
    pub publish: Publish,
    /// Shares of its posts go through our counting link.
    pub counting_link: bool,
    /// When it is polled.
    pub schedule: FeedSchedule,
    /// What becomes of new items; null: all are kept.
    pub filter: Option<Filter>,
    /// The next poll.
    pub next_poll_at: DateTime<Utc>,
    /// The last poll, however it went.
    pub last_polled_at: Option<DateTime<Utc>>,
    /// The last poll that went well.
    pub last_success_at: Option<DateTime<Utc>>,
    /// Why the last poll went wrong; null: it went well.
    pub error: Option<FeedError>,
    /// Items known.
    pub items: i64,
    /// Items that have a link, so that a post can be made of them.
    pub linked: i64,
    /// Items that became posts.
    pub offered: i64,
    /// Items that the filter dropped.
    pub dropped: i64,
    /// Items that the filter held for approval.
    pub held: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// A feed by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow, ToSchema)]
pub struct FeedName {
    /// Opaque id.
    pub id: FeedId,
    /// As marketers call it.
    pub title: String,
}

/// When a feed is polled.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FeedSchedule {
    /// Five fields; null: every quarter of an hour.
    pub cron: Option<String>,
    /// The same in words.
    pub words: String,
}

/// Why a poll went wrong.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FeedError {
    /// Where in the work.
    pub stage: Stage,
    /// Stable name.
    pub code: String,
    /// A sentence.
    pub message: String,
    /// The first of the polls in a row that went wrong.
    pub since: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: FeedId,
    title: String,
    address: String,
    definition: String,
    own_definition: bool,
    audience: String,
    #[sqlx(flatten)]
    topic: TopicOfRow,
    state: FeedState,
    publish: Publish,
    counting_link: bool,
    cron: Option<String>,
    time_zone: String,
    filter: Option<String>,
    next_poll_at: DateTime<Utc>,
    polled_at: Option<DateTime<Utc>>,
    succeeded_at: Option<DateTime<Utc>>,
    error_stage: Option<Stage>,
    error_code: Option<String>,
    error_message: Option<String>,
    error_since: Option<DateTime<Utc>>,
    items: i64,
    linked: i64,
    offered: i64,
    dropped: i64,
    held: i64,
    created_at: DateTime<Utc>,
}

/// The columns of `Row`; a literal, so that queries can be put together at compile time.
macro_rules! select_feeds {
    ($tail:literal) => {
        concat!(
            "select f.*, t.name as topic_name, \
             exists (select 1 from definitions d where d.name = f.definition) as own_definition, \
             (select count(*) from items i where i.feed_id = f.id) as items, \
             (select count(*) from items i where i.feed_id = f.id and i.link like 'http%') as linked, \
             (select count(*) from posts p where p.feed_id = f.id) as offered, \
             (select count(*) from items i where i.feed_id = f.id and i.verdict = 'drop') as dropped, \
             (select count(*) from items i where i.feed_id = f.id and i.verdict = 'hold') as held \
             from feeds f join topics t on t.id = f.topic_id ",
            $tail
        )
    };
}

impl Feed {
    /// All feeds by title.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(tx: &mut Tx) -> Result<Vec<Self>> {
        let rows: Vec<Row> = sql!(tx, fetch_all, select_feeds!("order by lower(f.title), f.id"))?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// The feed with this id.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(tx: &mut Tx, id: FeedId) -> Result<Self> {
        let row: Row = sql!(tx, fetch_one, select_feeds!("where f.id = $1"), id)?;
        Ok(row.into())
    }

    /// The feed that polls this address, if one does.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn at(tx: &mut Tx, address: &str) -> Result<Option<FeedId>> {
        let found: Option<(FeedId,)> = sql!(tx, fetch_optional, "select id from feeds where address = $1", address)?;
        Ok(found.map(|(id,)| id))
    }
}

impl FeedName {
    /// The feeds that are read with the definition of this name, by title.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn read_with(tx: &mut Tx, definition: &str) -> Result<Vec<Self>> {
        Ok(sql!(
            tx,
            fetch_all,
            "select id, title from feeds where definition = $1 order by lower(title), id",
            definition
        )?)
    }
}

impl From<Row> for Feed {
    fn from(row: Row) -> Self {
        let timetable = timetable(row.cron.as_deref(), &row.time_zone);
        let words = timetable.map_or_else(|| "every 15 minutes".to_owned(), |timetable| timetable.words());
        let error = match (row.error_stage, row.error_code, row.error_message, row.error_since) {
            (Some(stage), Some(code), Some(message), Some(since)) => Some(FeedError { stage, code, message, since }),
            _ => None,
        };
        Self {
            id: row.id,
            title: row.title,
            address: row.address,
            definition_built_in: !row.own_definition && !row.definition.is_empty(),
            definition: row.definition,
            audience: serde_json::from_str(&row.audience).unwrap_or_default(),
            topic: row.topic.into(),
            state: row.state,
            publish: row.publish,
            counting_link: row.counting_link,
            schedule: FeedSchedule { cron: row.cron, words },
            filter: row.filter.and_then(|stored| filter::of_stored(Some(&stored)).ok()),
            next_poll_at: row.next_poll_at,
            last_polled_at: row.polled_at,
            last_success_at: row.succeeded_at,
            error,
            items: row.items,
            linked: row.linked,
            offered: row.offered,
            dropped: row.dropped,
            held: row.held,
            created_at: row.created_at,
        }
    }
}

/// A stored timetable was checked when it was saved; one that is not valid any more counts as none.
fn timetable(cron: Option<&str>, zone: &str) -> Option<Timetable> {
    Timetable::parse(cron?, person::parse_zone(zone).ok()?).ok()
}

/// A topic's id as it stands in a request, checked.
async fn insist_on_topic(tx: &mut Tx, topic: Option<TopicId>) -> Result<()> {
    match topic {
        Some(topic) => Topic::insist(tx, topic).await,
        None => Ok(()),
    }
}
