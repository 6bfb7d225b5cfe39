//! What goes wrong with a feed, where in the work, and the sentence for the marketer who keeps it.

use std::borrow::Cow;

use klaroen_feed::{ReadError, error::Place};
use reqwest::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Error, http::Failure};

/// Where in the work it went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Stage {
    /// Getting the document.
    Fetch,
    /// Understanding it.
    Read,
    /// Finding the fields of its items.
    Map,
    /// Getting a picture.
    Picture,
}

/// Why a feed could not be polled or looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Where in the work.
    pub stage: Stage,
    /// Stable name, as in `feed.not_a_feed`.
    pub code: &'static str,
    /// A sentence that says what to do.
    pub message: Cow<'static, str>,
    /// The server's Retry-After.
    pub retry_after: Option<String>,
}

impl Trouble {
    pub(crate) fn new(stage: Stage, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { stage, code, message: message.into(), retry_after: None }
    }

    /// What a status other than 200 and 304 means.
    #[must_use]
    pub fn of_status(status: StatusCode, retry_after: Option<String>) -> Self {
        let (code, message) = match status.as_u16() {
            401 | 403 => {
                ("feed.refused", "The server does not let us read this address. Ask its owner for an open address.")
            }
            404 => {
                ("feed.not_found", "There is nothing at this address. Check it, or ask its owner where the feed went.")
            }
            410 => {
                ("feed.gone", "The owner of this address says that the feed is gone for good. Look for a new address.")
            }
            429 => ("feed.busy", "The server asks us to come less often. We wait and try again."),
            500.. => ("feed.server", "The server of this address has a fault. We try again."),
            _ => ("feed.status", "The server gave an answer without a feed in it."),
        };
        let message = format!("{message} (It answered {status}.)");
        Self { retry_after, ..Self::new(Stage::Fetch, code, message) }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        let code = match failure {
            Failure::Address => "feed.address",
            Failure::Forbidden => "feed.forbidden_address",
            Failure::Unreachable => "feed.unreachable",
            Failure::Redirects => "feed.redirects",
            Failure::Broken => "feed.broke_off",
            Failure::TooSlow => "feed.too_slow",
            Failure::TooLarge(_) => "feed.too_large",
        };
        Self::new(Stage::Fetch, code, failure.to_string())
    }
}

impl From<ReadError> for Trouble {
    fn from(error: ReadError) -> Self {
        let (stage, code) = match error {
            ReadError::WebPage { .. } | ReadError::NoFeeds => (Stage::Read, "feed.not_a_feed"),
            ReadError::NotXml { .. } => (Stage::Read, "feed.not_xml"),
            ReadError::UnknownKind { .. } => (Stage::Map, "feed.no_definition"),
            ReadError::Empty => (Stage::Read, "feed.empty"),
            ReadError::BadCompression => (Stage::Read, "feed.damaged"),
            ReadError::CutOff { .. } => (Stage::Read, "feed.cut_off"),
            ReadError::TooLarge { .. } => (Stage::Read, "feed.too_large"),
            ReadError::Expression { place: Place::Filter, .. }
            | ReadError::TooExpensive { place: Place::Filter, .. }
            | ReadError::Evaluation { place: Place::Filter, .. } => (Stage::Map, "feed.filter"),
            ReadError::TooExpensive { .. } => (Stage::Map, "feed.too_expensive"),
            _ => (Stage::Map, "feed.definition"),
        };
        Self::new(stage, code, error.to_string())
    }
}

/// What a marketer sees who asked for it just now.
impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        match trouble.code {
            "feed.address" => Self::invalid("/address", trouble.code, trouble.message),
            code => Self::refused(code, trouble.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_that_is_mended_in_its_own_way_has_its_own_code() {
        let read = [
            (ReadError::Empty, "feed.empty"),
            (ReadError::BadCompression, "feed.damaged"),
            (ReadError::NotXml { found: "a picture" }, "feed.not_xml"),
            (ReadError::WebPage { feeds: vec![] }, "feed.not_a_feed"),
        ];
        for (error, code) in read {
            let trouble = Trouble::from(error.clone());
            assert_eq!((trouble.stage, trouble.code), (Stage::Read, code), "{error}");
        }
        let fetched = [
            (Failure::Address, "feed.address"),
            (Failure::Forbidden, "feed.forbidden_address"),
            (Failure::Unreachable, "feed.unreachable"),
            (Failure::Redirects, "feed.redirects"),
            (Failure::Broken, "feed.broke_off"),
            (Failure::TooSlow, "feed.too_slow"),
            (Failure::TooLarge(1), "feed.too_large"),
        ];
        for (failure, code) in fetched {
            let trouble = Trouble::from(failure);
            assert_eq!((trouble.stage, trouble.code), (Stage::Fetch, code), "{failure}");
        }
    }
}
