//! A small arena tree in document order: what the reader builds and the native `XPath` evaluator walks.
//! Names and most texts are slices of the document, so building a tree copies almost nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Index of a node; ids grow in document order. 0 is the root.
pub(crate) type NodeId = u32;
/// The root of every tree, parent of the document's root element.
pub(crate) const ROOT: NodeId = 0;
/// Stands for "no node" in sibling and child links, which never point at the root.
const NONE: NodeId = 0;

/// Index of a namespace URI in [`Namespaces`]; 0 is "no namespace".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NamespaceId(u32);

impl NamespaceId {
    pub(crate) const NONE: Self = Self(0);
}

/// The namespace URIs of one document, each once.
#[derive(Debug, Clone)]
pub(crate) struct Namespaces {
    uris: Vec<String>,
    ids: HashMap<String, NamespaceId>,
}

impl Namespaces {
    pub(crate) fn intern(&mut self, uri: &str) -> NamespaceId {
        if let Some(&id) = self.ids.get(uri) {
            return id;
        }
        let id = NamespaceId(u32::try_from(self.uris.len()).expect("fewer namespaces than bytes"));
        self.uris.push(uri.to_owned());
        self.ids.insert(uri.to_owned(), id);
        id
    }

    pub(crate) fn uri(&self, id: NamespaceId) -> &str {
        &self.uris[id.0 as usize]
    }
}

impl Default for Namespaces {
    fn default() -> Self {
        let mut empty = Self { uris: Vec::new(), ids: HashMap::new() };
        empty.intern("");
        empty
    }
}

/// A name as written and what its prefix means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name<'d> {
    pub(crate) prefix: &'d str,
    pub(crate) local: &'d str,
    pub(crate) namespace: NamespaceId,
}

#[derive(Debug)]
pub(crate) struct Attribute<'d> {
    pub(crate) name: Name<'d>,
    pub(crate) value: Cow<'d, str>,
}

#[derive(Debug)]
pub(crate) enum Data<'d> {
    Root,
    Element { name: Name<'d>, attributes: Range<u32> },
    Text(Cow<'d, str>),
}

#[derive(Debug)]
struct Node<'d> {
    parent: NodeId,
    first_child: NodeId,
    last_child: NodeId,
    next_sibling: NodeId,
    /// Byte of the document where it starts.
    at: u32,
    data: Data<'d>,
}

/// A place in the tree to which it can be cut back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    nodes: u32,
    attributes: u32,
    parent: NodeId,
    parents_last_child: NodeId,
}

#[derive(Debug)]
pub(crate) struct Tree<'d> {
    nodes: Vec<Node<'d>>,
    attributes: Vec<Attribute<'d>>,
    pub(crate) namespaces: Namespaces,
    /// Whether any `xml:base` was seen; most documents have none and need no search for it.
    pub(crate) has_base: bool,
}

impl<'d> Tree<'d> {
    pub(crate) fn new() -> Self {
        let root =
            Node { parent: ROOT, first_child: NONE, last_child: NONE, next_sibling: NONE, at: 0, data: Data::Root };
        Self { nodes: vec![root], attributes: Vec::new(), namespaces: Namespaces::default(), has_base: false }
    }

    /// An empty tree that knows the namespaces of another.
    pub(crate) fn with(namespaces: Namespaces, has_base: bool) -> Self {
        Self { namespaces, has_base, ..Self::new() }
    }

    pub(crate) fn len(&self) -> u32 {
        id(self.nodes.len())
    }

    pub(crate) fn mark(&self, parent: NodeId) -> Mark {
        Mark {
            nodes: self.len(),
            attributes: id(self.attributes.len()),
            parent,
            parents_last_child: self.nodes[parent as usize].last_child,
        }
    }

    /// Removes everything added since the mark, which was made at the end of its parent.
    pub(crate) fn cut_back(&mut self, mark: Mark) {
        self.nodes.truncate(mark.nodes as usize);
        self.attributes.truncate(mark.attributes as usize);
        let parent = &mut self.nodes[mark.parent as usize];
        parent.last_child = mark.parents_last_child;
        if mark.parents_last_child == NONE {
            parent.first_child = NONE;
        } else {
            self.nodes[mark.parents_last_child as usize].next_sibling = NONE;
        }
    }

    /// Adds an element; its attributes are the next calls of [`Tree::push_attribute`].
    pub(crate) fn push_element(&mut self, parent: NodeId, name: Name<'d>, at: usize) -> NodeId {
        let next = id(self.attributes.len());
        self.push(parent, Data::Element { name, attributes: next..next }, at)
    }

    /// Adds an attribute to the element that was pushed last; of two with one name the first stays, and the answer to
    /// the second is false.
    pub(crate) fn push_attribute(&mut self, name: Name<'d>, value: Cow<'d, str>) -> bool {
        let Some(Node { data: Data::Element { attributes, .. }, .. }) = self.nodes.last_mut() else { return false };
        let known = &self.attributes[attributes.start as usize..];
        let is_new = known.iter().all(|a| a.name.local != name.local || a.name.namespace != name.namespace);
        if is_new {
            attributes.end += 1;
            self.attributes.push(Attribute { name, value });
        }
        is_new
    }

