//! Open questions about identity tokens, videos and the look of posts.

use serde::{Deserialize, Serialize};

use crate::keys::Key;

question! {
    /// How the application learns that it asked for a scope it was not granted.
    ScopeRefusal {
        /// By a redirect with `unauthorized_scope_error`.
        Redirect,
        /// Not at all: the member sees a page.
        Page,
    }
}
question! {
    /// The form of `locale` in userinfo.
    Locale {
        /// An object of country and language, as clients see it.
        Object,
        /// A text such as `nl-NL`, as documented.
        Text,
    }
}
question! {
    /// Which keys sign identity tokens and are published.
    SigningKeys {
        /// The first signs and is alone.
        First,
        /// The first signs still, the second is published already.
        Both,
        /// The second signs and the first is gone.
        Second,
    }
}

impl SigningKeys {
    pub(crate) fn signing(self) -> Key {
        if self == Self::Second { Key::Second } else { Key::First }
    }

    pub(crate) fn published(self) -> &'static [Key] {
        match self {
            Self::First => &[Key::First],
            Self::Both => &[Key::First, Key::Second],
            Self::Second => &[Key::Second],
        }
    }
}

question! {
    /// What becomes of a finished video.
    VideoProcessing {
        /// It is available when its time is over.
        Works,
        /// It is processed for ever.
        Stuck,
        /// It fails.
        Failed,
    }
}
question! {
    /// What a link to a video shows in the stream.
    VideoLinks {
        /// A card like any other.
        Card,
        /// A player.
        Player,
    }
}
