//! `XPath` 1.0 grammar, by recursive descent with binding powers, bounded in depth so that no expression can exhaust the stack.

use super::SyntaxError;
use super::ast::{Axis, Call, Expr, Path, Step, Test};
use super::lexer::{self, Placed, Token};

/// Parentheses, predicates, calls and signs inside each other.
const DEEPEST: usize = 20;

pub(super) fn parse(expression: &str) -> Result<Expr, SyntaxError> {
    if expression.trim().is_empty() {
        return Err(SyntaxError::new(expression, 0, "the expression is empty".to_owned()));
    }
    let mut parser = Parser { expression, tokens: lexer::tokens(expression)?, next: 0, depth: 0 };
    let expr = parser.expr(0)?;
    match parser.peek() {
        Token::End => Ok(expr),
        _ => Err(parser.wrong("the expression should end here, or an operator is missing")),
    }
}

struct Parser<'e> {
    expression: &'e str,
    tokens: Vec<Placed<'e>>,
    next: usize,
    depth: usize,
}

/// Operators with how strongly they bind; all of them group from the left.
const OPERATORS: &[(&str, u8)] = &[
    ("or", 1),
    ("and", 2),
    ("=", 3),
    ("!=", 3),
    ("<", 4),
    ("<=", 4),
    (">", 4),
    (">=", 4),
    ("+", 5),
    ("-", 5),
    ("*", 6),
    ("div", 6),
    ("mod", 6),
    ("|", 8),
];
/// A minus sign binds more than `*` and less than `|`.
const NEGATION: u8 = 7;

type Parsed<T> = Result<T, SyntaxError>;

