//! Items: entries of feeds as mapped. An item is stored once, under its identity; a change at the publisher
//! changes the item and the post made from it, and never makes another.

mod offer;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Result,
    db::Tx,
    feed::{
        decide::{Entry, Known},
        preview,
    },
    id::{FeedId, ItemId, PostId},
    page::{PAGE, Page},
    post::PostState,
    sql,
};

/// An item as marketers see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    /// Opaque id.
    pub id: ItemId,
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
}

/// The post that was made from an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemPost {
    id: PostId,
    state: PostState,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    item: Stored,
    first_seen_at: DateTime<Utc>,
    baseline: bool,
    post_id: Option<PostId>,
    post_state: Option<PostState>,
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

impl From<Row> for Item {
    fn from(Row { item, first_seen_at, baseline, post_id, post_state }: Row) -> Self {
        Self {
            id: item.id,
            title: item.title,
            link: item.link,
            text: item.text,
            image: item.image.as_deref().map(preview::picture_path),
            published_at: item.published_at,
            first_seen_at,
            baseline,
            post: post_id.zip(post_state).map(|(id, state)| ItemPost { id, state }),
        }
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
            "select i.*, p.id as post_id, p.state as post_state from items i left join posts p on p.item_id = i.id \
             where i.feed_id = $1 and i.id < $2 order by i.id desc limit $3",
            feed,
            after.and_then(|after| after.parse().ok()).unwrap_or(Uuid::max()),
            PAGE + 1
        )?;
        Ok(Page::new(rows, |row| row.item.id.to_string()).map(Into::into))
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

    /// Stores a new item.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub(crate) async fn insert(tx: &mut Tx, feed: FeedId, entry: &Entry, baseline: bool) -> Result<ItemId> {
        let id = ItemId::new();
        sql!(
            tx,
            execute,
            "insert into items (id, feed_id, identity, canonical_link, title, link, text, image, published_at, author, \
             categories, content_hash, baseline, first_seen_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
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
            tx.now
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
