//! Items: entries of feeds as mapped. An item is stored once, under its identity; a change at the publisher
//! changes the item and the post made from it, and never makes another.

mod offer;
mod shown;
mod trail;

use chrono::{DateTime, Duration, Utc};
use klaroen_feed::filter::Verdict;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::offer::Obstacle;
pub use self::trail::{TrailStage, TrailStep};
pub(crate) use self::{offer::RuleSet, shown::Shown};
use crate::{
    Error, Result,
    db::Tx,
    feed::{FeedName, card::picture_path, decide::Known, entry::Entry, filter},
    id::{FeedId, ItemId, PostId},
    page::{PAGE, Page},
    person,
    post::PostState,
    sql,
};

/// An item as marketers see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    /// Opaque id.
    pub id: ItemId,
    /// The feed it came from.
    pub feed: FeedName,
    /// Plain text.
    pub title: Option<String>,
    /// At the publisher.
    pub link: Option<String>,
    /// Plain text.
    pub text: Option<String>,
    /// Its picture, on our own origin.
    pub image: Option<String>,
    /// As the publisher says.
    pub published_at: Option<DateTime<Utc>>,
    /// When a poll first found it.
    pub first_seen_at: DateTime<Utc>,
    /// It was there before the feed was followed.
    pub baseline: bool,
    /// What was made from it.
    pub post: Option<ItemPost>,
    /// Another live post that leads to the same address.
    pub twin: Option<Twin>,
    /// Why no post can be made of it; null: it can be offered.
    pub obstacle: Option<Obstacle>,
    /// Its way as far as it came; the last step says why it came no further. Empty when it was found more than 30 days
    /// ago.
    pub trail: Vec<TrailStep>,
}

/// The post that was made from an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemPost {
    id: PostId,
    state: PostState,
}

/// A live post to which an item would be a second one.
#[derive(Debug, Serialize, ToSchema)]
pub struct Twin {
    id: PostId,
    title: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    item: Stored,
    first_seen_at: DateTime<Utc>,
    baseline: bool,
    post_id: Option<PostId>,
    post_state: Option<PostState>,
    feed_title: String,
    verdict: Option<String>,
    because: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    post_created_at: Option<DateTime<Utc>>,
    live_at: Option<DateTime<Utc>>,
    people: i64,
    twin_id: Option<PostId>,
    twin_title: Option<String>,
}

/// How long the way of an item is told.
const TOLD: Duration = Duration::days(30);

/// The columns of `Row`; a literal, so that queries can be put together at compile time.
macro_rules! select_items {
    ($tail:literal) => {
        concat!(
            "select i.*, f.title as feed_title, p.id as post_id, p.state as post_state, \
             p.created_at as post_created_at, p.live_at, (select count(distinct s.person_id) from shares s \
             where s.post_id = p.id and s.state = 'published' and s.proof_class <> 'C') as people, \
             t.id as twin_id, t.title as twin_title from items i join feeds f on f.id = i.feed_id \
             left join posts p on p.item_id = i.id left join posts t on t.id = (select o.id from posts o \
             where o.link = i.link and o.state = 'live' and (o.item_id is null or o.item_id <> i.id) \
             order by o.id limit 1) ",
            $tail
        )
    };
}

/// What an item says, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
struct Stored {
    id: ItemId,
    feed_id: FeedId,
    title: Option<String>,
    link: Option<String>,
    text: Option<String>,
    image: Option<String>,
    published_at: Option<DateTime<Utc>>,
}

impl Row {
    fn into_item(self, now: DateTime<Utc>) -> Item {
        let trail = if self.first_seen_at > now - TOLD { self.trail() } else { vec![] };
        let Self { item, first_seen_at, baseline, post_id, post_state, feed_title, twin_id, twin_title, .. } = self;
        Item {
            id: item.id,
            feed: FeedName { id: item.feed_id, title: feed_title },
            title: item.title,
            obstacle: Item::obstacle(item.link.as_deref()),
            link: item.link,
            text: item.text,
            image: item.image.as_deref().map(picture_path),
            published_at: item.published_at,
            first_seen_at,
            baseline,
            post: post_id.zip(post_state).map(|(id, state)| ItemPost { id, state }),
            twin: twin_id.zip(twin_title).map(|(id, title)| Twin { id, title }),
            trail,
        }
    }

