//! Puts it all together: a document and a definition become items.

mod item_builder;
mod plan;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use url::Url;

use crate::definition::{Definition, Field, Pick};
use crate::document::{Document, line_of};
use crate::envelope::Envelopes;
use crate::error::{Place, ReadError};
use crate::identity;
use crate::item::{Explanation, FieldExplanation, Item, Reading};
use crate::limits::Limits;
use crate::reader::{self, Sink};
use crate::repair::{RepairKind, Repairs};
use crate::tree::{Namespaces, NodeId, ROOT, Tree};
use crate::xpath::{self, Found, Want};
use item_builder::ItemBuilder;
use plan::{Plan, PlannedSource};

/// Reads the items of a document as the definition says.
///
/// # Errors
/// When an expression is wrong or too expensive, or the document passes a cap; a sloppy document is mended instead.
pub fn read(document: &Document, definition: &Definition, limits: &Limits) -> Result<Reading, ReadError> {
    read_with(document, definition, &[], limits)
}

/// As [`read`], and evaluates more expressions on each item, which [`Item::extras`] then has: those of a filter.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    document: &Document,
    definition: &Definition,
    expressions: &[&str],
    limits: &Limits,
) -> Result<Reading, ReadError> {
    Ok(run(document, definition, expressions, limits, false)?.0)
}

/// As [`read`], and tells for each item which source gave each field.
///
/// # Errors
/// As [`read`].
pub fn explain(
    document: &Document,
    definition: &Definition,
    limits: &Limits,
) -> Result<(Reading, Vec<Explanation>), ReadError> {
    explain_with(document, definition, &[], limits)
}

/// As [`read_with`], and tells for each item which source gave each field.
///
/// # Errors
/// As [`read`].
pub fn explain_with(
    document: &Document,
    definition: &Definition,
    expressions: &[&str],
    limits: &Limits,
) -> Result<(Reading, Vec<Explanation>), ReadError> {
    run(document, definition, expressions, limits, true)
}

fn run(
    document: &Document,
    definition: &Definition,
    expressions: &[&str],
    limits: &Limits,
    explaining: bool,
) -> Result<(Reading, Vec<Explanation>), ReadError> {
    let mut namespaces = Namespaces::default();
    let plan = Plan::new(document, definition, expressions, &mut namespaces)?;
    let empty = || Tree::with(namespaces.clone(), false);
    let mut mapper = Mapper::new(document, &plan, limits, explaining);
    let mut repairs = document.repairs().clone();
    let complete = match plan.items.streaming() {
        Some(path) => {
            let read = reader::read(document, empty(), Some(path), limits, &mut repairs, &mut mapper)?;
            !(read.late_headers && plan.leaves_items)
        }
        None => false,
    };
    if !complete {
        mapper = Mapper::new(document, &plan, limits, explaining);
        repairs = document.repairs().clone();
        mapper.read_whole(empty(), &mut repairs)?;
    }
    let Mapper { mut items, explanations, feed_title, .. } = mapper;
    identity::identify(&mut items);
    Ok((Reading { items, feed_title, repairs: repairs.into_vec() }, explanations))
}

/// Bytes of a match that an explanation shows.
const EXCERPT: usize = 200;

/// Maps each item as the reader hands it over.
struct Mapper<'m> {
    document: &'m Document,
    plan: &'m Plan,
    limits: &'m Limits,
    explaining: bool,
    items: Vec<Item>,
    explanations: Vec<Explanation>,
    feed_title: Option<String>,
    /// The feed's own page, once it was needed and found.
    feed_link: Option<Url>,
}

impl<'m> Mapper<'m> {
    fn new(document: &'m Document, plan: &'m Plan, limits: &'m Limits, explaining: bool) -> Self {
        let (items, explanations) = (Vec::new(), Vec::new());
        Self { document, plan, limits, explaining, items, explanations, feed_title: None, feed_link: None }
    }

