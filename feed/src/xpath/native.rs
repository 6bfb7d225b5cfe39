//! The commonest forms of `XPath`, compiled to something that walks the reader's tree directly: name steps, attributes,
//! `//`, `..`, positions, simple conditions and unions. Everything else goes to sxd-xpath; a property test holds both to
//! the same answers.

use super::Names;
use super::ast::{Axis, Call, Expr, Path, Step, Test};
use crate::tree::NamespaceId;

/// Paths whose results are joined in document order.
#[derive(Debug)]
pub(crate) struct Native(pub(super) Vec<NativePath>);

#[derive(Debug)]
pub(crate) struct NativePath {
    pub(super) absolute: bool,
    pub(super) steps: Vec<NativeStep>,
}

#[derive(Debug)]
pub(crate) struct NativeStep {
    pub(super) axis: Axis,
    pub(super) test: NativeTest,
    pub(super) predicates: Vec<Predicate>,
}

#[derive(Debug)]
pub(super) enum NativeTest {
    Node,
    Text,
    AnyElement,
    AnyIn(NamespaceId),
    Named { namespace: NamespaceId, local: String },
}

#[derive(Debug)]
pub(super) enum Predicate {
    Position(f64),
    Last,
    Holds(Condition),
}

/// What a predicate asks of a node.
#[derive(Debug)]
pub(super) enum Condition {
    Exists(NativePath),
    Compare { path: NativePath, how: Comparison, with: String },
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Comparison {
    Equals,
    Differs,
    StartsWith,
    Contains,
}

impl NativePath {
    pub(super) fn ends_in_attribute(&self) -> bool {
        self.steps.last().is_some_and(|step| step.axis == Axis::Attribute)
    }
}

impl Predicate {
    pub(super) fn into_condition(self) -> Option<Condition> {
        match self {
            Self::Holds(condition) => Some(condition),
            Self::Position(_) | Self::Last => None,
        }
    }

    /// Whether the start tag alone decides it.
    pub(super) fn needs_only_attributes(&self) -> bool {
        matches!(self, Self::Holds(condition) if condition.needs_only_attributes())
    }
}

impl Condition {
    /// Whether the start tag alone decides it.
    pub(super) fn needs_only_attributes(&self) -> bool {
        match self {
            Self::Exists(path) | Self::Compare { path, .. } => path.steps.len() == 1 && path.ends_in_attribute(),
            Self::Not(inner) => inner.needs_only_attributes(),
            Self::And(a, b) | Self::Or(a, b) => a.needs_only_attributes() && b.needs_only_attributes(),
        }
    }
}

/// Compiles for one document.
pub(super) struct Compiler<'r> {
    pub(super) names: &'r Names,
    /// Reading all text of elements inside a search of the whole item could cost too much here; the engine has a budget.
    pub(super) wide: bool,
}

