//! What a sandbox is told at its start: who may sign in, which application is registered, and the figures and open
//! questions of the imitated LinkedIn, each with the default that its documentation or its clients report.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::{DateTime, Duration, Utc};
use url::{Host, Url};

use crate::versions::{self, Version};
use crate::{Allowance, Clock, Questions, TextLimits};

/// Everything a sandbox can be told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The time of the sandbox.
    pub clock: Clock,
    /// The one registered application.
    pub client: Client,
    /// The people who can sign in, numbered from 1 in this order.
    pub members: Vec<Member>,
    /// Figures and switches; tests may change them while the sandbox runs.
    pub rules: Rules,
    /// The address under which browsers and Klaroen reach the sandbox; `http://` + the listening address if absent.
    pub base_url: Option<String>,
    /// A folder of real feed files, served under `/real`.
    pub real_feeds: Option<PathBuf>,
    /// The instant from which the sample news counts back; the start of the sandbox, cut to the hour, if absent.
    pub news_from: Option<DateTime<Utc>>,
    /// Where the mail catcher listens; a free port of the loopback address if absent.
    pub smtp: Option<SocketAddr>,
    /// Makes every token, code, URN and fault by chance reproducible.
    pub seed: Option<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clock: Clock::system(),
            client: Client::default(),
            members: (1..=60).map(Member::practice).collect(),
            rules: Rules::default(),
            base_url: None,
            real_feeds: None,
            news_from: None,
            smtp: None,
            seed: None,
        }
    }
}

/// An application registered at the practice LinkedIn.
#[derive(Clone, Debug)]
pub struct Client {
    /// The public id.
    pub id: String,
    /// The secret, sent in the body of token requests.
    pub secret: String,
    /// The name on the consent page.
    pub name: String,
    /// Redirect addresses that must match exactly (a query is ignored, as at LinkedIn).
    pub redirect_uris: Vec<String>,
    /// A path that is accepted on any port of a loopback host, so that demo and tests need no fixed port.
    pub loopback_path: Option<String>,
    /// Scopes of the products that the application has.
    pub scopes: Vec<String>,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            id: "klaroen-demo".into(),
            secret: "klaroen-demo-secret".into(),
            name: "Klaroen".into(),
            redirect_uris: Vec::new(),
            loopback_path: Some("/api/connections/linkedin/callback".into()),
            scopes: ["openid", "profile", "email", "w_member_social"].map(String::from).to_vec(),
        }
    }
}

impl Client {
    pub(crate) fn accepts_redirect(&self, asked: &str) -> bool {
        let Ok(mut url) = Url::parse(asked) else { return false };
        if url.fragment().is_some() {
            return false;
        }
        url.set_query(None);
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        let by_path = loopback && self.loopback_path.as_ref().is_some_and(|path| url.path().ends_with(path.as_str()));
        by_path || self.redirect_uris.iter().any(|registered| registered == url.as_str())
    }
}

/// A person of the practice LinkedIn.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name on the posts.
    pub name: String,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// The address that the scope `email` reveals.
    pub email: String,
}

impl Member {
    /// "Member 001" and so on.
    #[must_use]
    pub fn practice(number: u32) -> Self {
        Self::named("Member", &format!("{number:03}"), &format!("member.{number:03}@example.com"))
    }

    /// A member with a name of the caller's choice.
    #[must_use]
    pub fn named(given_name: &str, family_name: &str, email: &str) -> Self {
        Self {
            name: format!("{given_name} {family_name}"),
            given_name: given_name.into(),
            family_name: family_name.into(),
            email: email.into(),
        }
    }
}

