//! Who asks for a short link: a person whose click counts, or one of the programs that fetch every link they see.

use std::{net::IpAddr, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};

/// Who asks, judged from the request alone and forgotten at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor<'a> {
    /// A person: counts, once in half an hour.
    Person {
        /// Of the client.
        address: IpAddr,
        /// As the browser says it.
        agent: &'a str,
    },
    /// A preview, a scanner, a crawler, a prefetch: led on without counting.
    Machine,
}

/// Words in the names of programs that fetch links without anyone having clicked. The first is a make of telephones that
/// one of the others would find.
const WORDS: [&str; 57] = [
    "cubot",
    "bot",
    "crawl",
    "spider",
    "preview",
    "scan",
    "scrap",
    "fetch",
    "proxy",
    "monitor",
    "uptime",
    "headless",
    "phantomjs",
    "playwright",
    "selenium",
    "electron/",
    "synthetic",
    "pingdom",
    "gtmetrix",
    "ptst/",
    "lighthouse",
    "inspector",
    "favicon",
    "archiv",
    "agent",
    "verif",
    "slurp",
    "mediapartners",
    "google-read-aloud",
    "google-pagerenderer",
    "playstore-google",
    "facebookexternalhit",
    "whatsapp",
    "skypeuri",
    "embedly",
    "outbrain",
    "proofpoint",
    "barracuda",
    "python",
    "http",
    "www.",
    "@",
    "compatible;",
    "-user/",
    ".com",
    "datanyze",
    "dareboost",
    "feeder.co",
    "finder",
    "hardenize",
    "hotjar",
    "linktiger",
    "marketgoo",
    "securityheaders",
    "silktide",
    "testlocally",
    "watchtowr",
];

static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let names = AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst).build(WORDS);
    names.expect("words that are fixed")
});

impl<'a> Visitor<'a> {
    /// Tells a click from a machine. `method` and the values of `User-Agent` and of each `Purpose`, `Sec-Purpose`,
    /// `X-Purpose` and `X-Moz`; a request that does not say what it is counts as a machine.
    #[must_use]
    pub fn of<'p>(
        method: &str,
        agent: Option<&'a str>,
        purposes: impl IntoIterator<Item = &'p str>,
        address: IpAddr,
    ) -> Self {
        let is_ahead = |purpose: String| purpose.contains("prefetch") || purpose.contains("preview");
        let fetched_ahead = purposes.into_iter().any(|purpose| is_ahead(purpose.to_lowercase()));
        match agent {
            Some(agent) if method == "GET" && !fetched_ahead && is_browser(agent) => Self::Person { address, agent },
            _ => Self::Machine,
        }
    }
}

/// Every browser of these days, in apps too, begins like this and names one of two engines.
fn is_browser(agent: &str) -> bool {
    agent.starts_with("Mozilla/5.0 (")
        && (agent.contains("AppleWebKit/") || agent.contains("Gecko/"))
        && NAMES.find_iter(agent).all(|found| found.pattern().as_usize() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROWSER: &str =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn counts(method: &str, agent: &str, purposes: &[&str]) -> bool {
        Visitor::of(method, Some(agent), purposes.iter().copied(), ADDRESS) != Visitor::Machine
    }

    #[test]
    fn g9_a_person_counts_and_a_machine_does_not() {
        for (agent, expected) in [
            (BROWSER, true),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36 [LinkedInApp]",
                true,
            ),
            ("Mozilla/5.0 (Linux; Android 11; CUBOT X30) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", true),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", true),
            ("Mozilla/5.0 (Linux; Android 11; CUBOT X30) AppleWebKit/537.36 Chrome/131.0 Googlebot/2.1", false),
            ("LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)", false),
            ("facebookexternalhit/1.1", false),
            ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", false),
            ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", false),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 SkypeUriPreview Preview/0.5", false),
            ("WhatsApp/2.23.20.0", false),
            ("curl/8.5.0", false),
            ("python-requests/2.32", false),
            ("", false),
        ] {
            assert_eq!(counts("GET", agent, &[]), expected, "{agent}");
        }
        assert_eq!(Visitor::of("GET", None, [], ADDRESS), Visitor::Machine);
        assert!(!counts("HEAD", BROWSER, &[]));
        assert!(!counts("GET", BROWSER, &["Prefetch;prerender"]));
        assert!(!counts("GET", BROWSER, &["navigate", "preview"]), "each of them counts");
        assert!(counts("GET", BROWSER, &["navigate"]));
    }
}