impl Compiler<'_> {
    /// `None` when the expression is not one of the native forms.
    pub(super) fn expression(&self, expr: &Expr) -> Option<Native> {
        let mut paths = Vec::new();
        self.union(expr, &mut paths)?;
        // The order among attributes of one element is the engine's own.
        (paths.iter().filter(|path| path.ends_in_attribute()).count() <= 1 || paths.len() == 1).then_some(Native(paths))
    }

    fn union(&self, expr: &Expr, paths: &mut Vec<NativePath>) -> Option<()> {
        match expr {
            Expr::Binary { operator: "|", left, right } => {
                self.union(left, paths)?;
                self.union(right, paths)
            }
            Expr::Path(path) => {
                paths.push(self.path(path)?);
                Some(())
            }
            _ => None,
        }
    }

    pub(super) fn path(&self, path: &Path) -> Option<NativePath> {
        let last = path.steps.len().saturating_sub(1);
        let steps = path.steps.iter().enumerate().map(|(n, step)| self.step(step, n == last)).collect::<Option<_>>()?;
        Some(NativePath { absolute: path.absolute, steps })
    }

    fn step(&self, step: &Step, last: bool) -> Option<NativeStep> {
        let test = match (step.axis, &step.test) {
            (Axis::Attribute, Test::Name { prefix, local }) if last && local != "*" && step.predicates.is_empty() => {
                let namespace = match prefix {
                    Some(prefix) => self.names.resolve(Some(prefix)),
                    None => NamespaceId::NONE,
                };
                NativeTest::Named { namespace, local: local.clone() }
            }
            (
                Axis::Child | Axis::SelfNode | Axis::Parent | Axis::Descendant | Axis::DescendantOrSelf,
                Test::Name { prefix, local },
            ) => match (prefix.as_deref(), local.as_str()) {
                (None, "*") => NativeTest::AnyElement,
                (Some(prefix), "*") => NativeTest::AnyIn(self.names.resolve(Some(prefix))),
                (prefix, _) => NativeTest::Named { namespace: self.names.resolve(prefix), local: local.clone() },
            },
            (Axis::Child | Axis::SelfNode | Axis::Parent | Axis::Descendant | Axis::DescendantOrSelf, Test::Node) => {
                NativeTest::Node
            }
            (Axis::Child | Axis::Descendant, Test::Text) => NativeTest::Text,
            _ => return None,
        };
        let predicates = step.predicates.iter().map(|predicate| self.predicate(predicate)).collect::<Option<_>>()?;
        Some(NativeStep { axis: step.axis, test, predicates })
    }

    pub(super) fn predicate(&self, expr: &Expr) -> Option<Predicate> {
        match expr {
            Expr::Number(number) => Some(Predicate::Position(*number)),
            Expr::Call(Call { name, .. }) if name == "last" => Some(Predicate::Last),
            _ => self.condition(expr).map(Predicate::Holds),
        }
    }

    fn condition(&self, expr: &Expr) -> Option<Condition> {
        match expr {
            Expr::Path(path) => Some(Condition::Exists(self.operand(path)?)),
            Expr::Binary { operator: "and", left, right } => {
                Some(Condition::And(Box::new(self.condition(left)?), Box::new(self.condition(right)?)))
            }
            Expr::Binary { operator: "or", left, right } => {
                Some(Condition::Or(Box::new(self.condition(left)?), Box::new(self.condition(right)?)))
            }
            Expr::Binary { operator: "=", left, right } => self.compare(left, right, Comparison::Equals),
            Expr::Binary { operator: "!=", left, right } => self.compare(left, right, Comparison::Differs),
            Expr::Call(Call { name, arguments, .. }) => match (name.as_str(), arguments.as_slice()) {
                ("not", [inner]) => Some(Condition::Not(Box::new(self.condition(inner)?))),
                ("starts-with", [path @ Expr::Path(_), with]) => self.compare(path, with, Comparison::StartsWith),
                ("contains", [path @ Expr::Path(_), with]) => self.compare(path, with, Comparison::Contains),
                _ => None,
            },
            _ => None,
        }
    }

    fn compare(&self, left: &Expr, right: &Expr, how: Comparison) -> Option<Condition> {
        let ((Expr::Path(path), Expr::Literal(with)) | (Expr::Literal(with), Expr::Path(path))) = (left, right) else {
            return None;
        };
        let path = self.operand(path)?;
        let quick = path.ends_in_attribute() || !self.wide || !matches!(how, Comparison::Contains);
        quick.then(|| Condition::Compare { path, how, with: with.clone() })
    }

    /// A path inside a condition: only downwards, step by step.
    fn operand(&self, path: &Path) -> Option<NativePath> {
        let direct = |step: &Step| {
            matches!(step.axis, Axis::Child | Axis::Attribute | Axis::SelfNode) && step.predicates.is_empty()
        };
        (!path.absolute && path.steps.iter().all(direct)).then(|| self.path(path))?
    }
}
