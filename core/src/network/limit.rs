//! How long a text may be, counted as each network counts. Pure but for the one read of an instance's own figures.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Network, little_text, text};
use crate::{Error, Result, db::Tx, id::PersonId, sql};

/// What stands between the words and the link in a status.
pub(super) const BEFORE_LINK: &str = "\n\n";

/// How long a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextLimit {
    /// Most characters, as the network counts them.
    pub longest: usize,
    /// Most bytes, where the network counts those too.
    pub bytes: Option<usize>,
    /// What every address in the text counts, however long it is; none: its own length.
    pub link_length: Option<usize>,
    /// Characters that are taken up by the link of the post, which stands below the text.
    pub reserved: usize,
}

impl TextLimit {
    /// Of an instance of Mastodon, which says itself what it takes.
    #[must_use]
    pub fn of_instance(longest: usize, link_length: usize) -> Self {
        Self { longest, bytes: None, link_length: Some(link_length), reserved: BEFORE_LINK.len() + link_length }
    }
}

impl Network {
    /// How long a text may be, as far as the network says it for everybody.
    #[must_use]
    pub fn text_limit(self) -> TextLimit {
        match self {
            Self::LinkedIn => TextLimit { longest: 3_000, bytes: None, link_length: None, reserved: 0 },
            Self::Mastodon => TextLimit::of_instance(500, 23),
            Self::Bluesky => TextLimit { longest: 300, bytes: Some(3_000), link_length: None, reserved: 0 },
            // Nothing is sent; the network's own dialog counts.
            _ => TextLimit { longest: usize::MAX, bytes: None, link_length: None, reserved: 0 },
        }
    }

    /// How long a text of this person may be: an instance may take more or less than others.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn text_limit_of(self, tx: &mut Tx, person: PersonId) -> Result<TextLimit> {
        if self != Self::Mastodon {
            return Ok(self.text_limit());
        }
        let figures: Option<(i32, i32)> = sql!(
            tx,
            fetch_optional,
            "select a.longest_text, a.link_length from connections c join mastodon_applications a \
             on a.instance = c.instance where c.person_id = $1 and c.network = $2",
            person,
            self
        )?;
        let size = |figure| usize::try_from(figure).unwrap_or_default();
        Ok(figures.map_or(self.text_limit(), |(longest, link)| TextLimit::of_instance(size(longest), size(link))))
    }

    /// Characters of a text as the network counts them, with what its link takes up.
    #[must_use]
    pub fn length(self, text: &str, limit: &TextLimit) -> usize {
        let own = match self {
            Self::LinkedIn => little_text::length(text),
            Self::Mastodon => text::graphemes_with_links(text, limit.link_length.unwrap_or_default()),
            _ => text::graphemes(text),
        };
        own + limit.reserved
    }

    /// What the link of a post takes up when it stands below the text of a picture.
    #[must_use]
    pub fn length_of_link(self, address: &str) -> usize {
        BEFORE_LINK.len() + self.length(address, &self.text_limit())
    }

    /// Refuses a text that the network would not take.
    ///
    /// # Errors
    /// `text.too_long` with a pointer to the text.
    pub fn check_length(self, text: &str, limit: &TextLimit) -> Result<()> {
        let (length, longest) = (self.length(text, limit), limit.longest);
        let is_heavy = limit.bytes.is_some_and(|bytes| text.len() > bytes);
        if length <= longest && !is_heavy {
            return Ok(());
        }
        let words = match limit.bytes.filter(|_| is_heavy && length <= longest) {
            Some(bytes) => format!("The text is {} bytes long; the network takes at most {bytes}.", text.len()),
            None => format!("The text counts {length} characters at the network, which takes at most {longest}."),
        };
        Err(Error::invalid("/text", "text.too_long", words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_network_counts_in_its_own_way() {
        let family = "👩‍👩‍👧‍👦";
        let long = format!("https://example.com/{}", "a".repeat(900));
        for (network, text, fits) in [
            (Network::LinkedIn, "a".repeat(3000), true),
            (Network::LinkedIn, "a".repeat(3001), false),
            (Network::LinkedIn, "(".repeat(1501), false),
            (Network::Mastodon, "(".repeat(475), true),
            (Network::Mastodon, "(".repeat(476), false),
            (Network::Mastodon, format!("{} {long}", "a".repeat(451)), true),
            (Network::Mastodon, format!("{} {long}", "a".repeat(452)), false),
            (Network::Mastodon, family.repeat(475), true),
            (Network::Bluesky, "é".repeat(300), true),
            (Network::Bluesky, "é".repeat(301), false),
            (Network::Bluesky, family.repeat(120), true),
            (Network::Bluesky, family.repeat(121), false),
        ] {
            let answer = network.check_length(&text, &network.text_limit());
            assert_eq!(answer.is_ok(), fits, "{network:?} {} characters: {answer:?}", text.chars().count());
        }
    }

    #[test]
    fn an_instance_may_take_more() {
        let text = "a".repeat(4_970);
        assert!(Network::Mastodon.check_length(&text, &TextLimit::of_instance(5_000, 23)).is_ok());
        assert!(Network::Mastodon.check_length(&text, &TextLimit::of_instance(5_000, 30)).is_err());
    }
}
