//! Why a share is not removed yet, or cannot be from here: a stable code for programs and a sentence for people.

/// What stands in the way of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text")]
pub enum Trouble {
    /// No connection could be made, or no usable answer came.
    #[sqlx(rename = "removal.unreachable")]
    Unreachable,
    /// A limit of the network is reached.
    #[sqlx(rename = "removal.throttled")]
    Throttled,
    /// No account is connected, or the network no longer takes its token.
    #[sqlx(rename = "removal.no_connection")]
    NoConnection,
    /// Another account posted it.
    #[sqlx(rename = "removal.other_account")]
    OtherAccount,
    /// The network does not let us, or offers no way.
    #[sqlx(rename = "removal.refused")]
    Refused,
    /// Too many tries came to nothing.
    #[sqlx(rename = "removal.gave_up")]
    GaveUp,
}

impl Trouble {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.both().0
    }

    /// What to tell the person, and what they can do.
    #[must_use]
    pub fn message(self) -> &'static str {
        self.both().1
    }

    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Unreachable => {
                ("removal.unreachable", "The network could not be reached. It is tried again by itself.")
            }
            Self::Throttled => {
                ("removal.throttled", "The network's limit for now is reached. It is tried again by itself.")
            }
            Self::NoConnection => (
                "removal.no_connection",
                "Your account is not connected any more. Connect it and try again, or remove the post yourself at the network.",
            ),
            Self::OtherAccount => (
                "removal.other_account",
                "Another account posted it than the one that is connected now. Remove the post yourself at the network.",
            ),
            Self::Refused => {
                ("removal.refused", "The network does not let us remove it. Remove the post yourself at the network.")
            }
            Self::GaveUp => {
                ("removal.gave_up", "It was tried ten times without success. Remove the post yourself at the network.")
            }
        }
    }
}
