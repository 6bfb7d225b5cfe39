//! Elements of one name at one path are of one kind; how often a kind stands where tells which elements are items.

use std::collections::HashMap;

use super::Outline;
use crate::tree::{Data, Name, NamespaceId, NodeId, ROOT};

/// Index of a kind; 0 is the document itself.
pub(crate) type KindId = usize;

/// All elements of one name at one path.
pub(crate) struct Kind<'o> {
    pub(crate) name: Name<'o>,
    pub(crate) parent: KindId,
    /// The first element of the kind.
    pub(crate) first: NodeId,
    pub(crate) count: u32,
    /// How many different elements they stand in.
    pub(crate) parents: u32,
    /// Attributes of all of them together.
    pub(crate) attributes: u32,
    /// Kinds of their child elements, in the order in which they were met.
    pub(crate) children: Vec<KindId>,
    last_parent: NodeId,
}

/// The kinds of elements of a document.
pub(crate) struct Kinds<'o> {
    pub(crate) all: Vec<Kind<'o>>,
    /// The kind of each node; 0 for texts.
    of: Vec<KindId>,
}

impl Outline<'_> {
    pub(crate) fn kinds(&self) -> Kinds<'_> {
        let tree = &self.tree;
        let document = Name { prefix: "", local: "", namespace: NamespaceId::NONE };
        let mut all = vec![Kind::new(document, 0, ROOT)];
        let mut known: HashMap<(KindId, NamespaceId, &str), KindId> = HashMap::new();
        let mut of = vec![0; tree.len() as usize];
        for node in tree.descendants(ROOT) {
            let Data::Element { name, attributes } = tree.data(node) else { continue };
            let parent_node = tree.parent(node).unwrap_or(ROOT);
            let parent = of[parent_node as usize];
            let kind = *known.entry((parent, name.namespace, name.local)).or_insert_with(|| {
                all.push(Kind::new(*name, parent, node));
                let new = all.len() - 1;
                all[parent].children.push(new);
                new
            });
            of[node as usize] = kind;
            let kind = &mut all[kind];
            kind.count += 1;
            // Elements of one parent and one kind follow each other: a kind has one depth.
            kind.parents += u32::from(kind.count == 1 || kind.last_parent != parent_node);
            kind.last_parent = parent_node;
            kind.attributes += attributes.end - attributes.start;
        }
        Kinds { all, of }
    }
}

impl<'o> Kind<'o> {
    fn new(name: Name<'o>, parent: KindId, first: NodeId) -> Self {
        let children = Vec::new();
        Self { name, parent, first, count: 0, parents: 0, attributes: 0, children, last_parent: ROOT }
    }

    /// Whether some stand side by side.
    pub(crate) fn repeats(&self) -> bool {
        self.count > self.parents
    }

    pub(crate) fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }
}

impl Kinds<'_> {
    pub(crate) fn of(&self, node: NodeId) -> KindId {
        self.of[node as usize]
    }

    /// The kinds around one, innermost first, without the document.
    pub(crate) fn around(&self, kind: KindId) -> impl Iterator<Item = KindId> + '_ {
        std::iter::successors(Some(self.all[kind].parent), |&kind| Some(self.all[kind].parent)).take_while(|&k| k != 0)
    }

    /// The share of a kind's elements that have a child of another kind.
    pub(crate) fn share(&self, kind: KindId, child: KindId) -> f64 {
        f64::from(self.all[child].parents) / f64::from(self.all[kind].count.max(1))
    }
}
