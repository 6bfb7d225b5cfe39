//! Topics: content types such as product, vacancies, press. Consent, subscription and targeting are per topic.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{Error, Result, db::Tx, error::OrConflict, id::TopicId, line, sql};

/// A content type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow, ToSchema)]
pub struct Topic {
    /// Opaque id.
    pub id: TopicId,
    /// As people see it.
    pub name: String,
}

/// A topic that rides along in a row of something else.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct TopicOfRow {
    pub(crate) topic_id: TopicId,
    pub(crate) topic_name: String,
}

impl From<TopicOfRow> for Topic {
    fn from(row: TopicOfRow) -> Self {
        Self { id: row.topic_id, name: row.topic_name }
    }
}

impl Topic {
    /// All topics by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(tx: &mut Tx) -> Result<Vec<Self>> {
        Ok(sql!(tx, fetch_all, "select id, name from topics order by lower(name), id")?)
    }

    /// Makes a topic.
    ///
    /// # Errors
    /// When the name is empty, too long or taken.
    pub async fn create(tx: &mut Tx, name: &str) -> Result<Self> {
        sql!(
            tx,
            fetch_one,
            "insert into topics (id, name, created_at) values ($1, $2, $3) returning id, name",
            TopicId::new(),
            line::parse("/name", name, 60)?,
            tx.now
        )
        .or_conflict("topic.taken", "There is already a topic with this name.")
    }

    /// Insists that a request names a topic that exists.
    ///
    /// # Errors
    /// `topic.unknown` at `/topic_id`.
    pub async fn insist(tx: &mut Tx, id: TopicId) -> Result<()> {
        let found: Option<(TopicId,)> = sql!(tx, fetch_optional, "select id from topics where id = $1", id)?;
        found.map(|_| ()).ok_or_else(|| Error::invalid("/topic_id", "topic.unknown", "Choose a topic from the list."))
    }
}
