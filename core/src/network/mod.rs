//! The networks that people share on. Another network is another arm of `Network`, not another abstraction.
//! Tokens stay sealed until the moment a request is made; only this module opens them.

pub mod attempt;
mod bluesky;
mod call;
pub mod callback;
pub mod check;
mod clients;
pub mod connection;
mod door;
pub mod ending;
pub mod intent;
pub mod limit;
pub mod linkedin;
pub mod little_text;
pub mod mastodon;
pub mod notice;
mod outcome;
#[cfg(test)]
pub(crate) mod practice;
mod remove;
pub mod renewal;
pub mod revocation;
mod text;
pub(crate) mod wrapped;
pub mod youtube;

use std::str::FromStr;

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{link, organisation::CompanyPage};

pub use self::{
    attempt::Pending,
    clients::{Networks, SENDS_AT_ONCE},
    connection::{Account, Connection},
    door::Door,
    limit::TextLimit,
    outcome::{Obstacle, Outcome, Refusal, Throttle},
};

/// A network that people share on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Network {
    /// linkedin.com
    #[serde(rename = "linkedin")]
    #[sqlx(rename = "linkedin")]
    LinkedIn,
    /// Any instance of Mastodon, or of what speaks its language.
    Mastodon,
    /// bsky.app
    Bluesky,
    /// x.com, by hand.
    X,
    /// facebook.com, by hand.
    Facebook,
    /// whatsapp.com, by hand.
    #[serde(rename = "whatsapp")]
    #[sqlx(rename = "whatsapp")]
    WhatsApp,
    /// threads.com, by hand.
    Threads,
    /// xing.com, by hand.
    Xing,
    /// A mail of one's own, by hand.
    Email,
}

impl Network {
    /// Every network to which an account can be connected, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::LinkedIn, Self::Mastodon, Self::Bluesky];
    /// The networks on which people only share by hand: the network's own dialog opens.
    pub const BY_HAND: [Self; 6] = [Self::X, Self::Facebook, Self::WhatsApp, Self::Threads, Self::Xing, Self::Email];

    /// The word used in addresses and in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::LinkedIn => "linkedin",
            Self::Mastodon => "mastodon",
            Self::Bluesky => "bluesky",
            Self::X => "x",
            Self::Facebook => "facebook",
            Self::WhatsApp => "whatsapp",
            Self::Threads => "threads",
            Self::Xing => "xing",
            Self::Email => "email",
        }
    }

    /// The name that people know.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LinkedIn => "LinkedIn",
            Self::Mastodon => "Mastodon",
            Self::Bluesky => "Bluesky",
            Self::X => "X",
            Self::Facebook => "Facebook",
            Self::WhatsApp => "WhatsApp",
            Self::Threads => "Threads",
            Self::Xing => "XING",
            Self::Email => "e-mail",
        }
    }

    /// True when an account is authorised on a page of the network's own.
    #[must_use]
    pub fn has_consent_page(self) -> bool {
        matches!(self, Self::LinkedIn | Self::Mastodon)
    }
}

impl FromStr for Network {
    type Err = anyhow::Error;

    fn from_str(word: &str) -> anyhow::Result<Self> {
        let known = || Self::ALL.map(Self::word).join(", ");
        Self::ALL
            .into_iter()
            .find(|network| network.word() == word)
            .ok_or_else(|| anyhow::anyhow!("known are {}", known()))
    }
}

/// When an authorisation ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// So many seconds from now.
    In(u64),
    /// At that instant.
    At(DateTime<Utc>),
    /// Not before somebody withdraws it.
    Never,
}

impl End {
    /// The instant; none: it has no end. A year is the longest that is believed, whatever the network says.
    #[must_use]
    pub fn at(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let longest = now + Duration::days(366);
        match self {
            Self::In(seconds) => {
                let seconds = i64::try_from(seconds).ok().and_then(Duration::try_seconds);
                Some(seconds.and_then(|seconds| now.checked_add_signed(seconds)).map_or(longest, |at| at.min(longest)))
            }
            Self::At(at) => Some(at.min(longest)),
            Self::Never => None,
        }
    }
}

/// An account that somebody just authorised; kept only after "this is me".
pub struct Grant {
    /// The member's id at the network.
    pub subject: String,
    /// For "is this you?".
    pub display_name: String,
    /// The name by which others find the account, where the network has such names.
    pub handle: Option<String>,
    /// The server of the account, where its owner names it.
    pub instance: Option<String>,
    /// What was granted, separated by spaces.
    pub scopes: String,
    /// The access token.
    pub token: SecretString,
    /// When it ends.
    pub end: End,
}

/// What is to be published.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What the person says, with what the organisation adds.
    pub text: String,
    /// Headline of the card.
    pub title: String,
    /// Text of the card.
    pub summary: Option<String>,
    /// Where the post leads.
    pub link: String,
    /// The counting link that is used instead, if clicks are counted.
    pub link_code: Option<String>,
    /// Picture of the card.
    pub picture: Option<Picture>,
    /// At `LinkedIn`: the picture itself goes out, and the link stands below the text.
    pub as_picture: bool,
    /// At `LinkedIn`: the organisation's own page, where its name stands in the text.
    pub page: Option<CompanyPage>,
    /// When it goes out.
    pub at: DateTime<Utc>,
}

impl Draft {
    /// Where the post leads, see `address`.
    fn address(&self, origin: &str) -> String {
        address(self.link_code.as_ref().map(|code| link::address(origin, code)), &self.link)
    }
}

/// Where a post of this link leads: over `counting`, its counting link, or else straight there; to a video at its one
/// address.
#[must_use]
pub fn address(counting: Option<String>, link: &str) -> String {
    counting.or_else(|| youtube::watch_address(link)).unwrap_or_else(|| link.to_owned())
}

/// A token that takes the place of an older one.
pub struct Renewed {
    /// The new one.
    pub token: SecretString,
    /// When it ends.
    pub end: End,
}

/// A picture as stored: re-encoded JPEG or PNG.
#[derive(Clone)]
pub struct Picture {
    /// `image/jpeg` or `image/png`.
    pub content_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_bounded() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        assert_eq!(End::In(60).at(now), Some(now + Duration::seconds(60)));
        let year = Some(now + Duration::days(366));
        assert_eq!((End::In(u64::MAX).at(now), End::At(DateTime::<Utc>::MAX_UTC).at(now)), (year, year));
        assert_eq!(End::Never.at(now), None);
    }

    #[test]
    fn a_word_names_its_network() {
        for network in Network::ALL {
            assert_eq!(network.word().parse::<Network>().unwrap(), network);
        }
        assert!("elsewhere".parse::<Network>().is_err());
    }
}
