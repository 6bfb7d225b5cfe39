//! Which calls faults can be switched for, and how a call is recognised.

use axum::http::{Method, Uri};
use serde::{Deserialize, Serialize};

/// A group of calls that faults can be switched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// The page on which a member allows or refuses.
    Authorize,
    /// Exchanging the code for a token.
    Token,
    /// Asking whether a token is alive.
    Introspect,
    /// Giving a token back.
    Revoke,
    /// Who the member is.
    UserInfo,
    /// Asking for an upload address.
    ImageInitialize,
    /// Sending the bytes of a picture.
    ImageUpload,
    /// Asking how far a picture is.
    ImageRead,
    /// Asking for the upload addresses of a video.
    VideoInitialize,
    /// Sending a part of a video.
    VideoUpload,
    /// Ending the upload of a video.
    VideoFinalize,
    /// Asking how far a video is.
    VideoRead,
    /// Creating a post, in the new and in the old way.
    Posts,
    /// Reading, editing or deleting a post.
    Post,
    /// The sample and real feeds, except those of YouTube.
    Feeds,
    /// The feeds of the practice YouTube.
    Videos,
    /// Subscribing at the hub.
    Hub,
    /// The question of the hub whether a subscriber meant it.
    HubVerification,
    /// What the hub delivers.
    HubDelivery,
    /// Description and keys of the identity provider.
    IdentityKeys,
    /// Signing in at the identity provider.
    IdentityAuthorize,
    /// Exchanging the code at the identity provider.
    IdentityToken,
    /// Asking the identity provider about the person.
    IdentityUserInfo,
    /// Generated pictures.
    Pictures,
    /// Discovery and keys of LinkedIn.
    Discovery,
    /// Registering at Mastodon.
    MastodonApps,
    /// Exchanging the code at Mastodon.
    MastodonToken,
    /// Giving a token back at Mastodon.
    MastodonRevoke,
    /// Who the member is at Mastodon.
    MastodonAccount,
    /// What the Mastodon instance says of itself.
    MastodonInstance,
    /// Creating a status.
    MastodonStatuses,
    /// Reading or deleting a status.
    MastodonStatus,
    /// Uploading a picture to Mastodon, or asking how far it is.
    MastodonMedia,
    /// Signing in at Bluesky.
    BlueskySession,
    /// Trading a refresh token at Bluesky.
    BlueskyRefresh,
    /// Uploading a picture to Bluesky.
    BlueskyBlob,
    /// Creating or replacing a record.
    BlueskyCreate,
    /// Reading a record.
    BlueskyRead,
    /// Deleting a record.
    BlueskyDelete,
    /// Handing a mail to the mail catcher; a status of 4xx or 5xx is one of SMTP.
    Mail,
}

impl Endpoint {
    /// All of them with words for people, in the order of the page.
    pub(crate) const ALL: [(Self, &'static str); 40] = [
        (Self::Posts, "LinkedIn: create a post"),
        (Self::Post, "LinkedIn: read, edit or delete a post"),
        (Self::ImageInitialize, "LinkedIn: ask for an upload address"),
        (Self::ImageUpload, "LinkedIn: upload a picture"),
        (Self::ImageRead, "LinkedIn: ask how far a picture is"),
        (Self::VideoInitialize, "LinkedIn: ask for the upload addresses of a video"),
        (Self::VideoUpload, "LinkedIn: upload a part of a video"),
        (Self::VideoFinalize, "LinkedIn: end the upload of a video"),
        (Self::VideoRead, "LinkedIn: ask how far a video is"),
        (Self::Authorize, "LinkedIn: the page that asks for consent"),
        (Self::Token, "LinkedIn: token"),
        (Self::Introspect, "LinkedIn: introspect"),
        (Self::Revoke, "LinkedIn: revoke"),
        (Self::UserInfo, "LinkedIn: userinfo"),
        (Self::Discovery, "LinkedIn: discovery and keys"),
        (Self::MastodonStatuses, "Mastodon: create a status"),
        (Self::MastodonStatus, "Mastodon: read or delete a status"),
        (Self::MastodonMedia, "Mastodon: media"),
        (Self::MastodonApps, "Mastodon: register"),
        (Self::MastodonToken, "Mastodon: token"),
        (Self::MastodonRevoke, "Mastodon: revoke"),
        (Self::MastodonAccount, "Mastodon: account"),
        (Self::MastodonInstance, "Mastodon: instance"),
        (Self::BlueskyCreate, "Bluesky: create or replace a record"),
        (Self::BlueskyRead, "Bluesky: read a record"),
        (Self::BlueskyDelete, "Bluesky: delete a record"),
        (Self::BlueskyBlob, "Bluesky: upload a picture"),
        (Self::BlueskySession, "Bluesky: sign in"),
        (Self::BlueskyRefresh, "Bluesky: refresh"),
        (Self::Videos, "YouTube feeds"),
        (Self::Feeds, "Other feeds"),
        (Self::Hub, "Hub: subscribe"),
        (Self::HubVerification, "Hub: its verification"),
        (Self::HubDelivery, "Hub: its delivery"),
        (Self::IdentityAuthorize, "Identity provider: sign in"),
        (Self::IdentityToken, "Identity provider: token"),
        (Self::IdentityUserInfo, "Identity provider: userinfo and groups"),
        (Self::IdentityKeys, "Identity provider: description and keys"),
        (Self::Pictures, "Pictures"),
        (Self::Mail, "Mail (SMTP)"),
    ];

    /// In words for people.
    pub(crate) fn words(self) -> &'static str {
        Self::ALL.iter().find(|(endpoint, _)| *endpoint == self).map_or("", |(_, words)| words)
    }

