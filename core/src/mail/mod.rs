//! Mail: the row is the job, and its words are written when it goes out. Nothing is mailed without a live consent, and
//! nothing in a mail tells whether it was opened: no pictures, and no links but to our own host.
//! A mail whose answer was lost is sent again under the same `Message-ID`, so that mail programs show it once.

mod consented;
mod day;
mod failure;
mod letter;
pub mod queue;
mod reminder;
mod settings;
mod smtp;
pub mod status;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    consented::ConsentedMail,
    failure::Failure,
    settings::{MailConfig, Sender},
    smtp::Mailer,
};
use crate::consent::Purpose;

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = MailKind)]
pub enum Kind {
    /// A connection ends soon.
    ConnectionEnds,
    /// A connection has ended.
    ConnectionEnded,
}

impl Kind {
    /// What somebody must have said yes to before they get it.
    #[must_use]
    pub fn purpose(self) -> Purpose {
        match self {
            Self::ConnectionEnds | Self::ConnectionEnded => Purpose::ConnectionReminders,
        }
    }
}
