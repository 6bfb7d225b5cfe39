//! The body of a create request: JSON in, a [`Draft`] or the first reason for refusal out. Pure; whether pictures exist
//! and whether the author may post is asked elsewhere.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Rules;
use crate::linkedin::json::Fields;
use crate::linkedin::little;
use crate::linkedin::refusal::Refusal;
use crate::questions::{Drafts, Length, OverLength, Questions};

/// Characters of `commentary`; whether escapes count is an open question.
pub(crate) const COMMENTARY: usize = 3_000;
/// Characters of `altText`.
const ALT_TEXT: usize = 4_086;

/// What a post carries beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A link card. Nothing is scraped: it shows exactly these fields.
    Article {
        /// Where a click goes.
        source: String,
        /// The headline.
        title: String,
        /// The summary below the headline.
        description: Option<String>,
        /// An image URN; posts seeded by a demo may carry an address instead.
        thumbnail: Option<String>,
    },
    /// Pictures, as (image URN, text for those who cannot see it).
    Images(Vec<(String, Option<String>)>),
    /// A video of the member's own.
    Video {
        /// Its URN.
        id: String,
        /// The title below it.
        title: Option<String>,
    },
    /// A poll.
    Poll {
        /// What is asked.
        question: String,
        /// Two to four answers.
        options: Vec<String>,
    },
}

impl Content {
    /// Every uploaded URN that the content names, with the path of its field.
    pub(crate) fn assets(&self) -> Vec<(&str, &'static str)> {
        match self {
            Self::Article { thumbnail, .. } => {
                thumbnail.iter().map(|urn| (urn.as_str(), "content/article/thumbnail")).collect()
            }
            Self::Images(images) => images.iter().map(|(urn, _)| (urn.as_str(), "content/media/id")).collect(),
            Self::Video { id, .. } => vec![(id.as_str(), "content/media/id")],
            Self::Poll { .. } => Vec::new(),
        }
    }

    /// LinkedIn stores most posts as shares, but several pictures and a video as a `ugcPost`.
    pub(crate) fn urn_kind(content: Option<&Self>) -> &'static str {
        match content {
            Some(Self::Images(images)) if images.len() > 1 => "ugcPost",
            Some(Self::Video { .. }) => "ugcPost",
            _ => "share",
        }
    }
}

/// A well-formed create request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) author: String,
    pub(crate) commentary: String,
    pub(crate) visibility: String,
    pub(crate) content: Option<Content>,
    pub(crate) parent: Option<String>,
}

/// Reads the body of `POST /rest/posts`.
pub(crate) fn read(body: &Value, rules: &Rules) -> Result<Draft, Refusal> {
    let post = Fields::of(body, "")?;
    post.only(&[
        "author",
        "commentary",
        "visibility",
        "distribution",
        "lifecycleState",
        "isReshareDisabledByAuthor",
        "content",
        "reshareContext",
    ])?;
    let author = post.text("author")?.to_owned();
    let commentary = commentary(post.text("commentary")?, &rules.questions)?;
    let visibility = post.choice("visibility", &["PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"])?.to_owned();
    distribution(&post.object("distribution")?)?;
    let states: &[&str] = match rules.questions.draft {
        Drafts::Refused => &["PUBLISHED"],
        Drafts::Accepted => &["PUBLISHED", "DRAFT"],
    };
    post.choice("lifecycleState", states)?;
    if post.get("isReshareDisabledByAuthor").is_some_and(|value| !value.is_boolean()) {
        return Err(Refusal::value("isReshareDisabledByAuthor", "isReshareDisabledByAuthor must be a boolean"));
    }
    let content = post.get("content").map(|value| content(value, rules)).transpose()?;
    let parent = post.get("reshareContext").map(parent).transpose()?;
    if commentary.trim().is_empty() && content.is_none() && parent.is_none() {
        return Err(Refusal::input("INVALID_VALUE_BLANK_FIELD", "commentary", "commentary cannot be blank"));
    }
    Ok(Draft { author, commentary, visibility, content, parent })
}

/// Refuses a text that is too long; also asked when a post is edited.
pub(crate) fn commentary(text: &str, questions: &Questions) -> Result<String, Refusal> {
    let length = length(text, questions);
    if length > COMMENTARY && questions.over_length == OverLength::Refused {
        return Err(Refusal::too_long("commentary", length, COMMENTARY));
    }
    Ok(text.to_owned())
}

