//! The playlists of the channel: one that somebody made by hand, and the undocumented ones that hold one sort of uploads.

use super::CHANNEL;
use super::story::Item;

/// A playlist of the channel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Chosen,
    Uploads,
    Videos,
    Shorts,
}

/// All of them, in the order of the page.
pub(super) const LISTS: [List; 4] = [List::Chosen, List::Uploads, List::Videos, List::Shorts];

impl List {
    pub(super) fn named(id: &str) -> Option<Self> {
        LISTS.into_iter().find(|list| list.id() == id)
    }

    pub(super) fn id(self) -> String {
        let of_channel = |kind: &str| CHANNEL.replacen("UC", kind, 1);
        match self {
            Self::Chosen => "PLvoorbeeldEnergieKeuze01".to_owned(),
            Self::Uploads => of_channel("UU"),
            Self::Videos => of_channel("UULF"),
            Self::Shorts => of_channel("UUSH"),
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Chosen => "Onze keuze",
            Self::Uploads => "Uploads from Voorbeeld Energie",
            Self::Videos => "Videos",
            Self::Shorts => "Short videos",
        }
    }

    /// What it is, in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Chosen => "a YouTube playlist, in an order of its own",
            Self::Uploads => "all uploads as a playlist",
            Self::Videos => "the uploads that are no Shorts",
            Self::Shorts => "the Shorts",
        }
    }

    /// The path of its feed.
    pub(super) fn path(self) -> String {
        format!("/feeds/videos.xml?playlist_id={}", self.id())
    }

    /// The items that are in it, in its order.
    pub(super) fn of(self, mut items: Vec<Item>) -> Vec<Item> {
        match self {
            Self::Chosen => items.sort_by_key(|item| (item.number * 7 % 15, item.number)),
            Self::Uploads => {}
            Self::Videos => items.retain(|item| !item.story.short),
            Self::Shorts => items.retain(|item| item.story.short),
        }
        items
    }
}
