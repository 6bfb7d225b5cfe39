//! Cuts an `XPath` 1.0 expression into tokens, each with its place, following section 3.7 of the recommendation.
//! The engine below has no positions in its errors; these are what a marketer sees.

use super::SyntaxError;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'e> {
    /// `( ) [ ] . .. @ , :: / // |` and the operators made of signs.
    Sign(&'static str),
    /// `and or div mod` and `*`, where an operator is expected.
    Operator(&'static str),
    /// `a`, `p:a`, `p:*` or `*`.
    Name {
        prefix: Option<&'e str>,
        local: &'e str,
    },
    Literal(&'e str),
    Number(f64),
    End,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'e> {
    pub(super) token: Token<'e>,
    /// 0-based byte offset.
    pub(super) at: usize,
}

/// Longest first, so that `//` is not read as two `/`.
const SIGNS: &[&str] =
    &["//", "::", "..", "!=", "<=", ">=", "(", ")", "[", "]", ".", "@", ",", "/", "|", "+", "-", "=", "<", ">"];

pub(super) fn tokens(expression: &str) -> Result<Vec<Placed<'_>>, SyntaxError> {
    let mut tokens: Vec<Placed> = Vec::new();
    let mut at = 0;
    loop {
        at += expression[at..].len() - expression[at..].trim_start_matches([' ', '\t', '\r', '\n']).len();
        let rest = &expression[at..];
        let before = tokens.last().map(|placed| placed.token);
        let (token, length) = match rest.chars().next() {
            None => (Token::End, 0),
            Some(quote @ ('"' | '\'')) => literal(rest, quote).ok_or_else(|| {
                SyntaxError::new(expression, at, format!("the text that starts with {quote} has no end"))
            })?,
            Some(first) if first.is_ascii_digit() || is_fraction(rest) => number(rest),
            Some('$') => {
                return Err(SyntaxError::new(expression, at, "variables ($name) do not exist here".to_owned()));
            }
            Some('*') if operator_expected(before) => (Token::Operator("*"), 1),
            Some('*') => (Token::Name { prefix: None, local: "*" }, 1),
            Some(first) if is_name_start(first) => name(rest, before),
            Some(first) => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign(sign), sign.len()),
                None => return Err(SyntaxError::new(expression, at, unexpected(first))),
            },
        };
        tokens.push(Placed { token, at });
        if token == Token::End {
            return Ok(tokens);
        }
        at += length;
    }
}

fn unexpected(sign: char) -> String {
    match sign {
        '{' | '}' => "braces do not exist in XPath 1.0; write a prefix, as in atom:title".to_owned(),
        '!' => "\"!\" alone has no meaning; write not(...) or !=".to_owned(),
        '&' => "\"&\" has no meaning; write and".to_owned(),
        _ => format!("\"{sign}\" has no meaning here"),
    }
}

fn literal(rest: &str, quote: char) -> Option<(Token<'_>, usize)> {
    let end = rest[1..].find(quote)?;
    Some((Token::Literal(&rest[1..=end]), end + 2))
}

fn is_fraction(rest: &str) -> bool {
    rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit())
}

fn number(rest: &str) -> (Token<'_>, usize) {
    let mut dots = 0;
    let length = rest
        .find(|c: char| {
            dots += usize::from(c == '.');
            !(c.is_ascii_digit() || (c == '.' && dots == 1))
        })
        .unwrap_or(rest.len());
    (Token::Number(rest[..length].parse().unwrap_or(f64::NAN)), length)
}

/// A name; the words `and or div mod` are operators only where one is expected.
fn name<'e>(rest: &'e str, before: Option<Token>) -> (Token<'e>, usize) {
    let first = ncname(rest);
    if operator_expected(before)
        && let Some(word) = ["and", "or", "div", "mod"].into_iter().find(|word| *word == first)
    {
        return (Token::Operator(word), first.len());
    }
    if let Some(after) = rest[first.len()..].strip_prefix(':')
        && !after.starts_with(':')
    {
        let local = if after.starts_with('*') { "*" } else { ncname(after) };
        if !local.is_empty() {
            return (Token::Name { prefix: Some(first), local }, first.len() + 1 + local.len());
        }
    }
    (Token::Name { prefix: None, local: first }, first.len())
}

/// Whether a text is a name without prefix, which an expression can write as it is.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && ncname(text).len() == text.len()
}

fn ncname(rest: &str) -> &str {
    if !rest.starts_with(is_name_start) {
        return "";
    }
    &rest[..rest.find(|c| !is_name_char(c)).unwrap_or(rest.len())]
}

fn is_name_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn is_name_char(c: char) -> bool {
    is_name_start(c) || c.is_numeric() || matches!(c, '-' | '.' | '\u{b7}')
}

/// Section 3.7: after an operand, `*` multiplies and a name is an operator.
fn operator_expected(before: Option<Token>) -> bool {
    match before {
        None | Some(Token::Operator(_)) => false,
        Some(Token::Sign(sign)) => matches!(sign, ")" | "]" | "." | ".."),
        Some(Token::Name { .. } | Token::Literal(_) | Token::Number(_) | Token::End) => true,
    }
}
