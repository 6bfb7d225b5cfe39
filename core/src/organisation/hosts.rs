//! The hosts that links may lead to (gate F10). Pure but for the one read.

use url::{Host, Url};

use crate::{Error, Result, db::Tx, sql};

/// Most hosts on the list.
const MOST: usize = 200;

/// The approved hosts; none: every one is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkHosts(Vec<Rule>);

/// One line of the list, in the spelling of addresses: lower case, other alphabets as `xn--`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    host: String,
    /// Every host below it, and not itself.
    below: bool,
}

impl Rule {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (below, name) = text.strip_prefix("*.").map_or((false, text), |name| (true, name));
        let host = Host::parse(name.trim_end_matches('.')).ok()?.to_string();
        let is_name = !name.contains(['*', '%']) && host.contains(['.', ':']);
        (is_name && !(below && Url::parse(&format!("https://{host}")).is_ok_and(|url| url.domain().is_none())))
            .then_some(Self { host, below })
    }

    fn has(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.');
        match host.strip_suffix(self.host.as_str()) {
            Some("") => !self.below,
            Some(start) => self.below && start.ends_with('.'),
            None => false,
        }
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.below { "*." } else { "" }, self.host)
    }
}

impl From<LinkHosts> for Vec<String> {
    fn from(hosts: LinkHosts) -> Self {
        hosts.0.iter().map(Rule::to_string).collect()
    }
}

impl LinkHosts {
    /// Reads what an admin wrote; a host that is named twice is on the list once.
    ///
    /// # Errors
    /// `host.invalid` with the place of the line.
    pub fn parse(lines: &[String]) -> Result<Self> {
        if lines.len() > MOST {
            let words = format!("The list has {MOST} hosts at most.");
            return Err(Error::invalid("/link_hosts", "hosts.too_many", words));
        }
        let mut rules = vec![];
        for (nth, line) in lines.iter().enumerate() {
            let Some(rule) = Rule::parse(line) else {
                let words = format!("\"{line}\" is no host. Write it as in example.com or *.example.com.");
                return Err(Error::invalid(format!("/link_hosts/{nth}"), "host.invalid", words));
            };
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        Ok(Self(rules))
    }

    /// The list of today.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(tx: &mut Tx) -> Result<Self> {
        let (stored,): (String,) = sql!(tx, fetch_one, "select link_hosts from organisation where id = 1")?;
        Self::from_stored(&stored)
    }

    pub(super) fn from_stored(json: &str) -> Result<Self> {
        let lines: Vec<String> = serde_json::from_str(json).map_err(Error::internal)?;
        Self::parse(&lines)
    }

    pub(super) fn to_stored(&self) -> String {
        serde_json::json!(Vec::from(self.clone())).to_string()
    }

    /// True when a link may lead to this address.
    #[must_use]
    pub fn allow(&self, address: &str) -> bool {
        self.0.is_empty() || host(address).is_some_and(|host| self.0.iter().any(|rule| rule.has(&host)))
    }

    /// Insists that the link of a post may lead to this address.
    ///
    /// # Errors
    /// `link.host_not_approved` at `/link`, which names the host and who can add it.
    pub fn insist(&self, address: &str) -> Result<()> {
        if self.allow(address) {
            return Ok(());
        }
        let host = host(address).unwrap_or_default();
        let words = format!(
            "Links to \"{host}\" are not approved in your organisation. An admin can add the host at Organisation, under Approved sites."
        );
        Err(Error::invalid("/link", "link.host_not_approved", words))
    }
}

fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[&str]) -> Result<LinkHosts> {
        LinkHosts::parse(&lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn f10_a_link_leads_to_hosts_on_the_list_only() {
        let hosts = list(&["example.com", "*.acme.nl", "Bücher.example", "127.0.0.1", "[::1]"]).unwrap();
        for (address, allowed) in [
            ("https://example.com/a?b#c", true),
            ("https://EXAMPLE.com:8443/", true),
            ("https://example.com./", true),
            ("https://www.example.com/", false),
            ("https://evilexample.com/", false),
            ("https://example.com.evil.net/", false),
            ("https://example.com@evil.net/", false),
            ("https://evil.net/?https://example.com", false),
            ("https://evil.net\\@example.com/", false),
            ("https://www.acme.nl/", true),
            ("https://a.b.acme.nl/", true),
            ("https://acme.nl/", false),
            ("https://notacme.nl/", false),
            ("https://bücher.example/", true),
            ("https://xn--bcher-kva.example/", true),
            ("http://127.0.0.1:8090/feeds", true),
            ("http://2130706433/", true),
            ("https://[::1]/", true),
            ("//example.com/", false),
            ("javascript:alert(1)//example.com", false),
            ("", false),
        ] {
            assert_eq!(hosts.allow(address), allowed, "{address}");
        }
        assert!(LinkHosts::default().allow("https://anywhere.example/"));
    }

    #[test]
    fn a_line_that_is_no_host_is_refused_with_its_place() {
        for bad in [
            "",
            " ",
            "https://example.com",
            "example.com/a",
            "example.com:8443",
            "*",
            "*.",
            "*.nl",
            "a.*.nl",
            "*.127.0.0.1",
            "ex ample.com",
            "localhost",
        ] {
            let Err(Error::Invalid(faults)) = list(&["example.com", bad]) else { panic!("{bad}") };
            assert_eq!((faults[0].pointer.as_ref(), faults[0].code), ("/link_hosts/1", "host.invalid"), "{bad}");
        }
    }

    #[test]
    fn a_list_reads_back_as_addresses_spell_it() {
        let hosts = list(&[" Example.COM ", "*.Acme.nl", "example.com", "bücher.example"]).unwrap();
        assert_eq!(Vec::from(hosts.clone()), ["example.com", "*.acme.nl", "xn--bcher-kva.example"]);
        assert_eq!(LinkHosts::from_stored(&hosts.to_stored()).unwrap(), hosts);
    }

    #[test]
    fn the_refusal_names_the_host_and_who_can_add_it() {
        let error = list(&["example.com"]).unwrap().insist("https://evil.net/a").unwrap_err();
        assert!(error.to_string().starts_with("Links to \"evil.net\" are not approved"), "{error}");
    }
}
