//! Accepts values for the fields of an item if they are what the field needs.

use url::Url;

use crate::definition::Field;
use crate::item::Item;
use crate::{address, date, text};

#[derive(Default)]
pub(super) struct ItemBuilder(Item);

impl ItemBuilder {
    /// Takes a value; answers whether the field could use it.
    pub(super) fn set(&mut self, field: Field, value: &str, base: impl FnOnce() -> Option<Url>) -> bool {
        let value = value.trim();
        if value.is_empty() {
            return false;
        }
        let item = &mut self.0;
        match field {
            Field::Guid => item.guid = Some(value.to_owned()),
            Field::Title => item.title = Some(text::one_line(value)),
            Field::Text => item.text = Some(value.to_owned()),
            Field::Author => item.author = Some(text::one_line(value)),
            Field::Link => item.link = address::absolute(value, base),
            Field::Image => item.image = address::absolute(value, base),
            Field::Published => item.published = date::parse(value),
            Field::Categories => {
                let category = text::one_line(value);
                if !item.categories.contains(&category) {
                    item.categories.push(category);
                }
            }
        }
        match field {
            Field::Link => item.link.is_some(),
            Field::Image => item.image.is_some(),
            Field::Published => item.published.is_some(),
            _ => true,
        }
    }

    pub(super) fn finish(self) -> Item {
        self.0
    }
}
