//! What a marketer can save, edit and copy: which elements of a document are items, and how each field of an item is found.
//! A definition is plain JSON; an expression alone may stand where no transform is needed.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::error::{Place, ReadError};
use crate::transform::Transform;
use crate::xpath;

/// A named mapping from documents of one kind to items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Short name, unique among definitions.
    pub name: String,
    /// `XPath` of the items, such as `/rss/channel/item`.
    pub item_path: String,
    /// `XPath` of the feed's own title, absolute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed_title: Option<String>,
    /// `XPath` of the address of the feed's own page, absolute; relative addresses of items are joined to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed_link: Option<String>,
    /// For each field the sources to try in order; the first that gives something wins.
    #[serde(default, deserialize_with = "fields")]
    pub fields: BTreeMap<Field, Vec<Source>>,
}

/// A part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = ItemField)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The publisher's own identifier.
    Guid,
    /// The headline, as plain text on one line.
    Title,
    /// The address of the article or video.
    Link,
    /// The summary, as plain text.
    Text,
    /// The address of the picture.
    Image,
    /// The instant of publication.
    Published,
    /// Who wrote it.
    Author,
    /// Its categories; the only list.
    Categories,
}

impl Field {
    /// All fields, in the order in which items show them.
    pub const ALL: [Self; 8] =
        [Self::Guid, Self::Title, Self::Link, Self::Text, Self::Image, Self::Published, Self::Author, Self::Categories];

    /// The name in definitions and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Guid => "guid",
            Self::Title => "title",
            Self::Link => "link",
            Self::Text => "text",
            Self::Image => "image",
            Self::Published => "published",
            Self::Author => "author",
            Self::Categories => "categories",
        }
    }

    /// The field of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One way to find a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The expression, from the item.
    pub xpath: String,
    /// Which of several matches is meant.
    #[serde(default, skip_serializing_if = "Pick::is_first")]
    pub pick: Pick,
    /// What is done to each match, in order; absent means what suits the field, an empty list means nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transforms: Option<Vec<Transform>>,
}

impl Source {
    /// A source with the transforms that suit its field.
    #[must_use]
    pub fn new(xpath: impl Into<String>) -> Self {
        Self { xpath: xpath.into(), pick: Pick::First, transforms: None }
    }

    pub(crate) fn transforms(&self, field: Field) -> &[Transform] {
        match (&self.transforms, field) {
            (Some(own), _) => own,
            (None, Field::Title | Field::Text | Field::Categories) => &[Transform::HtmlToText],
            (None, Field::Author) => &[Transform::HtmlToText, Transform::PersonName],
            (None, Field::Guid | Field::Link | Field::Image | Field::Published) => &[],
        }
    }
}

/// Which of several matches is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pick {
    /// The first that gives something, in document order.
    #[default]
    First,
    /// The one whose element has the largest `width`.
    Largest,
}

impl Pick {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_first(&self) -> bool {
        *self == Self::First
    }
}

impl Definition {
    /// A definition that finds items, but no fields yet.
    #[must_use]
    pub fn empty(name: impl Into<String>, item_path: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            item_path: item_path.into(),
            feed_title: None,
            feed_link: None,
            fields: BTreeMap::new(),
        }
    }

    /// Reads a definition from JSON and checks its expressions.
    ///
    /// # Errors
    /// When the JSON is of another shape, or an expression or pattern is wrong.
    pub fn from_json(json: &str) -> Result<Self, ReadError> {
        let definition: Self =
            serde_json::from_str(json).map_err(|error| ReadError::BadDefinition { reason: error.to_string() })?;
        definition.check()?;
        Ok(definition)
    }

    /// Checks everything that can be checked without a document; only prefixes remain.
    ///
    /// # Errors
    /// When an expression or pattern is wrong, with its field and column.
    pub fn check(&self) -> Result<(), ReadError> {
        check(&self.item_path, Place::ItemPath, true)?;
        for (place, header) in [(Place::FeedTitle, &self.feed_title), (Place::FeedLink, &self.feed_link)] {
            header.as_ref().map_or(Ok(()), |xpath| check(xpath, place, false))?;
        }
        for (&field, sources) in &self.fields {
            at_most(sources.len(), SOURCES, || format!("field {field} has more than {SOURCES} sources"))?;
            for (n, source) in sources.iter().enumerate() {
                let place = Place::Field(field, n);
                check(&source.xpath, place, false)?;
                let transforms = source.transforms(field).len();
                at_most(transforms, TRANSFORMS, || format!("{place} has more than {TRANSFORMS} transforms"))?;
                for transform in source.transforms(field) {
                    transform.check().map_err(|reason| ReadError::Transform { place, reason })?;
                }
            }
        }
        Ok(())
    }

    /// Replaces all sources of a field by one expression.
    pub fn set(&mut self, field: Field, xpath: impl Into<String>) {
        self.fields.insert(field, vec![Source::new(xpath)]);
    }
}