    /// For item paths that need the whole document at hand, and headers that stand behind the items.
    fn read_whole(&mut self, tree: Tree, repairs: &mut Repairs) -> Result<(), ReadError> {
        let read = reader::read(self.document, tree, None, self.limits, repairs, self)?;
        let (whole, unclosed) = (read.tree, read.unclosed);
        let items = self.plan.items.find(&whole);
        let mut envelopes = Envelopes::new(&whole, whole.namespaces.clone(), &items, self.limits);
        for item in items {
            if unclosed.contains(&item) {
                let line = || line_of(self.document.text(), whole.place(item));
                repairs.note(RepairKind::TruncatedItem, "", line);
                continue;
            }
            envelopes.with_item(item, |tree, item| self.item(tree, item, repairs))?;
        }
        Ok(())
    }

    fn map(&mut self, item: &xpath::Item, repairs: &mut Repairs) -> Result<(), ReadError> {
        if self.plan.resolves {
            self.plan.engine.set_base(self.base(item.tree, &item.bases(item.node)));
        }
        let mut built = ItemBuilder::default();
        let mut explained = Vec::new();
        for (field, sources) in &self.plan.fields {
            let mut gave = None;
            for (n, source) in sources.iter().enumerate() {
                if let Some(raw) = self.fill(&mut built, source, item, repairs)? {
                    gave = Some((n, source, raw));
                    break;
                }
            }
            if self.explaining {
                explained.push(FieldExplanation {
                    field: *field,
                    source: gave.as_ref().map(|(n, _, _)| *n),
                    xpath: gave.as_ref().map(|(_, source, _)| source.expression.source().to_owned()),
                    found: gave.map(|(_, _, raw)| raw[..raw.floor_char_boundary(EXCERPT)].to_owned()),
                });
            }
        }
        let place = item.tree.place(item.node);
        self.items.push(Item { place, extras: self.extras(item)?, ..built.finish() });
        if self.explaining {
            let line = line_of(self.document.text(), place);
            self.explanations.push(Explanation { line, fields: explained });
        }
        Ok(())
    }

    /// What a filter asks of an item.
    fn extras(&self, item: &xpath::Item) -> Result<BTreeMap<String, Vec<String>>, ReadError> {
        let texts = |expression: &xpath::Expression| {
            let found = expression
                .evaluate(item, &self.plan.engine, Want::default(), self.limits)
                .map_err(|failure| failure.at(Place::Filter, expression.source()))?;
            let texts = found.into_iter().map(|found| found.text.trim().to_owned()).filter(|text| !text.is_empty());
            Ok((expression.source().to_owned(), texts.collect()))
        };
        self.plan.extras.iter().map(texts).collect()
    }