/// Figures and open questions of the imitated LinkedIn.
#[derive(Clone, Debug)]
pub struct Rules {
    /// How long an equal post of the same author is refused.
    pub duplicate_window: Duration,
    /// Calls to the posts resource per member and UTC day.
    pub member_calls_per_day: u32,
    /// Calls to the posts resource per application and UTC day.
    pub app_calls_per_day: u32,
    /// How long an access token lives.
    pub token_lifetime: Duration,
    /// How long a fresh access token still answers 401.
    pub fresh_token_refused: Duration,
    /// Whether text is cut at the first stray reserved character; otherwise it is kept as it is.
    pub stray_cuts: bool,
    /// Whether a live grant with the same scopes skips the consent page for a browser that is signed in. Off by
    /// default, because a demo signs several people in from one browser.
    pub skip_consent: bool,
    /// Active versions of the API with the day from which each is gone.
    pub versions: Vec<Version>,
    /// The most characters of the title of a link card; zero is no limit.
    pub article_title: usize,
    /// The most characters of the description of a link card; zero is no limit.
    pub article_description: usize,
    /// How long LinkedIn processes a finished video.
    pub video_takes: Duration,
    /// Calls that a Mastodon account has.
    pub mastodon_calls: Allowance,
    /// How long a Mastodon status may be.
    pub mastodon_text: TextLimits,
    /// How long Mastodon processes a picture; until then the upload is answered with 202.
    pub mastodon_media_takes: Duration,
    /// How long Mastodon answers an idempotency key with the status that it made.
    pub mastodon_key_kept: Duration,
    /// Sign-ins that a Bluesky account has: in five minutes, and in a day.
    pub bluesky_sign_ins: [Allowance; 2],
    /// Points for writes that a Bluesky account has: in an hour, in a day. Creating costs 3, changing 2, deleting 1.
    pub bluesky_points: [Allowance; 2],
    /// How long a Bluesky access token lives.
    pub bluesky_access_lifetime: Duration,
    /// The largest picture that Bluesky takes, in bytes.
    pub bluesky_blob_bytes: usize,
    /// How long after its 202 the hub asks a subscriber whether it meant it.
    pub hub_verification_after: Duration,
    /// The longest lease that the hub grants.
    pub hub_longest_lease: Duration,
    /// How many groups a token of the identity provider can hold; of more it tells only where to ask.
    pub identity_groups: usize,
    /// What the networks do where nobody promises anything.
    pub questions: Questions,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            duplicate_window: Duration::minutes(10),
            member_calls_per_day: 150,
            app_calls_per_day: 100_000,
            token_lifetime: Duration::seconds(5_184_000),
            fresh_token_refused: Duration::zero(),
            stray_cuts: true,
            skip_consent: false,
            versions: versions::known(),
            article_title: 0,
            article_description: 0,
            video_takes: Duration::zero(),
            mastodon_calls: Allowance::new(300, 300),
            mastodon_text: TextLimits::default(),
            mastodon_media_takes: Duration::zero(),
            mastodon_key_kept: Duration::hours(1),
            bluesky_sign_ins: [Allowance::new(30, 300), Allowance::new(300, 86_400)],
            bluesky_points: [Allowance::new(5_000, 3_600), Allowance::new(35_000, 86_400)],
            bluesky_access_lifetime: Duration::hours(2),
            bluesky_blob_bytes: 1_000_000,
            hub_verification_after: Duration::zero(),
            hub_longest_lease: Duration::seconds(432_000),
            identity_groups: 200,
            questions: Questions::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_registered_redirects_are_accepted() {
        let client = Client { redirect_uris: vec!["https://klaroen.example/cb".into()], ..Client::default() };
        for good in [
            "http://127.0.0.1:4711/api/connections/linkedin/callback",
            "http://localhost/api/connections/linkedin/callback",
            "http://[::1]:9/api/connections/linkedin/callback",
            "https://klaroen.example/cb",
            "https://klaroen.example/cb?x=1",
        ] {
            assert!(client.accepts_redirect(good), "{good}");
        }
        for bad in [
            "http://evil.example/api/connections/linkedin/callback",
            "http://127.0.0.1.evil.example/api/connections/linkedin/callback",
            "http://127.0.0.1:4711/other",
            "http://127.0.0.1:4711/api/connections/linkedin/callback#x",
            "https://klaroen.example/cb/more",
            "/api/connections/linkedin/callback",
            "",
        ] {
            assert!(!client.accepts_redirect(bad), "{bad}");
        }
    }
}
