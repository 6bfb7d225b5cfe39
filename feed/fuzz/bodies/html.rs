//! Any text as the description of an item: what the transforms for HTML make of it.

use klaroen_feed::{Definition, Document, Limits, read};

const DEFINITION: &str = r#"{ "name": "html", "item_path": "/rss/channel/item", "fields": {
    "title": "description",
    "text": "description",
    "image": { "xpath": "description", "transforms": ["first-image"] },
    "author": { "xpath": "description", "transforms": ["html-to-text", "first-sentence", { "truncate": 20 }] }
} }"#;

pub fn run(data: &[u8]) {
    let Ok(html) = std::str::from_utf8(data) else { return };
    let escaped = html.replace('&', "&amp;").replace('<', "&lt;");
    let rss = format!("<rss><channel><item><guid>1</guid><description>{escaped}</description></item></channel></rss>");
    let limits = Limits::default();
    let definition = Definition::from_json(DEFINITION).expect("a definition");
    let document = Document::new(rss, Some("utf-8"), None, &limits).expect("RSS");
    let reading = read(&document, &definition, &limits).expect("an item");
    let [item] = reading.items.as_slice() else { panic!("{} items", reading.items.len()) };
    for text in [&item.title, &item.text, &item.author].into_iter().flatten() {
        assert!(!text.contains(|c| c < ' ' && c != '\n'), "{text:?}");
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
    }
    if let Some(title) = &item.title {
        assert!(!title.contains('\n'), "{title:?}");
    }
    if let Some(author) = &item.author {
        assert!(author.chars().count() <= 20, "{author:?}");
    }
    if let Some(image) = &item.image {
        assert!(image.starts_with("http"), "{image:?}");
    }
}
