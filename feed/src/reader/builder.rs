//! Grows the tree from tags and texts, mends what does not fit and hands over each item when it is complete.

mod tag;

use std::borrow::Cow;

use super::attributes::{RawAttribute, RawAttributes};
use super::entities::{self, Trouble};
use super::scope::Scope;
use super::{Read, Sink, excess};
use crate::document::{Document, line_of};
use crate::error::{Excess, ReadError};
use crate::html;
use crate::limits::Limits;
use crate::repair::{RepairKind, Repairs};
use crate::tree::{Mark, Name, NodeId, ROOT, Tree};
use crate::xpath::{ItemPath, Progress};
use tag::split;

/// An element whose end has not come.
struct Open<'d> {
    name: &'d str,
    node: NodeId,
    mark: Mark,
    /// Declarations in scope outside it.
    scope: usize,
    progress: Progress,
    holds_items: bool,
}

/// The outermost open item.
struct OpenItem {
    /// Its place among the open elements.
    depth: usize,
    /// Nodes of the tree when it opened.
    from: u32,
    /// Items inside it, which the item path reaches too.
    nested: Vec<NodeId>,
}

pub(super) struct Builder<'b, 'd> {
    text: &'d str,
    tree: Tree<'d>,
    items: Option<&'b ItemPath>,
    limits: &'b Limits,
    repairs: &'b mut Repairs,
    sink: &'b mut dyn Sink,
    scope: Scope<'d>,
    open: Vec<Open<'d>>,
    /// Those of the current tag; kept for its memory.
    attributes: Vec<RawAttribute<'d>>,
    item: Option<OpenItem>,
    nodes: usize,
    seen_root: bool,
    seen_item: bool,
    late_headers: bool,
}

/// Elements that HTML leaves open; feeds with raw HTML in their texts do too.
const VOID: &[&str] = &["br", "hr"];
/// Items of these names never stand inside each other: a second one means that the end of the first is missing.
const NEVER_NESTED: &[&str] = &["item", "entry"];

impl<'b, 'd> Builder<'b, 'd> {
    pub(super) fn new(
        document: &'d Document,
        mut tree: Tree<'d>,
        items: Option<&'b ItemPath>,
        limits: &'b Limits,
        repairs: &'b mut Repairs,
        sink: &'b mut dyn Sink,
    ) -> Self {
        let mut scope = Scope::default();
        if document.head().implied {
            scope.declare("", &document.head().default, &mut tree.namespaces);
        }
        Self {
            text: document.text(),
            tree,
            items,
            limits,
            repairs,
            sink,
            scope,
            open: Vec::new(),
            attributes: Vec::new(),
            item: None,
            nodes: 0,
            seen_root: false,
            seen_item: false,
            late_headers: false,
        }
    }

    pub(super) fn repair(&mut self, kind: RepairKind, detail: &str, at: usize) {
        let text = self.text;
        self.repairs.note(kind, detail, || line_of(text, at));
    }

    fn cap(&self, value: usize, limit: usize, what: Excess, at: usize) -> Result<(), ReadError> {
        if value > limit { Err(excess(self.text, at, what, limit)) } else { Ok(()) }
    }

    fn count_node(&mut self, at: usize) -> Result<(), ReadError> {
        self.nodes += 1;
        self.cap(self.nodes, self.limits.nodes, Excess::Nodes, at)
    }

