//! The address of a status, which is its name here: what an instance says, and what a person pastes. Pure.

use serde_json::Value;
use url::Url;

/// What stands before the name in addresses of the same status in Mastodon's own pages.
const VIEWS: [&str; 2] = ["deck", "web"];

/// Where a new status is, as the instance's answer says; only addresses of the web.
pub(super) fn of_status(status: &Value) -> Option<String> {
    let address = status["url"].as_str().or_else(|| status["uri"].as_str())?;
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    Some(one_spelling(&url).unwrap_or_else(|| url.into()))
}

/// The status that a pasted address shows: `https://example.social/@name/1...`, at the person's own instance where that is
/// known.
#[must_use]
pub(super) fn urn_of_address(address: &str, instance: Option<&str>) -> Option<String> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let named = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let is_plain = url.username().is_empty() && url.password().is_none();
    if !is_plain || instance.is_some_and(|instance| named != instance) {
        return None;
    }
    one_spelling(&url)
}

/// True for the address of a status at an instance that has its host to itself and speaks https.
pub(super) fn is_at_an_instance(urn: &str) -> bool {
    Url::parse(urn).is_ok_and(|url| {
        let is_host = url.scheme() == "https" && url.port().is_none() && url.domain().is_some();
        is_host && url.path_segments().is_some_and(|parts| parts.count() == 2)
    })
}

/// One status, one address: names are not case-sensitive, and none of its views is another status. None: no status.
fn one_spelling(url: &Url) -> Option<String> {
    let mut parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    let (id, name) = (parts.pop()?, parts.pop()?);
    let is_status = name.strip_prefix('@').is_some_and(|name| !name.is_empty() && !name.contains('@'));
    let is_id = (1..=40).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_status || !is_id {
        return None;
    }
    let before = parts.into_iter().filter(|part| !VIEWS.contains(part)).map(|part| format!("/{part}"));
    let path = format!("{}/{}/{id}", before.collect::<String>(), name.to_lowercase());
    let mut url = url.clone();
    url.set_path(&path);
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
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
            assert_eq!(urn_of_address(good, Some("example.social")).as_deref(), Some(urn));
        }
        assert!(urn_of_address("http://127.0.0.1:9/mastodon/@member001/1", Some("127.0.0.1:9")).is_some());
        for bad in [
            "https://other.social/@name/1",
            "https://example.social/@name",
            "https://example.social/@name@other.social/1",
            "https://example.social/about/1",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(urn_of_address(bad, Some("example.social")), None, "{bad}");
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
    fn without_an_account_any_instance_is_taken_and_every_view_has_one_spelling() {
        let urn = "https://example.social/@name/115000000000000001";
        for view in [
            urn,
            "https://EXAMPLE.social/@Name/115000000000000001/",
            "https://example.social/deck/@name/115000000000000001?x=1#y",
            "https://example.social/web/@name/115000000000000001",
        ] {
            let found = urn_of_address(view, None);
            assert_eq!(found.as_deref(), Some(urn), "{view}");
            assert_eq!(of_status(&json!({ "url": view.trim_end_matches('/') })).as_deref(), Some(urn), "{view}");
        }
        assert!(is_at_an_instance(urn));
        for elsewhere in [
            "http://example.social/@name/1",
            "https://example.social:8443/@name/1",
            "https://127.0.0.1/@name/1",
            "https://example.social/a/page/@name/1",
        ] {
            assert!(!urn_of_address(elsewhere, None).is_some_and(|urn| is_at_an_instance(&urn)), "{elsewhere}");
        }
        assert_eq!(urn_of_address("https://me:secret@example.social/@name/1", None), None);
    }

    #[test]
    fn only_addresses_of_the_web_are_believed() {
        assert_eq!(of_status(&json!({ "url": "https://a.nl/@b/1" })).as_deref(), Some("https://a.nl/@b/1"));
        for bad in [json!({}), json!({ "url": "javascript:alert(1)" }), json!({ "url": null }), json!([])] {
            assert_eq!(of_status(&bad), None, "{bad}");
        }
    }
}
