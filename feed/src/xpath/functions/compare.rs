//! `!=`, `<` and their kin on nodes: true if any node makes them true, as section 3.4 of the recommendation says.

use sxd_xpath::Value;
use sxd_xpath::context::Evaluation;
use sxd_xpath::function::{Error, Function};
use sxd_xpath::nodeset::Nodeset;

/// Takes the left side, the operator and the right side; at least one side is nodes.
pub(super) struct Compare;

impl Function for Compare {
    fn evaluate<'d>(&self, _: &Evaluation<'_, 'd>, args: Vec<Value<'d>>) -> Result<Value<'d>, Error> {
        let [left, operator, right] =
            <[Value; 3]>::try_from(args).map_err(|args| Error::TooManyArguments { expected: 3, actual: args.len() })?;
        let operator = operator.into_string();
        Ok(Value::Boolean(if operator == "!=" { differ(&left, &right) } else { relate(&left, &operator, &right) }))
    }
}

fn differ(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Nodeset(left), Value::Nodeset(right)) => {
            let mut texts = texts(left).chain(texts(right));
            let first = texts.next();
            left.size() > 0 && right.size() > 0 && texts.any(|text| Some(text) != first)
        }
        (Value::Nodeset(nodes), Value::String(text)) | (Value::String(text), Value::Nodeset(nodes)) => {
            texts(nodes).any(|other| other != *text)
        }
        (Value::Nodeset(nodes), Value::Number(number)) | (Value::Number(number), Value::Nodeset(nodes)) =>
        {
            #[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
            numbers(nodes).any(|other| other != *number)
        }
        _ => left.boolean() != right.boolean(),
    }
}

/// An order holds for some pair if it holds for the extremes.
fn relate(left: &Value, operator: &str, right: &Value) -> bool {
    let (Some((low, high)), Some((other_low, other_high))) = (range(left, right), range(right, left)) else {
        return false;
    };
    match operator {
        "<" => low < other_high,
        "<=" => low <= other_high,
        ">" => high > other_low,
        _ => high >= other_low,
    }
}

/// The least and greatest number of a side; `None` if it has none.
fn range(side: &Value, other: &Value) -> Option<(f64, f64)> {
    let mut numbers: Box<dyn Iterator<Item = f64>> = match (side, other) {
        (Value::Nodeset(_), Value::Boolean(_)) => Box::new(std::iter::once(f64::from(u8::from(side.boolean())))),
        (Value::Nodeset(nodes), _) => Box::new(numbers(nodes)),
        _ => Box::new(std::iter::once(side.number())),
    };
    let numbers = numbers.by_ref().filter(|number| !number.is_nan());
    numbers.fold(None, |range, number| {
        let (low, high) = range.unwrap_or((number, number));
        Some((low.min(number), high.max(number)))
    })
}

fn texts(nodes: &Nodeset) -> impl Iterator<Item = String> {
    nodes.iter().map(|node| node.string_value())
}

fn numbers(nodes: &Nodeset) -> impl Iterator<Item = f64> {
    texts(nodes).map(|text| Value::String(text).number())
}
