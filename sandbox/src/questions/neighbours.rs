//! Open questions about everyone but LinkedIn: Bluesky, YouTube, the hub and the identity provider.

use serde::{Deserialize, Serialize};

question! {
    /// What a second create under the same record key does.
    KeyTwice {
        /// It is refused with 500, the first record stays; what the real server did in 2025 and 2026.
        ServerError,
        /// It is refused with 400, the first record stays.
        Refused,
        /// It replaces the first record.
        Overwritten,
        /// It makes another record under another key.
        Duplicated,
    }
}
question! {
    /// The status that comes with `ExpiredToken`.
    ExpiredStatus {
        /// 400.
        BadRequest,
        /// 401.
        Unauthorized,
    }
}
question! {
    /// The body of an error of Bluesky.
    ErrorBody {
        /// `error` and `message`, with the known names.
        Named,
        /// Another name that nobody knows, and no message.
        Changed,
    }
}
question! {
    /// The ids of a whole feed of YouTube; its entries always carry the full one.
    FeedIds {
        /// Without `UC`, as in the files of 2026.
        WithoutUc,
        /// Empty, as in a file of 2022.
        Empty,
        /// Whole.
        WithUc,
    }
}
question! {
    /// Whether a video has a thumbnail in the largest size.
    LargestThumbnail {
        /// 404.
        Absent,
        /// 1280 x 720.
        Present,
    }
}
question! {
    /// When and how often a hub delivers a new video.
    Premieres {
        /// Once, as soon as everybody can see it.
        OncePublic,
        /// An hour before it is in the feed.
        Early,
        /// Again an hour later.
        Repeated,
    }
}
question! {
    /// The method of a hub's signatures.
    SignatureMethod {
        /// SHA-1, as Google's hub.
        Sha1,
        /// SHA-256.
        Sha256,
        /// SHA-384.
        Sha384,
        /// SHA-512.
        Sha512,
    }
}
question! {
    /// What a delivery of a feed other than YouTube's carries.
    HubBody {
        /// The feed with the changed entry alone.
        News,
        /// The whole feed.
        Everything,
    }
}
question! {
    /// How a token says that a person is in more groups than it holds.
    Overage {
        /// `_claim_names` and `_claim_sources`.
        ClaimSources,
        /// `hasgroups`.
        Hasgroups,
    }
}