    /// Adds text, joining it to text just before it; answers false when it was cut at `cap` bytes.
    pub(crate) fn push_text(&mut self, parent: NodeId, text: Cow<'d, str>, at: usize, cap: usize) -> bool {
        let last = self.nodes[parent as usize].last_child;
        if last != NONE
            && let Data::Text(before) = &mut self.nodes[last as usize].data
        {
            let room = cap.saturating_sub(before.len());
            let fits = text.floor_char_boundary(room);
            if fits > 0 {
                before.to_mut().push_str(&text[..fits]);
            }
            return fits == text.len();
        }
        let fits = text.floor_char_boundary(cap);
        let whole = fits == text.len();
        self.push(parent, Data::Text(if whole { text } else { Cow::Owned(text[..fits].to_owned()) }), at);
        whole
    }

    fn push(&mut self, parent: NodeId, data: Data<'d>, at: usize) -> NodeId {
        let new = self.len();
        self.nodes.push(Node { parent, first_child: NONE, last_child: NONE, next_sibling: NONE, at: id(at), data });
        let parent = &mut self.nodes[parent as usize];
        let before = std::mem::replace(&mut parent.last_child, new);
        if before == NONE {
            parent.first_child = new;
        } else {
            self.nodes[before as usize].next_sibling = new;
        }
        new
    }

    /// Adds a copy of one node of another tree with the same namespaces, without its children.
    pub(crate) fn push_copy(&mut self, from: &'d Tree<'_>, node: NodeId, parent: NodeId) -> NodeId {
        let at = from.place(node);
        match from.data(node) {
            Data::Root => parent,
            Data::Text(text) => self.push(parent, Data::Text(Cow::Borrowed(text)), at),
            Data::Element { name, attributes } => {
                let copy = self.push_element(parent, *name, at);
                for id in attributes.clone() {
                    let attribute = from.attribute(id);
                    self.push_attribute(attribute.name, Cow::Borrowed(&attribute.value));
                }
                copy
            }
        }
    }

    pub(crate) fn data(&self, node: NodeId) -> &Data<'d> {
        &self.nodes[node as usize].data
    }

    /// The byte of the document where a node starts.
    pub(crate) fn place(&self, node: NodeId) -> usize {
        self.nodes[node as usize].at as usize
    }

    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        (node != ROOT).then(|| self.nodes[node as usize].parent)
    }

    pub(crate) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let link = |id: NodeId| (id != NONE).then_some(id);
        std::iter::successors(link(self.nodes[node as usize].first_child), move |&child| {
            link(self.nodes[child as usize].next_sibling)
        })
    }

    /// The ids of a node's descendants: they follow it directly, because ids grow in document order.
    pub(crate) fn descendants(&self, node: NodeId) -> Range<NodeId> {
        let mut last = node;
        while self.nodes[last as usize].last_child != NONE {
            last = self.nodes[last as usize].last_child;
        }
        node + 1..last + 1
    }

    pub(crate) fn attribute_ids(&self, node: NodeId) -> Range<u32> {
        match self.data(node) {
            Data::Element { attributes, .. } => attributes.clone(),
            Data::Root | Data::Text(_) => 0..0,
        }
    }

    pub(crate) fn attribute(&self, attribute: u32) -> &Attribute<'d> {
        &self.attributes[attribute as usize]
    }

    /// The value of the attribute without a namespace.
    pub(crate) fn attribute_value(&self, node: NodeId, local: &str) -> Option<&str> {
        self.attribute_ids(node)
            .map(|id| self.attribute(id))
            .find(|a| a.name.local == local && a.name.namespace == NamespaceId::NONE)
            .map(|a| a.value.as_ref())
    }

    /// A text node's text.
    pub(crate) fn text(&self, node: NodeId) -> Option<&str> {
        if let Data::Text(text) = self.data(node) { Some(text) } else { None }
    }

    /// Bytes of all texts.
    pub(crate) fn text_bytes(&self) -> usize {
        (ROOT..self.len()).filter_map(|node| self.text(node)).map(str::len).sum()
    }

    /// The element's own `xml:base`.
    pub(crate) fn xml_base(&self, node: NodeId) -> Option<&str> {
        let attributes = self.attribute_ids(node).map(|id| self.attribute(id));
        attributes.filter(|a| a.name.prefix == "xml" && a.name.local == "base").map(|a| a.value.as_ref()).next()
    }

    /// `XPath`'s string value: all text inside, in order.
    pub(crate) fn string_value(&self, node: NodeId) -> Cow<'_, str> {
        if let Some(text) = self.text(node) {
            return Cow::Borrowed(text);
        }
        let mut value = Cow::Borrowed("");
        for text in self.descendants(node).filter_map(|inner| self.text(inner)) {
            if value.is_empty() {
                value = Cow::Borrowed(text);
            } else {
                value.to_mut().push_str(text);
            }
        }
        value
    }
}

/// Ids are 32 bits wide: a document has fewer nodes than bytes, and 4 GiB never get here.
fn id(index: usize) -> u32 {
    u32::try_from(index).expect("a document below 4 GiB")
}
