//! Videos at YouTube by their one address. Pure.

use url::Url;

/// Hosts on which YouTube shows videos, without `www.` and `m.`.
const HOSTS: [&str; 3] = ["youtube.com", "music.youtube.com", "youtube-nocookie.com"];
/// Paths below which the id of a video stands.
const PATHS: [&str; 4] = ["shorts", "live", "embed", "v"];

/// The one address of the video that a link leads to; none: it leads to no video at YouTube.
#[must_use]
pub fn watch_address(link: &str) -> Option<String> {
    let url = Url::parse(link.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let host = ["www.", "m."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host);
    let mut path = url.path_segments()?;
    let id = match (host, path.next()?) {
        ("youtu.be", id) => id.to_owned(),
        (host, "watch") if HOSTS.contains(&host) => {
            url.query_pairs().find(|(name, _)| name == "v").map(|(_, id)| id.into_owned())?
        }
        (host, kind) if HOSTS.contains(&host) && PATHS.contains(&kind) => path.next()?.to_owned(),
        _ => return None,
    };
    let is_id = id.len() == 11 && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    is_id.then(|| format!("https://www.youtube.com/watch?v={id}"))
}

/// True when a feed is one of YouTube's own.
#[must_use]
pub fn is_feed(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.host_str() == Some("www.youtube.com") && url.path() == "/feeds/videos.xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Vector {
        link: String,
        watch: Option<String>,
    }

    /// The web app counts the length of a link by the same vectors.
    #[test]
    fn every_way_to_a_video_is_one_address_and_all_else_stays_as_it_is() {
        let vectors: Vec<Vector> = serde_json::from_str(include_str!("../../tests-data/videos.json")).unwrap();
        for Vector { link, watch } in vectors {
            assert_eq!(watch_address(&link), watch, "{link}");
        }
    }

    #[test]
    fn a_feed_of_youtube_is_known_by_its_address() {
        assert!(is_feed("https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"));
        assert!(!is_feed("https://www.youtube.com/@name") && !is_feed("https://example.com/feeds/videos.xml"));
    }
}
