//! Lists of posts: what an employee may share, and the marketers' library with its totals.

use chrono::{DateTime, TimeZone, Utc};
use serde::Serialize;
use sqlx::AssertSqlSafe;
use url::Url;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Post, PostState,
    audience::{self, Audience},
    mine::{MyShare, foremost, newest},
};
use crate::{
    Error, Result,
    caption::Caption,
    db::Tx,
    id::{FeedId, MediaId, PersonId, PostId, TopicId},
    media,
    organisation::OwnLine,
    page::{PAGE, Page},
    person::{self, Language},
    sql,
    topic::{Topic, TopicOfRow},
};

/// Fewer people than this are not counted aloud.
const CROWD: i64 = 5;

/// A post as people see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostCard {
    /// Opaque id.
    pub id: PostId,
    /// Title of the card.
    pub title: String,
    /// A few sentences.
    pub text: Option<String>,
    /// Where it leads.
    pub link: String,
    /// The host of that, as the card shows it.
    pub domain: String,
    /// Picture, on our own origin.
    pub image: Option<String>,
    /// What it is about.
    pub topic: Topic,
    /// Of its texts, when known.
    pub language: Option<Language>,
    /// Title of the feed it came from; empty: a marketer wrote it.
    pub source: String,
    /// When the publisher says it appeared.
    pub published_at: DateTime<Utc>,
    /// Suggested texts, in the marketer's order.
    pub captions: Vec<Caption>,
}

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

#[derive(sqlx::FromRow)]
struct Row {
    id: PostId,
    title: String,
    text: Option<String>,
    link: String,
    counting_link: bool,
    media_id: Option<MediaId>,
    #[sqlx(flatten)]
    topic: TopicOfRow,
    language: Option<Language>,
    source: String,
    published_at: DateTime<Utc>,
    live_at: Option<DateTime<Utc>>,
    state: PostState,
    feed_id: Option<FeedId>,
    picture_error: Option<String>,
    shares: i64,
    clicks: i64,
}

#[derive(sqlx::FromRow)]
struct CaptionRow {
    post_id: PostId,
    #[sqlx(flatten)]
    caption: Caption,
}

const COLUMNS: &str = "select p.id, p.title, p.text, p.link, p.counting_link, p.media_id, p.topic_id, t.name as topic_name, p.language, \
     coalesce(f.title, '') as source, p.published_at, p.live_at, p.state, p.feed_id, p.picture_error";
const NO_TOTALS: &str = "cast(0 as bigint) as shares, cast(0 as bigint) as clicks";
const TOTALS: &str = "(select count(*) from shares s where s.post_id = p.id and s.state = 'published' and s.proof_class <> 'C') as shares, \
     (select cast(coalesce(sum(d.clicks), 0) as bigint) from links l join link_days d on d.code = l.code \
     where l.post_id = p.id) as clicks";
const FROM: &str = "from posts p join topics t on t.id = p.topic_id left join feeds f on f.id = p.feed_id";

/// Which posts are on a page, written once for the posts, their captions and their shares.
const OFFERED: &str = concat!(
    "select id from posts where state = 'live' and ($1 is null or topic_id = $1) \
     and (lower(title) like $2 escape '!' or lower(text) like $2 escape '!') \
     and (live_at < $3 or (live_at = $3 and id < $4)) and ",
    audience::sees!("posts.id", "$6"),
    " order by live_at desc, id desc limit $5"
);
const LIBRARY: &str = "select id from posts where ($1 is null or state = $1) \
     and (lower(title) like $2 escape '!' or lower(text) like $2 escape '!') and id < $3 and ($5 is null or link = $5) \
     order by id desc limit $4";
const ONE: &str = "select id from posts where id = $1";

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

async fn one(tx: &mut Tx, id: PostId) -> Result<(Row, Vec<CaptionRow>)> {
    let row = sql!(tx, fetch_one, AssertSqlSafe(format!("{COLUMNS}, {TOTALS} {FROM} where p.id in ({ONE})")), id)?;
    let captions = sql!(tx, fetch_all, "select * from captions where post_id = $1 order by position", id)?;
    Ok((row, captions))
}

impl Row {
    fn card(self, captions: &[CaptionRow]) -> PostCard {
        let own = captions.iter().filter(|caption| caption.post_id == self.id);
        PostCard {
            captions: own.map(|row| row.caption.clone()).collect(),
            domain: domain(&self.link),
            image: self.media_id.map(media::path),
            id: self.id,
            title: self.title,
            text: self.text,
            link: self.link,
            topic: self.topic.into(),
            language: self.language,
            source: self.source,
            published_at: self.published_at,
        }
    }
}

/// The host as a card shows it.
fn domain(link: &str) -> String {
    let host = Url::parse(link).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    host.strip_prefix("www.").map_or(host.clone(), str::to_owned)
}

/// Microseconds and id of the last post seen; without one, the far future.
fn cursor(after: Option<&str>) -> (DateTime<Utc>, Uuid) {
    let parsed = after.and_then(|after| {
        let (micros, id) = after.split_once('.')?;
        Some((Utc.timestamp_micros(micros.parse().ok()?).single()?, id.parse().ok()?))
    });
    parsed.unwrap_or((Utc.with_ymd_and_hms(9999, 1, 1, 0, 0, 0).single().unwrap_or_default(), Uuid::max()))
}
