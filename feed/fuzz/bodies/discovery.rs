//! Any text as a web page that may name feeds, and as an address that somebody pasted.

use klaroen_feed::{Document, Limits, discover};
use url::Url;

pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let page = Url::parse("https://example.com/news/").expect("an address");
    for candidate in discover::in_page(text, Some(&page)) {
        assert!(matches!(candidate.address.scheme(), "http" | "https"), "{}", candidate.address);
    }
    let _ = discover::youtube_channel_in_page(text, &page);
    let _ = Document::new(data, None, Some(page), &Limits::default());
    if let Ok(pasted) = Url::parse(text.trim()) {
        let _ = discover::youtube(&pasted);
    }
}
