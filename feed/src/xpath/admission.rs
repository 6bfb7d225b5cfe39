//! Decides, before anything is evaluated, whether an expression can be afforded.
//! Evaluation cannot be interrupted, so its cost is bounded by what the expression may contain.

use super::SyntaxError;
use super::ast::{Axis, Call, Expr, Path, Step, Test};
use crate::pattern;

/// Bytes of an expression.
pub(super) const LONGEST: usize = 512;
/// Steps of all paths of an expression together.
const MOST_STEPS: usize = 12;
/// Predicates inside each other.
const DEEPEST_PREDICATE: usize = 2;
/// Wide axes outside predicates.
const MOST_WIDE: usize = 2;
/// Wide axes inside predicates.
const MOST_WIDE_IN_PREDICATES: usize = 1;

/// Functions with the least and most arguments they take.
const FUNCTIONS: &[(&str, usize, usize)] = &[
    ("boolean", 1, 1),
    ("ceiling", 1, 1),
    ("concat", 2, 50),
    ("contains", 2, 2),
    ("count", 1, 1),
    ("false", 0, 0),
    ("floor", 1, 1),
    ("html-to-text", 0, 1),
    ("last", 0, 0),
    ("local-name", 0, 1),
    ("lower-case", 0, 1),
    ("matches", 2, 2),
    ("name", 0, 1),
    ("namespace-uri", 0, 1),
    ("normalize-space", 0, 1),
    ("not", 1, 1),
    ("number", 0, 1),
    ("position", 0, 0),
    ("replace", 3, 3),
    ("resolve-url", 0, 1),
    ("round", 1, 1),
    ("starts-with", 2, 2),
    ("string", 0, 1),
    ("string-join", 1, 2),
    ("string-length", 0, 1),
    ("substring", 2, 3),
    ("substring-after", 2, 2),
    ("substring-before", 2, 2),
    ("sum", 1, 1),
    ("tokenize", 2, 2),
    ("translate", 3, 3),
    ("true", 0, 0),
    ("upper-case", 0, 1),
];

/// Functions that look at nodes and not at texts.
const OF_NODES: &[&str] = &["count", "local-name", "name", "namespace-uri", "sum"];
/// Functions whose second argument is a regular expression.
const OF_PATTERNS: &[&str] = &["matches", "replace", "tokenize"];

/// What the admission learned about an expression.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Admitted {
    /// Whether it may look at something outside the item: its parents, their headers or its siblings.
    pub(super) leaves_item: bool,
    /// Whether and how it searches the whole item.
    pub(super) search: Option<Search>,
    /// Prefixes with the place of their first use.
    pub(super) prefixes: Vec<(String, usize)>,
}

/// A search of the whole item by a wide axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Search {
    /// The axis, as written.
    pub(super) step: String,
    pub(super) cost: Cost,
}

/// How the cost of a search grows with the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cost {
    /// One search: in proportion.
    Once,
    /// Two searches, or conditions on what is found.
    Repeated,
    /// A search for each node that a condition is asked of.
    InCondition,
}

/// Checks an expression; an item path may hold no wide axis in its predicates and must be a path.
pub(super) fn admit(expression: &str, expr: &Expr, item_path: bool) -> Result<Admitted, SyntaxError> {
    let learned = Admitted::default();
    let mut walk = Walk { expression, item_path, steps: 0, conditions: 0, searches: vec![], inside: vec![], learned };
    walk.expr(expr, 0)?;
    let cost = match (walk.searches.len(), walk.conditions, walk.inside.len()) {
        (_, _, 1..) => Cost::InCondition,
        (0 | 1, 0, 0) => Cost::Once,
        _ => Cost::Repeated,
    };
    let step = walk.inside.first().or(walk.searches.first());
    walk.learned.search = step.map(|&step| Search { step: step.to_owned(), cost });
    Ok(walk.learned)
}

struct Walk<'e> {
    expression: &'e str,
    item_path: bool,
    steps: usize,
    conditions: usize,
    /// Wide axes outside and inside predicates.
    searches: Vec<&'static str>,
    inside: Vec<&'static str>,
    learned: Admitted,
}

