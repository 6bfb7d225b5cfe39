//! Following many feeds at once. Nothing is fetched here: the first poll of each chooses the definition that fits, and
//! what it finds is the baseline.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{Feed, Publish, find, insist_on_topic};
use crate::{
    Error, Result,
    db::{Actor, Tx},
    id::{FeedId, TopicId},
    line, person, sql,
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
}

impl Feed {
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
                import.topic_id,
                import.publish,
                true,
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