    /// Opens an element; answers where to read on if the tag turns out to be text or to hide another tag.
    pub(super) fn start(&mut self, content: &'d str, at: usize, empty: bool) -> Result<Option<usize>, ReadError> {
        let ends = |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'/' | b'<');
        let name = &content[..content.bytes().position(ends).unwrap_or(content.len())];
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            self.repair(RepairKind::BrokenTag, content, at);
            self.text(Cow::Borrowed("<"), at)?;
            return Ok(Some(at + 1));
        }
        self.cap(name.len(), self.limits.name_bytes, Excess::Name, at)?;
        if !empty {
            self.close_forgotten_item(name, at)?;
        }
        self.cap(self.open.len() + 1, self.limits.depth, Excess::Depth, at)?;
        self.count_node(at)?;
        if self.open.is_empty() && std::mem::replace(&mut self.seen_root, true) {
            self.repair(RepairKind::TrailingJunk, name, at);
        }

        let mut attributes = RawAttributes::new(&content[name.len()..]);
        self.collect(&mut attributes, at)?;
        let all = std::mem::take(&mut self.attributes);
        let outer_scope = self.scope.len();
        self.declare(&all, at)?;
        let parent = self.open.last().map_or(ROOT, |open| open.node);
        let mark = self.tree.mark(parent);
        let element = self.element_name(name, at);
        let node = self.tree.push_element(parent, element, at);
        for attribute in &all {
            self.push_attribute(attribute, at);
        }
        self.attributes = all;
        let progress = self.note_item(element, node);
        self.open.push(Open { name, node, mark, scope: outer_scope, progress, holds_items: false });
        if empty || VOID.contains(&name) {
            let after = &self.text[at + content.len() + 2..];
            if !empty && !after.trim_start().starts_with("</") {
                self.repair(RepairKind::UnclosedElement, name, at);
            }
            self.close()?;
        }
        Ok(attributes.broken_off_at().map(|inside| at + 1 + name.len() + inside))
    }

    /// Asks the item path about a new element.
    fn note_item(&mut self, name: Name, node: NodeId) -> Progress {
        let Some(path) = self.items else { return Progress::default() };
        let parent = self.open.last().map_or(Progress::START, |open| open.progress);
        let (progress, is_item) = path.enter(parent, &name, &self.tree, node);
        match &mut self.item {
            Some(outer) if is_item => outer.nested.push(node),
            None if is_item => {
                self.seen_item = true;
                self.item = Some(OpenItem { depth: self.open.len(), from: node, nested: Vec::new() });
            }
            _ => {}
        }
        progress
    }

    /// `<item>` inside an open `<item>`: the first one's end was forgotten.
    fn close_forgotten_item(&mut self, name: &str, at: usize) -> Result<(), ReadError> {
        let Some(item) = &self.item else { return Ok(()) };
        let depth = item.depth;
        if self.open[depth].name != name || !NEVER_NESTED.contains(&split(name).1) {
            return Ok(());
        }
        self.repair(RepairKind::UnclosedElement, name, at);
        self.close_to(depth)
    }

    pub(super) fn text(&mut self, text: Cow<'d, str>, at: usize) -> Result<(), ReadError> {
        let blank = || text.bytes().all(|b| b.is_ascii_whitespace());
        let Some(open) = self.open.last() else {
            if !blank() {
                let kind = if self.seen_root { RepairKind::TrailingJunk } else { RepairKind::LeadingJunk };
                let indent = text.len() - text.trim_start().len();
                self.repair(kind, text.trim(), at + indent);
            }
            return Ok(());
        };
        let parent = open.node;
        if text.is_empty() || (self.is_header() && (blank() || self.is_full())) {
            return Ok(());
        }
        if self.is_full() {
            self.repair(RepairKind::LargeItem, "", at);
            return Ok(());
        }
        let before = self.tree.len();
        if !self.tree.push_text(parent, text, at, self.limits.value_bytes) {
            self.repair(RepairKind::LongText, "", at);
        }
        if self.tree.len() > before { self.count_node(at) } else { Ok(()) }
    }

    /// Resolves the references of a text that starts at a byte.
    pub(super) fn unescape(&mut self, raw: &'d str, at: usize) -> Cow<'d, str> {
        let (text, repairs) = (self.text, &mut *self.repairs);
        entities::unescape_reporting(raw, |inside, trouble| {
            let (kind, name) = match trouble {
                Trouble::Html => (RepairKind::HtmlEntity, ""),
                Trouble::Undefined(name) => (RepairKind::UndefinedEntity, name),
                Trouble::Control => (RepairKind::ControlCharacters, ""),
                Trouble::Lone => (RepairKind::LoneAmpersand, ""),
            };
            repairs.note(kind, name, || line_of(text, at + inside));
        })
    }

    pub(super) fn end(&mut self, name: &str, at: usize) -> Result<(), ReadError> {
        match self.open.iter().rposition(|open| open.name == name) {
            Some(depth) => {
                if depth + 1 < self.open.len() {
                    let inner = self.open[depth + 1].name;
                    self.repair(RepairKind::UnclosedElement, inner, at);
                }
                self.close_to(depth)
            }
            None if VOID.contains(&name) => Ok(()),
            None if self.is_misspelt_end(name) => {
                self.repair(RepairKind::StrayEndTag, name, at);
                self.close()
            }
            None => {
                self.repair(RepairKind::StrayEndTag, name, at);
                Ok(())
            }
        }
    }

    /// `</encoded>` for `<content:encoded>`, or `</titel>` for a `<title>` with nothing but text; ends of HTML elements
    /// are likelier leftovers of raw HTML.
    fn is_misspelt_end(&self, name: &str) -> bool {
        let Some(open) = self.open.last() else { return false };
        let only_text = |tree: &Tree| tree.children(open.node).all(|child| tree.text(child).is_some());
        let has_text = self.tree.children(open.node).next().is_some();
        split(open.name).1 == split(name).1 || (has_text && only_text(&self.tree) && !html::is_element(name))
    }

    fn close_to(&mut self, depth: usize) -> Result<(), ReadError> {
        while self.open.len() > depth {
            self.close()?;
        }
        Ok(())
    }

    /// Closes the innermost element.
    fn close(&mut self) -> Result<(), ReadError> {
        let Some(closed) = self.open.pop() else { return Ok(()) };
        self.scope.leave(closed.scope);
        if self.items.is_none() {
            return Ok(());
        }
        let is_item = self.item.as_ref().is_some_and(|item| item.depth == self.open.len());
        if is_item {
            self.hand_over(closed.node)?;
        } else if closed.holds_items {
            self.sink.headers(&self.tree);
        } else {
            if self.is_full() {
                if self.item.is_some() {
                    self.repair(RepairKind::LargeItem, closed.name, self.tree.place(closed.node));
                }
                self.tree.cut_back(closed.mark);
            }
            self.late_headers |= self.seen_item && self.is_header();
            return Ok(());
        }
        self.tree.cut_back(closed.mark);
        if let Some(parent) = self.open.last_mut() {
            parent.holds_items = true;
        }
        Ok(())
    }

    fn hand_over(&mut self, node: NodeId) -> Result<(), ReadError> {
        let nested = self.item.take().map(|item| item.nested).unwrap_or_default();
        self.sink.item(&self.tree, node, self.repairs)?;
        // Those beyond the cap are gone.
        for node in nested.into_iter().filter(|&node| node < self.tree.len()).collect::<Vec<_>>() {
            self.sink.item(&self.tree, node, self.repairs)?;
        }
        Ok(())
    }

    /// Whether the innermost open element belongs to the headers.
    fn is_header(&self) -> bool {
        self.items.is_some() && self.item.is_none()
    }

    /// Whether the headers, or the current item, have as many nodes as they may.
    fn is_full(&self) -> bool {
        let size = |from: u32| (self.tree.len() - from) as usize;
        match (&self.items, &self.item) {
            (None, _) => false,
            (_, Some(item)) => size(item.from) >= self.limits.item_nodes,
            (_, None) => size(0) >= self.limits.envelope_nodes,
        }
    }

    pub(super) fn finish(mut self) -> Read<'d> {
        if let Some(item) = self.item.take() {
            let open = &self.open[item.depth];
            let (at, mark) = (self.tree.place(open.node), open.mark);
            self.repair(RepairKind::TruncatedItem, "", at);
            self.tree.cut_back(mark);
        } else if let Some(open) = self.open.last() {
            let name = open.name;
            self.repair(RepairKind::TruncatedDocument, name, self.text.len());
        }
        self.sink.headers(&self.tree);
        let unclosed = self.open.iter().map(|open| open.node).collect();
        Read { tree: self.tree, late_headers: self.late_headers, unclosed }
    }
}
