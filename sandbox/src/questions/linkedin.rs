//! Open questions about identity tokens, pictures, videos and the look of posts.

use serde::{Deserialize, Serialize};

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
    /// The number of the key that signs.
    pub(crate) fn signing(self) -> u32 {
        u32::from(self == Self::Second)
    }

    /// The numbers of the keys that are published.
    pub(crate) fn published(self) -> std::ops::RangeInclusive<u32> {
        match self {
            Self::First => 0..=0,
            Self::Both => 0..=1,
            Self::Second => 1..=1,
        }
    }
}

question! {
    /// Reading a picture with `w_member_social` alone.
    ImageRead {
        /// 403.
        Forbidden,
        /// Its state is told.
        Allowed,
    }
}
question! {
    /// What becomes of an uploaded picture.
    ImageProcessing {
        /// It is available at once, if it is one.
        AtOnce,
        /// It is processed for ever.
        Stuck,
        /// It fails.
        Failed,
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
