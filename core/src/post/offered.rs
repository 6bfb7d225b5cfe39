//! The posts that an employee may share, each with what became of their own shares of it.

use chrono::{DateTime, TimeZone, Utc};
use serde::Serialize;
use sqlx::AssertSqlSafe;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Post, PostState, audience,
    card::{COLUMNS, CaptionRow, FROM, NO_TOTALS, PostCard, Row, one},
};
use crate::{
    Error, Result,
    db::Tx,
    id::{PersonId, PostId, ShareId, TopicId},
    network::Network,
    organisation::OwnLine,
    page::{PAGE, Page},
    person,
    share::State,
    sql,
};

/// A post that an employee may share.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferedPost {
    #[serde(flatten)]
    card: PostCard,
    /// What became of the asking person's own share of it, on the first of the networks where it is not over.
    my_share: Option<MyShare>,
    /// The newest share on each network.
    my_shares: Vec<MyShare>,
    /// What the organisation adds below the asking person's text of it; null: nothing.
    disclosure: Option<String>,
    /// Clicks are counted: its link leads over our own origin.
    counting_link: bool,
}

/// The asking person's share of a post, on a network that they can connect to.
#[derive(Debug, Clone, Serialize, sqlx::FromRow, ToSchema)]
pub struct MyShare {
    id: ShareId,
    #[serde(skip)]
    post_id: PostId,
    network: Network,
    state: State,
    run_at: DateTime<Utc>,
}

/// Which posts are on a page, written once for the posts, their captions and their shares.
const OFFERED: &str = concat!(
    "select id from posts where state = 'live' and ($1 is null or topic_id = $1) \
     and (lower(title) like $2 escape '!' or lower(text) like $2 escape '!') \
     and (live_at < $3 or (live_at = $3 and id < $4)) and ",
    audience::sees!("posts.id", "$6"),
    " order by live_at desc, id desc limit $5"
);

impl OfferedPost {
    fn new(row: Row, captions: &[CaptionRow], shares: &[MyShare], line: &OwnLine) -> Self {
        let my_shares = newest(shares, row.id);
        let disclosure = line.of_post(row.language).map(str::to_owned);
        let counting_link = row.counting_link;
        Self { my_share: foremost(&my_shares), my_shares, disclosure, counting_link, card: row.card(captions) }
    }

    /// The live posts, newest first, with what became of `person`'s shares of them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(
        tx: &mut Tx,
        person: PersonId,
        topic: Option<TopicId>,
        search: &str,
        after: Option<&str>,
    ) -> Result<Page<Self>> {
        let (live_at, id) = cursor(after);
        let search = person::contains(search);
        let rows: Vec<Row> = sql!(
            tx,
            fetch_all,
            AssertSqlSafe(format!(
                "{COLUMNS}, {NO_TOTALS} {FROM} where p.id in ({OFFERED}) order by p.live_at desc, p.id desc"
            )),
            topic,
            &search,
            live_at,
            id,
            PAGE + 1,
            person
        )?;
        let captions: Vec<CaptionRow> = sql!(
            tx,
            fetch_all,
            AssertSqlSafe(format!("select * from captions where post_id in ({OFFERED}) order by position")),
            topic,
            &search,
            live_at,
            id,
            PAGE + 1,
            person
        )?;
        let shares: Vec<MyShare> = sql!(
            tx,
            fetch_all,
            AssertSqlSafe(format!(
                "select id, post_id, network, state, run_at from shares where person_id = $6 and post_id in ({OFFERED}) order by id"
            )),
            topic,
            &search,
            live_at,
            id,
            PAGE + 1,
            person
        )?;
        let line = OwnLine::of(tx, person).await?;
        let page = Page::new(rows, |row| format!("{}.{}", row.live_at.unwrap_or_default().timestamp_micros(), row.id));
        Ok(page.map(|row| Self::new(row, &captions, &shares, &line)))
    }

    /// One live post, as `list` shows it.
    ///
    /// # Errors
    /// When there is none, it is not live, or it is for other teams.
    pub async fn get(tx: &mut Tx, person: PersonId, id: PostId) -> Result<Self> {
        let (row, captions) = one(tx, id).await?;
        if row.state != PostState::Live || !Post::is_for(tx, id, person).await? {
            return Err(Error::NotFound);
        }
        let shares: Vec<MyShare> = sql!(
            tx,
            fetch_all,
            "select id, post_id, network, state, run_at from shares where person_id = $1 and post_id = $2 order by id",
            person,
            id
        )?;
        Ok(Self::new(row, &captions, &shares, &OwnLine::of(tx, person).await?))
    }
}

/// The newest share of a post on each network; `shares` are oldest first.
fn newest(shares: &[MyShare], post: PostId) -> Vec<MyShare> {
    let on = |network| shares.iter().rfind(|share| share.post_id == post && share.network == network);
    Network::ALL.into_iter().filter_map(on).cloned().collect()
}

/// The share that stands for all: on the first network where it is not over, or else the newest.
fn foremost(newest: &[MyShare]) -> Option<MyShare> {
    let is_over = |share: &&MyShare| matches!(share.state, State::Refused | State::Cancelled);
    newest.iter().find(|share| !is_over(share)).or(newest.iter().max_by_key(|share| share.id.0)).cloned()
}

/// Microseconds and id of the last post seen; without one, the far future.
fn cursor(after: Option<&str>) -> (DateTime<Utc>, Uuid) {
    let parsed = after.and_then(|after| {
        let (micros, id) = after.split_once('.')?;
        Some((Utc.timestamp_micros(micros.parse().ok()?).single()?, id.parse().ok()?))
    });
    parsed.unwrap_or((Utc.with_ymd_and_hms(9999, 1, 1, 0, 0, 0).single().unwrap_or_default(), Uuid::max()))
}
