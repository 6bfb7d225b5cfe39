//! How an expression calls the elements and attributes of a document: as the document does where that is unambiguous, by
//! another prefix of the same namespace, and by the local name alone where nothing else is left.

use crate::limits::Limits;
use crate::namespace;
use crate::outline::Outline;
use crate::tree::{Data, Name, NodeId, ROOT};
use crate::xpath::{self, Bindings, Engine, Item, ItemSelector};

pub(crate) struct Naming<'o, 'd> {
    outline: &'o Outline<'d>,
    bindings: Bindings<'d>,
}

impl<'o, 'd> Naming<'o, 'd> {
    pub(crate) fn new(outline: &'o Outline<'d>) -> Self {
        let head = outline.document.head();
        let bindings = Bindings::new(&head.default, &head.declared, outline.document.text());
        Self { outline, bindings }
    }

    /// The step to an element; `None` if its name cannot be written at all.
    pub(super) fn element(&self, node: NodeId) -> Option<String> {
        let Data::Element { name, .. } = self.outline.tree.data(node) else { return None };
        let uri = self.outline.tree.namespaces.uri(name.namespace);
        if name.prefix.is_empty() && uri == self.bindings.default && xpath::is_name(name.local) {
            return Some(name.local.to_owned());
        }
        self.prefixed(*name).or_else(|| Some(format!("*[local-name()={}]", literal(name.local)?)))
    }

    /// The step to an attribute.
    pub(super) fn attribute(&self, id: u32) -> Option<String> {
        let name = self.outline.tree.attribute(id).name;
        if name.prefix.is_empty() && xpath::is_name(name.local) {
            return Some(format!("@{}", name.local));
        }
        let prefixed = self.prefixed(name).map(|name| format!("@{name}"));
        prefixed.or_else(|| Some(format!("@*[local-name()={}]", literal(name.local)?)))
    }

    /// By the document's own prefix, if it means the same everywhere, or by one that is well known.
    fn prefixed(&self, name: Name) -> Option<String> {
        let uri = self.outline.tree.namespaces.uri(name.namespace);
        if uri.is_empty() || !xpath::is_name(name.local) {
            return None;
        }
        let at_root = self.outline.document.head().declared.iter().map(|(prefix, _)| prefix.as_str());
        let mut prefixes = std::iter::once(name.prefix).chain(at_root).chain(namespace::prefixes_of(uri));
        let fits =
            |prefix: &&str| xpath::is_name(prefix) && self.bindings.uri(prefix).is_some_and(|known| known == uri);
        prefixes.find(fits).map(|prefix| format!("{prefix}:{}", name.local))
    }

    /// The item path of an element: its name and those around it.
    pub(crate) fn item_path(&self, item: NodeId) -> Option<String> {
        let tree = &self.outline.tree;
        let mut path = format!("/{}", self.element(item)?);
        let around = std::iter::successors(tree.parent(item), |&node| tree.parent(node)).filter(|&node| node != ROOT);
        for node in around {
            // Conditions are only possible on the last step.
            let name = self.element(node).filter(|name| !name.contains('[')).unwrap_or_else(|| "*".to_owned());
            path = format!("/{name}{path}");
        }
        Some(path)
    }

    /// The elements that an item path finds; `None` if it is refused.
    pub(crate) fn find(&self, item_path: &str) -> Option<Vec<NodeId>> {
        let (mut namespaces, mut engine) = (self.outline.tree.namespaces.clone(), Engine::new());
        let selector = ItemSelector::new(item_path, &self.bindings, &mut namespaces, &mut engine).ok()?;
        let (tree, limits) = (&self.outline.tree, Limits::default());
        let mut found = selector.find(tree);
        found.retain(|node| !self.outline.unclosed.contains(node));
        found.retain(|&node| selector.accepts(&Item::new(tree, node), &engine, &limits).unwrap_or(false));
        Some(found)
    }
}

/// A text in quotes; `None` if it has both kinds of quotes, which `XPath` 1.0 cannot write.
pub(super) fn literal(text: &str) -> Option<String> {
    match (text.contains('\''), text.contains('"')) {
        (false, _) => Some(format!("'{text}'")),
        (true, false) => Some(format!("\"{text}\"")),
        (true, true) => None,
    }
}
