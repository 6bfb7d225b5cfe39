//! Functions that `XPath` 1.0 lacks and mappings need, registered beside its own.
//! Those without arguments take the context node, as `XPath`'s own string functions do.

mod compare;

use std::cell::RefCell;
use std::rc::Rc;

use sxd_document::QName;
use sxd_xpath::context::Evaluation;
use sxd_xpath::function::{Args, Error, Function};
use sxd_xpath::nodeset::Nodeset;
use sxd_xpath::{Context, Value};
use url::Url;

use super::ast::COMPARE;
use crate::{html, pattern};

/// Bytes a function reads of a text, and may answer.
const LONGEST: usize = 64 * 1024;
/// Parts that `tokenize` answers at most.
const MOST_TOKENS: usize = 500;
/// Element under which `tokenize` puts its answers, so that they have an order.
const TOKENS: &str = "urn:klaroen:tokens";

/// The address that `resolve-url()` joins to; it changes with each item.
pub(super) type Base = Rc<RefCell<Option<Url>>>;

pub(super) fn register(context: &mut Context, base: &Base) {
    context.set_function(
        "matches",
        OfStrings(|[text, pattern]: [String; 2]| Ok(compile(&pattern)?.is_match(&text).into())),
    );
    context.set_function(
        "replace",
        OfStrings(|[text, pattern, with]: [String; 3]| {
            Ok(cut(pattern::replace_all(&compile(&pattern)?, &text, &with)).into())
        }),
    );
    context.set_function("lower-case", OfText(|text: &str| text.to_lowercase()));
    context.set_function("upper-case", OfText(|text: &str| text.to_uppercase()));
    context.set_function("html-to-text", OfText(html::to_text));
    let base = Rc::clone(base);
    context.set_function(
        "resolve-url",
        OfText(move |address: &str| match base.borrow().as_ref() {
            // Nothing is not the address of the document.
            Some(base) if !address.trim().is_empty() => {
                base.join(address.trim()).map_or_else(|_| address.to_owned(), String::from)
            }
            _ => address.to_owned(),
        }),
    );
    context.set_function(COMPARE, compare::Compare);
    context.set_function("string-join", Join);
    context.set_function("tokenize", Tokenize);
}

fn compile(pattern: &str) -> Result<regex::Regex, Error> {
    pattern::compile(pattern).map_err(Error::Other)
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(LONGEST));
    text
}

/// A function of `N` texts.
struct OfStrings<const N: usize>(fn([String; N]) -> Result<Value<'static>, Error>);

impl<const N: usize> Function for OfStrings<N> {
    fn evaluate<'d>(&self, _: &Evaluation<'_, 'd>, args: Vec<Value<'d>>) -> Result<Value<'d>, Error> {
        let strings: Vec<String> = args.into_iter().map(|arg| cut(arg.into_string())).collect();
        let actual = strings.len();
        let strings = strings.try_into().map_err(|_| Error::TooManyArguments { expected: N, actual })?;
        (self.0)(strings)
    }
}

/// A function from a text, or the context node's, to a text.
struct OfText<F>(F);

impl<F: Fn(&str) -> String> Function for OfText<F> {
    fn evaluate<'d>(&self, context: &Evaluation<'_, 'd>, mut args: Vec<Value<'d>>) -> Result<Value<'d>, Error> {
        let text = args.pop().map_or_else(|| context.node.string_value(), Value::into_string);
        Ok(cut((self.0)(&cut(text))).into())
    }
}

/// `string-join(nodes, separator)`: the texts of nodes in document order.
struct Join;

impl Function for Join {
    fn evaluate<'d>(&self, _: &Evaluation<'_, 'd>, args: Vec<Value<'d>>) -> Result<Value<'d>, Error> {
        let mut args = Args(args);
        let separator = if args.len() > 1 { args.pop_string()? } else { String::new() };
        let texts: Vec<String> = match args.0.pop() {
            Some(Value::Nodeset(nodes)) => nodes.document_order().into_iter().map(|node| node.string_value()).collect(),
            Some(other) => vec![other.into_string()],
            None => Vec::new(),
        };
        Ok(cut(texts.join(&separator)).into())
    }
}

/// `tokenize(text, pattern)`: the parts between matches, as nodes, so that they can be counted, picked and listed.
struct Tokenize;

impl Function for Tokenize {
    fn evaluate<'d>(&self, context: &Evaluation<'_, 'd>, args: Vec<Value<'d>>) -> Result<Value<'d>, Error> {
        let mut args = Args(args);
        args.exactly(2)?;
        let regex = compile(&args.pop_string()?)?;
        let text = cut(args.pop_string()?);
        let document = context.node.document();
        let holder = document.create_element(QName::with_namespace_uri(Some(TOKENS), "tokens"));
        if let Some(root) = document.root().children().into_iter().find_map(sxd_document::dom::ChildOfRoot::element) {
            root.append_child(holder);
        }
        let mut nodes = Nodeset::new();
        for token in regex.split(&text).filter(|token| !token.trim().is_empty()).take(MOST_TOKENS) {
            let node = document.create_text(token.trim());
            holder.append_child(node);
            nodes.add(node);
        }
        Ok(Value::Nodeset(nodes))
    }
}

/// Removes what `tokenize` added, so that later expressions do not see it.
pub(super) fn remove_tokens(root: sxd_document::dom::Element) {
    for child in root.children().into_iter().filter_map(sxd_document::dom::ChildOfElement::element) {
        if child.name().namespace_uri() == Some(TOKENS) {
            child.remove_from_parent();
        }
    }
}
