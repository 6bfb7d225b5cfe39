//! sxd-xpath on one small document per item, for every expression that is not one of the native forms.
//! On a whole feed the engine would be quadratic; on an item it is quick, and a time budget guards the sum.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use sxd_document::dom::{Document, Element};
use sxd_document::{Package, QName};
use sxd_xpath::nodeset::{Node, Nodeset};
use sxd_xpath::{Context, Factory, XPath};
use url::Url;

use super::ast::DEFAULT_PREFIX;
use super::budget::Share;
use super::{Found, Want, functions};
use crate::tree::{Data, Name, NodeId, ROOT, Tree};

/// Bytes of text in one item's document; what comes after is left out.
const TEXT: usize = 256 * 1024;
/// Compiled expressions kept per thread.
const KEPT: usize = 512;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Rc<XPath>>> = RefCell::default();
}

/// Compiles an expression in the engine's own form, or finds it among those compiled before on this thread.
pub(super) fn compile(written: &str) -> Result<Rc<XPath>, String> {
    COMPILED.with_borrow_mut(|compiled| {
        if let Some(known) = compiled.get(written) {
            return Ok(Rc::clone(known));
        }
        let built = Factory::new().build(written).map_err(|error| error.to_string())?;
        let built = Rc::new(built.ok_or("the expression is empty")?);
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(written.to_owned(), Rc::clone(&built));
        Ok(built)
    })
}

/// What all evaluations of one reading share: functions and prefixes.
pub(crate) struct Engine {
    context: Context<'static>,
    base: functions::Base,
    share: Share,
}

impl Engine {
    pub(crate) fn new() -> Self {
        let (mut context, base) = (Context::new(), functions::Base::default());
        functions::register(&mut context, &base);
        Self { context, base, share: Share::default() }
    }

    pub(super) fn bind(&mut self, prefix: Option<&str>, uri: &str) {
        self.context.set_namespace(prefix.unwrap_or(DEFAULT_PREFIX), uri);
    }

    /// The address that `resolve-url()` joins to.
    pub(crate) fn set_base(&self, base: Option<Url>) {
        self.base.replace(base);
    }

    /// How much of a processor the evaluations get.
    pub(super) fn share(&self) -> f64 {
        self.share.get()
    }

    /// Evaluates on an item; a panic inside the engine is an error like any other.
    pub(super) fn evaluate(&self, xpath: &XPath, item: &ItemDocument, want: Want) -> Result<Answer, String> {
        self.share.watch();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let value = xpath.evaluate(&self.context, item.context()).map_err(|error| error.to_string())?;
            Ok(match value {
                sxd_xpath::Value::Nodeset(nodes) => Answer::Nodes(extract(&nodes, want)),
                sxd_xpath::Value::Number(number) => Answer::Text(of_number(number)),
                other => Answer::Text(other.into_string()),
            })
        }));
        functions::remove_tokens(item.root());
        outcome.unwrap_or_else(|_| Err("the engine failed".to_owned()))
    }
}

/// A number as section 4.2 of the recommendation writes it, but what is no number is nothing instead of `NaN`.
fn of_number(number: f64) -> String {
    match number {
        number if number.is_nan() => String::new(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        // Adding 0 takes the sign off 0.
        number => (number + 0.0).to_string(),
    }
}

/// What an expression says about an item.
pub(super) enum Answer {
    Text(String),
    Nodes(Vec<Found<'static>>),
}

fn extract(nodes: &Nodeset, want: Want) -> Vec<Found<'static>> {
    let order = nodes.document_order();
    let of = |node: Node| {
        let element = match node {
            Node::Attribute(attribute) => attribute.parent(),
            Node::Element(element) => Some(element),
            Node::Text(text) => text.parent(),
            _ => None,
        };
        Found {
            text: node.string_value().into(),
            bases: if want.bases { bases(element) } else { Vec::new() },
            width: if want.width { element.and_then(|e| e.attribute_value("width")?.parse().ok()) } else { None },
        }
    };
    order.into_iter().map(of).collect()
}

fn bases(mut element: Option<Element>) -> Vec<String> {
    let name = QName::with_namespace_uri(Some(crate::namespace::XML), "base");
    let mut bases = Vec::new();
    while let Some(current) = element {
        bases.extend(current.attribute_value(name).map(str::to_owned));
        element = current.parent().and_then(sxd_document::dom::ParentOfChild::element);
    }
    bases.reverse();
    bases
}

/// One item as a document of its own, in its envelope or alone.
pub(crate) struct ItemDocument {
    package: Package,
    /// The way from the root to the item, as positions among children.
    way: Vec<usize>,
}

impl ItemDocument {
    /// With the envelope, all of the tree is copied; without, only the item below its bare ancestors.
    pub(super) fn new(tree: &Tree, item: NodeId, envelope: bool) -> Self {
        let package = Package::new();
        let way = {
            let mut copy = Copy { document: package.as_document(), tree, room: TEXT };
            let mut chain: Vec<NodeId> =
                std::iter::successors(Some(item), |&node| tree.parent(node)).filter(|&node| node != ROOT).collect();
            chain.reverse();
            if envelope { copy.all(&chain) } else { copy.alone(&chain) }
        };
        Self { package, way }
    }

    fn root(&self) -> Element<'_> {
        let root = self.package.as_document().root().children();
        root.into_iter().find_map(sxd_document::dom::ChildOfRoot::element).expect("an item has a root element")
    }

    fn context(&self) -> Element<'_> {
        let mut element = self.root();
        for &position in &self.way {
            let child =
                element.children().into_iter().nth(position).and_then(sxd_document::dom::ChildOfElement::element);
            element = child.expect("the way to the item was counted when it was copied");
        }
        element
    }
}

