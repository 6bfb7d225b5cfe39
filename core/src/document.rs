//! Documents: what stood at an address, byte for byte, so that a reading can be tried without fetching again. Every
//! feed has its last one; what a marketer looks at in the wizard is kept for a day.

mod explore;
mod fetched;
mod found;
mod mapped;

use chrono::{DateTime, Duration, Utc};
use klaroen_feed::Document as Text;

pub use self::{
    explore::Clicked,
    fetched::{Fetched, Packed},
    found::{Found, Namespace},
    mapped::{FieldRate, Mapped},
};
use crate::{
    Error, Result,
    db::{Actor, Tx, expect_rows},
    feed::Trouble,
    id::{DocumentId, FeedId},
    sql,
};

/// How long a marketer's copy is kept.
const KEPT: Duration = Duration::days(1);
/// Copies of one marketer; older ones are forgotten first.
const COPIES: i64 = 20;

/// A document as it is stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Document {
    /// Opaque id; other bytes get another one.
    pub id: DocumentId,
    /// The feed whose last document it is; null: a marketer's copy.
    pub feed_id: Option<FeedId>,
    /// What is polled, or would be.
    pub address: String,
    pub(crate) final_address: String,
    pub(crate) charset: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    pub(crate) hash: Vec<u8>,
    pub(crate) body: Vec<u8>,
    /// As fetched.
    pub bytes: i32,
    /// When.
    pub fetched_at: DateTime<Utc>,
}

impl Document {
    /// A document that this person may look at: the last one of a feed, or an own copy.
    ///
    /// # Errors
    /// When there is none, or it is over.
    pub async fn get(tx: &mut Tx, id: DocumentId, who: impl Into<Actor>) -> Result<Self> {
        let Actor::Person(person) = who.into() else { return Err(Error::NotFound) };
        Ok(sql!(
            tx,
            fetch_one,
            "select * from documents where id = $1 and (feed_id is not null or (created_by = $2 and fetched_at > $3))",
            id,
            person,
            tx.now - KEPT
        )?)
    }

    /// The last document of a feed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_feed(tx: &mut Tx, feed: FeedId) -> Result<Option<Self>> {
        Ok(sql!(tx, fetch_optional, "select * from documents where feed_id = $1", feed)?)
    }

    /// Keeps a copy for the marketer who acts, for a day.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn keep(tx: &mut Tx, packed: &Packed) -> Result<DocumentId> {
        let Actor::Person(person) = tx.actor else { return Err(Error::NotFound) };
        let id = insert(tx, packed, None).await?;
        sql!(
            tx,
            execute,
            "delete from documents where created_by = $1 and feed_id is null and id not in (select id from documents \
             where created_by = $1 and feed_id is null order by id desc limit $2)",
            person,
            COPIES
        )?;
        Ok(id)
    }

    /// Keeps the last document of a feed; the one before is forgotten.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub(crate) async fn keep_last(tx: &mut Tx, feed: FeedId, packed: &Packed) -> Result<()> {
        let same = sql!(
            tx,
            execute,
            "update documents set fetched_at = $1 where feed_id = $2 and hash = $3",
            tx.now,
            feed,
            &packed.hash
        )?;
        if same == 0 {
            sql!(tx, execute, "delete from documents where feed_id = $1", feed)?;
            insert(tx, packed, Some(feed)).await?;
        }
        Ok(())
    }

    /// Makes a marketer's copy the last document of a new feed.
    ///
    /// # Errors
    /// When it is over by now.
    pub(crate) async fn give(tx: &mut Tx, id: DocumentId, feed: FeedId) -> Result<()> {
        let touched = sql!(
            tx,
            execute,
            "update documents set feed_id = $1, created_by = null where id = $2 and feed_id is null",
            feed,
            id
        )?;
        expect_rows(touched, 1, "document.gone", "This document is not kept any more. Fetch the address again.")
    }

    /// True when a marketer's copy is over.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_any_over(tx: &mut Tx) -> Result<bool> {
        let over: Option<(DocumentId,)> = sql!(
            tx,
            fetch_optional,
            "select id from documents where feed_id is null and fetched_at <= $1 limit 1",
            tx.now - KEPT
        )?;
        Ok(over.is_some())
    }

    /// Forgets the marketers' copies that are over.
    ///
    /// # Errors
    /// When the database does not accept it.
    pub async fn forget_over(tx: &mut Tx) -> Result<()> {
        sql!(tx, execute, "delete from documents where feed_id is null and fetched_at <= $1", tx.now - KEPT)?;
        Ok(())
    }

    /// Its text, for the threads that may block.
    ///
    /// # Errors
    /// When it is no document with items in it.
    pub(crate) fn open(&self) -> Result<Text, Trouble> {
        let bytes = fetched::unpack(&self.body, self.bytes)?;
        fetched::open(bytes, self.charset.as_deref(), self.final_address.parse().ok()).map_err(Into::into)
    }
}

async fn insert(tx: &mut Tx, packed: &Packed, feed: Option<FeedId>) -> Result<DocumentId> {
    let id = DocumentId::new();
    let by = if let (Actor::Person(person), None) = (tx.actor, feed) { Some(person) } else { None };
    sql!(
        tx,
        execute,
        "insert into documents (id, feed_id, address, final_address, charset, etag, last_modified, hash, body, bytes, \
         fetched_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id,
        feed,
        &packed.address,
        packed.final_address.as_str(),
        &packed.charset,
        &packed.etag,
        &packed.last_modified,
        &packed.hash,
        &packed.body,
        packed.bytes,
        tx.now,
        by
    )?;
    Ok(id)
}
