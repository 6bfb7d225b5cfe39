//! What is added to the target of a counting link, so that the organisation's own statistics know where a visitor came
//! from. It says of a share its network, topic, feed and post, and never anything about a person. Pure.

use std::fmt::{self, Display};

use url::Url;

use crate::{Error, Result};

/// Most characters of a template.
const LONGEST: usize = 500;
/// Most characters of what a placeholder becomes.
const SLUG: usize = 60;

/// Parameters with placeholders, as in `utm_source={network}&utm_campaign={topic}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UtmTemplate(Vec<Parameter>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parameter {
    name: String,
    value: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Place(Place),
}

/// What a template may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Network,
    Topic,
    Feed,
    Post,
}

const PLACES: [(&str, Place); 4] =
    [("network", Place::Network), ("topic", Place::Topic), ("feed", Place::Feed), ("post", Place::Post)];

/// What is known of the post that a link is for, and where it goes.
#[derive(Debug, Clone, Copy)]
pub struct Tags<'a> {
    /// Word of the network.
    pub network: &'a str,
    /// Name of the topic.
    pub topic: &'a str,
    /// Title of the feed; empty: a marketer wrote the post.
    pub feed: &'a str,
    /// Title of the post.
    pub title: &'a str,
    /// Stands for the title when nothing of that can be written in an address.
    pub post: &'a str,
}

impl Place {
    fn of(self, tags: &Tags<'_>) -> String {
        match self {
            Self::Network => slug(tags.network),
            Self::Topic => slug(tags.topic),
            Self::Feed => slug(tags.feed),
            Self::Post => Some(slug(tags.title)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| slug(tags.post)),
        }
    }
}

impl UtmTemplate {
    /// Reads a template; an empty one adds nothing.
    ///
    /// # Errors
    /// `utm.placeholder`, `utm.brace`, `utm.parameter`, `utm.character` or `utm.twice` with the character where it
    /// goes wrong, or `text.too_long`.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.chars().count() > LONGEST {
            return Err(Error::invalid(
                "/utm_template",
                "text.too_long",
                format!("This may have {LONGEST} characters."),
            ));
        }
        let mut parameters: Vec<Parameter> = vec![];
        let mut column = 1;
        for piece in text.split('&').filter(|_| !text.is_empty()) {
            let parameter = Parameter::parse(piece, column)?;
            if parameters.iter().any(|other| other.name == parameter.name) {
                let words = format!("The parameter \"{}\" is there twice.", parameter.name);
                return Err(fault("utm.twice", words, column));
            }
            parameters.push(parameter);
            column += piece.chars().count() + 1;
        }
        Ok(Self(parameters))
    }

    /// The address with these parameters. What it has of its own is kept as it is, also where it has the same name, and
    /// its fragment stays. A parameter of which nothing is known is left out.
    #[must_use]
    pub fn apply(&self, address: &str, tags: &Tags<'_>) -> String {
        let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
        let has = |name: &str| url.query_pairs().any(|(own, _)| own == name);
        let added: Vec<(&str, String)> = self
            .0
            .iter()
            .filter(|parameter| !has(&parameter.name))
            .map(|parameter| (parameter.name.as_str(), parameter.of(tags)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        if added.is_empty() {
            return address.to_owned();
        }
        url.query_pairs_mut().extend_pairs(added);
        url.into()
    }
}

impl Parameter {
    /// `column` is that of its first character in the template.
    fn parse(text: &str, column: usize) -> Result<Self> {
        let Some((name, value)) = text.split_once('=').filter(|(name, value)| !name.is_empty() && !value.is_empty())
        else {
            let words = "A parameter has a name, an = and a value, as in utm_source={network}.";
            return Err(fault("utm.parameter", words, column));
        };
        insist_plain(name, column)?;
        Ok(Self { name: name.to_owned(), value: parts(value, column + name.chars().count() + 1)? })
    }

    fn of(&self, tags: &Tags<'_>) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Place(place) => place.of(tags),
        };
        self.value.iter().map(part).collect()
    }
}

fn parts(mut value: &str, mut column: usize) -> Result<Vec<Part>> {
    let mut parts = vec![];
    while !value.is_empty() {
        let (text, rest) = value.split_at(value.find('{').unwrap_or(value.len()));
        insist_plain(text, column)?;
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        column += text.chars().count();
        let Some(rest) = rest.strip_prefix('{') else { break };
        let Some((name, after)) = rest.split_once('}') else {
            return Err(fault("utm.brace", "This { has no }.", column));
        };
        let Some((_, place)) = PLACES.iter().find(|(word, _)| *word == name) else {
            let known = PLACES.map(|(word, _)| format!("{{{word}}}")).join(", ");
            return Err(fault("utm.placeholder", format!("There is no \"{{{name}}}\". There are {known}."), column));
        };
        parts.push(Part::Place(*place));
        column += name.chars().count() + 2;
        value = after;
    }
    Ok(parts)
}

fn insist_plain(text: &str, column: usize) -> Result<()> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    match text.chars().position(|c| !is_plain(c)) {
        None => Ok(()),
        Some(nth) => {
            let words = "Only letters, digits, -, _, . and ~ can stand here, and placeholders in { }.";
            Err(fault("utm.character", words, column + nth))
        }
    }
}

fn fault(code: &'static str, words: impl Into<std::borrow::Cow<'static, str>>, column: usize) -> Error {
    let fault = crate::Fault::new("/utm_template", code, words);
    Error::Invalid(vec![crate::Fault { column: Some(column), ..fault }])
}

/// Words as an address takes them: lower case, with a hyphen for all that is neither letter nor digit.
fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        let length = slug.chars().count();
        if length > 0 && length + 1 + word.chars().count() > SLUG {
            break;
        }
        if length > 0 {
            slug.push('-');
        }
        slug.extend(word.chars().take(SLUG));
    }
    slug
}

impl Display for UtmTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, parameter) in self.0.iter().enumerate() {
            write!(f, "{}{}=", if nth == 0 { "" } else { "&" }, parameter.name)?;
            for part in &parameter.value {
                match part {
                    Part::Text(text) => f.write_str(text)?,
                    Part::Place(place) => {
                        let word = PLACES.iter().find(|(_, known)| known == place).map_or("", |(word, _)| word);
                        write!(f, "{{{word}}}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "utm_tests.rs"]
mod tests;
