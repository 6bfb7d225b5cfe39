//! Open questions about the real networks: nobody promises an answer, so each can be switched, and a client must survive
//! every one. The default is what is most often seen.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

/// Declares a question: its possible answers, the default first.
macro_rules! question {
    ($(#[$about:meta])* $name:ident { $(#[$first_about:meta])* $first:ident, $($(#[$other_about:meta])* $other:ident,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $(#[$first_about])*
            #[default]
            $first,
            $($(#[$other_about])* $other,)+
        }
    };
}

mod linkedin;
mod neighbours;

pub use linkedin::{ImageProcessing, ImageRead, Locale, ScopeRefusal, SigningKeys, VideoLinks, VideoProcessing};
pub use neighbours::{
    ErrorBody, ExpiredStatus, FeedIds, HubBody, KeyTwice, LargestThumbnail, Overage, Premieres, SignatureMethod,
};

/// An answer to every open question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Questions {
    /// The status of a wrong authorize or token request.
    pub oauth_errors: OAuthErrors,
    /// The `error` when the redirect address of a token request does not match.
    pub redirect_mismatch: RedirectMismatch,
    /// What separates the scopes of a token answer.
    pub scope_separator: ScopeSeparator,
    /// Whether a token answer carries `token_type`.
    pub token_type: TokenType,
    /// Whether tokens can be refreshed.
    pub refresh: Refresh,
    /// What `/oauth/v2/revoke` answers.
    pub revoke: Revoke,
    /// `prompt=none` and PKCE parameters on the web flow.
    pub prompt_and_pkce: Extras,
    /// How the 3,000 characters of a text are counted.
    pub length: Length,
    /// What happens to a longer text.
    pub over_length: OverLength,
    /// Reserved characters in addresses.
    pub urls: Urls,
    /// Where the URN of a new post stands.
    pub created: Created,
    /// A post that is created as a draft.
    pub draft: Drafts,
    /// Whether the refusal of a duplicate names the earlier post.
    pub duplicate: Duplicate,
    /// Whether a deleted post still makes its twin a duplicate.
    pub ghosts: Ghosts,
    /// Reading a picture with `w_member_social` alone.
    pub image_read: ImageRead,
    /// What becomes of an uploaded picture.
    pub image_processing: ImageProcessing,
    /// What becomes of a finished video.
    pub video_processing: VideoProcessing,
    /// What a link to a video shows in the stream.
    pub video_links: VideoLinks,
    /// How the application learns that it asked for a scope it was not granted.
    pub scope_refusal: ScopeRefusal,
    /// The form of `locale` in userinfo.
    pub locale: Locale,
    /// Which keys sign identity tokens and are published.
    pub signing_keys: SigningKeys,
    /// Bluesky: a second create under the same key.
    pub bluesky_key_twice: KeyTwice,
    /// Bluesky: the status of an expired token.
    pub bluesky_expired: ExpiredStatus,
    /// Bluesky: the body of an error.
    pub bluesky_errors: ErrorBody,
    /// YouTube: the ids of a whole feed.
    pub youtube_ids: FeedIds,
    /// YouTube: the largest thumbnail.
    pub youtube_maxres: LargestThumbnail,
    /// YouTube: when and how often a new video is delivered.
    pub premieres: Premieres,
    /// Hub: the method of signatures.
    pub hub_signature: SignatureMethod,
    /// Hub: what a delivery carries.
    pub hub_body: HubBody,
    /// Identity provider: how it says that there are too many groups.
    pub identity_overage: Overage,
}

question! {
    /// The status of a wrong authorize or token request.
    OAuthErrors {
        /// 400, as in the text of 2026.
        BadRequest,
        /// 401, as in the older text.
        Unauthorized,
    }
}

impl OAuthErrors {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
        }
    }
}

question! {
    /// The `error` of a redirect mismatch.
    RedirectMismatch {
        /// `invalid_redirect_uri`.
        InvalidRedirectUri,
        /// `invalid_request`.
        InvalidRequest,
    }
}
question! {
    /// What separates scopes.
    ScopeSeparator {
        /// A comma, as clients see it.
        Comma,
        /// A space, as documented.
        Space,
    }
}
question! {
    /// Whether a token answer carries `token_type`.
    TokenType {
        /// It does.
        Present,
        /// It does not.
        Absent,
    }
}
question! {
    /// Whether tokens can be refreshed.
    Refresh {
        /// No, as for self-serve applications.
        Off,
        /// For 365 days from the consent; using it does not make it longer.
        On,
    }
}
question! {
    /// What the revocation of a token answers.
    Revoke {
        /// 200, and the token is dead.
        Works,
        /// 404, and the token lives on.
        NotFound,
        /// 400, and the token lives on.
        BadRequest,
    }
}
question! {
    /// Undocumented parameters of an authorize request.
    Extras {
        /// Nothing is made of them.
        Ignored,
        /// The request is refused.
        Refused,
    }
}
question! {
    /// How the length of a text is counted.
    Length {
        /// As sent, with its escapes.
        Escaped,
        /// As shown.
        Rendered,
    }
}
question! {
    /// What happens to a text that is too long.
    OverLength {
        /// It is refused with 400.
        Refused,
        /// It is cut without a word.
        Cut,
    }
}
question! {
    /// Reserved characters in addresses.
    Urls {
        /// They cut the text as elsewhere.
        SameRule,
        /// They are kept.
        Exempt,
    }
}
question! {
    /// Where the URN of a new post stands.
    Created {
        /// In the header `x-restli-id`.
        RestliId,
        /// In the header `x-linkedin-id` alone.
        LinkedinId,
        /// In both headers.
        Both,
        /// In a JSON body as `id`, in no header but `location`.
        Body,
    }
}
question! {
    /// A post that is created as a draft.
    Drafts {
        /// Refused with 400.
        Refused,
        /// Accepted.
        Accepted,
    }
}
question! {
    /// What the refusal of a duplicate says.
    Duplicate {
        /// The URN of the earlier post.
        Named,
        /// No URN.
        Unnamed,
    }
}
question! {
    /// Whether deleted posts count as earlier ones.
    Ghosts {
        /// They do not.
        Forgotten,
        /// They do, and are named.
        Named,
    }
}
