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

    #[test]
    fn every_way_to_a_video_is_one_address() {
        let watch = Some("https://www.youtube.com/watch?v=a-bcdefgh_k".to_owned());
        for link in [
            "https://www.youtube.com/watch?v=a-bcdefgh_k",
            "http://youtube.com/watch?list=PL1&v=a-bcdefgh_k&t=10s",
            "https://m.youtube.com/watch?v=a-bcdefgh_k#x",
            "https://www.youtube.com/shorts/a-bcdefgh_k",
            "https://www.youtube.com/shorts/a-bcdefgh_k?feature=share",
            "https://www.youtube.com/live/a-bcdefgh_k",
            "https://www.youtube-nocookie.com/embed/a-bcdefgh_k",
            "https://youtu.be/a-bcdefgh_k",
            " https://youtu.be/a-bcdefgh_k?si=x ",
        ] {
            assert_eq!(watch_address(link), watch, "{link}");
        }
    }

    #[test]
    fn what_is_no_video_stays_as_it_is() {
        for link in [
            "https://www.youtube.com/channel/UCabc",
            "https://www.youtube.com/watch?list=PL1",
            "https://www.youtube.com/watch?v=short",
            "https://www.youtube.com/shorts/",
            "https://youtu.be/",
            "https://youtube.com.example/watch?v=abcdefghijk",
            "https://example.com/watch?v=abcdefghijk",
            "ftp://youtu.be/abcdefghijk",
            "youtu.be/abcdefghijk",
            "",
        ] {
            assert_eq!(watch_address(link), None, "{link}");
        }
    }

    #[test]
    fn a_feed_of_youtube_is_known_by_its_address() {
        assert!(is_feed("https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"));
        assert!(!is_feed("https://www.youtube.com/@name") && !is_feed("https://example.com/feeds/videos.xml"));
    }
}