    /// The group that a call belongs to.
    pub(crate) fn of(method: &Method, uri: &Uri) -> Option<Self> {
        let path = uri.path();
        let path = path.strip_prefix("/moved").unwrap_or(path);
        let finalizes = uri.query().is_some_and(|query| query.contains("finalizeUpload"));
        let path = ["/mastodon", "/bluesky"].iter().find_map(|base| path.strip_prefix(base)).unwrap_or(path);
        let posted = method == Method::POST;
        Some(match path {
            "/oauth/v2/authorization" => Self::Authorize,
            "/rest/videos" if posted && finalizes => Self::VideoFinalize,
            "/rest/videos" if posted => Self::VideoInitialize,
            "/oauth/v2/accessToken" => Self::Token,
            "/oauth/v2/introspectToken" => Self::Introspect,
            "/oauth/v2/revoke" => Self::Revoke,
            "/v2/userinfo" => Self::UserInfo,
            "/rest/images" if posted => Self::ImageInitialize,
            "/rest/images" => Self::ImageRead,
            "/rest/posts" | "/v2/ugcPosts" if posted => Self::Posts,
            "/rest/posts" => Self::Post,
            "/oauth/.well-known/openid-configuration" | "/oauth/openid/jwks" => Self::Discovery,
            "/api/v1/apps" => Self::MastodonApps,
            "/oauth/token" => Self::MastodonToken,
            "/oauth/revoke" => Self::MastodonRevoke,
            "/api/v1/accounts/verify_credentials" => Self::MastodonAccount,
            "/api/v2/instance" => Self::MastodonInstance,
            "/api/v1/statuses" => Self::MastodonStatuses,
            "/api/v2/media" => Self::MastodonMedia,
            "/xrpc/com.atproto.server.createSession" => Self::BlueskySession,
            "/xrpc/com.atproto.server.refreshSession" => Self::BlueskyRefresh,
            "/xrpc/com.atproto.repo.uploadBlob" => Self::BlueskyBlob,
            "/xrpc/com.atproto.repo.createRecord" | "/xrpc/com.atproto.repo.putRecord" => Self::BlueskyCreate,
            "/xrpc/com.atproto.repo.getRecord" => Self::BlueskyRead,
            "/xrpc/com.atproto.repo.deleteRecord" => Self::BlueskyDelete,
            _ if path.starts_with("/idp/") => match path.rsplit('/').next() {
                Some("authorize") => Self::IdentityAuthorize,
                Some("token") => Self::IdentityToken,
                Some("keys" | "openid-configuration") => Self::IdentityKeys,
                _ => Self::IdentityUserInfo,
            },
            _ if path.starts_with("/api/v1/statuses/") => Self::MastodonStatus,
            _ if path.starts_with("/api/v1/media/") => Self::MastodonMedia,
            _ if path.starts_with("/dms-uploads/") && path.contains("/uploaded-video/") => Self::VideoUpload,
            _ if path.starts_with("/dms-uploads/") => Self::ImageUpload,
            _ if path.starts_with("/rest/images/") => Self::ImageRead,
            _ if path.starts_with("/rest/videos/") => Self::VideoRead,
            _ if path.starts_with("/rest/posts/") => Self::Post,
            "/hub" | "/hub/subscribe" if posted => Self::Hub,
            "/feeds/videos.xml" => Self::Videos,
            _ if !posted && (path.starts_with("/feeds/") || path.starts_with("/real/")) => Self::Feeds,
            _ if path.starts_with("/pictures/") || path.starts_with("/ytimg/") => Self::Pictures,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_recognised_by_their_path() {
        for (method, path, endpoint) in [
            (Method::GET, "/feeds/videos.xml", Some(Endpoint::Videos)),
            (Method::GET, "/moved/feeds/videos.xml", Some(Endpoint::Videos)),
            (Method::GET, "/feeds/nieuws.xml", Some(Endpoint::Feeds)),
            (Method::POST, "/feeds/nieuws/publish", None),
            (Method::POST, "/hub", Some(Endpoint::Hub)),
            (Method::POST, "/moved/hub", Some(Endpoint::Hub)),
            (Method::GET, "/hub", None),
            (Method::POST, "/mastodon/api/v1/statuses", Some(Endpoint::MastodonStatuses)),
            (Method::GET, "/api/v1/statuses/1", Some(Endpoint::MastodonStatus)),
            (Method::POST, "/bluesky/xrpc/com.atproto.repo.putRecord", Some(Endpoint::BlueskyCreate)),
            (Method::GET, "/idp/google/keys", Some(Endpoint::IdentityKeys)),
            (Method::GET, "/idp/google/.well-known/openid-configuration", Some(Endpoint::IdentityKeys)),
            (Method::POST, "/idp/okta/oauth2/default/token", Some(Endpoint::IdentityToken)),
            (Method::POST, "/idp/google/authorize", Some(Endpoint::IdentityAuthorize)),
            (Method::POST, "/idp/entra/graph/users/1/getMemberObjects", Some(Endpoint::IdentityUserInfo)),
            (Method::GET, "/switches", None),
        ] {
            assert_eq!(Endpoint::of(&method, &path.parse().unwrap()), endpoint, "{method} {path}");
        }
    }
}
