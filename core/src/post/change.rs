//! Making and changing posts.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Post, PostState, audience};
use crate::{
    Error, Result,
    caption::{self, NewCaption},
    config::Config,
    db::{Actor, Tx},
    id::{FeedId, ItemId, PostId, TopicId},
    line,
    link::is_allowed_target,
    network::youtube,
    organisation::LinkHosts,
    person::Language,
    share::queue,
    sql, team,
    topic::Topic,
};

const TITLE: usize = 400;
const TEXT: usize = 4000;
/// Longest address that is kept, in bytes.
const LONGEST: usize = 2000;

/// A post as a marketer writes it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPost {
    /// Title of the card.
    pub title: String,
    /// A few sentences.
    pub text: Option<String>,
    /// Where the card leads.
    pub link: String,
    /// What it is about.
    pub topic_id: TopicId,
    /// Address of its picture, fetched soon after.
    pub image_address: Option<String>,
    /// Suggested texts; none: the title.
    #[serde(default)]
    pub captions: Vec<NewCaption>,
    /// Teams that see it; none: everybody.
    #[serde(default)]
    pub audience: Vec<String>,
    /// `draft` or `live`.
    pub state: PostState,
}

/// What a marketer changes of a post; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct PostChange {
    /// Title of the card.
    pub title: Option<String>,
    /// A few sentences; empty: none.
    pub text: Option<String>,
    /// What it is about.
    pub topic_id: Option<TopicId>,
    /// Suggested texts, instead of those it had.
    pub captions: Option<Vec<NewCaption>>,
    /// Teams that see it, instead of those it had; none: everybody.
    pub audience: Option<Vec<String>>,
    /// `live`, `withdrawn` or `draft`.
    pub state: Option<PostState>,
}

/// A post that is ready to be stored: checked, or made from an item.
#[derive(Debug)]
pub struct Draft {
    pub(crate) item_id: Option<ItemId>,
    pub(crate) feed_id: Option<FeedId>,
    pub(crate) topic_id: TopicId,
    pub(crate) state: PostState,
    pub(crate) title: String,
    pub(crate) text: Option<String>,
    pub(crate) link: String,
    pub(crate) counting_link: bool,
    pub(crate) picture: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) audience: Vec<String>,
    pub(crate) published_at: Option<DateTime<Utc>>,
    pub(crate) captions: Vec<NewCaption>,
}

impl NewPost {
    /// Checks what a marketer wrote.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn check(self, config: &Config) -> Result<Draft> {
        let new = self;
        if !matches!(new.state, PostState::Draft | PostState::Live) {
            return Err(Error::invalid("/state", "post.state", "A new post is a draft or live."));
        }
        let title = line::parse("/title", &new.title, TITLE)?;
        let mut captions = caption::parse(new.captions)?;
        if captions.is_empty() {
            captions.push(NewCaption { language: None, text: title.clone() });
        }
        let link = parse_address(config, "/link", &new.link)?;
        let picture = new.image_address.filter(|address| !address.trim().is_empty());
        Ok(Draft {
            item_id: None,
            feed_id: None,
            topic_id: new.topic_id,
            state: new.state,
            text: parse_text(new.text)?,
            // A card that leads straight to its video is worth more than the count.
            counting_link: youtube::watch_address(&link).is_none(),
            link,
            picture: picture.map(|address| parse_address(config, "/image_address", &address)).transpose()?,
            language: captions.first().and_then(|caption| caption.language),
            audience: new.audience,
            published_at: None,
            title,
            captions,
        })
    }
}

fn parse_text(text: Option<String>) -> Result<Option<String>> {
    let text = text.filter(|text| !text.trim().is_empty());
    text.map(|text| line::parse_text("/text", &text, TEXT)).transpose()
}

fn parse_address(config: &Config, pointer: &'static str, text: &str) -> Result<String> {
    let address = text.trim();
    if address.len() <= LONGEST && is_allowed_target(config, address) {
        return Ok(address.to_owned());
    }
    Err(Error::invalid(pointer, "address.invalid", "Enter an address that begins with https://."))
}

impl Post {
    /// Stores a post with its captions; its picture is fetched soon after.
    ///
    /// # Errors
    /// When the topic does not exist, or the item has a post already; `link.host_not_approved` when it is to be live.
    pub async fn create(tx: &mut Tx, draft: Draft) -> Result<Self> {
        Topic::insist(tx, draft.topic_id).await?;
        if draft.state == PostState::Live {
            LinkHosts::get(tx).await?.insist(&draft.link)?;
        }
        // A team that a rule names may be gone by now; its post is not for everybody because of that.
        let audience = match draft.item_id {
            None => team::parse_audience(tx, "/audience", &draft.audience).await?,
            Some(_) => draft.audience,
        };
        let by = match tx.actor {
            Actor::Person(person) => Some(person),
            Actor::Anonymous | Actor::System(_) => None,
        };
        let post: Self = sql!(
            tx,
            fetch_one,
            "insert into posts (id, item_id, feed_id, topic_id, state, title, text, link, counting_link, picture, \
             picture_at, language, published_at, live_at, created_by, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning *",
            PostId::new(),
            draft.item_id,
            draft.feed_id,
            draft.topic_id,
            draft.state,
            draft.title,
            draft.text,
            draft.link,
            draft.counting_link,
            draft.picture,
            tx.now,
            draft.language,
            draft.published_at.unwrap_or(tx.now),
            (draft.state == PostState::Live).then_some(tx.now),
            by,
            tx.now
        )?;
        caption::replace(tx, post.id, &draft.captions).await?;
        audience::add(tx, post.id, &audience).await?;
        Ok(post)
    }

    /// Changes a post. Withdrawing it empties the queues of its shares in the same transaction.
    ///
    /// # Errors
    /// When a value is not valid or the state cannot be left for the new one; `link.host_not_approved` when it is to go
    /// live and its link leads to another host.
    pub async fn change(tx: &mut Tx, id: PostId, change: PostChange) -> Result<()> {
        tx.hold("posts", id.0).await?;
        let before = Self::get(tx, id).await?;
        let state = change.state.unwrap_or(before.state);
        if !before.state.may_become(state) {
            return Err(Error::conflict("post.state", "A post in this state cannot be moved to that one."));
        }
        if state == PostState::Live && state != before.state {
            LinkHosts::get(tx).await?.insist(&before.link)?;
        }
        let title = change.title.map_or(Ok(before.title), |title| line::parse("/title", &title, TITLE))?;
        let text = if change.text.is_some() { parse_text(change.text)? } else { before.text };
        if let Some(topic) = change.topic_id {
            Topic::insist(tx, topic).await?;
        }
        let live_at = if state == PostState::Live { before.live_at.or(Some(tx.now)) } else { before.live_at };
        sql!(
            tx,
            execute,
            "update posts set title = $1, text = $2, topic_id = $3, state = $4, live_at = $5 where id = $6",
            title,
            text,
            change.topic_id.unwrap_or(before.topic_id),
            state,
            live_at,
            id
        )?;
        if let Some(captions) = change.captions {
            caption::replace(tx, id, &caption::parse(captions)?).await?;
        }
        if let Some(teams) = change.audience {
            let teams = team::parse_audience(tx, "/audience", &teams).await?;
            audience::replace(tx, id, &teams).await?;
        }
        if state != PostState::Live {
            queue::cancel_post(tx, id).await?;
        }
        Ok(())
    }
}
