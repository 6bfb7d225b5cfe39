//! The one error type of the workspace. Every variant knows what a person can do about it;
//! the server turns it into `application/problem+json`.

use std::{borrow::Cow, time::Duration};

/// Why something did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is not the caller's to see.
    #[error("This does not exist, or it is not yours to see.")]
    NotFound,
    /// The state of things forbids it; `code` is stable, `message` is a sentence.
    #[error("{message}")]
    Conflict {
        /// Stable name, as in `share.already_shared`.
        code: &'static str,
        /// A sentence that says what to do.
        message: Cow<'static, str>,
    },
    /// Fields of the request are wrong.
    #[error("{}", .0.first().map_or("The request is not valid.", |fault| &fault.detail))]
    Invalid(Vec<Fault>),
    /// The request is well-formed but the outside world makes it impossible (a feed that cannot be read ...).
    #[error("{message}")]
    Refused {
        /// Stable name, as in `feed.not_a_feed`.
        code: &'static str,
        /// A sentence that says what to do.
        message: Cow<'static, str>,
    },
    /// Nobody is signed in, or the credentials are wrong.
    #[error("{message}")]
    Unauthenticated {
        /// Stable name, as in `session.wrong_credentials`.
        code: &'static str,
        /// A sentence that says what to do.
        message: &'static str,
    },
    /// Signed in, but without the role for it.
    #[error("You do not have the role that this needs.")]
    Forbidden,
    /// Too many tries; again after the given time.
    #[error("Too many tries. Wait {} seconds and try again.", .0.as_secs())]
    RateLimited(Duration),
    /// The database is busy, full or away; nothing was changed.
    #[error("The database cannot be reached or cannot be written at the moment. Nothing was changed; try again.")]
    Unavailable(#[source] sqlx::Error),
    /// The answer took too long and was given up on.
    #[error("This took too long and was stopped. Look whether it happened before you try again.")]
    TooSlow,
    /// A fault of ours; logged once, shown without detail.
    #[error("internal error: {0:#}")]
    Internal(anyhow::Error),
}

/// One wrong field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer to the field, as in `/address`.
    pub pointer: Cow<'static, str>,
    /// Stable name, as in `required`.
    pub code: &'static str,
    /// A sentence that says what to do.
    pub detail: Cow<'static, str>,
    /// For an expression: where in it, counted in characters from 1.
    pub column: Option<usize>,
}

impl Fault {
    /// A fault of a whole field.
    pub fn new(
        pointer: impl Into<Cow<'static, str>>,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { pointer: pointer.into(), code, detail: detail.into(), column: None }
    }
}

/// Short for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The state of things forbids it.
    pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Conflict { code, message: message.into() }
    }

    /// The outside world makes it impossible.
    pub fn refused(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Refused { code, message: message.into() }
    }

    /// One field is wrong.
    pub fn invalid(
        pointer: impl Into<Cow<'static, str>>,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, detail)])
    }

    /// All faults of a request at once; an error that is not of a field goes before.
    pub fn all(errors: impl IntoIterator<Item = Option<Self>>) -> Self {
        let mut faults = vec![];
        for error in errors.into_iter().flatten() {
            match error {
                Self::Invalid(more) => faults.extend(more),
                other => return other,
            }
        }
        Self::Invalid(faults)
    }

    /// The same fault, said of the place where the value stands in a larger request.
    #[must_use]
    pub fn at(self, pointer: impl Into<Cow<'static, str>>) -> Self {
        match self {
            Self::Invalid(faults) => {
                let pointer = pointer.into();
                Self::Invalid(faults.into_iter().map(|fault| Fault { pointer: pointer.clone(), ..fault }).collect())
            }
            other => other,
        }
    }

    /// A fault of ours.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Self::Unavailable(error),
            sqlx::Error::Database(ref database) if is_passing(database.code().as_deref()) => Self::Unavailable(error),
            _ => Self::internal(error),
        }
    }
}

/// SQLite's busy (5), read-only (8), I/O (10) and full (13), which stand in the lowest byte of a finer code;
/// PostgreSQL's connection, conflict, resource and shutdown classes.
fn is_passing(code: Option<&str>) -> bool {
    let Some(code) = code else { return false };
    match code.get(..2).filter(|_| code.len() == 5) {
        Some(class) => ["08", "40", "53", "57"].contains(&class),
        None => code.parse().is_ok_and(|code: u32| [5, 8, 10, 13].contains(&(code & 0xff))),
    }
}

/// Turns "this value is taken" into the answer that the caller chose.
pub trait OrConflict<T> {
    /// Replaces a violated uniqueness by `Error::Conflict`; other errors pass.
    ///
    /// # Errors
    /// The conflict, or whatever else went wrong.
    fn or_conflict(self, code: &'static str, message: &'static str) -> Result<T>;
}

impl<T> OrConflict<T> for std::result::Result<T, sqlx::Error> {
    fn or_conflict(self, code: &'static str, message: &'static str) -> Result<T> {
        self.map_err(|error| match error.as_database_error() {
            Some(database) if database.is_unique_violation() => Error::conflict(code, message),
            _ => error.into(),
        })
    }
}
