//! Following, changing and leaving feeds.

use chrono_tz::Tz;
use serde_json::Value;

use super::{
    Feed, FeedChange, FeedState, NewFeed, Reading, decide, filter, insist_on_topic,
    request::{CronChange, FilterChange},
    reread::Reread,
    schedule,
    shape::{self, Shape},
    timetable::Timetable,
};
use crate::{
    App, Error, Result,
    config::Config,
    db::{Actor, Tx},
    definition::{Chosen, Trial},
    error::OrConflict,
    id::FeedId,
    item::Item,
    line, person,
    post::PostState,
    sql, team,
};

const TITLE: usize = 200;

/// A change whose reading was prepared outside the transaction.
pub struct Planned {
    change: FeedChange,
    reread: Option<(Chosen, Reread)>,
}

impl FeedChange {
    /// Reads the feed's last document with the new definition, if there is one.
    ///
    /// # Errors
    /// When there is no such feed, or `definition.unknown`.
    pub async fn plan(self, app: &App, id: FeedId) -> Result<Planned> {
        let Some(name) = &self.definition else { return Ok(Planned { change: self, reread: None }) };
        let chosen = Chosen::named(&mut app.db.read(), name).await?;
        let reread = Reread::plan(app, id, &chosen.definition).await?;
        Ok(Planned { change: self, reread: Some((chosen, reread)) })
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
        let audience = parse_audience(tx, &new.audience).await?;
        reading.chosen.insist_unchanged(tx).await?;
        let by = if let Actor::Person(person) = tx.actor { Some(person) } else { None };
        let id = FeedId::new();
        sql!(
            tx,
            execute,
            "insert into feeds (id, address, title, definition, topic_id, publish, counting_link, cron, time_zone, \
             state, etag, last_modified, body_hash, next_poll_at, fence, polled_at, succeeded_at, error_count, \
             baseline_at, created_by, created_at, filter, audience, shape) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
             'active', $10, $11, $12, $13, 0, $14, $14, 0, $14, $15, $14, $16, $17, $18)",
            id,
            &reading.address,
            title,
            &reading.chosen.definition.name,
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
            filter,
            audience,
            Shape::of(&reading.entries).to_stored()
        )
        .or_conflict("feed.already", "This address is followed already.")?;
        reading.keep(tx, id).await?;
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
    pub async fn change(tx: &mut Tx, id: FeedId, Planned { change, reread }: Planned) -> Result<Self> {
        if let Some((chosen, _)) = &reread {
            chosen.insist_unchanged(tx).await?;
        }
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
        let audience = match &change.audience {
            Some(teams) => parse_audience(tx, teams).await?,
            None => to_stored(&before.audience),
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
             next_poll_at = $6, state = $7, filter = $8, audience = $9, fence = fence + 1 where id = $10",
            title,
            change.topic_id.unwrap_or(before.topic.id),
            change.publish.unwrap_or(before.publish),
            change.counting_link.unwrap_or(before.counting_link),
            cron,
            next,
            change.state.unwrap_or(before.state),
            filter,
            audience,
            id
        )?;
        if let Some((chosen, reread)) = reread {
            reread.apply(tx, &chosen.definition.name).await?;
        }
        Self::get(tx, id).await
    }

    /// Says what another definition would change; nothing is saved.
    ///
    /// # Errors
    /// When there is no such feed, or the place of the definition that is wrong.
    pub async fn try_definition(app: &App, id: FeedId, definition: &klaroen_feed::Definition) -> Result<Trial> {
        crate::definition::check(definition)?;
        Ok(Reread::plan(app, id, definition).await?.trial())
    }

    /// Says of an alarm that it is meant so: what the feed lost is not asked for any more, and it is polled at once.
    ///
    /// # Errors
    /// When there is no such feed, or `feed.no_alarm`.
    pub async fn accept_shape(tx: &mut Tx, id: FeedId) -> Result<Self> {
        tx.hold("feeds", id.0).await?;
        let feed = Self::get(tx, id).await?;
        if feed.error.is_none_or(|error| error.code != shape::ALARM) {
            return Err(Error::conflict("feed.no_alarm", "There is no alarm about the shape of this feed any more."));
        }
        let (stored,): (Option<String>,) = sql!(tx, fetch_one, "select shape from feeds where id = $1", id)?;
        let shape = Shape::of_stored(stored.as_deref()).map(Shape::accepted);
        sql!(
            tx,
            execute,
            "update feeds set shape = $1, next_poll_at = $2, error_stage = null, error_code = null, \
             error_message = null, error_since = null, error_count = 0, lease_until = null, fence = fence + 1 \
             where id = $3",
            shape.and_then(|shape| shape.to_stored()),
            tx.now,
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
    filter::insist_on_targets(tx, &filter).await?;
    filter::to_stored(&filter).map(Some)
}

/// An audience of a request, checked, as it is stored.
async fn parse_audience(tx: &mut Tx, teams: &[String]) -> Result<String> {
    Ok(to_stored(&team::parse_audience(tx, "/audience", teams).await?))
}

fn to_stored(audience: &[String]) -> String {
    serde_json::json!(audience).to_string()
}

fn parse_cron(cron: Option<String>, zone: Tz) -> Result<Option<Timetable>> {
    let cron = cron.filter(|cron| !cron.trim().is_empty());
    cron.map(|cron| Timetable::parse(&cron, zone)).transpose()
}
