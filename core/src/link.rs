//! Short links: `/s/{code}` counts a click and leads on. All that is kept of a click is that it happened on that day;
//! who clicked, from where and with what is never stored.

mod follow;

use chrono::NaiveDate;
use url::Url;

pub use self::follow::Links;
use crate::{Error, Result, config::Config, db::Tx, id::PostId, secret, sql};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 8;

/// A short link: the public part of its address and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    /// Eight letters and digits.
    pub code: String,
    /// Fixed when the link was made.
    pub target: String,
}

/// Who asks for a short link, judged from the request alone and forgotten at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    /// A person who clicked: counts.
    Person,
    /// A preview, a scanner, a crawler, a prefetch: led on without counting.
    Machine,
}

/// Words in the names of programs that fetch links without anyone having clicked (lower case).
const MACHINES: [&str; 45] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "facebookexternalhit",
    "facebookcatalog",
    "meta-external",
    "embedly",
    "quora link",
    "outbrain",
    "pinterest/",
    "vkshare",
    "w3c_validator",
    "whatsapp",
    "skypeuri",
    "nuzzel",
    "bitlybot",
    "google-read-aloud",
    "google-pagerenderer",
    "mediapartners",
    "feedfetcher",
    "apis-google",
    "adsbot",
    "lighthouse",
    "headlesschrome",
    "phantomjs",
    "python",
    "curl/",
    "wget",
    "libwww",
    "java/",
    "okhttp",
    "go-http-client",
    "node-fetch",
    "axios",
    "ruby",
    "perl",
    "php/",
    "httpclient",
    "scanner",
    "monitor",
    "uptime",
    "proofpoint",
    "barracuda",
];

impl Visitor {
    /// Tells a click from a machine. `method` and the values of `User-Agent` and `Purpose`/`Sec-Purpose`/`X-Moz`;
    /// a request that does not say what it is counts as a machine.
    #[must_use]
    pub fn of(method: &str, user_agent: Option<&str>, purpose: Option<&str>) -> Self {
        let agent = user_agent.unwrap_or_default().to_lowercase();
        let purpose = purpose.unwrap_or_default().to_lowercase();
        let fetched_ahead = purpose.contains("prefetch") || purpose.contains("preview");
        let is_machine = agent.is_empty() || MACHINES.iter().any(|word| agent.contains(word));
        if method == "GET" && !fetched_ahead && !is_machine { Self::Person } else { Self::Machine }
    }
}

/// Where a link with this code is; the code is as long as any other.
#[must_use]
pub fn address(origin: &str, code: &str) -> String {
    format!("{origin}/s/{code}")
}

/// An address of the length that every counting link has.
#[must_use]
pub fn sample_address(origin: &str) -> String {
    address(origin, &"x".repeat(LENGTH))
}

impl Link {
    /// Makes a link for one share of a post.
    ///
    /// # Errors
    /// `link.not_https` when the target is neither https nor a host that the operator allowed by name.
    pub async fn create(tx: &mut Tx, config: &Config, post: PostId, target: &str) -> Result<Self> {
        if !is_allowed_target(config, target) {
            return Err(Error::refused(
                "link.not_https",
                "A counting link leads to addresses that begin with https:// only.",
            ));
        }
        loop {
            let link = Self { code: new_code(), target: target.to_owned() };
            let made = sql!(
                tx,
                execute,
                "insert into links (code, post_id, target, created_at) values ($1, $2, $3, $4) on conflict (code) do nothing",
                &link.code,
                post,
                &link.target,
                tx.now
            )?;
            if made == 1 {
                return Ok(link);
            }
        }
    }

    /// Where a code leads.
    ///
    /// # Errors
    /// When there is no such link.
    pub async fn get(tx: &mut Tx, code: &str) -> Result<Self> {
        Ok(sql!(tx, fetch_one, "select code, target from links where code = $1", code)?)
    }

    /// Counts clicks of this day; a link that is gone has none.
    async fn count(tx: &mut Tx, code: &str, clicks: i64) -> Result<()> {
        sql!(
            tx,
            execute,
            "insert into link_days (code, day, clicks) select code, $2, $3 from links where code = $1 \
             on conflict (code, day) do update set clicks = link_days.clicks + excluded.clicks",
            code,
            tx.now.date_naive(),
            clicks
        )?;
        Ok(())
    }

    /// Clicks per day (UTC), oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn days(tx: &mut Tx, code: &str) -> Result<Vec<(NaiveDate, i64)>> {
        Ok(sql!(tx, fetch_all, "select day, clicks from link_days where code = $1 order by day", code)?)
    }
}

/// True for https, and for hosts that the operator allowed by name.
#[must_use]
pub fn is_allowed_target(config: &Config, target: &str) -> bool {
    Url::parse(target).is_ok_and(|url| {
        let named = url.host_str().is_some() && url.username().is_empty() && url.password().is_none();
        named && (url.scheme() == "https" || (url.scheme() == "http" && config.allows(&url)))
    })
}

/// Every code is equally likely: bytes that would favour some letters are drawn again.
fn new_code() -> String {
    let mut code = String::with_capacity(LENGTH);
    while code.len() < LENGTH {
        for byte in secret::random::<16>() {
            if code.len() < LENGTH && byte < 248 {
                code.push(char::from(ALPHABET[usize::from(byte % 62)]));
            }
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROWSER: &str =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";

    #[test]
    fn g9_a_person_counts_and_a_machine_does_not() {
        assert_eq!(Visitor::of("GET", Some(BROWSER), None), Visitor::Person);
        let in_app =
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36 [LinkedInApp]";
        assert_eq!(Visitor::of("GET", Some(in_app), None), Visitor::Person);
        for agent in [
            "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
            "facebookexternalhit/1.1",
            "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 SkypeUriPreview Preview/0.5",
            "WhatsApp/2.23.20.0",
            "curl/8.5.0",
            "python-requests/2.32",
            "",
        ] {
            assert_eq!(Visitor::of("GET", Some(agent), None), Visitor::Machine, "{agent}");
        }
        assert_eq!(Visitor::of("GET", None, None), Visitor::Machine);
        assert_eq!(Visitor::of("HEAD", Some(BROWSER), None), Visitor::Machine);
        assert_eq!(Visitor::of("GET", Some(BROWSER), Some("prefetch;prerender")), Visitor::Machine);
    }

    #[test]
    fn codes_are_eight_letters_and_digits_and_do_not_repeat() {
        let codes: std::collections::HashSet<String> = (0..10_000).map(|_| new_code()).collect();
        assert_eq!(codes.len(), 10_000);
        assert!(codes.iter().all(|code| code.len() == 8 && code.bytes().all(|b| b.is_ascii_alphanumeric())));
        let seen: std::collections::HashSet<char> = codes.iter().flat_map(|code| code.chars()).collect();
        assert_eq!(seen.len(), 62);
    }
}
