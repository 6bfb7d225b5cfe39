//! The one error of reading a feed.
//! Each message is a sentence for the person who pasted the address or typed the expression, and says what to do next.

use crate::definition::Field;

/// Why a document could not become items.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing, or nothing but white space, was received.
    #[error("The document is empty. Check the address, or try again later.")]
    Empty,
    /// A web page came where a feed was expected.
    #[error("This is a web page, not a feed.{}", suggestion(.feeds))]
    WebPage {
        /// Addresses of feeds that the page itself names, best first.
        feeds: Vec<String>,
    },
    /// Neither XML nor a web page.
    #[error(
        "This is not XML ({found}). Give the address of an RSS or Atom feed, or of another XML document with items."
    )]
    NotXml {
        /// What it looks like instead.
        found: &'static str,
    },
    /// The compressed body cannot be unpacked.
    #[error("The document is compressed and its data is damaged. Ask the publisher to repair it, or try again later.")]
    BadCompression,
    /// The document ends inside its only item.
    #[error(
        "The document ends in the middle of an item (line {line}), and no whole one is in it. Try again later, or ask the publisher to repair it."
    )]
    CutOff {
        /// Line on which that item begins.
        line: u32,
    },
    /// The document passes a cap of [`crate::Limits`].
    #[error("{what}: at most {limit} are read (line {line}). Ask the publisher for a smaller or simpler feed.")]
    TooLarge {
        /// Line of the document where the cap was passed.
        line: u32,
        /// The cap, as the subject of the sentence.
        what: Excess,
        /// The cap's value.
        limit: usize,
    },
    /// No built-in definition fits and none was chosen.
    #[error(
        "No built-in definition fits a document that starts with <{root}>. Say which element is one item (an item path such as /{root}/item) and which parts of it are the title and the link."
    )]
    UnknownKind {
        /// Name of the root element.
        root: String,
    },
    /// A list of feeds has none.
    #[error(
        "There are no feeds in this list. Give a file in OPML, as feed readers export it, with an address (xmlUrl) for each feed."
    )]
    NoFeeds,
    /// A definition names no built-in.
    #[error("There is no definition named \"{name}\". Choose one of: {}.", crate::builtin::names().join(", "))]
    UnknownDefinition {
        /// The name that was asked for.
        name: String,
    },
    /// A definition is not valid JSON of the expected shape.
    #[error("The definition cannot be read: {reason}.")]
    BadDefinition {
        /// What the JSON reader says, with line and column.
        reason: String,
    },
    /// An expression does not parse, or is refused before it could cost too much.
    #[error("{place}, column {column}: {reason} (in {expression})")]
    Expression {
        /// Where the expression stands in the definition.
        place: Place,
        /// 1-based column in the expression, in characters.
        column: usize,
        /// What is wrong and what to write instead.
        reason: String,
        /// The expression itself.
        expression: String,
    },
    /// A pattern or format of a transform is not usable.
    #[error("{place}: {reason}")]
    Transform {
        /// Where the transform stands in the definition.
        place: Place,
        /// What is wrong and what to write instead.
        reason: String,
    },
    /// An expression took, or would take, too long on this document.
    #[error("{place}: too expensive at the step {step}. Use a more direct path (in {expression}).")]
    TooExpensive {
        /// Where the expression stands in the definition.
        place: Place,
        /// The step that makes it expensive.
        step: String,
        /// The expression itself.
        expression: String,
    },
    /// The evaluator failed on an expression that parsed.
    #[error("{place}: cannot be evaluated: {reason} (in {expression})")]
    Evaluation {
        /// Where the expression stands in the definition.
        place: Place,
        /// What the evaluator says.
        reason: String,
        /// The expression itself.
        expression: String,
    },
}

