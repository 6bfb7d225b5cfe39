//! The fields of a JSON body, each asked for by name: what is missing, of another kind or unknown is refused in
//! LinkedIn's words, with the path of the field.

use serde_json::{Map, Value};

use crate::linkedin::refusal::Refusal;

/// The fields of one object, with the path that error messages name.
pub(crate) struct Fields<'v> {
    pub(crate) map: &'v Map<String, Value>,
    at: String,
}

impl<'v> Fields<'v> {
    pub(crate) fn of(value: &'v Value, at: &str) -> Result<Self, Refusal> {
        let map = value.as_object().ok_or_else(|| Refusal::value(at, "must be an object"))?;
        Ok(Self { map, at: at.to_owned() })
    }

    pub(crate) fn path(&self, name: &str) -> String {
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