/// The length of a text as the limit counts it.
pub(crate) fn length(text: &str, questions: &Questions) -> usize {
    match questions.length {
        Length::Escaped => text.chars().count(),
        Length::Rendered => little::parse(text).plain().chars().count(),
    }
}

fn distribution(fields: &Fields) -> Result<(), Refusal> {
    fields.only(&["feedDistribution", "targetEntities", "thirdPartyDistributionChannels"])?;
    fields.choice("feedDistribution", &["MAIN_FEED", "NONE"])?;
    for list in ["targetEntities", "thirdPartyDistributionChannels"] {
        if fields.get(list).is_some_and(|value| !value.is_array()) {
            return Err(Refusal::value(&fields.path(list), "must be an array"));
        }
    }
    Ok(())
}

fn parent(value: &Value) -> Result<String, Refusal> {
    let fields = Fields::of(value, "reshareContext")?;
    fields.only(&["parent"])?;
    fields.urn("parent", &["share", "ugcPost"])
}

fn content(value: &Value, rules: &Rules) -> Result<Content, Refusal> {
    let fields = Fields::of(value, "content")?;
    fields.only(&["article", "media", "multiImage", "poll"])?;
    let mut kinds = fields.map.keys();
    let (Some(kind), None) = (kinds.next(), kinds.next()) else {
        return Err(Refusal::value("content", "content must have exactly one of article, media, multiImage, poll"));
    };
    let inner = fields.object(kind)?;
    match kind.as_str() {
        "article" => article(&inner, rules),
        "media" => media(&inner),
        "multiImage" => multi_image(&inner),
        _ => poll(&inner),
    }
}

fn article(fields: &Fields, rules: &Rules) -> Result<Content, Refusal> {
    fields.only(&["source", "title", "description", "thumbnail"])?;
    let source = fields.filled("source")?;
    let web = url::Url::parse(source).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !web {
        return Err(Refusal::value(&fields.path("source"), "source must be an absolute http or https URL"));
    }
    let limited = |name, text, maximum| match maximum {
        0 => Ok(String::from(text)),
        _ => at_most(&fields.path(name), text, maximum),
    };
    Ok(Content::Article {
        source: source.to_owned(),
        title: limited("title", fields.filled("title")?, rules.article_title)?,
        description: fields
            .optional_text("description")?
            .map(|text| limited("description", text, rules.article_description))
            .transpose()?,
        thumbnail: fields.get("thumbnail").map(|_| fields.urn("thumbnail", &["image"])).transpose()?,
    })
}

fn media(fields: &Fields) -> Result<Content, Refusal> {
    fields.only(&["id", "altText", "title"])?;
    let id = fields.urn("id", &["image", "video", "document"])?;
    if id.starts_with("urn:li:video:") {
        return Ok(Content::Video { id, title: fields.optional_text("title")?.map(String::from) });
    }
    if id.starts_with("urn:li:document:") {
        fields.filled("title")?;
        // The practice LinkedIn hands out no document, so no such id can exist.
        return Err(Refusal::input("INVALID_URN_ID", &fields.path("id"), &format!("{id} does not exist")));
    }
    Ok(Content::Images(vec![(id, alt_text(fields)?)]))
}

fn multi_image(fields: &Fields) -> Result<Content, Refusal> {
    fields.only(&["images", "altText"])?;
    let images = fields.list("images", 2..=20)?;
    let image = |value| {
        let fields = Fields::of(value, "content/multiImage/images")?;
        fields.only(&["id", "altText"])?;
        Ok((fields.urn("id", &["image"])?, alt_text(&fields)?))
    };
    images.iter().map(image).collect::<Result<_, Refusal>>().map(Content::Images)
}

fn poll(fields: &Fields) -> Result<Content, Refusal> {
    fields.only(&["question", "options", "settings"])?;
    let question = fields.filled("question")?.to_owned();
    fields.object("settings")?.choice("duration", &["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"])?;
    let option = |value| Ok(Fields::of(value, "content/poll/options")?.filled("text")?.to_owned());
    let options = fields.list("options", 2..=4)?.iter().map(option).collect::<Result<_, Refusal>>()?;
    Ok(Content::Poll { question, options })
}

fn alt_text(fields: &Fields) -> Result<Option<String>, Refusal> {
    fields.optional_text("altText")?.map(|text| at_most(&fields.path("altText"), text, ALT_TEXT)).transpose()
}

fn at_most(field: &str, text: &str, maximum: usize) -> Result<String, Refusal> {
    let length = text.chars().count();
    if length > maximum {
        return Err(Refusal::too_long(field, length, maximum));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;
