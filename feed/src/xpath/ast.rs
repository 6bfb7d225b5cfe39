//! The shape of a parsed expression, and writing it back for the engine with every name bound to a namespace.

use std::fmt::{self, Write};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Binary {
        operator: &'static str,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Negate(Box<Expr>),
    Literal(String),
    Number(f64),
    Call(Call),
    Path(Path),
    /// `(expr)[predicate]/step/step`
    Filter {
        of: Box<Expr>,
        predicates: Vec<Expr>,
        steps: Vec<Step>,
    },
}

impl Expr {
    /// Whether it gives nodes and not a text, number or truth value.
    pub(super) fn is_nodes(&self) -> bool {
        match self {
            Self::Path(_) | Self::Filter { .. } | Self::Binary { operator: "|", .. } => true,
            Self::Call(call) => call.name == "tokenize",
            Self::Binary { .. } | Self::Negate(_) | Self::Literal(_) | Self::Number(_) => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) arguments: Vec<Expr>,
    pub(super) at: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    pub(super) absolute: bool,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) axis: Axis,
    pub(super) test: Test,
    pub(super) predicates: Vec<Expr>,
    pub(super) at: usize,
}

impl Step {
    /// The hidden step of `//`.
    pub(super) fn anywhere(at: usize) -> Self {
        Self { axis: Axis::DescendantOrSelf, test: Test::Node, predicates: Vec::new(), at }
    }

    pub(super) fn is_anywhere(&self) -> bool {
        self.axis == Axis::DescendantOrSelf && self.test == Test::Node && self.predicates.is_empty()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Name { prefix: Option<String>, local: String },
    Node,
    Text,
    Comment,
    ProcessingInstruction(Option<String>),
}

macro_rules! axes {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Axis { $($variant),+ }

        impl Axis {
            pub(super) fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }

            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

axes! {
    Ancestor = "ancestor",
    AncestorOrSelf = "ancestor-or-self",
    Attribute = "attribute",
    Child = "child",
    Descendant = "descendant",
    DescendantOrSelf = "descendant-or-self",
    Following = "following",
    FollowingSibling = "following-sibling",
    Namespace = "namespace",
    Parent = "parent",
    Preceding = "preceding",
    PrecedingSibling = "preceding-sibling",
    SelfNode = "self",
}

impl Axis {
    /// Whether the axis may reach a large part of the document from one node.
    pub(super) fn is_wide(self) -> bool {
        !matches!(self, Self::Attribute | Self::Child | Self::Namespace | Self::Parent | Self::SelfNode)
    }

    /// Whether the axis may leave the item it starts from.
    pub(super) fn leaves(self) -> bool {
        !matches!(
            self,
            Self::Attribute
                | Self::Child
                | Self::Namespace
                | Self::SelfNode
                | Self::Descendant
                | Self::DescendantOrSelf
        )
    }
}

/// Prefix under which the document's default namespace is bound in the engine; marketers may write it too.
pub(super) const DEFAULT_PREFIX: &str = "_";

/// Function that compares nodes as the recommendation says; the engine's own `!=` and `<` look at the first node only.
pub(super) const COMPARE: &str = "klaroen-compare";

/// Writes an expression for the engine: unabbreviated, and element names without a prefix in the default namespace.
pub(super) struct Written<'a> {
    pub(super) expr: &'a Expr,
    pub(super) default_namespace: bool,
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr(f, self.expr)
    }
}

impl Written<'_> {
    fn expr(&self, f: &mut fmt::Formatter<'_>, expr: &Expr) -> fmt::Result {
        match expr {
            Expr::Binary { operator: operator @ ("!=" | "<" | "<=" | ">" | ">="), left, right }
                if left.is_nodes() || right.is_nodes() =>
            {
                write!(f, "{COMPARE}(")?;
                self.expr(f, left)?;
                write!(f, ", '{operator}', ")?;
                self.expr(f, right)?;
                f.write_char(')')
            }
            Expr::Binary { operator, left, right } => {
                self.operand(f, left)?;
                write!(f, " {operator} ")?;
                self.operand(f, right)
            }
            Expr::Negate(inner) => {
                f.write_str("- ")?;
                self.operand(f, inner)
            }
            Expr::Literal(text) => {
                let quote = if text.contains('\'') { '"' } else { '\'' };
                write!(f, "{quote}{text}{quote}")
            }
            Expr::Number(number) => write!(f, "{number}"),
            Expr::Call(call) => {
                write!(f, "{}(", call.name)?;
                for (n, argument) in call.arguments.iter().enumerate() {
                    f.write_str(if n == 0 { "" } else { ", " })?;
                    self.expr(f, argument)?;
                }
                f.write_char(')')
            }
            Expr::Path(path) => {
                if path.absolute {
                    f.write_char('/')?;
                }
                self.steps(f, &path.steps)
            }
            Expr::Filter { of, predicates, steps } => {
                self.operand(f, of)?;
                self.predicates(f, predicates)?;
                if !steps.is_empty() {
                    f.write_char('/')?;
                }
                self.steps(f, steps)
            }
        }
    }

    fn operand(&self, f: &mut fmt::Formatter<'_>, expr: &Expr) -> fmt::Result {
        match expr {
            Expr::Binary { .. } | Expr::Negate(_) | Expr::Filter { .. } => {
                f.write_char('(')?;
                self.expr(f, expr)?;
                f.write_char(')')
            }
            _ => self.expr(f, expr),
        }
    }

    fn steps(&self, f: &mut fmt::Formatter<'_>, steps: &[Step]) -> fmt::Result {
        for (n, step) in steps.iter().enumerate() {
            write!(f, "{}{}::", if n == 0 { "" } else { "/" }, step.axis.name())?;
            match &step.test {
                Test::Name { prefix: Some(prefix), local } => write!(f, "{prefix}:{local}")?,
                Test::Name { prefix: None, local } => {
                    let element = !matches!(step.axis, Axis::Attribute | Axis::Namespace);
                    if self.default_namespace && element && local != "*" {
                        write!(f, "{DEFAULT_PREFIX}:")?;
                    }
                    f.write_str(local)?;
                }
                Test::Node => f.write_str("node()")?,
                Test::Text => f.write_str("text()")?,
                Test::Comment => f.write_str("comment()")?,
                Test::ProcessingInstruction(None) => f.write_str("processing-instruction()")?,
                Test::ProcessingInstruction(Some(target)) => write!(f, "processing-instruction('{target}')")?,
            }
            self.predicates(f, &step.predicates)?;
        }
        Ok(())
    }

    fn predicates(&self, f: &mut fmt::Formatter<'_>, predicates: &[Expr]) -> fmt::Result {
        for predicate in predicates {
            f.write_char('[')?;
            self.expr(f, predicate)?;
            f.write_char(']')?;
        }
        Ok(())
    }
}
