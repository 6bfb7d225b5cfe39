//! How an item becomes a post, and how the post follows when the publisher edits the item.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Item, Stored};
use crate::{
    Error, Result,
    caption::{self, NewCaption},
    config::Config,
    db::Tx,
    feed::decide::is_same_picture,
    id::{ItemId, TopicId},
    link::is_allowed_target,
    organisation::LinkHosts,
    person::Language,
    post::{Draft, Post, PostState},
    sql,
};

const TITLE: usize = 400;
const TEXT: usize = 4000;

/// What a feed says about the posts made from its items.
#[derive(Debug, sqlx::FromRow)]
struct Rules {
    topic_id: TopicId,
    counting_link: bool,
    audience: String,
}

/// What rules of a filter set; the feed says the rest.
#[derive(Debug, Default)]
pub(crate) struct RuleSet {
    pub(crate) topic: Option<TopicId>,
    pub(crate) language: Option<Language>,
    /// Teams that see the post.
    pub(crate) audience: Option<Vec<String>>,
}

impl Item {
    /// Makes a post from an item.
    ///
    /// # Errors
    /// `item.no_link` when there is nothing to lead to, `item.has_post` when there is a post already,
    /// `link.host_not_approved` when it is to be live and its host is not on the organisation's list.
    pub async fn offer(tx: &mut Tx, config: &Config, id: ItemId, state: PostState) -> Result<Post> {
        Self::offer_as(tx, config, id, state, RuleSet::default()).await
    }

    /// Makes a post from an item, with what rules of the filter set.
    ///
    /// # Errors
    /// As `offer`.
    pub(crate) async fn offer_as(
        tx: &mut Tx,
        config: &Config,
        id: ItemId,
        state: PostState,
        set: RuleSet,
    ) -> Result<Post> {
        let item: Stored = sql!(tx, fetch_one, "select * from items where id = $1", id)?;
        let rules: Rules =
            sql!(tx, fetch_one, "select topic_id, counting_link, audience from feeds where id = $1", item.feed_id)?;
        let taken: Option<(ItemId,)> = sql!(tx, fetch_optional, "select item_id from posts where item_id = $1", id)?;
        if taken.is_some() {
            return Err(Error::conflict("item.has_post", "There is a post made from this item already."));
        }
        let Some(card) = Card::of(&item) else {
            return Err(Error::refused("item.no_link", "This item has no link, so a post of it would lead nowhere."));
        };
        let audience = match set.audience {
            Some(teams) => teams,
            None => serde_json::from_str(&rules.audience).map_err(Error::internal)?,
        };
        let draft = Draft {
            item_id: Some(item.id),
            feed_id: Some(item.feed_id),
            topic_id: set.topic.unwrap_or(rules.topic_id),
            state,
            counting_link: rules.counting_link && is_allowed_target(config, &card.link),
            picture: item.image,
            language: set.language,
            audience,
            published_at: item.published_at,
            captions: vec![NewCaption { language: set.language, text: card.title.clone() }],
            title: card.title,
            text: card.text,
            link: card.link,
        };
        Post::create(tx, draft).await
    }

    /// Why no post can be made of an item with this link, if so.
    pub(crate) fn obstacle(link: Option<&str>) -> Option<Obstacle> {
        let leads_somewhere = link.is_some_and(|link| link.starts_with("https://") || link.starts_with("http://"));
        (!leads_somewhere).then_some(Obstacle::NoLink)
    }
}

/// Why no post can be made of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// It has no link that a browser opens, so a post of it would lead nowhere.
    NoLink,
}

/// The texts of a post as an item gives them.
pub(super) struct Card {
    pub(super) title: String,
    pub(super) text: Option<String>,
    pub(super) link: String,
}

impl Card {
    pub(super) fn of(item: &Stored) -> Option<Self> {
        Self::new(item.title.as_deref(), item.text.as_deref(), item.link.as_deref())
    }

    pub(super) fn new(title: Option<&str>, text: Option<&str>, link: Option<&str>) -> Option<Self> {
        let link = link.filter(|link| Item::obstacle(Some(link)).is_none())?;
        let text = text.filter(|text| !text.trim().is_empty());
        let title = title.filter(|title| !title.trim().is_empty()).or(text).unwrap_or(link);
        Some(Self { title: cut(title, TITLE), text: text.map(|text| cut(text, TEXT)), link: link.to_owned() })
    }
}

/// Changes what is still word for word as the item gave it.
pub(super) async fn follow(tx: &mut Tx, before: &Stored, after: &Stored) -> Result<()> {
    let post: Option<Post> = sql!(tx, fetch_optional, "select * from posts where item_id = $1", after.id)?;
    let (Some(post), Some(old), Some(new)) = (post, Card::of(before), Card::of(after)) else { return Ok(()) };
    let title = if post.title == old.title { &new.title } else { &post.title };
    let text = if post.text == old.text { &new.text } else { &post.text };
    // A live post does not move to a host to which links may not lead; it then stays where it is, also when its item
    // moves on. What is not live is asked about its host when it goes live.
    let may_move = post.state != PostState::Live || LinkHosts::get(tx).await?.allow(&new.link);
    let follows = post.link == old.link && may_move;
    let link = if follows { &new.link } else { &post.link };
    sql!(tx, execute, "update posts set title = $1, text = $2, link = $3 where id = $4", title, text, link, post.id)?;
    caption::follow(tx, post.id, &old.title, &new.title).await?;
    if !is_same_picture(before.image.as_deref(), after.image.as_deref()) {
        Post::want_picture(tx, post.id, after.image.as_deref()).await?;
    }
    Ok(())
}

/// At most `most` characters, cut after a word.
fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..end];
    let head = head.rsplit_once(char::is_whitespace).map_or(head, |(words, _)| words);
    format!("{}…", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::FeedId;

    fn item(title: Option<&str>, text: Option<&str>, link: Option<&str>) -> Stored {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Stored {
            id: ItemId::new(),
            feed_id: FeedId::new(),
            title: owned(title),
            link: owned(link),
            text: owned(text),
            image: None,
            published_at: None,
        }
    }

    #[test]
    fn an_item_without_a_title_is_called_by_its_text_or_its_link() {
        let link = Some("https://news.example/1");
        assert_eq!(Card::of(&item(Some("Title"), Some("Text"), link)).unwrap().title, "Title");
        assert_eq!(Card::of(&item(Some(" "), Some("Text"), link)).unwrap().title, "Text");
        assert_eq!(Card::of(&item(None, None, link)).unwrap().title, "https://news.example/1");
        assert!(Card::of(&item(Some("Title"), None, None)).is_none());
        assert!(Card::of(&item(Some("Title"), None, Some("javascript:alert(1)"))).is_none());
    }

    #[test]
    fn an_item_that_leads_nowhere_says_why_no_post_can_be_made_of_it() {
        for (link, obstacle) in [
            (Some("https://news.example/1"), None),
            (Some("http://news.example/1"), None),
            (Some("mailto:news@news.example"), Some(Obstacle::NoLink)),
            (None, Some(Obstacle::NoLink)),
        ] {
            assert_eq!(Item::obstacle(link), obstacle, "{link:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut_after_a_word() {
        assert_eq!(cut("one two three", 8), "one two…");
        assert_eq!(cut("one two", 8), "one two");
        assert_eq!(cut("éééééééééé", 3), "ééé…");
    }
}
