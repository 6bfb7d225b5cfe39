//! A hand-written item path and expression, one a line, on the document that follows them.

use klaroen_feed::{Definition, Document, Field, Limits, ReadError, read};

pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(3, '\n');
    let (Some(item_path), Some(expression), Some(xml)) = (lines.next(), lines.next(), lines.next()) else { return };
    let mut definition = Definition::empty("fuzz", item_path);
    definition.set(Field::Title, expression);
    let checked = definition.check();
    let limits = Limits::default();
    let Ok(document) = Document::new(xml, Some("utf-8"), None, &limits) else { return };
    match (read(&document, &definition, &limits), checked) {
        (Err(ReadError::Expression { .. }), _) => {}
        (Err(ReadError::Evaluation { reason, .. }), _) => assert_ne!(reason, "the engine failed", "{expression}"),
        (_, Err(refused)) => panic!("{refused}, but it was evaluated"),
        _ => {}
    }
}
