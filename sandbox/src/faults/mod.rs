//! Faults on demand: what goes wrong with which calls of an endpoint. The decision is data, taken once per call by one
//! layer in front of every handler, so that a fault before and a fault after the commit look alike to the caller.

mod endpoint;
mod layer;
mod member;
mod pair;
mod plan;
pub(crate) mod ready;
mod refusals;
mod reworded;
pub(crate) mod social;
pub(crate) mod web;
mod wire;

use serde::{Deserialize, Serialize};

use crate::Flaw;
pub use endpoint::Endpoint;
pub(crate) use layer::layer;
pub use plan::Faults;

/// Which of the fitting calls meet a fault.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// The next so many.
    Next(u32),
    /// Every k-th, until faults are cleared.
    Every(u32),
    /// Each with this probability, from 0 to 1, until faults are cleared.
    Chance(f64),
}

/// What goes wrong with one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing is done; this is the answer.
    Answer {
        /// HTTP status.
        status: u16,
        /// The body; sent as JSON if it starts as such, broken or not, else as HTML.
        body: String,
    },
    /// The call is carried out; this is the answer all the same.
    AnswerAfter {
        /// HTTP status.
        status: u16,
        /// The body; sent as JSON if it starts as such, broken or not, else as HTML.
        body: String,
    },
    /// The caller is sent to the same address below `/moved`, where the call is carried out.
    Moved {
        /// HTTP status: 301, 302, 307 or 308.
        status: u16,
    },
    /// Nothing is done; the answer asks to come back later.
    RetryAfter {
        /// HTTP status.
        status: u16,
        /// What the header `Retry-After` says.
        seconds: u32,
    },
    /// The answer has no `ETag` and no `Last-Modified`, and the caller's are not looked at.
    WithoutValidators,
    /// The body ends, in order, after its first half.
    HalfBody,
    /// The connection ends after the first half of the body that was announced.
    BreakOff,
    /// The body is packed with gzip, whether the caller asked for it or not.
    Gzip,
    /// The body begins with an empty line.
    BlankLine,
    /// The call is carried out as if a figure or an open question had this value.
    AsIf {
        /// As at `/switches/rules`.
        name: String,
        /// As at `/switches/rules`.
        value: String,
    },
    /// Hub: the delivery is signed with another secret.
    WrongSignature,
    /// Hub: the delivery is not signed.
    WithoutSignature,
    /// Hub: the delivery comes twice.
    Twice,
    /// Hub: the subscription is denied instead of verified.
    Denied,
    /// Identity provider: the sign-in has this flaw.
    Flaw(Flaw),
    /// The connection ends without an answer, nothing was done.
    DropBefore,
    /// The call is carried out, then the connection ends without an answer.
    DropAfter,
    /// The connection is reset without an answer, nothing was done.
    ResetBefore,
    /// The call is carried out, then the connection is reset without an answer.
    ResetAfter,
    /// The connection ends without an answer; the call is carried out this many milliseconds later.
    CommitLate {
        /// Milliseconds between the end of the connection and the commit.
        ms: u64,
    },
    /// The call is carried out this many milliseconds late.
    Delay {
        /// Milliseconds before the call is carried out.
        ms: u64,
    },
    /// The call is carried out late, by chance up to this many milliseconds.
    DelayUpTo {
        /// The most milliseconds before the call is carried out.
        ms: u64,
    },
    /// The call is carried out; the answer comes this many milliseconds late.
    DelayAfter {
        /// Milliseconds between the commit and the answer.
        ms: u64,
    },
    /// The call is carried out; the body of the answer drips, one byte in this many milliseconds.
    Drip {
        /// Milliseconds between two bytes.
        ms: u64,
    },
    /// The answer lacks the header `x-restli-id`.
    WithoutId,
    /// Nothing is done; the connection is silent for this many milliseconds and ends.
    HangBefore {
        /// Milliseconds of silence.
        ms: u64,
    },
    /// Nothing is done; the sandbox closes its side of the connection and hears on.
    HalfCloseBefore,
    /// The call is carried out; then the sandbox closes its side of the connection and hears on.
    HalfCloseAfter,
    /// The call is carried out; the head of the answer drips, one byte in this many milliseconds.
    SlowHead {
        /// Milliseconds between two bytes.
        ms: u64,
    },
    /// The call is carried out; only the first half of the answer goes out.
    Cut,
    /// The call is carried out; the answer has other words, but the same status, codes and names.
    OtherWords,
    /// The call is carried out; the answer has fields, headers and values that nobody knows yet.
    News,
}

impl Fault {
    /// The same, with another length where it takes time.
    pub(crate) fn lasting(mut self, length: u64) -> Self {
        match &mut self {
            Self::CommitLate { ms }
            | Self::Delay { ms }
            | Self::DelayUpTo { ms }
            | Self::DelayAfter { ms }
            | Self::Drip { ms }
            | Self::HangBefore { ms }
            | Self::SlowHead { ms } => *ms = length,
            _ => {}
        }
        self
    }
}