    fn trail(&self) -> Vec<TrailStep> {
        let because = self.because.as_deref().and_then(|because| serde_json::from_str(because).ok());
        let post = self.post_state.zip(self.post_created_at).map(|(state, created_at)| trail::Post {
            state,
            created_at,
            live_at: self.live_at,
            shares: self.people,
        });
        trail::trail(trail::Known {
            first_seen_at: self.first_seen_at,
            baseline: self.baseline,
            title: self.item.title.as_deref(),
            link: self.item.link.as_deref(),
            image: self.item.image.as_deref(),
            decided_at: self.decided_at,
            verdict: self.verdict.as_deref().and_then(filter::outcome_of),
            because: because.unwrap_or_default(),
            post,
        })
    }
}

impl Item {
    /// The items of a feed, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(tx: &mut Tx, feed: FeedId, after: Option<&str>) -> Result<Page<Self>> {
        let rows: Vec<Row> = sql!(
            tx,
            fetch_all,
            select_items!("where i.feed_id = $1 and i.id < $2 order by i.id desc limit $3"),
            feed,
            after.and_then(|after| after.parse().ok()).unwrap_or(Uuid::max()),
            PAGE + 1
        )?;
        Ok(Page::new(rows, |row| row.item.id.to_string()).map(|row| row.into_item(tx.now)))
    }

    /// The items of all feeds that were found in the last 30 days and have `search` in their title or link, newest
    /// first. An article's address finds it whatever trackers hang on it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn search(tx: &mut Tx, search: &str, after: Option<&str>) -> Result<Page<Self>> {
        let rows: Vec<Row> = sql!(
            tx,
            fetch_all,
            select_items!(
                "where i.first_seen_at > $1 and (lower(coalesce(i.title, '')) like $2 escape '!' \
                 or lower(i.link) like $2 escape '!' or i.canonical_link = $3) and i.id < $4 \
                 order by i.id desc limit $5"
            ),
            tx.now - TOLD,
            person::contains(search.trim()),
            klaroen_feed::canonical_link(search),
            after.and_then(|after| after.parse().ok()).unwrap_or(Uuid::max()),
            PAGE + 1
        )?;
        Ok(Page::new(rows, |row| row.item.id.to_string()).map(|row| row.into_item(tx.now)))
    }

    /// What is known of a feed, for comparing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn known(tx: &mut Tx, feed: FeedId) -> Result<Vec<Known>> {
        Ok(sql!(
            tx,
            fetch_all,
            "select id, identity, canonical_link, content_hash from items where feed_id = $1",
            feed
        )?)
    }

    /// Stores a new item with what the filter said of it; `None`: it was not asked.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub(crate) async fn insert(
        tx: &mut Tx,
        feed: FeedId,
        entry: &Entry,
        baseline: bool,
        verdict: Option<&Verdict>,
    ) -> Result<ItemId> {
        let id = ItemId::new();
        let because = verdict.map(|verdict| serde_json::to_string(&verdict.because)).transpose();
        sql!(
            tx,
            execute,
            "insert into items (id, feed_id, identity, canonical_link, title, link, text, image, published_at, author, \
             categories, content_hash, baseline, first_seen_at, verdict, because, decided_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            id,
            feed,
            &entry.identity,
            &entry.canonical_link,
            &entry.title,
            &entry.link,
            &entry.text,
            &entry.image,
            entry.published,
            &entry.author,
            serde_json::json!(entry.categories).to_string(),
            &entry.content_hash,
            baseline,
            tx.now,
            verdict.map(|verdict| filter::outcome_name(verdict.outcome)),
            because.map_err(Error::internal)?,
            verdict.map(|_| tx.now)
        )?;
        Ok(id)
    }

    /// Stores an edit; the post made from the item follows where nobody changed it by hand.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub(crate) async fn edit(tx: &mut Tx, id: ItemId, entry: &Entry) -> Result<()> {
        let before: Stored = sql!(tx, fetch_one, "select * from items where id = $1", id)?;
        let after: Stored = sql!(
            tx,
            fetch_one,
            "update items set identity = $1, canonical_link = $2, title = $3, link = $4, text = $5, image = $6, \
             published_at = $7, author = $8, categories = $9, content_hash = $10, edited_at = $11 where id = $12 \
             returning *",
            &entry.identity,
            &entry.canonical_link,
            &entry.title,
            &entry.link,
            &entry.text,
            &entry.image,
            entry.published,
            &entry.author,
            serde_json::json!(entry.categories).to_string(),
            &entry.content_hash,
            tx.now,
            id
        )?;
        offer::follow(tx, &before, &after).await
    }
}
