//! Following, changing and leaving feeds.

use chrono_tz::Tz;
use klaroen_feed::filter::Filter;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    Feed, FeedState, Publish, decide, filter, insist_on_topic, preview::Reading, schedule, timetable::Timetable,
};
use crate::{
    Error, Result,
    config::Config,
    db::{Actor, Tx},
    error::OrConflict,
    id::{FeedId, TopicId},
    item::Item,
    line, person,
    post::PostState,
    sql,
};

const TITLE: usize = 200;

/// What a marketer chooses for a new feed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewFeed {
    /// As a preview gave it.
    pub address: String,
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
    /// Keys of cards of the preview that become posts at once.
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

impl Feed {
    /// Follows a feed that was just read: what is in it now is the baseline, and the chosen items become posts.
    /// `zone` is the one in which the timetable is meant.
    ///
    /// # Errors
    /// When a value is not valid or the address is followed already.
    pub async fn create(tx: &mut Tx, config: &Config, new: NewFeed, reading: &Reading, zone: &str) -> Result<Self> {
        let zone = person::parse_zone(zone).map_err(|fault| Error::Invalid(vec![fault]))?;
        let timetable = parse_cron(new.cron, zone)?;
        let chosen = new.title.filter(|title| !title.trim().is_empty());
        let title =
            chosen.map_or(Ok(reading.title.chars().take(TITLE).collect()), |t| line::parse("/title", &t, TITLE))?;
        insist_on_topic(tx, Some(new.topic_id)).await?;
        let filter = parse_filter(tx, new.filter).await?;
        let by = if let Actor::Person(person) = tx.actor { Some(person) } else { None };
        let id = FeedId::new();
        sql!(
            tx,
            execute,
            "insert into feeds (id, address, title, definition, topic_id, publish, counting_link, cron, time_zone, \
             state, etag, last_modified, body_hash, next_poll_at, fence, polled_at, succeeded_at, error_count, \
             baseline_at, created_by, created_at, filter) values \
             ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active', $10, $11, $12, $13, 0, $14, $14, 0, $14, $15, $14, $16)",
            id,
            &reading.address,
            title,
            &reading.definition,
            new.topic_id,
            new.publish,
            new.counting_link,
            timetable.as_ref().map(Timetable::as_str),
            zone.name(),
            &reading.etag,
            &reading.last_modified,
            &reading.body_hash,
            schedule::after_success(timetable.as_ref(), tx.now, rand::random()),
            tx.now,
            by,
            filter
        )
        .or_conflict("feed.already", "This address is followed already.")?;
        for verdict in decide::decide(&reading.entries, &[], None) {
            let decide::Verdict::New { entry, .. } = verdict else { continue };
            let item = Item::insert(tx, id, entry, true, None).await?;
            if new.offer.contains(&entry.identity) {
                Item::offer(tx, config, item, PostState::Live).await?;
            }
        }
        Self::get(tx, id).await
    }

    /// Changes a feed. A new filter, topic or way of publishing is for items to come; nothing that is known changes.
    ///
    /// # Errors
    /// When there is none or a value is not valid.
    pub async fn change(tx: &mut Tx, id: FeedId, change: FeedChange) -> Result<Self> {
        tx.hold("feeds", id.0).await?;
        let before = Self::get(tx, id).await?;
        insist_on_topic(tx, change.topic_id).await?;
        let title = change.title.map_or(Ok(before.title), |title| line::parse("/title", &title, TITLE))?;
        let (zone, stored): (String, Option<String>) =
            sql!(tx, fetch_one, "select time_zone, filter from feeds where id = $1", id)?;
        let filter = match change.filter {
            FilterChange::Keep => stored,
            FilterChange::Set(json) => parse_filter(tx, json).await?,
        };
        let zone = person::parse_zone(&zone).map_err(|fault| Error::Invalid(vec![fault]))?;
        let (cron, next) = match change.cron {
            CronChange::Keep => (before.schedule.cron, before.next_poll_at),
            CronChange::Set(cron) => {
                let timetable = parse_cron(cron, zone)?;
                let next = schedule::after_success(timetable.as_ref(), tx.now, rand::random());
                (timetable.map(|timetable| timetable.as_str().to_owned()), next)
            }
        };
        sql!(
            tx,
            execute,
            "update feeds set title = $1, topic_id = $2, publish = $3, counting_link = $4, cron = $5, \
             next_poll_at = $6, state = $7, filter = $8, fence = fence + 1 where id = $9",
            title,
            change.topic_id.unwrap_or(before.topic.id),
            change.publish.unwrap_or(before.publish),
            change.counting_link.unwrap_or(before.counting_link),
            cron,
            next,
            change.state.unwrap_or(before.state),
            filter,
            id
        )?;
        Self::get(tx, id).await
    }

    /// Makes the next poll due now.
    ///
    /// # Errors
    /// When there is none, or it is paused.
    pub async fn poll_now(tx: &mut Tx, id: FeedId) -> Result<Self> {
        let feed = Self::get(tx, id).await?;
        if feed.state == FeedState::Paused {
            return Err(Error::conflict("feed.paused", "This feed is paused. Start it again first."));
        }
        sql!(tx, execute, "update feeds set next_poll_at = $1 where id = $2", tx.now, id)?;
        Self::get(tx, id).await
    }

    /// Leaves a feed: its items go, its posts stay.
    ///
    /// # Errors
    /// When there is none.
    pub async fn delete(tx: &mut Tx, id: FeedId) -> Result<()> {
        let touched = sql!(tx, execute, "delete from feeds where id = $1", id)?;
        if touched == 1 { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// A filter of a request, checked, as it is stored.
async fn parse_filter(tx: &mut Tx, json: Option<Value>) -> Result<Option<String>> {
    let Some(json) = json else { return Ok(None) };
    let filter = filter::parse(&json)?;
    filter::insist_on_topics(tx, &filter).await?;
    filter::to_stored(&filter).map(Some)
}

fn parse_cron(cron: Option<String>, zone: Tz) -> Result<Option<Timetable>> {
    let cron = cron.filter(|cron| !cron.trim().is_empty());
    cron.map(|cron| Timetable::parse(&cron, zone)).transpose()
}
