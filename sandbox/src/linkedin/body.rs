//! The body of a create request: JSON in, a [`Draft`] or the first reason for refusal out. Pure; whether pictures exist
//! and whether the author may post is asked elsewhere.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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
    /// A poll.
    Poll {
        /// What is asked.
        question: String,
        /// Two to four answers.
        options: Vec<String>,
    },
}

impl Content {
    /// Every image URN that the content names, with the path of its field.
    pub(crate) fn images(&self) -> Vec<(&str, &'static str)> {
        match self {
            Self::Article { thumbnail, .. } => {
                thumbnail.iter().map(|urn| (urn.as_str(), "content/article/thumbnail")).collect()
            }
            Self::Images(images) => images.iter().map(|(urn, _)| (urn.as_str(), "content/media/id")).collect(),
            Self::Poll { .. } => Vec::new(),
        }
    }

    /// LinkedIn stores most posts as shares, but several pictures as a `ugcPost`.
    pub(crate) fn urn_kind(content: Option<&Self>) -> &'static str {
        match content {
            Some(Self::Images(images)) if images.len() > 1 => "ugcPost",
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
pub(crate) fn read(body: &Value, questions: &Questions) -> Result<Draft, Refusal> {
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
    let commentary = commentary(post.text("commentary")?, questions)?;
    let visibility = post.choice("visibility", &["PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"])?.to_owned();
    distribution(&post.object("distribution")?)?;
    let states: &[&str] = match questions.draft {
        Drafts::Refused => &["PUBLISHED"],
        Drafts::Accepted => &["PUBLISHED", "DRAFT"],
    };
    post.choice("lifecycleState", states)?;
    if post.get("isReshareDisabledByAuthor").is_some_and(|value| !value.is_boolean()) {
        return Err(Refusal::value("isReshareDisabledByAuthor", "isReshareDisabledByAuthor must be a boolean"));
    }
    let content = post.get("content").map(content).transpose()?;
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

fn content(value: &Value) -> Result<Content, Refusal> {
    let fields = Fields::of(value, "content")?;
    fields.only(&["article", "media", "multiImage", "poll"])?;
    let mut kinds = fields.map.keys();
    let (Some(kind), None) = (kinds.next(), kinds.next()) else {
        return Err(Refusal::value("content", "content must have exactly one of article, media, multiImage, poll"));
    };
    let inner = fields.object(kind)?;
    match kind.as_str() {
        "article" => article(&inner),
        "media" => media(&inner),
        "multiImage" => multi_image(&inner),
        _ => poll(&inner),
    }
}

fn article(fields: &Fields) -> Result<Content, Refusal> {
    fields.only(&["source", "title", "description", "thumbnail"])?;
    let source = fields.filled("source")?;
    let web = url::Url::parse(source).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !web {
        return Err(Refusal::value(&fields.path("source"), "source must be an absolute http or https URL"));
    }
    Ok(Content::Article {
        source: source.to_owned(),
        title: fields.filled("title")?.to_owned(),
        description: fields.optional_text("description")?.map(String::from),
        thumbnail: fields.get("thumbnail").map(|_| fields.urn("thumbnail", &["image"])).transpose()?,
    })
}

fn media(fields: &Fields) -> Result<Content, Refusal> {
    fields.only(&["id", "altText", "title"])?;
    let id = fields.urn("id", &["image", "video", "document"])?;
    if !id.starts_with("urn:li:image:") {
        // The practice LinkedIn hands out no video or document, so no such id can exist.
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

/// The fields of one object, with the path that error messages name.
pub(crate) struct Fields<'v> {
    map: &'v Map<String, Value>,
    at: String,
}

impl<'v> Fields<'v> {
    pub(crate) fn of(value: &'v Value, at: &str) -> Result<Self, Refusal> {
        let map = value.as_object().ok_or_else(|| Refusal::value(at, "must be an object"))?;
        Ok(Self { map, at: at.to_owned() })
    }

    fn path(&self, name: &str) -> String {
        if self.at.is_empty() { name.to_owned() } else { format!("{}/{name}", self.at) }
    }

    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        let stranger = self.map.keys().find(|key| !known.contains(&key.as_str()));
        stranger.map_or(Ok(()), |name| Err(Refusal::unpermitted_field(&self.path(name))))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'v Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn required(&self, name: &str) -> Result<&'v Value, Refusal> {
        self.get(name).ok_or_else(|| Refusal::missing(&self.path(name)))
    }

    pub(crate) fn object(&self, name: &str) -> Result<Self, Refusal> {
        Self::of(self.required(name)?, &self.path(name))
    }

    pub(crate) fn text(&self, name: &str) -> Result<&'v str, Refusal> {
        self.required(name)?.as_str().ok_or_else(|| Refusal::value(&self.path(name), "must be a string"))
    }

    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<&'v str>, Refusal> {
        self.get(name).map(|_| self.text(name)).transpose()
    }

    pub(crate) fn filled(&self, name: &str) -> Result<&'v str, Refusal> {
        let text = self.text(name)?;
        if text.trim().is_empty() {
            let path = self.path(name);
            return Err(Refusal::input("INVALID_VALUE_BLANK_FIELD", &path, &format!("{path} cannot be blank")));
        }
        Ok(text)
    }

    pub(crate) fn choice(&self, name: &str, choices: &[&str]) -> Result<&'v str, Refusal> {
        let text = self.text(name)?;
        if !choices.contains(&text) {
            return Err(Refusal::value(&self.path(name), &format!("{text} is not one of {}", choices.join(", "))));
        }
        Ok(text)
    }

    pub(crate) fn list(&self, name: &str, size: std::ops::RangeInclusive<usize>) -> Result<&'v [Value], Refusal> {
        let list = self.required(name)?.as_array().filter(|list| size.contains(&list.len()));
        let words = || format!("must be a list of {} to {} elements", size.start(), size.end());
        list.map(Vec::as_slice).ok_or_else(|| Refusal::value(&self.path(name), &words()))
    }

    pub(crate) fn urn(&self, name: &str, kinds: &[&str]) -> Result<String, Refusal> {
        let text = self.text(name)?;
        let path = self.path(name);
        let parts: Vec<&str> = text.splitn(4, ':').collect();
        let [urn, li, kind, id] = parts[..] else {
            return Err(Refusal::value(&path, &format!("{text} is not a URN")));
        };
        if urn != "urn" || li != "li" || !kinds.contains(&kind) {
            return Err(Refusal::input(
                "INVALID_URN_TYPE",
                &path,
                &format!("{text} must be one of the types {}", kinds.join(", ")),
            ));
        }
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
            return Err(Refusal::input("INVALID_URN_ID", &path, &format!("{text} has no valid id")));
        }
        Ok(text.to_owned())
    }
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;
