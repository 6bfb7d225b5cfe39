//! Addresses of YouTube and the feeds behind them.

use url::Url;

/// What a YouTube address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YouTube {
    /// The address of its feed is certain.
    Feed(Url),
    /// A handle or video: the channel's number stands in the page, see [`youtube_channel_in_page`].
    Page(Url),
}

/// First parts of paths that are no names of channels.
const RESERVED: &[&str] = &[
    "about",
    "account",
    "ads",
    "attribution_link",
    "creators",
    "feed",
    "gaming",
    "hashtag",
    "howyoutubeworks",
    "intl",
    "jobs",
    "kids",
    "music",
    "oembed",
    "premium",
    "reporthistory",
    "results",
    "s",
    "t",
    "trending",
    "upload",
    "yt",
];

/// Recognises addresses of YouTube channels, playlists, handles and videos.
#[must_use]
pub fn youtube(address: &Url) -> Option<YouTube> {
    let host = address.host_str()?.trim_start_matches("www.").trim_start_matches("m.");
    let page = || Some(YouTube::Page(address.clone()));
    if !matches!(host, "youtube.com" | "music.youtube.com" | "youtube-nocookie.com" | "youtu.be") {
        return None;
    }
    let list = address.query_pairs().find(|(name, _)| name == "list").map(|(_, value)| value.into_owned());
    let list = list.filter(|list| !is_private(list));
    let mut parts = address.path_segments()?.filter(|part| !part.is_empty());
    match (parts.next(), parts.next()) {
        (Some("feeds"), Some("videos.xml")) => Some(YouTube::Feed(address.clone())),
        (Some("channel"), Some(id)) if id.starts_with("UC") => feed_of(id, parts.next()),
        (Some("user"), Some(name)) => feed("user", name),
        (Some("playlist" | "watch"), _) if list.is_some() => feed("playlist_id", &list?),
        (Some(_), None) if host == "youtu.be" => list.map_or_else(page, |list| feed("playlist_id", &list)),
        (Some("watch" | "c" | "shorts" | "live" | "embed" | "v"), _) => page(),
        (Some(name), _) if !name.starts_with("playlist") && !RESERVED.contains(&name) => page(),
        _ => None,
    }
}

/// The feed of the channel that a page of YouTube belongs to; of its Shorts only if the address is that of its Shorts.
#[must_use]
pub fn youtube_channel_in_page(html: &str, address: &Url) -> Option<Url> {
    let markers = [
        "channel_id=",
        "youtube.com/channel/",
        "\"channelId\":\"",
        "\"externalId\":\"",
        "itemprop=\"identifier\" content=\"",
    ];
    let id = markers.iter().find_map(|marker| {
        let after = &html[html.find(marker)? + marker.len()..];
        let id: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        (id.len() == 24 && id.starts_with("UC")).then_some(id)
    })?;
    // The address of one Short, /shorts/ID, means its channel.
    let tab = address.path_segments()?.rfind(|part| !part.is_empty());
    match feed_of(&id, tab)? {
        YouTube::Feed(feed) => Some(feed),
        YouTube::Page(_) => None,
    }
}

/// The feed of a channel, or of one sort of its uploads, which undocumented playlists have.
fn feed_of(id: &str, tab: Option<&str>) -> Option<YouTube> {
    match tab {
        Some("videos") => feed("playlist_id", &id.replacen("UC", "UULF", 1)),
        Some("shorts") => feed("playlist_id", &id.replacen("UC", "UUSH", 1)),
        Some("streams") => feed("playlist_id", &id.replacen("UC", "UULV", 1)),
        _ => feed("channel_id", id),
    }
}

fn feed(parameter: &str, value: &str) -> Option<YouTube> {
    let is_plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let url = format!("https://www.youtube.com/feeds/videos.xml?{parameter}={value}");
    if is_plain { Url::parse(&url).ok().map(YouTube::Feed) } else { None }
}

/// Lists that are made for the one who looks, and have no feed: mixes, watch later, liked videos.
fn is_private(list: &str) -> bool {
    list.starts_with("RD") || matches!(list, "WL" | "LL" | "LM" | "HL")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn addresses_of_youtube_lead_to_feeds() {
        let feed = |query: &str| Some(YouTube::Feed(url(&format!("https://www.youtube.com/feeds/videos.xml?{query}"))));
        let page = |address: &str| Some(YouTube::Page(url(address)));
        for (address, expected) in [
            ("https://www.youtube.com/channel/UCabc", feed("channel_id=UCabc")),
            ("https://m.youtube.com/channel/UCabc/about", feed("channel_id=UCabc")),
            ("https://www.youtube.com/channel/UCabc/shorts", feed("playlist_id=UUSHabc")),
            ("https://www.youtube.com/channel/UCabc/videos", feed("playlist_id=UULFabc")),
            ("https://www.youtube.com/playlist?list=PLx_y-z", feed("playlist_id=PLx_y-z")),
            ("https://www.youtube.com/watch?v=1&list=PLx", feed("playlist_id=PLx")),
            ("https://youtu.be/abcdefghijk?list=PLx", feed("playlist_id=PLx")),
            ("https://www.youtube.com/user/name", feed("user=name")),
            ("https://www.youtube.com/feeds/videos.xml?channel_id=UCabc", feed("channel_id=UCabc")),
            ("https://www.youtube.com/@handle", page("https://www.youtube.com/@handle")),
            ("https://www.youtube.com/c/Name/videos", page("https://www.youtube.com/c/Name/videos")),
            ("https://www.youtube.com/OldName", page("https://www.youtube.com/OldName")),
            ("https://youtu.be/abcdefghijk", page("https://youtu.be/abcdefghijk")),
            ("https://www.youtube.com/watch?v=abcdefghijk", page("https://www.youtube.com/watch?v=abcdefghijk")),
            ("https://www.youtube.com/watch?v=1&list=RDMM", page("https://www.youtube.com/watch?v=1&list=RDMM")),
            ("https://www.youtube.com/shorts/abcdefghijk", page("https://www.youtube.com/shorts/abcdefghijk")),
            ("https://www.youtube.com/live/abcdefghijk", page("https://www.youtube.com/live/abcdefghijk")),
            ("https://www.youtube.com/playlist?list=a%26b", None),
            ("https://www.youtube.com/playlist?list=WL", None),
            ("https://www.youtube.com/about", None),
            ("https://www.youtube.com/", None),
            ("https://youtube.com.example/channel/UCabc", None),
        ] {
            assert_eq!(youtube(&url(address)), expected, "{address}");
        }
    }

    #[test]
    fn the_channel_of_a_page_of_youtube_is_found() {
        let id = format!("UC{}", "x".repeat(22));
        let canonical = format!("<link rel=canonical href=\"https://www.youtube.com/channel/{id}\">");
        let json = format!("{{\"channelId\":\"{id}\"}}");
        let shorts = format!("playlist_id=UUSH{}", "x".repeat(22));
        for (html, address, expected) in [
            (&canonical, "https://www.youtube.com/@name", &id),
            (&json, "https://www.youtube.com/watch?v=1", &id),
            (&json, "https://www.youtube.com/shorts/abcdefghijk", &id),
            (&json, "https://www.youtube.com/@name/shorts", &shorts),
        ] {
            let found = youtube_channel_in_page(html, &url(address)).unwrap();
            assert!(found.as_str().ends_with(expected.as_str()), "{address}: {found}");
        }
        assert_eq!(youtube_channel_in_page("channel_id=UCshort", &url("https://www.youtube.com/@name")), None);
    }
}
