//! Ids: one type per noun, so that a post's id never passes for a person's.
//! They are `UUIDv7`, so they sort by time and say nothing else.

/// Defines an id type for one noun.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, sqlx::Type, utoipa::ToSchema,
        )]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new id.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "an id is made on purpose, never by default")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

id! {
    /// A person with an account.
    PersonId,
    /// A signed-in browser.
    SessionId,
    /// An invitation that waits to be accepted.
    InviteId,
    /// A content type.
    TopicId,
    /// An address that is polled.
    FeedId,
    /// A document of a feed, or one that a marketer looks at.
    DocumentId,
    /// A marketers' own definition.
    DefinitionId,
    /// An entry of a feed.
    ItemId,
    /// Something that may be shared.
    PostId,
    /// A suggested text.
    CaptionId,
    /// A stored picture.
    MediaId,
    /// One employee putting one post on one network.
    ShareId,
    /// A colleague's look at a share that was made by hand.
    ConfirmationId,
    /// An employee's account at a network.
    ConnectionId,
    /// One "connect" click.
    AttemptId,
    /// A yes, or its withdrawal.
    ConsentId,
    /// A mail.
    MailId,
    /// The bonus rules of one period.
    ProgramId,
}
