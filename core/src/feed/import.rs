//! Lists of feeds: reading one, following many feeds at once, and writing one. Nothing is fetched here: the first poll of
//! each feed chooses the definition that fits, and what it finds is the baseline.

use std::collections::HashMap;

use klaroen_feed::opml::{self, OpmlFeed, OpmlList};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Feed, Publish, find, insist_on_topic, read::in_turn};
use crate::{
    Error, Result,
    db::{Actor, Tx},
    id::{FeedId, TopicId},
    line,
    network::youtube,
    person, sql,
};

const TITLE: usize = 200;
/// Most feeds of one request.
const MOST: usize = 1000;

/// Feeds to follow.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Import {
    /// Which; those that are followed already are left as they are.
    pub feeds: Vec<NewAddress>,
    /// Topic of their posts.
    pub topic_id: TopicId,
    /// What new items become.
    pub publish: Publish,
}

/// A feed to follow.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewAddress {
    /// As marketers will call it; empty: as it calls itself.
    pub title: String,
    /// Of the feed itself.
    pub address: String,
    /// Topic of its posts; null: that of the import.
    pub topic_id: Option<TopicId>,
}

/// A feed of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedFeed {
    /// As the list calls it.
    pub title: String,
    /// Of the feed.
    pub address: String,
    /// The folder in which the list has it.
    pub group: Option<String>,
    /// The topic that is called like that folder.
    pub topic_id: Option<TopicId>,
    /// The feed that polls this address already.
    pub already: Option<FeedId>,
    /// Its address is none of the web, so it cannot be followed.
    pub unusable: bool,
}

impl ListedFeed {
    /// Reads a list in OPML.
    ///
    /// # Errors
    /// `opml.invalid` at `/opml` when it is none, or has no feed.
    pub async fn read(tx: &mut Tx, list: String) -> Result<Vec<Self>> {
        let list = in_turn(move || opml::parse_all(&list)).await?;
        let OpmlList { feeds, unusable } =
            list.map_err(|error| Error::invalid("/opml", "opml.invalid", error.to_string()))?;
        let followed: Vec<(FeedId, String)> = sql!(tx, fetch_all, "select id, address from feeds")?;
        let followed: HashMap<String, FeedId> = followed.into_iter().map(|(id, address)| (address, id)).collect();
        let topics: Vec<(TopicId, String)> = sql!(tx, fetch_all, "select id, name from topics")?;
        let topics: HashMap<String, TopicId> = topics.into_iter().map(|(id, name)| (name.to_lowercase(), id)).collect();
        let listed = |OpmlFeed { title, address, group }, unusable| {
            let known = find::parse_address(&address).ok().and_then(|address| followed.get(address.as_str()).copied());
            let already = known.or_else(|| followed.get(&address).copied());
            let topic_id = group.as_ref().and_then(|group| topics.get(&group.to_lowercase()).copied());
            Self { title, address, group, topic_id, already, unusable }
        };
        let feeds = feeds.into_iter().map(|feed| listed(feed, false));
        Ok(feeds.chain(unusable.into_iter().map(|feed| listed(feed, true))).collect())
    }
}

impl Feed {
    /// All feeds as a list in OPML, in folders by their topics.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn export(tx: &mut Tx) -> Result<String> {
        let feeds = Self::list(tx).await?.into_iter();
        let feeds: Vec<OpmlFeed> = feeds
            .map(|feed| OpmlFeed { title: feed.title, address: feed.address, group: Some(feed.topic.name) })
            .collect();
        Ok(opml::write("Klaroen", &feeds))
    }

    /// Follows many feeds; answers those that were not followed yet. `zone` is the one in which timetables are meant.
    ///
    /// # Errors
    /// When a value is not valid; then none is followed.
    pub async fn import(tx: &mut Tx, import: &Import, zone: &str) -> Result<Vec<Self>> {
        let zone = person::parse_zone(zone).map_err(|fault| Error::Invalid(vec![fault]))?;
        if import.feeds.is_empty() || import.feeds.len() > MOST {
            let words = format!("Choose 1 to {MOST} feeds at a time.");
            return Err(Error::invalid("/feeds", "feeds.count", words));
        }
        insist_on_topic(tx, Some(import.topic_id)).await?;
        let by = if let Actor::Person(person) = tx.actor { Some(person) } else { None };
        let mut followed = vec![];
        for (place, new) in import.feeds.iter().enumerate() {
            let address =
                find::parse_address(&new.address).map_err(|error| error.at(format!("/feeds/{place}/address")))?;
            insist_on_topic(tx, new.topic_id).await.map_err(|error| error.at(format!("/feeds/{place}/topic_id")))?;
            let title = if new.title.trim().is_empty() { address.as_str() } else { &new.title };
            let title: String = title.chars().take(TITLE).collect();
            let title =
                line::parse("/title", &title, TITLE).map_err(|error| error.at(format!("/feeds/{place}/title")))?;
            let id = FeedId::new();
            let added = sql!(
                tx,
                execute,
                "insert into feeds (id, address, title, definition, topic_id, publish, counting_link, time_zone, state, \
                 next_poll_at, fence, error_count, created_by, created_at) \
                 values ($1, $2, $3, '', $4, $5, $6, $7, 'active', $8, 0, 0, $9, $8) on conflict (address) do nothing",
                id,
                address.as_str(),
                title,
                new.topic_id.unwrap_or(import.topic_id),
                import.publish,
                // A card that leads straight to its video is worth more than the count.
                !youtube::is_feed(address.as_str()),
                zone.name(),
                tx.now,
                by
            )?;
            if added == 1 {
                followed.push(Self::get(tx, id).await?);
            }
        }
        Ok(followed)
    }
}