impl ReadError {
    /// JSON pointer to the expression or transforms that are wrong, from the definition, as in `/fields/title/0/xpath`.
    #[must_use]
    pub fn pointer(&self) -> Option<String> {
        match self {
            Self::Expression { place, .. } | Self::TooExpensive { place, .. } | Self::Evaluation { place, .. } => {
                let inside = if matches!(place, Place::Field(..)) { "/xpath" } else { "" };
                Some(place.pointer()? + inside)
            }
            Self::Transform { place, .. } => Some(place.pointer()? + "/transforms"),
            _ => None,
        }
    }

    /// A short stable name, for the API and for counting.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "feed-empty",
            Self::WebPage { .. } => "feed-web-page",
            Self::NotXml { .. } => "feed-not-xml",
            Self::BadCompression => "feed-bad-compression",
            Self::CutOff { .. } => "feed-cut-off",
            Self::TooLarge { what, .. } => what.code(),
            Self::UnknownKind { .. } => "feed-unknown-kind",
            Self::NoFeeds => "opml-no-feeds",
            Self::UnknownDefinition { .. } => "definition-unknown",
            Self::BadDefinition { .. } => "definition-invalid",
            Self::Expression { .. } => "expression-invalid",
            Self::Transform { .. } => "transform-invalid",
            Self::TooExpensive { .. } => "expression-too-expensive",
            Self::Evaluation { .. } => "expression-failed",
        }
    }
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The path that finds the items.
    ItemPath,
    /// The path of the feed's own title.
    FeedTitle,
    /// The path of the feed's own page.
    FeedLink,
    /// A field of the item, and which of its sources, from 0.
    Field(Field, usize),
    /// A test of a filter.
    Filter,
}

impl Place {
    /// JSON pointer from the definition, as in `/fields/title/0`; `None` for a filter, which finds its own with
    /// [`crate::filter::Filter::pointer_to`].
    #[must_use]
    pub fn pointer(self) -> Option<String> {
        match self {
            Self::ItemPath => Some("/item_path".to_owned()),
            Self::FeedTitle => Some("/feed_title".to_owned()),
            Self::FeedLink => Some("/feed_link".to_owned()),
            Self::Field(field, source) => Some(format!("/fields/{field}/{source}")),
            Self::Filter => None,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ItemPath => f.write_str("Item path"),
            Self::FeedTitle => f.write_str("Feed title"),
            Self::FeedLink => f.write_str("Feed link"),
            Self::Field(field, 0) => write!(f, "Field {field}"),
            Self::Field(field, source) => write!(f, "Field {field}, source {}", source + 1),
            Self::Filter => f.write_str("Filter"),
        }
    }
}

/// Which cap of [`crate::Limits`] was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    /// [`crate::Limits::bytes`]
    #[error("The document has too many bytes")]
    Bytes,
    /// [`crate::Limits::depth`]
    #[error("Too many elements stand inside each other")]
    Depth,
    /// [`crate::Limits::attributes`]
    #[error("A tag has too many attributes")]
    Attributes,
    /// [`crate::Limits::namespaces`]
    #[error("Too many namespaces are declared")]
    Namespaces,
    /// [`crate::Limits::name_bytes`]
    #[error("A name has too many bytes")]
    Name,
    /// [`crate::Limits::value_bytes`]
    #[error("An attribute has too many bytes")]
    Value,
    /// [`crate::Limits::nodes`]
    #[error("The document has too many elements and texts")]
    Nodes,
}

impl Excess {
    fn code(self) -> &'static str {
        match self {
            Self::Bytes => "feed-too-large",
            Self::Depth => "feed-too-deep",
            Self::Attributes => "feed-too-many-attributes",
            Self::Namespaces => "feed-too-many-namespaces",
            Self::Name => "feed-name-too-long",
            Self::Value => "feed-value-too-long",
            Self::Nodes => "feed-too-many-nodes",
        }
    }
}

fn suggestion(feeds: &[String]) -> String {
    match feeds {
        [] => " It names no feed; look for an RSS link on the site and give that address.".to_owned(),
        [one] => format!(" Its feed is {one}: give that address."),
        many => format!(" Give the address of one of its feeds: {}.", many.join(", ")),
    }
}
