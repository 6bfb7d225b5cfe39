//! What is wrong with a definition in a request, with a JSON pointer to the place and the column in the expression.

use klaroen_feed::{Definition, ReadError, builtin};

use super::fold;
use crate::{Error, Fault, Result, feed::Trouble, line};

const NAME: usize = 60;
/// Most sources of a field.
const SOURCES: usize = 20;
/// Most transforms of a source.
const TRANSFORMS: usize = 20;

/// A definition of a request that is to be saved, checked; its name is one that may be given.
pub(super) fn parse(mut definition: Definition) -> Result<Definition> {
    definition.name = line::parse("/definition/name", &definition.name, NAME)?;
    // The name stands in addresses of pages.
    if definition.name.contains(['/', '\\']) || !definition.name.contains(char::is_alphanumeric) {
        let detail = "Give it a name of letters and digits, without slashes.";
        return Err(Error::invalid("/definition/name", "definition.name", detail));
    }
    if builtin::all().iter().any(|shipped| fold(&shipped.name) == fold(&definition.name)) {
        return Err(Error::conflict(TAKEN.0, TAKEN.1));
    }
    check(&definition)?;
    Ok(definition)
}

pub(super) const TAKEN: (&str, &str) =
    ("definition.name_taken", "There is already a definition with this name. Choose another name.");

/// Checks what can be checked without a document.
///
/// # Errors
/// The place that is wrong.
pub fn check(definition: &Definition) -> Result<()> {
    for (field, sources) in &definition.fields {
        let many = |place: String, what: &str| Error::invalid(place, "definition.too_many", what.to_owned());
        if sources.len() > SOURCES {
            return Err(many(format!("/definition/fields/{field}"), "A field has at most 20 sources."));
        }
        for (place, source) in sources.iter().enumerate() {
            if source.transforms.as_ref().is_some_and(|transforms| transforms.len() > TRANSFORMS) {
                let place = format!("/definition/fields/{field}/{place}/transforms");
                return Err(many(place, "A source has at most 20 transforms."));
            }
        }
    }
    definition.check().map_err(|error| fault(&error))
}

/// The answer to an expression that could not be used: its place in `/definition` and the column in it, or a sentence
/// when the document is to blame.
#[must_use]
pub fn fault(error: &ReadError) -> Error {
    match error.pointer() {
        Some(pointer) => Error::Invalid(vec![fault_at(format!("/definition{pointer}"), error)]),
        None => Trouble::from(error.clone()).into(),
    }
}

/// The same for an item path that stands alone in a request.
#[must_use]
pub fn fault_of_item_path(error: &ReadError) -> Error {
    match error.pointer() {
        Some(_) => Error::Invalid(vec![fault_at("/item_path".to_owned(), error)]),
        None => Trouble::from(error.clone()).into(),
    }
}

/// The fault of an expression at a place; place and expression are not repeated in its words.
pub(crate) fn fault_at(pointer: String, error: &ReadError) -> Fault {
    let (code, words, column) = match error {
        ReadError::Expression { column, reason, .. } => ("xpath.invalid", reason.clone(), Some(*column)),
        ReadError::TooExpensive { step, .. } => {
            ("xpath.too_expensive", format!("the step {step} takes too long; use a more direct path"), None)
        }
        ReadError::Evaluation { reason, .. } => ("xpath.failed", format!("this cannot be evaluated: {reason}"), None),
        ReadError::Transform { reason, .. } => ("transform.invalid", reason.clone(), None),
        other => ("xpath.failed", other.to_string(), None),
    };
    Fault { column, ..Fault::new(pointer, code, sentence(&words)) }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