impl Walk<'_> {
    fn refuse<T>(&self, at: usize, reason: impl Into<String>) -> Result<T, SyntaxError> {
        Err(SyntaxError::new(self.expression, at, reason.into()))
    }

    fn expr(&mut self, expr: &Expr, predicate_depth: usize) -> Result<(), SyntaxError> {
        match expr {
            Expr::Binary { left, right, .. } => {
                self.expr(left, predicate_depth)?;
                self.expr(right, predicate_depth)
            }
            Expr::Negate(inner) => self.expr(inner, predicate_depth),
            Expr::Literal(_) | Expr::Number(_) => Ok(()),
            Expr::Call(call) => {
                self.function(call)?;
                call.arguments.iter().try_for_each(|argument| self.expr(argument, predicate_depth))
            }
            Expr::Path(path) => self.path(path, predicate_depth),
            Expr::Filter { of, predicates, steps } => {
                self.expr(of, predicate_depth)?;
                self.predicates(predicates, predicate_depth, 0)?;
                self.steps(steps, predicate_depth)
            }
        }
    }

    fn function(&mut self, call: &Call) -> Result<(), SyntaxError> {
        let Call { name, arguments, at } = call;
        let Some((_, least, most)) = FUNCTIONS.iter().find(|(known, _, _)| known == name) else {
            let known: Vec<_> = FUNCTIONS.iter().map(|(name, _, _)| *name).collect();
            return self.refuse(*at, format!("there is no function {name}(); known are {}", known.join(", ")));
        };
        if !(*least..=*most).contains(&arguments.len()) {
            let wanted = if least == most { least.to_string() } else { format!("{least} to {most}") };
            return self.refuse(*at, format!("{name}() takes {wanted} arguments, not {}", arguments.len()));
        }
        if OF_NODES.contains(&name.as_str()) && arguments.iter().any(|argument| !argument.is_nodes()) {
            return self.refuse(*at, format!("{name}() takes a path, as in {name}(category)"));
        }
        if OF_PATTERNS.contains(&name.as_str())
            && let Some(Expr::Literal(pattern)) = arguments.get(1)
            && let Err(reason) = pattern::compile(pattern)
        {
            return self.refuse(*at, reason);
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, predicate_depth: usize) -> Result<(), SyntaxError> {
        self.learned.leaves_item |= path.absolute;
        if path.absolute && predicate_depth > 0 && path.steps.first().is_none_or(|first| !first.axis.is_wide()) {
            let at = path.steps.first().map_or(0, |step| step.at);
            self.wide(at, "/", predicate_depth)?;
        }
        self.steps(&path.steps, predicate_depth)
    }

    fn steps(&mut self, steps: &[Step], predicate_depth: usize) -> Result<(), SyntaxError> {
        for step in steps {
            self.learned.leaves_item |= step.axis.leaves();
            if !step.is_anywhere() {
                self.steps += 1;
            }
            if self.steps > MOST_STEPS {
                return self.refuse(step.at, format!("more than {MOST_STEPS} steps; write it more simply"));
            }
            if step.axis == Axis::Namespace {
                return self.refuse(step.at, "the namespace axis is not available; use namespace-uri()");
            }
            if step.axis.is_wide() || (predicate_depth > 0 && step.axis == Axis::Parent) {
                let name = if step.is_anywhere() { "//" } else { step.axis.name() };
                self.wide(step.at, name, predicate_depth)?;
            }
            if let Test::Name { prefix: Some(prefix), .. } = &step.test
                && self.learned.prefixes.iter().all(|(known, _)| known != prefix)
            {
                self.learned.prefixes.push((prefix.clone(), step.at));
            }
            self.predicates(&step.predicates, predicate_depth, step.at)?;
        }
        Ok(())
    }

    fn wide(&mut self, at: usize, name: &'static str, predicate_depth: usize) -> Result<(), SyntaxError> {
        if predicate_depth == 0 {
            self.searches.push(name);
            if self.searches.len() > MOST_WIDE {
                return self.refuse(at, format!("too expensive: \"{name}\" is the third search of the whole item"));
            }
            return Ok(());
        }
        self.inside.push(name);
        if self.item_path {
            return self.refuse(at, format!("too expensive: \"{name}\" inside [...] of an item path"));
        }
        if predicate_depth > 1 {
            return self.refuse(at, format!("too expensive: \"{name}\" inside a [...] within [...]"));
        }
        if self.inside.len() > MOST_WIDE_IN_PREDICATES {
            return self.refuse(at, format!("too expensive: \"{name}\" is the second search inside [...]"));
        }
        Ok(())
    }

    fn predicates(&mut self, predicates: &[Expr], depth: usize, at: usize) -> Result<(), SyntaxError> {
        if depth + 1 > DEEPEST_PREDICATE && !predicates.is_empty() {
            return self.refuse(at, format!("more than {DEEPEST_PREDICATE} [...] inside each other"));
        }
        self.conditions += predicates.len();
        predicates.iter().try_for_each(|predicate| self.expr(predicate, depth + 1))
    }
}
