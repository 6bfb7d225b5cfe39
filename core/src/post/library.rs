//! The marketers' library: all posts, with their totals.

use serde::Serialize;
use sqlx::AssertSqlSafe;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PostState,
    audience::Audience,
    card::{COLUMNS, CaptionRow, FROM, PostCard, Row, TOTALS, one},
};
use crate::{
    Result,
    db::Tx,
    id::{FeedId, PostId},
    page::{PAGE, Page},
    person, sql,
};

/// Fewer people than this are not counted aloud.
const CROWD: i64 = 5;
/// Which posts are on a page, written once for the posts, their captions and their teams.
const LIBRARY: &str = "select id from posts where ($1 is null or state = $1) \
     and (lower(title) like $2 escape '!' or lower(text) like $2 escape '!') and id < $3 and ($5 is null or link = $5) \
     order by id desc limit $4";

/// A post in the marketers' library.
#[derive(Debug, Serialize, ToSchema)]
pub struct LibraryPost {
    #[serde(flatten)]
    card: PostCard,
    state: PostState,
    /// Published shares; null: fewer than five.
    shares: Option<i64>,
    /// Clicks on their links; null while fewer than five shared.
    clicks: Option<i64>,
    feed_id: Option<FeedId>,
    /// Teams that see it; none: everybody.
    audience: Vec<String>,
    /// Why there is no picture, in words.
    picture_error: Option<String>,
}

impl LibraryPost {
    /// All posts, newest first; those that lead to `link` only, if one is given.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(
        tx: &mut Tx,
        state: Option<PostState>,
        search: &str,
        link: Option<&str>,
        after: Option<&str>,
    ) -> Result<Page<Self>> {
        let id = after.and_then(|after| after.parse().ok()).unwrap_or(Uuid::max());
        let search = person::contains(search);
        let rows: Vec<Row> = sql!(
            tx,
            fetch_all,
            AssertSqlSafe(format!("{COLUMNS}, {TOTALS} {FROM} where p.id in ({LIBRARY}) order by p.id desc")),
            state,
            &search,
            id,
            PAGE + 1,
            link
        )?;
        let captions: Vec<CaptionRow> = sql!(
            tx,
            fetch_all,
            AssertSqlSafe(format!("select * from captions where post_id in ({LIBRARY}) order by position")),
            state,
            &search,
            id,
            PAGE + 1,
            link
        )?;
        let audiences: Vec<Audience> = sql!(
            tx,
            fetch_all,
            AssertSqlSafe(format!("select * from post_teams where post_id in ({LIBRARY}) order by team")),
            state,
            &search,
            id,
            PAGE + 1,
            link
        )?;
        let page = Page::new(rows, |row| row.id.to_string());
        Ok(page.map(|row| Self::of(row, &captions, &audiences)))
    }

    /// One post in any state.
    ///
    /// # Errors
    /// When there is none.
    pub async fn get(tx: &mut Tx, id: PostId) -> Result<Self> {
        let (row, captions) = one(tx, id).await?;
        let audience = sql!(tx, fetch_all, "select * from post_teams where post_id = $1 order by team", id)?;
        Ok(Self::of(row, &captions, &audience))
    }

    fn of(row: Row, captions: &[CaptionRow], audiences: &[Audience]) -> Self {
        let crowd = row.shares >= CROWD;
        let own = audiences.iter().filter(|audience| audience.post_id == row.id);
        Self {
            audience: own.map(|audience| audience.team.clone()).collect(),
            state: row.state,
            shares: crowd.then_some(row.shares),
            clicks: crowd.then_some(row.clicks),
            feed_id: row.feed_id,
            picture_error: row.picture_error.clone(),
            card: row.card(captions),
        }
    }
}
