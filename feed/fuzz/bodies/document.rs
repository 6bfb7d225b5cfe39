//! Any bytes as the body of an answer: read as the product does it, and by a definition that fits nothing.

use std::collections::HashSet;

use klaroen_feed::{Definition, Document, Field, Limits, builtin, detect, explain, read};
use url::Url;

pub fn run(data: &[u8]) {
    let limits = Limits::default();
    let address = Url::parse("https://example.com/feed").ok();
    let Ok(document) = Document::new(data, None, address, &limits) else { return };
    let mut foreign = Definition::empty("foreign", "//*[@id or text()]");
    foreign.set(Field::Title, "concat(name(..), ':', name())");
    foreign.set(Field::Text, ".");
    let detected = detect(&document).ok().map(|detected| detected.definition);
    for definition in detected.iter().chain(builtin::named("rss").ok()).chain([&foreign]) {
        let Ok(reading) = read(&document, definition, &limits) else { continue };
        let keys: HashSet<_> = reading.items.iter().map(|item| &item.identity.key).collect();
        assert_eq!(keys.len(), reading.items.len(), "two items are one");
        for item in &reading.items {
            for address in [&item.link, &item.image].into_iter().flatten() {
                assert!(address.starts_with("http"), "{address}");
            }
            for text in [&item.title, &item.text, &item.author, &item.guid].into_iter().flatten() {
                let is_clean = !text.contains(|c| c < ' ' && !matches!(c, '\n' | '\t'));
                assert!(is_clean && !text.trim().is_empty(), "{text:?}");
            }
        }
        let (again, explanations) = explain(&document, definition, &limits).expect("what was read before");
        assert_eq!(again, reading);
        assert_eq!(explanations.len(), reading.items.len());
    }
}