    /// Puts the first usable match of a source into the item, or all of a list; answers the match that gave it.
    fn fill<'t>(
        &mut self,
        built: &mut ItemBuilder,
        source: &PlannedSource,
        item: &xpath::Item<'t, '_>,
        repairs: &mut Repairs,
    ) -> Result<Option<Cow<'t, str>>, ReadError> {
        let (expression, plan, limits) = (&source.expression, self.plan, self.limits);
        let (mut gave, mut blank) = (None, true);
        let mut take = |Found { text, bases, .. }: Found<'t>| {
            if text.trim().is_empty() {
                return ControlFlow::Continue(());
            }
            blank = false;
            if self.take(built, source, &text, &bases, item, repairs) {
                gave.get_or_insert(text);
                if source.field != Field::Categories {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        };
        let want = source.want(item.tree);
        let outcome = match source.pick {
            Pick::First => expression.visit(item, &plan.engine, want, limits, &mut take),
            Pick::Largest => expression.evaluate(item, &plan.engine, want, limits).map(|mut found| {
                found.sort_by_key(|found| Reverse(found.width));
                let _ = found.into_iter().try_for_each(take);
            }),
        };
        outcome.map_err(|failure| failure.at(source.place, expression.source()))?;
        if blank && source.has_default() && self.take(built, source, "", &[], item, repairs) {
            gave = Some(Cow::Borrowed(""));
        }
        Ok(gave)
    }

    /// Puts what becomes of one match into the item; answers whether the field could use it.
    fn take(
        &mut self,
        built: &mut ItemBuilder,
        source: &PlannedSource,
        text: &str,
        bases: &[String],
        item: &xpath::Item,
        repairs: &mut Repairs,
    ) -> bool {
        let (as_written, transformed) = ([Cow::Borrowed(text)], self.transformed(text, bases, source, item.tree));
        let mut given = false;
        for value in transformed.as_deref().unwrap_or(&as_written) {
            if built.set(source.field, value, || self.base(item.tree, bases)) {
                given = true;
                if source.field != Field::Categories {
                    break;
                }
                continue;
            }
            let kind = match source.field {
                Field::Published => RepairKind::UnreadableDate,
                Field::Link | Field::Image if !value.trim().is_empty() => RepairKind::UnusableAddress,
                _ => continue,
            };
            let document = self.document.text();
            repairs.note(kind, value.trim(), || line_of(document, item.tree.place(item.node)));
        }
        given
    }

    /// What the transforms make of a value; `None` without any.
    fn transformed<'v>(
        &mut self,
        value: &'v str,
        bases: &[String],
        source: &PlannedSource,
        tree: &Tree,
    ) -> Option<Vec<Cow<'v, str>>> {
        if source.transforms.is_empty() {
            return None;
        }
        let base = source.resolves().then(|| self.base(tree, bases)).flatten();
        let mut values = vec![Cow::Borrowed(value)];
        source.transforms.iter().for_each(|transform| transform.apply(&mut values, base.as_ref()));
        Some(values)
    }

    /// What relative addresses are joined to: `xml:base`, the feed's own page, the document's address.
    fn base(&mut self, tree: &Tree, bases: &[String]) -> Option<Url> {
        let mut base = self.document.address().cloned();
        if bases.iter().all(|base| base.trim().is_empty()) {
            return self.feed_link(tree).or(base);
        }
        for part in bases {
            base = match &base {
                Some(outer) => outer.join(part.trim()).ok().or(base),
                None => Url::parse(part.trim()).ok(),
            };
        }
        base
    }

    fn feed_link(&mut self, tree: &Tree) -> Option<Url> {
        if self.feed_link.is_none() {
            let text = self.header(self.plan.feed_link.as_ref()?, tree)?;
            self.feed_link = match self.document.address() {
                Some(address) => address.join(text.trim()).ok(),
                None => Url::parse(text.trim()).ok(),
            };
        }
        self.feed_link.clone()
    }

    fn header(&self, expression: &xpath::Expression, tree: &Tree) -> Option<String> {
        let root = xpath::Item::new(tree, tree.children(ROOT).next()?);
        let found = expression.evaluate(&root, &self.plan.engine, Want::default(), self.limits).ok()?;
        found.into_iter().map(|found| found.text.into_owned()).find(|text| !text.trim().is_empty())
    }
}

impl Sink for Mapper<'_> {
    fn item(&mut self, tree: &Tree, item: NodeId, repairs: &mut Repairs) -> Result<(), ReadError> {
        let item = xpath::Item::new(tree, item);
        let accepted = self.plan.items.accepts(&item, &self.plan.engine, self.limits);
        if accepted.map_err(|failure| failure.at(Place::ItemPath, &self.plan.item_path))? {
            self.map(&item, repairs)?;
        }
        Ok(())
    }

    fn headers(&mut self, tree: &Tree) {
        if self.feed_title.is_none()
            && let Some(expression) = &self.plan.feed_title
        {
            self.feed_title = self.header(expression, tree).map(|title| plan::title(&title));
        }
    }
}
