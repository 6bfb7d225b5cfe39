//! What a document says of itself before its content starts: its root element and the namespaces declared there.

use quick_xml::events::Event;

use crate::namespace;
use crate::reader::attributes::RawAttributes;
use crate::reader::{entities, tokenizer};

/// The root element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// Name without prefix.
    pub(crate) root: String,
    /// Canonical namespace of the root; empty if it has none.
    pub(crate) namespace: String,
    /// Canonical default namespace; empty if there is none.
    pub(crate) default: String,
    /// Whether the default namespace was missing and was added.
    pub(crate) implied: bool,
    /// Prefixes declared at the root, with canonical addresses.
    pub(crate) declared: Vec<(String, String)>,
}

/// Elements that stray HTML, such as a warning of PHP, puts before the root.
const NEVER_ROOTS: &[&str] = &["br", "b", "p", "i", "font", "hr", "link", "meta"];

pub(super) fn head(text: &str) -> Option<Head> {
    let mut reader = tokenizer(text);
    let mut fallback = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let content: &str = &tag;
                let (name, inside) = content.split_at(tag.name().0.len());
                if name.is_empty() || !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                    continue;
                }
                let head = of_root(name, inside);
                if !NEVER_ROOTS.contains(&name.to_ascii_lowercase().as_str()) {
                    return Some(head);
                }
                fallback.get_or_insert(head);
            }
            Ok(Event::Eof) | Err(_) => return fallback,
            Ok(_) => {}
        }
    }
}

fn of_root(name: &str, inside: &str) -> Head {
    let (prefix, root) = name.split_once(':').unwrap_or(("", name));
    let mut head = Head { root: root.to_owned(), ..Head::default() };
    // One tag's caps are checked when the document is read; here a sane number is enough.
    for attribute in RawAttributes::new(inside).take(256) {
        let value = entities::unescape(attribute.value);
        let uri = namespace::canonical(&value).to_owned();
        match attribute.name.strip_prefix("xmlns") {
            Some("") => head.default = uri,
            Some(prefix) if prefix.starts_with(':') => head.declared.push((prefix[1..].to_owned(), uri)),
            _ => {}
        }
    }
    if prefix.is_empty() && root == "feed" && head.default.is_empty() {
        namespace::ATOM.clone_into(&mut head.default);
        head.implied = true;
    }
    head.namespace = if prefix.is_empty() {
        head.default.clone()
    } else {
        let declared = head.declared.iter().find(|(known, _)| known == prefix).map(|(_, uri)| uri.as_str());
        declared.or_else(|| namespace::well_known(prefix)).unwrap_or_default().to_owned()
    };
    head
}
