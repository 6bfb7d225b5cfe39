//! `XPath` 1.0 for people who map feeds: names without a prefix match the document's default namespace, prefixes are bound,
//! errors have columns, and nothing is evaluated that could cost too much.
//! Common forms run natively on the reader's tree, the rest on sxd-xpath.

mod admission;
mod ast;
mod budget;
mod engine;
mod functions;
mod item_path;
mod item_selector;
mod lexer;
mod names;
mod native;
mod parser;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Instant;

pub(crate) use engine::Engine;
pub(crate) use item_path::{ItemPath, Progress};
pub(crate) use item_selector::ItemSelector;
pub(crate) use lexer::is_name;
use names::Names;
pub(crate) use names::{Bindings, declarations};
use sxd_xpath::XPath;

use crate::error::{Place, ReadError};
use crate::limits::Limits;
use crate::tree::{Namespaces, NodeId, Tree};
use admission::{Admitted, Cost, Search};
use ast::Expr;
use budget::Budget;
use engine::{Answer, ItemDocument};
use native::Native;

/// What is wrong with an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// 1-based, in characters.
    pub(crate) column: usize,
    pub(crate) reason: String,
}

impl SyntaxError {
    fn new(expression: &str, at: usize, reason: String) -> Self {
        Self { column: expression[..at].chars().count() + 1, reason }
    }

    pub(crate) fn at(self, place: Place, expression: &str) -> ReadError {
        ReadError::Expression { place, column: self.column, reason: self.reason, expression: expression.to_owned() }
    }
}

struct Parsed {
    expr: Expr,
    admitted: Admitted,
}

/// Parsed expressions kept per thread.
const KEPT: usize = 1024;

thread_local! {
    static PARSED: RefCell<HashMap<(String, bool), Rc<Parsed>>> = RefCell::default();
}

fn parse(source: &str, item_path: bool) -> Result<Rc<Parsed>, SyntaxError> {
    let key = (source.to_owned(), item_path);
    if let Some(known) = PARSED.with_borrow(|parsed| parsed.get(&key).cloned()) {
        return Ok(known);
    }
    if source.len() > admission::LONGEST {
        let reason = format!("the expression is longer than {} bytes", admission::LONGEST);
        return Err(SyntaxError::new(source, source.floor_char_boundary(admission::LONGEST), reason));
    }
    let expr = parser::parse(source)?;
    let admitted = admission::admit(source, &expr, item_path)?;
    let new = Rc::new(Parsed { expr, admitted });
    PARSED.with_borrow_mut(|parsed| {
        if parsed.len() >= KEPT {
            parsed.clear();
        }
        parsed.insert(key, Rc::clone(&new));
    });
    Ok(new)
}

/// Checks an expression without a document: everything but its prefixes.
pub(crate) fn check(source: &str, item_path: bool) -> Result<(), SyntaxError> {
    parse(source, item_path).map(drop)
}

/// One match of an expression.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found<'t> {
    pub(crate) text: Cow<'t, str>,
    /// Values of `xml:base` around it, outermost first.
    pub(crate) bases: Vec<String>,
    /// The `width` of its element, in whatever unit the feed uses.
    pub(crate) width: Option<u32>,
}

/// What is wanted of matches beside their text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Want {
    pub(crate) bases: bool,
    pub(crate) width: bool,
}

/// Why an expression gave no answer on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    TooExpensive { step: String },
    Engine(String),
}

impl Failure {
    pub(crate) fn at(self, place: Place, expression: &str) -> ReadError {
        let expression = expression.to_owned();
        match self {
            Self::TooExpensive { step } => ReadError::TooExpensive { place, step, expression },
            Self::Engine(reason) => ReadError::Evaluation { place, reason, expression },
        }
    }
}

/// Bytes of text that cost a search as much as a node.
const TEXT_PER_NODE: usize = 128;

/// One item while expressions look at it; its copies for the engine are made when first needed.
pub(crate) struct Item<'t, 'd> {
    pub(crate) tree: &'t Tree<'d>,
    pub(crate) node: NodeId,
    alone: OnceCell<ItemDocument>,
    enveloped: OnceCell<ItemDocument>,
    weight: OnceCell<usize>,
}

impl<'t, 'd> Item<'t, 'd> {
    pub(crate) fn new(tree: &'t Tree<'d>, node: NodeId) -> Self {
        Self { tree, node, alone: OnceCell::new(), enveloped: OnceCell::new(), weight: OnceCell::new() }
    }

    fn document(&self, envelope: bool) -> &ItemDocument {
        let cell = if envelope { &self.enveloped } else { &self.alone };
        cell.get_or_init(|| ItemDocument::new(self.tree, self.node, envelope))
    }

    /// What a search has to look at: nodes, and texts by their length.
    fn weight(&self) -> usize {
        *self.weight.get_or_init(|| self.tree.len() as usize + self.tree.text_bytes() / TEXT_PER_NODE)
    }

