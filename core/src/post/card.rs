//! A post as its card shows it, and the one query that cards are read with.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::AssertSqlSafe;
use url::Url;
use utoipa::ToSchema;

use super::PostState;
use crate::{
    Result,
    caption::Caption,
    db::Tx,
    id::{FeedId, MediaId, PostId},
    media,
    person::Language,
    sql,
    topic::{Topic, TopicOfRow},
};

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

/// What cards are made of.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: PostId,
    pub(super) title: String,
    pub(super) text: Option<String>,
    pub(super) link: String,
    pub(super) counting_link: bool,
    pub(super) media_id: Option<MediaId>,
    #[sqlx(flatten)]
    pub(super) topic: TopicOfRow,
    pub(super) language: Option<Language>,
    pub(super) source: String,
    published_at: DateTime<Utc>,
    pub(super) live_at: Option<DateTime<Utc>>,
    pub(super) state: PostState,
    pub(super) feed_id: Option<FeedId>,
    pub(super) picture_error: Option<String>,
    pub(super) shares: i64,
    pub(super) clicks: i64,
}

/// A suggested text with its post.
#[derive(sqlx::FromRow)]
pub(super) struct CaptionRow {
    pub(super) post_id: PostId,
    #[sqlx(flatten)]
    pub(super) caption: Caption,
}

/// The columns of a `Row` but its totals.
pub(super) const COLUMNS: &str = "select p.id, p.title, p.text, p.link, p.counting_link, p.media_id, p.topic_id, t.name as topic_name, p.language, \
     coalesce(f.title, '') as source, p.published_at, p.live_at, p.state, p.feed_id, p.picture_error";
/// For those who see no totals.
pub(super) const NO_TOTALS: &str = "cast(0 as bigint) as shares, cast(0 as bigint) as clicks";
/// For marketers.
pub(super) const TOTALS: &str = "(select count(*) from shares s where s.post_id = p.id and s.state = 'published' and s.proof_class <> 'C') as shares, \
     (select cast(coalesce(sum(d.clicks), 0) as bigint) from links l join link_days d on d.code = l.code \
     where l.post_id = p.id) as clicks";
/// Where all these are.
pub(super) const FROM: &str = "from posts p join topics t on t.id = p.topic_id left join feeds f on f.id = p.feed_id";

const ONE: &str = "select id from posts where id = $1";

/// One post in any state, with its suggested texts.
pub(super) async fn one(tx: &mut Tx, id: PostId) -> Result<(Row, Vec<CaptionRow>)> {
    let row = sql!(tx, fetch_one, AssertSqlSafe(format!("{COLUMNS}, {TOTALS} {FROM} where p.id in ({ONE})")), id)?;
    let captions = sql!(tx, fetch_all, "select * from captions where post_id = $1 order by position", id)?;
    Ok((row, captions))
}

impl Row {
    pub(super) fn card(self, captions: &[CaptionRow]) -> PostCard {
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