impl<'e> Parser<'e> {
    fn placed(&self) -> Placed<'e> {
        self.tokens[self.next]
    }

    fn peek(&self) -> Token<'e> {
        self.placed().token
    }

    fn peek_after(&self) -> Token<'e> {
        self.tokens.get(self.next + 1).map_or(Token::End, |placed| placed.token)
    }

    fn advance(&mut self) -> Placed<'e> {
        let placed = self.placed();
        if placed.token != Token::End {
            self.next += 1;
        }
        placed
    }

    fn take(&mut self, sign: &str) -> bool {
        let here = matches!(self.peek(), Token::Sign(s) if s == sign);
        if here {
            self.next += 1;
        }
        here
    }

    fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.take(sign) { Ok(()) } else { Err(self.wrong(&format!("\"{sign}\" is missing here"))) }
    }

    fn wrong(&self, reason: &str) -> SyntaxError {
        SyntaxError::new(self.expression, self.placed().at, reason.to_owned())
    }

    fn expr(&mut self, weakest: u8) -> Parsed<Expr> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong(&format!("more than {DEEPEST} parts inside each other; write it more simply")));
        }
        let mut left = self.operand()?;
        while let Token::Sign(sign) | Token::Operator(sign) = self.peek()
            && let Some(&(operator, power)) = OPERATORS.iter().find(|(operator, _)| *operator == sign)
            && power > weakest
        {
            if operator == "|" && !left.is_nodes() {
                return Err(self.wrong("\"|\" joins paths; on its left stands something else"));
            }
            self.advance();
            let at = self.next;
            let right = self.expr(power)?;
            if operator == "|" && !right.is_nodes() {
                return Err(SyntaxError::new(self.expression, self.tokens[at].at, "\"|\" joins paths".to_owned()));
            }
            left = Expr::Binary { operator, left: Box::new(left), right: Box::new(right) };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Parsed<Expr> {
        match self.peek() {
            Token::Sign("-") => {
                self.advance();
                Ok(Expr::Negate(Box::new(self.expr(NEGATION)?)))
            }
            Token::Literal(text) => {
                self.advance();
                self.filtered(Expr::Literal(text.to_owned()))
            }
            Token::Number(number) => {
                self.advance();
                self.filtered(Expr::Number(number))
            }
            Token::Sign("(") => {
                self.advance();
                let inner = self.expr(0)?;
                self.expect(")")?;
                self.filtered(inner)
            }
            Token::Name { prefix, local }
                if self.peek_after() == Token::Sign("(") && (prefix.is_some() || !is_node_type(local)) =>
            {
                let call = self.call(prefix, local)?;
                self.filtered(Expr::Call(call))
            }
            _ => Ok(Expr::Path(self.path()?)),
        }
    }

    fn call(&mut self, prefix: Option<&str>, local: &str) -> Parsed<Call> {
        let at = self.advance().at;
        if prefix.is_some() {
            return Err(SyntaxError::new(self.expression, at, "functions have no prefix".to_owned()));
        }
        self.expect("(")?;
        let mut arguments = Vec::new();
        if !self.take(")") {
            loop {
                arguments.push(self.expr(0)?);
                if self.take(")") {
                    break;
                }
                self.expect(",")?;
            }
        }
        Ok(Call { name: local.to_owned(), arguments, at })
    }

    /// Predicates and steps behind something that is not a path.
    fn filtered(&mut self, of: Expr) -> Parsed<Expr> {
        if matches!(self.peek(), Token::Sign("[" | "/" | "//")) && !of.is_nodes() {
            return Err(self.wrong("only a path can go on here, not a text or number"));
        }
        let predicates = self.predicates()?;
        let mut steps = Vec::new();
        if matches!(self.peek(), Token::Sign("/" | "//")) {
            self.separators_and_steps(&mut steps)?;
        }
        if predicates.is_empty() && steps.is_empty() {
            return Ok(of);
        }
        Ok(Expr::Filter { of: Box::new(of), predicates, steps })
    }

    fn path(&mut self) -> Parsed<Path> {
        let mut path = Path { absolute: false, steps: Vec::new() };
        match self.peek() {
            Token::Sign("/") => {
                self.advance();
                path.absolute = true;
                if !self.at_step() {
                    return Ok(path);
                }
            }
            Token::Sign("//") => {
                path.absolute = true;
                let at = self.advance().at;
                path.steps.push(Step::anywhere(at));
            }
            _ => {}
        }
        path.steps.push(self.step()?);
        self.separators_and_steps(&mut path.steps)?;
        Ok(path)
    }

    fn separators_and_steps(&mut self, steps: &mut Vec<Step>) -> Parsed<()> {
        loop {
            match self.peek() {
                Token::Sign("/") => {
                    self.advance();
                }
                Token::Sign("//") => {
                    let at = self.advance().at;
                    steps.push(Step::anywhere(at));
                }
                _ => return Ok(()),
            }
            steps.push(self.step()?);
        }
    }

    fn at_step(&self) -> bool {
        matches!(self.peek(), Token::Name { .. } | Token::Sign("@" | "." | ".."))
    }

    fn step(&mut self) -> Parsed<Step> {
        let at = self.placed().at;
        let plain = |axis| Step { axis, test: Test::Node, predicates: Vec::new(), at };
        if self.take(".") {
            return Ok(plain(Axis::SelfNode));
        }
        if self.take("..") {
            return Ok(plain(Axis::Parent));
        }
        let axis = self.axis()?;
        let test = self.test()?;
        Ok(Step { axis, test, predicates: self.predicates()?, at })
    }

    fn axis(&mut self) -> Parsed<Axis> {
        if self.take("@") {
            return Ok(Axis::Attribute);
        }
        let Token::Name { prefix: None, local } = self.peek() else { return Ok(Axis::Child) };
        if self.peek_after() != Token::Sign("::") {
            return Ok(Axis::Child);
        }
        let axis = Axis::from_name(local).ok_or_else(|| self.wrong(&format!("there is no axis \"{local}\"")))?;
        self.advance();
        self.advance();
        Ok(axis)
    }

    fn test(&mut self) -> Parsed<Test> {
        let Token::Name { prefix, local } = self.peek() else {
            return Err(self.wrong("a name is missing here, such as title or @href"));
        };
        self.advance();
        if prefix.is_some() || !is_node_type(local) || !self.take("(") {
            return Ok(Test::Name { prefix: prefix.map(str::to_owned), local: local.to_owned() });
        }
        let test = match (local, self.peek()) {
            ("processing-instruction", Token::Literal(target)) => {
                self.advance();
                Test::ProcessingInstruction(Some(target.to_owned()))
            }
            ("processing-instruction", _) => Test::ProcessingInstruction(None),
            ("text", _) => Test::Text,
            ("comment", _) => Test::Comment,
            _ => Test::Node,
        };
        self.expect(")")?;
        Ok(test)
    }

    fn predicates(&mut self) -> Parsed<Vec<Expr>> {
        let mut predicates = Vec::new();
        while self.take("[") {
            predicates.push(self.expr(0)?);
            self.expect("]")?;
        }
        Ok(predicates)
    }
}

fn is_node_type(name: &str) -> bool {
    matches!(name, "text" | "node" | "comment" | "processing-instruction")
}
