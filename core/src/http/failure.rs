//! Why a request got no answer, in words that say what to do and nothing about the inside of the house.

use std::error::Error as _;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Not an address that can be asked at all.
    #[error("This is not an address that can be fetched. It begins with https:// and has no user name in it.")]
    Address,
    /// Not on the public internet.
    #[error(
        "This address is not on the public internet, so it is not fetched. \
         If it belongs to your organisation, ask your administrator to allow its host."
    )]
    Forbidden,
    /// No connection.
    #[error("The server of this address cannot be reached. Check the address, or try again later.")]
    Unreachable,
    /// No answer in time, or one that dribbles.
    #[error("The server of this address answers too slowly. Try again later.")]
    TooSlow,
    /// More bytes than the cap.
    #[error("The server sent more than {} MiB, which is more than is read of one address.", .0 >> 20)]
    TooLarge(usize),
    /// Round in circles, or to nowhere.
    #[error("This address leads on and on to other addresses. Use the address where it ends up in your browser.")]
    Redirects,
    /// Broken off, or not HTTP.
    #[error("The server of this address broke off in the middle of its answer. Try again later.")]
    Broken,
}

/// The resolver's answer for a name that leads into the house; travels inside reqwest's error.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that is not public")]
pub(super) struct NotPublic;

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        let mut cause = error.source();
        while let Some(inner) = cause {
            if inner.is::<NotPublic>() {
                return Self::Forbidden;
            }
            cause = inner.source();
        }
        if error.is_timeout() {
            Self::TooSlow
        } else if error.is_connect() {
            Self::Unreachable
        } else {
            Self::Broken
        }
    }
}
