//! A definition compiled for one document.

use crate::definition::{Definition, Field, Pick};
use crate::document::Document;
use crate::error::{Place, ReadError};
use crate::transform::Transform;
use crate::tree::{Namespaces, Tree};
use crate::xpath::{Bindings, Engine, Expression, ItemSelector, Want};
use crate::{html, text};

pub(super) struct Plan {
    pub(super) item_path: String,
    pub(super) items: ItemSelector,
    pub(super) feed_title: Option<Expression>,
    pub(super) feed_link: Option<Expression>,
    pub(super) fields: Vec<(Field, Vec<PlannedSource>)>,
    /// What a filter asks of each item.
    pub(super) extras: Vec<Expression>,
    pub(super) engine: Engine,
    /// Whether any expression looks outside its item.
    pub(super) leaves_items: bool,
    /// Whether any expression calls `resolve-url()`.
    pub(super) resolves: bool,
}

pub(super) struct PlannedSource {
    pub(super) field: Field,
    pub(super) place: Place,
    pub(super) expression: Expression,
    pub(super) transforms: Vec<Transform>,
    pub(super) pick: Pick,
}

impl Plan {
    pub(super) fn new(
        document: &Document,
        definition: &Definition,
        expressions: &[&str],
        namespaces: &mut Namespaces,
    ) -> Result<Self, ReadError> {
        let head = document.head();
        let bindings = Bindings::new(&head.default, &head.declared, document.text());
        let mut engine = Engine::new();
        let items = ItemSelector::new(&definition.item_path, &bindings, namespaces, &mut engine)
            .map_err(|error| error.at(Place::ItemPath, &definition.item_path))?;
        let mut compile = |place: Place, xpath: &str| {
            Expression::new(xpath, &bindings, namespaces, &mut engine).map_err(|error| error.at(place, xpath))
        };
        let feed_title = definition.feed_title.as_deref().map(|xpath| compile(Place::FeedTitle, xpath)).transpose()?;
        let feed_link = definition.feed_link.as_deref().map(|xpath| compile(Place::FeedLink, xpath)).transpose()?;
        let mut fields = Vec::new();
        for (&field, sources) in &definition.fields {
            let mut planned = Vec::new();
            for (n, source) in sources.iter().enumerate() {
                let place = Place::Field(field, n);
                let expression = compile(place, &source.xpath)?;
                let transforms = source.transforms(field).to_vec();
                for transform in &transforms {
                    transform.check().map_err(|reason| ReadError::Transform { place, reason })?;
                }
                planned.push(PlannedSource { field, place, expression, transforms, pick: source.pick });
            }
            fields.push((field, planned));
        }
        let extras = expressions.iter().map(|xpath| compile(Place::Filter, xpath)).collect::<Result<Vec<_>, _>>()?;
        let sources = fields.iter().flat_map(|(_, sources)| sources).map(|source| &source.expression);
        let all: Vec<_> = sources.chain(&extras).collect();
        let leaves_items = all.iter().any(|expression| expression.leaves_item());
        let resolves = all.iter().any(|expression| expression.source().contains("resolve-url"));
        let item_path = definition.item_path.clone();
        Ok(Self { item_path, items, feed_title, feed_link, fields, extras, engine, leaves_items, resolves })
    }
}

impl PlannedSource {
    /// What is wanted of each match beside its text.
    pub(super) fn want(&self, tree: &Tree) -> Want {
        let addresses = matches!(self.field, Field::Link | Field::Image) || self.resolves();
        Want { bases: addresses && tree.has_base, width: self.pick == Pick::Largest }
    }

    pub(super) fn resolves(&self) -> bool {
        self.transforms.contains(&Transform::ResolveUrl)
    }

    pub(super) fn has_default(&self) -> bool {
        self.transforms.iter().any(|transform| matches!(transform, Transform::Default(_)))
    }
}

/// A feed's title, as plain text on one line.
pub(super) fn title(found: &str) -> String {
    text::one_line(&html::to_text(found))
}
