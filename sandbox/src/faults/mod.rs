//! Faults on demand: what goes wrong with which calls of an endpoint. The decision is data, taken once per call by one
//! layer in front of every handler, so that a fault before and a fault after the commit look alike to the caller.

mod endpoint;
mod layer;
mod plan;
pub(crate) mod ready;
mod refusals;
mod reworded;
mod wire;

use serde::{Deserialize, Serialize};

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
    /// The call is carried out as if this figure or open question stood otherwise.
    Ruled {
        /// Its name, as on the page of switches.
        rule: String,
        /// How it stands for this call.
        value: String,
    },
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