/// Sources of a field.
const SOURCES: usize = 40;
/// Transforms of a source.
const TRANSFORMS: usize = 20;

fn at_most(number: usize, most: usize, reason: impl FnOnce() -> String) -> Result<(), ReadError> {
    if number > most { Err(ReadError::BadDefinition { reason: reason() }) } else { Ok(()) }
}

fn check(expression: &str, place: Place, item_path: bool) -> Result<(), ReadError> {
    xpath::check(expression, item_path).map_err(|error| error.at(place, expression))
}

/// Accepts `"title": "atom:title"`, a list, and full sources.
fn fields<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Field, Vec<Source>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Sources {
        One(Written),
        Many(Vec<Written>),
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Xpath(String),
        Source(Source),
    }
    let source = |written| match written {
        Written::Xpath(xpath) => Source::new(xpath),
        Written::Source(source) => source,
    };
    let written = BTreeMap::<Field, Sources>::deserialize(deserializer)?;
    let sources = |sources| match sources {
        Sources::One(one) => vec![source(one)],
        Sources::Many(many) => many.into_iter().map(source).collect(),
    };
    Ok(written.into_iter().map(|(field, written)| (field, sources(written))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_forms_are_read_and_written_back() {
        let definition = Definition::from_json(
            r#"{"name": "jobs", "item_path": "//job", "fields": {
                "title": "name",
                "link": ["@href", "url"],
                "text": {"xpath": "body", "transforms": ["html-to-text", {"truncate": 200}]},
                "image": [{"xpath": "picture/@src", "pick": "largest"}]
            }}"#,
        )
        .unwrap();
        assert_eq!(definition.fields[&Field::Title], [Source::new("name")]);
        assert_eq!(definition.fields[&Field::Link].len(), 2);
        assert_eq!(definition.fields[&Field::Image][0].pick, Pick::Largest);
        let written = serde_json::to_string(&definition).unwrap();
        assert_eq!(Definition::from_json(&written).unwrap(), definition);
    }

    #[test]
    fn a_wrong_expression_has_a_pointer_and_a_column() {
        let mut definition = Definition::empty("x", "//a");
        definition.fields.insert(Field::Link, vec![Source::new("b"), Source::new("b[")]);
        let error = definition.check().unwrap_err();
        assert_eq!(error.pointer().as_deref(), Some("/fields/link/1/xpath"));
        assert!(error.to_string().starts_with("Field link, source 2, column 3: "), "{error}");
        let transforms = Some(vec![Transform::Truncate(0)]);
        definition.fields.insert(Field::Link, vec![Source { transforms, ..Source::new("b") }]);
        assert_eq!(definition.check().unwrap_err().pointer().as_deref(), Some("/fields/link/0/transforms"));
        definition.item_path = "//".to_owned();
        assert_eq!(definition.check().unwrap_err().pointer().as_deref(), Some("/item_path"));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        for (json, expected) in [
            (r#"{"name": "x", "item_path": "//a", "colour": 1}"#, "unknown field `colour`"),
            (r#"{"name": "x", "item_path": "//a[", "fields": {}}"#, "Item path, column 5"),
            (r#"{"name": "x", "item_path": "//a", "fields": {"title": "b c"}}"#, "Field title, column 3"),
            (
                r#"{"name": "x", "item_path": "//a", "fields": {"title": {"xpath": "b", "transforms": [{"replace": {"pattern": "(", "with": ""}}]}}}"#,
                "Field title: the pattern ( is not valid",
            ),
        ] {
            let error = Definition::from_json(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        let mut long = Definition::empty("x", "//a");
        long.fields.insert(Field::Title, vec![Source::new("b"); 41]);
        assert!(long.check().unwrap_err().to_string().contains("field title has more than 40 sources"));
        let transforms = Some(vec![Transform::Trim; 21]);
        long.fields.insert(Field::Title, vec![Source { transforms, ..Source::new("b") }]);
        assert!(long.check().unwrap_err().to_string().contains("Field title has more than 20 transforms"));
    }
}