struct Copy<'c, 'd> {
    document: Document<'c>,
    tree: &'c Tree<'d>,
    /// Bytes of text that still fit.
    room: usize,
}

impl<'c> Copy<'c, '_> {
    fn alone(&mut self, chain: &[NodeId]) -> Vec<usize> {
        let mut parent = None;
        for &node in chain {
            let element = self.element(node);
            self.append(parent, element);
            parent = Some(element);
        }
        if let (Some(element), Some(&item)) = (parent, chain.last()) {
            self.children(item, element);
        }
        vec![0; chain.len().saturating_sub(1)]
    }

    fn all(&mut self, chain: &[NodeId]) -> Vec<usize> {
        let Some((&first, rest)) = chain.split_first() else { return Vec::new() };
        let root = self.element(first);
        self.append(None, root);
        self.children(first, root);
        let mut parent = first;
        let position = |&node: &NodeId| {
            let position = self.tree.children(parent).position(|child| child == node).unwrap_or_default();
            parent = node;
            position
        };
        rest.iter().map(position).collect()
    }

    fn append(&self, parent: Option<Element<'c>>, element: Element<'c>) {
        match parent {
            Some(parent) => parent.append_child(element),
            None => self.document.root().append_child(element),
        }
    }

    /// Depth is capped by the reader, so recursion is safe.
    fn children(&mut self, node: NodeId, into: Element<'c>) {
        for child in self.tree.children(node) {
            match self.tree.data(child) {
                Data::Text(text) => {
                    let fits = text.floor_char_boundary(self.room);
                    self.room -= fits;
                    into.append_child(self.document.create_text(&text[..fits]));
                }
                Data::Element { .. } => {
                    let element = self.element(child);
                    into.append_child(element);
                    self.children(child, element);
                }
                Data::Root => {}
            }
        }
    }

    fn element(&mut self, node: NodeId) -> Element<'c> {
        let Data::Element { name, attributes } = self.tree.data(node) else {
            return self.document.create_element("none");
        };
        let element = self.document.create_element(self.qname(name));
        if !name.prefix.is_empty() {
            element.set_preferred_prefix(Some(name.prefix));
            element.register_prefix(name.prefix, self.tree.namespaces.uri(name.namespace));
        }
        for id in attributes.clone() {
            let attribute = self.tree.attribute(id);
            let fits = attribute.value.floor_char_boundary(self.room);
            self.room -= fits;
            let copied = element.set_attribute_value(self.qname(&attribute.name), &attribute.value[..fits]);
            if !attribute.name.prefix.is_empty() {
                copied.set_preferred_prefix(Some(attribute.name.prefix));
                element.register_prefix(attribute.name.prefix, self.tree.namespaces.uri(attribute.name.namespace));
            }
        }
        element
    }

    fn qname<'n>(&'n self, name: &Name<'n>) -> QName<'n> {
        match self.tree.namespaces.uri(name.namespace) {
            "" => QName::new(name.local),
            uri => QName::with_namespace_uri(Some(uri), name.local),
        }
    }
}
