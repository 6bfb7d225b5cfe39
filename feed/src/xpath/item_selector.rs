//! How the items of a document are found: a path matched while streaming, or on the whole tree, and conditions that are
//! asked of each item afterwards. So an item path never runs on the engine with more than one item.

use super::ast::{Call, Expr, Path, Step};
use super::item_path::ItemPath;
use super::native::{Condition, Native, Predicate};
use super::{Bindings, Engine, Expression, Failure, Item, SyntaxError, Want, parse};
use crate::limits::Limits;
use crate::tree::{Data, Namespaces, NodeId, ROOT, Tree};

/// A compiled item path.
pub(crate) struct ItemSelector {
    path: Found,
    conditions: Vec<Asked>,
}

enum Found {
    Streaming(ItemPath),
    Whole(Native),
}

enum Asked {
    Native(Condition),
    Engine(Expression),
}

impl ItemSelector {
    pub(crate) fn new(
        source: &str,
        bindings: &Bindings,
        namespaces: &mut Namespaces,
        engine: &mut Engine,
    ) -> Result<Self, SyntaxError> {
        let parsed = parse(source, true)?;
        let refuse = |at| {
            let reason =
                "an item path is a path such as /rss/channel/item or //job[@status='open']; this form is not one";
            SyntaxError::new(source, at, reason.to_owned())
        };
        let names = parsed.names(source, bindings, namespaces, engine)?;
        let compiler = names.compiler(parsed.admitted.search.is_some());
        let Expr::Path(path) = &parsed.expr else {
            let native = compiler.expression(&parsed.expr).ok_or_else(|| refuse(0))?;
            return Ok(Self { path: Found::Whole(native), conditions: Vec::new() });
        };
        let mut path = from_anywhere(path.clone());
        let predicates = path.steps.last_mut().map(|last| std::mem::take(&mut last.predicates)).unwrap_or_default();
        let mut found = compiler.path(&path).ok_or_else(|| refuse(path.steps.first().map_or(0, |step| step.at)))?;
        let whole = predicates.iter().any(is_position);
        let mut conditions = Vec::new();
        for predicate in predicates {
            let at = path.steps.last().map_or(0, |step| step.at);
            match (compiler.predicate(&predicate), found.steps.last_mut()) {
                (Some(native), Some(last)) if conditions.is_empty() && (whole || native.needs_only_attributes()) => {
                    last.predicates.push(native);
                }
                (Some(Predicate::Holds(condition)), _) => conditions.push(Asked::Native(condition)),
                (None, _) if is_question(&predicate) => {
                    let question = Expr::Call(Call { name: "boolean".to_owned(), arguments: vec![predicate], at });
                    conditions.push(Asked::Engine(Expression::of(source, question, &parsed.admitted, bindings)));
                }
                _ => return Err(refuse(at)),
            }
        }
        let path = match ItemPath::new(found) {
            Ok(path) => Found::Streaming(path),
            Err(path) => Found::Whole(Native(vec![path])),
        };
        Ok(Self { path, conditions })
    }

    /// The path to match while streaming, if it is of that kind.
    pub(crate) fn streaming(&self) -> Option<&ItemPath> {
        match &self.path {
            Found::Streaming(path) => Some(path),
            Found::Whole(_) => None,
        }
    }

    /// All items of a whole tree, in document order; their conditions are still to be asked. Items are elements: neither
    /// the document itself, which `/` means, nor a text.
    pub(crate) fn find(&self, tree: &Tree) -> Vec<NodeId> {
        let is_element = |node: &NodeId| matches!(tree.data(*node), Data::Element { .. });
        match &self.path {
            Found::Streaming(path) => path.find(tree),
            Found::Whole(native) => {
                native.find(tree, ROOT).into_iter().map(|found| found.node).filter(is_element).collect()
            }
        }
    }

    /// Whether an element that the path leads to is an item.
    pub(crate) fn accepts(&self, item: &Item, engine: &Engine, limits: &Limits) -> Result<bool, Failure> {
        for condition in &self.conditions {
            let holds = match condition {
                Asked::Native(condition) => condition.holds(item.tree, item.node),
                Asked::Engine(question) => {
                    let answer = question.evaluate(item, engine, Want::default(), limits)?;
                    answer.first().is_some_and(|answer| answer.text == "true")
                }
            };
            if !holds {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// `item` alone means items anywhere.
fn from_anywhere(mut path: Path) -> Path {
    if !path.absolute && path.steps.first().is_some_and(|first| !first.axis.leaves()) {
        path.absolute = true;
        let at = path.steps[0].at;
        path.steps.insert(0, Step::anywhere(at));
    }
    path
}

fn is_position(predicate: &Expr) -> bool {
    matches!(predicate, Expr::Number(_)) || matches!(predicate, Expr::Call(call) if call.name == "last")
}

/// Whether a predicate is true or false of an item alone, whatever its position.
fn is_question(predicate: &Expr) -> bool {
    const NUMBERS: &[&str] = &["count", "number", "sum", "string-length", "floor", "ceiling", "round"];
    let number = match predicate {
        Expr::Number(_) | Expr::Negate(_) => true,
        Expr::Binary { operator, .. } => matches!(*operator, "+" | "-" | "*" | "div" | "mod"),
        Expr::Call(call) => NUMBERS.contains(&call.name.as_str()),
        _ => false,
    };
    !number && !mentions_position(predicate)
}

fn mentions_position(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => {
            matches!(call.name.as_str(), "position" | "last") || call.arguments.iter().any(mentions_position)
        }
        Expr::Binary { left, right, .. } => mentions_position(left) || mentions_position(right),
        Expr::Negate(inner) => mentions_position(inner),
        Expr::Filter { of, .. } => mentions_position(of),
        Expr::Path(_) | Expr::Literal(_) | Expr::Number(_) => false,
    }
}
