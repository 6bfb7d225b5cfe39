//! The caps that keep a hostile feed from costing memory or time.
//! They are enforced while the document streams by, so nothing larger than a cap is ever built.

use std::time::Duration;

/// Caps on one document; [`Limits::default`] is what production uses, the bench lifts size and nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the unpacked document.
    pub bytes: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Attributes on one tag.
    pub attributes: usize,
    /// Namespace declarations on one tag.
    pub namespaces: usize,
    /// Namespace declarations in scope at once, over all open elements.
    pub namespaces_in_scope: usize,
    /// Bytes of an element or attribute name.
    pub name_bytes: usize,
    /// Bytes of one attribute value (longer is refused) or one text (longer is cut).
    pub value_bytes: usize,
    /// Elements and texts of the whole document.
    pub nodes: usize,
    /// Elements and texts of the one small document per item that expressions see (more is left out).
    pub item_nodes: usize,
    /// Elements and texts of the headers around the items that expressions see (more is left out).
    pub envelope_nodes: usize,
    /// Nodes of an item's document, and its texts by 128 bytes, that an expression may search twice, or search and then
    /// ask conditions of what it finds (more is refused).
    pub searched_weight: usize,
    /// The same for an expression that searches inside a condition.
    pub condition_weight: usize,
    /// Processor time that one expression may take over all items of one document; what looks like taking longer is refused.
    pub expression_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 8 * 1024 * 1024,
            depth: 100,
            attributes: 64,
            namespaces: 32,
            namespaces_in_scope: 512,
            name_bytes: 256,
            value_bytes: 64 * 1024,
            nodes: 200_000,
            item_nodes: 2_000,
            envelope_nodes: 500,
            searched_weight: 1_000,
            condition_weight: 500,
            expression_time: Duration::from_millis(200),
        }
    }
}

impl Limits {
    /// Production caps, but for documents of any size and number of items: what the bench and trusted files use.
    #[must_use]
    pub fn lifted() -> Self {
        Self {
            bytes: u32::MAX as usize,
            nodes: usize::MAX,
            expression_time: Duration::from_hours(1),
            ..Self::default()
        }
    }
}