    /// Values of `xml:base` at a node and around it, outermost first.
    pub(crate) fn bases(&self, node: NodeId) -> Vec<String> {
        if !self.tree.has_base {
            return Vec::new();
        }
        let around = std::iter::successors(Some(node), |&node| self.tree.parent(node));
        let mut bases: Vec<_> = around.filter_map(|node| self.tree.xml_base(node)).map(str::to_owned).collect();
        bases.reverse();
        bases
    }
}

impl Limits {
    /// How much an expression may search, by what the search costs.
    fn weight(&self, cost: Cost) -> usize {
        match cost {
            Cost::Once => usize::MAX,
            Cost::Repeated => self.searched_weight,
            Cost::InCondition => self.condition_weight,
        }
    }
}

/// An expression ready for the items of one document.
pub(crate) struct Expression {
    source: String,
    parsed: Rc<Parsed>,
    native: Option<Native>,
    compiled: OnceCell<Rc<XPath>>,
    default_namespace: bool,
    /// For the engine; what runs natively is linear.
    budget: Budget,
}

impl Expression {
    pub(crate) fn new(
        source: &str,
        bindings: &Bindings,
        namespaces: &mut Namespaces,
        engine: &mut Engine,
    ) -> Result<Self, SyntaxError> {
        let parsed = parse(source, false)?;
        let names = parsed.names(source, bindings, namespaces, engine)?;
        let native = names.compiler(parsed.admitted.search.is_some()).expression(&parsed.expr);
        Ok(Self { native, ..Self::unbound(source, parsed, bindings) })
    }

    /// An expression made of parts of another that was admitted and whose names were bound.
    fn of(source: &str, expr: Expr, admitted: &Admitted, bindings: &Bindings) -> Self {
        Self::unbound(source, Rc::new(Parsed { expr, admitted: admitted.clone() }), bindings)
    }

    fn unbound(source: &str, parsed: Rc<Parsed>, bindings: &Bindings) -> Self {
        Self {
            source: source.to_owned(),
            parsed,
            native: None,
            compiled: OnceCell::new(),
            default_namespace: !bindings.default.is_empty(),
            budget: Budget::default(),
        }
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// Whether it may look outside the item.
    pub(crate) fn leaves_item(&self) -> bool {
        self.parsed.admitted.leaves_item
    }

    /// All matches, in document order.
    pub(crate) fn evaluate<'t>(
        &self,
        item: &Item<'t, '_>,
        engine: &Engine,
        want: Want,
        limits: &Limits,
    ) -> Result<Vec<Found<'t>>, Failure> {
        let mut all = Vec::new();
        self.visit(item, engine, want, limits, &mut |found| {
            all.push(found);
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }

    /// Hands over the matches, in document order, until `visit` has enough.
    pub(crate) fn visit<'t>(
        &self,
        item: &Item<'t, '_>,
        engine: &Engine,
        want: Want,
        limits: &Limits,
        visit: &mut dyn FnMut(Found<'t>) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let _ = match &self.native {
            Some(native) => native.visit(item.tree, item.node, &mut |found| {
                let width = || item.tree.attribute_value(found.node, "width")?.parse().ok();
                visit(Found {
                    text: found.string_value(item.tree),
                    bases: if want.bases { item.bases(found.node) } else { Vec::new() },
                    width: want.width.then(width).flatten(),
                })
            }),
            None => self.evaluate_with_engine(item, engine, want, limits)?.into_iter().try_for_each(visit),
        };
        Ok(())
    }

    fn evaluate_with_engine<'t>(
        &self,
        item: &Item<'t, '_>,
        engine: &Engine,
        want: Want,
        limits: &Limits,
    ) -> Result<Vec<Found<'t>>, Failure> {
        if let Some(Search { step, cost }) = &self.parsed.admitted.search
            && item.weight() > limits.weight(*cost)
        {
            return Err(Failure::TooExpensive { step: step.clone() });
        }
        if !self.budget.allows(limits.expression_time, || engine.share()) {
            return Err(Failure::TooExpensive { step: self.costly_step() });
        }
        let started = Instant::now();
        let xpath = self.compiled()?;
        let answer = engine.evaluate(xpath, item.document(self.leaves_item()), want).map_err(Failure::Engine)?;
        self.budget.spend(started.elapsed());
        Ok(match answer {
            Answer::Nodes(found) => found,
            Answer::Text(text) => {
                let bases = if want.bases { item.bases(item.node) } else { Vec::new() };
                vec![Found { text: text.into(), bases, width: None }]
            }
        })
    }

    fn costly_step(&self) -> String {
        self.parsed.admitted.search.as_ref().map_or_else(|| self.source.clone(), |search| search.step.clone())
    }

    fn compiled(&self) -> Result<&XPath, Failure> {
        if let Some(compiled) = self.compiled.get() {
            return Ok(compiled);
        }
        let written = ast::Written { expr: &self.parsed.expr, default_namespace: self.default_namespace }.to_string();
        let compiled = engine::compile(&written).map_err(Failure::Engine)?;
        Ok(self.compiled.get_or_init(|| compiled))
    }
}
