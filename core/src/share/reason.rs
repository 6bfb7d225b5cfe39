//! Why a share waits, or what became of it: a stable code for programs and a sentence for people.

/// Why a share is where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text")]
pub enum Reason {
    /// No account is connected.
    #[sqlx(rename = "connection.missing")]
    ConnectionMissing,
    /// The authorisation ran out.
    #[sqlx(rename = "connection.expired")]
    ConnectionExpired,
    /// The authorisation was withdrawn at the network.
    #[sqlx(rename = "connection.revoked")]
    ConnectionRevoked,
    /// The account was deactivated.
    #[sqlx(rename = "person.inactive")]
    PersonInactive,
    /// The post is not live any more.
    #[sqlx(rename = "post.not_live")]
    PostNotLive,
    /// Its link leads to a host that is not approved any more.
    #[sqlx(rename = "post.host_not_approved")]
    HostNotApproved,
    /// The post's picture is still being fetched.
    #[sqlx(rename = "post.picture")]
    PostPicture,
    /// No connection could be made.
    #[sqlx(rename = "network.unreachable")]
    NetworkUnreachable,
    /// The picture is not ready at the network.
    #[sqlx(rename = "network.picture")]
    NetworkPicture,
    /// The network lets nobody of this application through.
    #[sqlx(rename = "network.paused")]
    NetworkPaused,
    /// The member's limit of the day is reached.
    #[sqlx(rename = "network.throttled")]
    NetworkThrottled,
    /// The network answered with a conflict.
    #[sqlx(rename = "network.conflict")]
    NetworkConflict,
    /// The network has the same post already.
    #[sqlx(rename = "network.duplicate")]
    NetworkDuplicate,
    /// The network does not take this post.
    #[sqlx(rename = "network.content")]
    NetworkContent,
    /// The network does not take the form in which it was sent.
    #[sqlx(rename = "network.form")]
    NetworkForm,
    /// The network does not take the picture.
    #[sqlx(rename = "network.picture_refused")]
    NetworkPictureRefused,
    /// The network does not let us.
    #[sqlx(rename = "network.permission")]
    NetworkPermission,
    /// The version of the network's API is gone.
    #[sqlx(rename = "network.version")]
    NetworkVersion,
    /// No usable answer came.
    #[sqlx(rename = "network.lost")]
    NetworkLost,
    /// We stopped in the middle of sending.
    #[sqlx(rename = "share.interrupted")]
    ShareInterrupted,
    /// A post of the person is going out there, or has just gone out.
    #[sqlx(rename = "share.spaced")]
    ShareSpaced,
    /// The person looked, and it is not there.
    #[sqlx(rename = "share.not_published")]
    ShareNotPublished,
}

impl Reason {
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
            Self::ConnectionMissing => {
                ("connection.missing", "No account is connected. Connect yours within 7 days and it goes out.")
            }
            Self::ConnectionExpired => {
                ("connection.expired", "Your connection has run out. Renew it within 7 days and it goes out.")
            }
            Self::ConnectionRevoked => (
                "connection.revoked",
                "The network no longer accepts your connection. Renew it within 7 days and it goes out.",
            ),
            Self::PersonInactive => ("person.inactive", "The account was switched off before it went out."),
            Self::PostNotLive => ("post.not_live", "The post was withdrawn or has expired before it went out."),
            Self::HostNotApproved => (
                "post.host_not_approved",
                "Your organisation no longer approves links to this site, so nothing was posted. An admin can approve it again.",
            ),
            Self::PostPicture => ("post.picture", "It waits for its picture."),
            Self::NetworkUnreachable => (
                "network.unreachable",
                "The network could not be reached. Nothing was sent; it is tried again by itself.",
            ),
            Self::NetworkPicture => {
                ("network.picture", "The network is still busy with the picture. It is tried again by itself.")
            }
            Self::NetworkPaused => {
                ("network.paused", "The network lets nobody of your organisation through today. It goes out by itself.")
            }
            Self::NetworkThrottled => {
                ("network.throttled", "The network's limit for today is reached. It goes out by itself.")
            }
            Self::NetworkConflict => {
                ("network.conflict", "The network was busy with the same post and did not take it.")
            }
            Self::NetworkDuplicate => (
                "network.duplicate",
                "You already have the very same post at the network, so it did not take this one.",
            ),
            Self::NetworkContent => ("network.content", "The network did not accept this post."),
            Self::NetworkForm => (
                "network.form",
                "The network did not accept the form in which this was sent. Nothing was posted, and your admin is told.",
            ),
            Self::NetworkPictureRefused => (
                "network.picture_refused",
                "The network did not accept the picture. Nothing was posted, and your admin is told.",
            ),
            Self::NetworkPermission => (
                "network.permission",
                "The network does not allow this. Tell your admin; the application may need attention.",
            ),
            Self::NetworkVersion => {
                ("network.version", "The network has retired the interface that is used here. Tell your admin.")
            }
            Self::NetworkLost => {
                ("network.lost", "The network gave no clear answer. Look at your profile: did it appear?")
            }
            Self::ShareInterrupted => (
                "share.interrupted",
                "Sending was interrupted before the answer came. Look at your profile: did it appear?",
            ),
            Self::ShareSpaced => (
                "share.spaced",
                "Between two posts of yours on one network there is a minute. This one follows by itself.",
            ),
            Self::ShareNotPublished => ("share.not_published", "You looked, and it had not appeared."),
        }
    }

    /// True when connecting the account again sets the share free.
    #[must_use]
    pub fn is_connection(self) -> bool {
        matches!(self, Self::ConnectionMissing | Self::ConnectionExpired | Self::ConnectionRevoked)
    }
}
