//! Open questions about the real networks: nobody promises an answer, so each can be switched, and a client must survive
//! every one. The default is what is most often seen.

use serde::{Deserialize, Serialize};

/// An answer to every open question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Questions {
    /// Bluesky: a second create under the same key.
    pub bluesky_key_twice: KeyTwice,
    /// Bluesky: the status of an expired token.
    pub bluesky_expired: ExpiredStatus,
}

/// What a second create under the same record key does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyTwice {
    /// It is refused with 500, the first record stays; what the real server did in 2025 and 2026.
    #[default]
    ServerError,
    /// It is refused with 400, the first record stays.
    Refused,
    /// It replaces the first record.
    Overwritten,
    /// It makes another record under another key.
    Duplicated,
}

/// The status that comes with `ExpiredToken`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpiredStatus {
    /// 400.
    #[default]
    BadRequest,
    /// 401.
    Unauthorized,
}
