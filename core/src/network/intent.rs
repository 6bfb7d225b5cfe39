//! The networks' own share dialogs, for people who share by hand: their addresses and limits, and the addresses of the
//! posts that come of them (state of 2026-11; official where the network documents it, else as clients use it).

use url::Url;

use super::Network;
use crate::organisation::disclosure::below;

/// X counts every address as this long, and a space before it.
const X_LINK: usize = 24;
/// Mail programs cut longer addresses off.
const MAIL: usize = 1_500;

/// Addresses of the dialogs, with places for what a person wants to say.
const TEMPLATES: [(Network, &str); 7] = [
    (Network::LinkedIn, "{linkedin}/sharing/share-offsite/?url={url}"),
    (Network::X, "https://x.com/intent/tweet?text={text}&url={url}"),
    (Network::Facebook, "https://www.facebook.com/sharer/sharer.php?u={url}"),
    (Network::WhatsApp, "https://wa.me/?text={text}%20{url}"),
    (Network::Threads, "https://www.threads.com/intent/post?text={text}&url={url}"),
    (Network::Xing, "https://www.xing.com/spi/shares/new?url={url}"),
    (Network::Email, "mailto:?subject={title}&body={mail}"),
];

/// What a person wants to say.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Headline of the post.
    pub title: &'a str,
    /// What the person says.
    pub text: &'a str,
    /// What the organisation adds below it; cut only where the network takes not even that.
    pub line: Option<&'a str>,
    /// Where it leads; counts clicks, if they are counted.
    pub link: &'a str,
}

/// A dialog of a network, filled in as far as it takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Opens it.
    pub address: String,
    /// False: the person pastes the text.
    pub takes_text: bool,
    /// The text is longer than the network takes, and was cut.
    pub is_cut: bool,
}

/// The network's own dialog; none: it has none that is known. `linkedin` is where LinkedIn is.
#[must_use]
pub fn dialog(network: Network, words: &Words<'_>, linkedin: &Url) -> Option<Intent> {
    let (_, template) = TEMPLATES.iter().find(|(known, _)| *known == network)?;
    let takes_text = template.contains("{text}") || template.contains("{mail}");
    let (text, is_cut) = fit(network, words.text, words.line);
    let mail = format!("{text}\n\n{}", words.link).replace('\n', "\r\n");
    // What is filled in is encoded, so it never holds a place of its own.
    let address = template
        .replace("{linkedin}", linkedin.as_str().trim_end_matches('/'))
        .replace("{title}", &encode(words.title))
        .replace("{text}", &encode(&text))
        .replace("{mail}", &encode(&mail))
        .replace("{url}", &encode(words.link));
    Some(Intent { address, takes_text, is_cut: is_cut && takes_text })
}

/// The text with the line below it as the network takes it, cut after a word of the text; a line that leaves no room for
/// any text goes alone.
fn fit(network: Network, text: &str, line: Option<&str>) -> (String, bool) {
    let whole = below(text, line);
    let (limit, weigh): (usize, fn(char) -> usize) = match network {
        Network::X => (280 - X_LINK, weight_on_x),
        Network::Threads => (500, |_| 1),
        Network::Email => (MAIL, |_| 1),
        _ => return (whole, false),
    };
    let weight = |text: &str| text.chars().map(weigh).sum::<usize>();
    if weight(&whole) <= limit {
        return (whole, false);
    }
    let below_it = weight(&below("…", line)) - weigh('…');
    if below_it + weigh('…') > limit {
        return (cut(line.unwrap_or_default(), limit, weigh), true);
    }
    (below(&cut(text, limit - below_it, weigh), line), true)
}

/// The start of a text that weighs no more than `limit`, up to a word if there is one.
fn cut(text: &str, limit: usize, weigh: fn(char) -> usize) -> String {
    let mut left = limit.saturating_sub(weigh('…'));
    let fits = |c: &char| {
        let weight = weigh(*c);
        let is_room = weight <= left;
        left = left.saturating_sub(weight);
        is_room
    };
    let start: String = text.chars().take_while(fits).collect();
    let words = start.rsplit_once(char::is_whitespace).map_or(start.as_str(), |(words, _)| words.trim_end());
    format!("{words}…")
}

/// Letters of the alphabets of Europe count once, all others twice.
fn weight_on_x(c: char) -> usize {
    match u32::from(c) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}

/// Percent-encoded; a space is `%20`, because mail programs show a `+`.
fn encode(text: &str) -> String {
    let encoded = |byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encoded).collect()
}

/// True when posts on this network have an address that a colleague can look at.
#[must_use]
pub fn shows_posts(network: Network) -> bool {
    !matches!(network, Network::WhatsApp | Network::Email)
}

/// The one spelling of the address of a post at this network; none: it is not one.
#[must_use]
pub fn post_of_address(network: Network, address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    let is_plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    let host = url.host_str().filter(|_| is_plain && url.port().is_none())?;
    let host = ["www.", "m.", "mobile."].iter().find_map(|start| host.strip_prefix(start)).unwrap_or(host);
    let path = url.path().trim_end_matches('/');
    if path.is_empty() {
        return None;
    }
    match (network, host) {
        (Network::X, "x.com" | "twitter.com") => {
            let (_, rest) = path.split_once("/status/")?;
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (digits > 4).then(|| format!("https://x.com/i/status/{}", &rest[..digits]))
        }
        (Network::Facebook, "facebook.com" | "fb.watch") => {
            let named = |key: &str| url.query_pairs().find(|(name, _)| name == key).map(|(_, value)| encode(&value));
            let keys = ["story_fbid", "fbid", "v", "id"].into_iter();
            let query: Vec<_> = keys.filter_map(|key| Some(format!("{key}={}", named(key)?))).collect();
            let mark = if query.is_empty() { "" } else { "?" };
            Some(format!("https://{host}{path}{mark}{}", query.join("&")))
        }
        (Network::Threads, "threads.com" | "threads.net") => Some(format!("https://threads.com{path}")),
        (Network::Xing, "xing.com") => Some(format!("https://xing.com{path}")),
        _ => None,
    }
}

#[cfg(test)]
#[path = "intent_tests.rs"]
mod tests;
