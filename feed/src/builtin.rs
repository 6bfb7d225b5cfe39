//! The definitions that come with the product: JSON files of the same shape that marketers save, so each can be copied
//! and changed.

use std::sync::LazyLock;

use crate::definition::Definition;
use crate::error::ReadError;

static ALL: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    [
        include_str!("../definitions/rss.json"),
        include_str!("../definitions/atom.json"),
        include_str!("../definitions/rdf.json"),
        include_str!("../definitions/youtube.json"),
        include_str!("../definitions/wordpress.json"),
        include_str!("../definitions/podcast.json"),
        include_str!("../definitions/vacancies.json"),
        include_str!("../definitions/vacancies-list.json"),
        include_str!("../definitions/sitemap-news.json"),
        include_str!("../definitions/jsonfeed.json"),
    ]
    .into_iter()
    .map(|json| Definition::from_json(json).expect("a test reads every shipped definition"))
    .collect()
});

/// All definitions that are shipped.
#[must_use]
pub fn all() -> &'static [Definition] {
    &ALL
}

/// Their names.
#[must_use]
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|definition| definition.name.as_str()).collect()
}

/// The shipped definition of a name.
///
/// # Errors
/// When there is none of that name.
pub fn named(name: &str) -> Result<&'static Definition, ReadError> {
    let found = ALL.iter().find(|definition| definition.name.eq_ignore_ascii_case(name));
    found.ok_or_else(|| ReadError::UnknownDefinition { name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_definition_can_be_read() {
        assert_eq!(
            names(),
            [
                "rss",
                "atom",
                "rdf",
                "youtube",
                "wordpress",
                "podcast",
                "vacancies",
                "vacancies-list",
                "sitemap-news",
                "jsonfeed"
            ]
        );
        assert_eq!(named("RSS").unwrap().name, "rss");
        assert_eq!(named("nonsense").unwrap_err().code(), "definition-unknown");
    }
}
