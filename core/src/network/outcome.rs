//! What came of asking a network to publish, in words that fit every network.
//! What it means for a share is decided in `share/settle.rs`.

use chrono::{DateTime, Utc};

use super::linkedin::version::Choice;

/// What came of one send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is out, under this name.
    Published {
        /// The network's name for the post.
        urn: String,
    },
    /// It is provably not out.
    NotTaken(Obstacle),
    /// The network asks to repeat the very same request once.
    Conflict,
    /// The network has the very same post already.
    Duplicate {
        /// Its name, if the network gave it.
        urn: Option<String>,
    },
    /// No usable answer after the first byte left: nobody knows.
    Lost {
        /// What was seen instead of an answer.
        detail: String,
    },
}

/// Why something was provably not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// No connection could be made; worth another try.
    Unreachable {
        /// What went wrong.
        detail: String,
    },
    /// The picture is not ready at the network yet; worth another try.
    PictureNotReady,
    /// The authorisation ran out.
    TokenExpired,
    /// The authorisation was withdrawn, or never was one.
    TokenRevoked,
    /// A limit of the day is reached.
    Throttled(Throttle),
    /// The version of the API that was asked for is gone.
    VersionGone(Choice),
    /// The network says no.
    Refused {
        /// Why, as far as it can be told.
        kind: Refusal,
        /// What the network said.
        detail: String,
    },
}

/// Whose limit is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Throttle {
    /// The member's own.
    Member,
    /// The member's own, and the network says until when.
    MemberUntil(DateTime<Utc>),
    /// The application's: nobody gets through.
    Application,
}

/// The kinds of no that somebody can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Something in the post.
    Content,
    /// The application or the account may not do this.
    Permission,
    /// The form in which it was sent, with the network's code.
    Form(&'static str),
    /// The picture, with the network's code.
    Picture(&'static str),
}
