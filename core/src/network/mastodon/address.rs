//! The address of a status, which is its name here: what an instance says, and what a person pastes. Pure.

use serde_json::Value;
use url::Url;

/// Where a new status is, as the instance's answer says; only addresses of the web.
pub(super) fn of_status(status: &Value) -> Option<String> {
    let address = status["url"].as_str().or_else(|| status["uri"].as_str())?;
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    Some(url.into())
}

/// The status that a pasted address shows: `https://example.social/@name/1...` at the person's own instance.
#[must_use]
pub fn urn_of_address(address: &str, instance: &str) -> Option<String> {
    let mut url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let named = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let mut parts = url.path_segments()?.rev().skip_while(|part| part.is_empty());
    let (id, name) = (parts.next()?, parts.next()?);
    let is_status = name.strip_prefix('@').is_some_and(|name| !name.is_empty() && !name.contains('@'));
    let is_id = (1..=40).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    if named != instance || !is_status || !is_id {
        return None;
    }
    url.set_query(None);
    url.set_fragment(None);
    Some(String::from(url).trim_end_matches('/').to_owned())
}

/// The id of a status in its address, where the address has the form that Mastodon gives it.
#[must_use]
pub fn id_of(urn: &str) -> Option<&str> {
    let (page, id) = urn.rsplit_once('/')?;
    let is_status = page.rsplit_once("/@").is_some_and(|(_, name)| !name.is_empty() && !name.contains('/'));
    let is_id = (1..=40).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_status && is_id).then_some(id)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_pasted_address_names_its_status() {
        let urn = "https://example.social/@name/115000000000000001";
        for good in [urn, &format!(" {urn}/?x=1#y")] {
            assert_eq!(urn_of_address(good, "example.social").as_deref(), Some(urn));
        }
        assert!(urn_of_address("http://127.0.0.1:9/mastodon/@member001/1", "127.0.0.1:9").is_some());
        for bad in [
            "https://other.social/@name/1",
            "https://example.social/@name",
            "https://example.social/@name@other.social/1",
            "https://example.social/about/1",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(urn_of_address(bad, "example.social"), None, "{bad}");
        }
    }

    #[test]
    fn a_status_has_its_id_in_its_address_or_none_that_we_know() {
        assert_eq!(id_of("https://example.social/@name/115"), Some("115"));
        for other in
            ["https://example.social/notice/115", "https://example.social/@name", "https://a.nl/@b/", "115", ""]
        {
            assert_eq!(id_of(other), None, "{other}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_believed() {
        assert_eq!(of_status(&json!({ "url": "https://a.nl/@b/1" })).as_deref(), Some("https://a.nl/@b/1"));
        for bad in [json!({}), json!({ "url": "javascript:alert(1)" }), json!({ "url": null }), json!([])] {
            assert_eq!(of_status(&bad), None, "{bad}");
        }
    }
}
