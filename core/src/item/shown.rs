//! What colleagues see of a feed's items now, and whether it changes along when an item does.

use super::{Stored, offer::Card};
use crate::{
    Result,
    db::Tx,
    feed::{decide::is_same_picture, entry::Entry},
    id::{FeedId, ItemId},
    sql,
};

/// A live post with the item that it was made from.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Shown {
    #[sqlx(flatten)]
    item: Stored,
    post_title: String,
    post_text: Option<String>,
    post_link: String,
}

impl Shown {
    /// Those of a feed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn of_feed(tx: &mut Tx, feed: FeedId) -> Result<Vec<Self>> {
        Ok(sql!(
            tx,
            fetch_all,
            "select i.*, p.title as post_title, p.text as post_text, p.link as post_link \
             from posts p join items i on i.id = p.item_id where i.feed_id = $1 and p.state = 'live'",
            feed
        )?)
    }

    /// What it was made from.
    pub(crate) fn item(&self) -> ItemId {
        self.item.id
    }

    /// Whether its title, text, link or picture follow when the item becomes this entry.
    pub(crate) fn follows(&self, entry: &Entry) -> bool {
        let new = Card::new(entry.title.as_deref(), entry.text.as_deref(), entry.link.as_deref());
        let (Some(old), Some(new)) = (Card::of(&self.item), new) else { return false };
        (old.title != new.title && self.post_title == old.title)
            || (old.text != new.text && self.post_text == old.text)
            || (old.link != new.link && self.post_link == old.link)
            || !is_same_picture(self.item.image.as_deref(), entry.image.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_follows_its_item_in_what_nobody_edited() {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let link = Some("https://news.example/1");
        let (title, text) = (Some("Title"), Some("Text"));
        let post = |title: &str| Shown {
            item: Stored {
                id: ItemId::new(),
                feed_id: FeedId::new(),
                title: owned(Some("Title")),
                link: owned(link),
                text: owned(text),
                image: None,
                published_at: None,
            },
            post_title: title.to_owned(),
            post_text: Some("Text".to_owned()),
            post_link: "https://news.example/1".to_owned(),
        };
        let entry = |title: Option<&str>, text: Option<&str>, image: Option<&str>| Entry {
            title: owned(title),
            text: owned(text),
            image: owned(image),
            link: owned(link),
            ..Entry::default()
        };
        assert!(!post("Title").follows(&entry(title, text, None)));
        assert!(post("Title").follows(&entry(Some("Other"), text, None)));
        assert!(!post("Edited").follows(&entry(Some("Other"), text, None)));
        assert!(post("Edited").follows(&entry(title, None, None)));
        assert!(post("Edited").follows(&entry(title, text, Some("https://news.example/p.jpg"))));
        assert!(!post("Title").follows(&Entry { link: None, ..entry(Some("Other"), None, None) }), "it stays as it is");
    }
}
