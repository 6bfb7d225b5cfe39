//! What is wrong with a definition in a request, with a JSON pointer to the place and the column in the expression.

use klaroen_feed::{Definition, ReadError, builtin, error::Place};

use super::fold;
use crate::{Error, Fault, Result, line};

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
    definition.check().map_err(|error| fault(definition, &error))
}

/// The answer to a definition that could not be used: at its place, or in a sentence when the document is to blame.
#[must_use]
pub fn fault(definition: &Definition, error: &ReadError) -> Error {
    match fault_of(definition, error) {
        Some(fault) => Error::Invalid(vec![fault]),
        None => crate::feed::Trouble::from(error.clone()).into(),
    }
}

/// What is wrong at which place of `/definition`; `None` when the definition is not to blame.
#[must_use]
pub fn fault_of(definition: &Definition, error: &ReadError) -> Option<Fault> {
    let detail = error.to_string();
    let (place, code, expression, column) = match error {
        ReadError::Expression { place, column, expression, .. } => {
            (place, "xpath.invalid", Some(expression), Some(*column))
        }
        ReadError::TooExpensive { place, expression, .. } => (place, "xpath.too_expensive", Some(expression), None),
        ReadError::Evaluation { place, expression, .. } => (place, "xpath.failed", Some(expression), None),
        ReadError::Transform { place, .. } => (place, "transform.invalid", None, None),
        _ => return None,
    };
    let pointer = match place {
        Place::ItemPath => "/definition/item_path".to_owned(),
        Place::FeedTitle => "/definition/feed_title".to_owned(),
        Place::FeedLink => "/definition/feed_link".to_owned(),
        Place::Field(field) => {
            let sources = definition.fields.get(field).map(Vec::as_slice).unwrap_or_default();
            let at = expression.and_then(|xpath| sources.iter().position(|source| source.xpath == *xpath));
            at.map_or(format!("/definition/fields/{field}"), |at| format!("/definition/fields/{field}/{at}/xpath"))
        }
    };
    Some(Fault { column, ..Fault::new(pointer, code, detail) })
}

/// What is wrong with an item path that stands alone in a request.
#[must_use]
pub fn fault_of_item_path(error: &ReadError) -> Error {
    let column = if let ReadError::Expression { column, .. } = error { Some(*column) } else { None };
    Error::Invalid(vec![Fault { column, ..Fault::new("/item_path", "xpath.invalid", error.to_string()) }])
}
