//! What a client sent, as a form or as JSON: Mastodon and the switches read both alike.

use std::collections::HashMap;

use axum::http::{HeaderMap, header};
use serde_json::Value;

/// The fields of a body; a list has several values under one name.
#[derive(Debug, Default)]
pub(crate) struct Fields(HashMap<String, Vec<String>>);

impl Fields {
    pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/json") {
            return Self::json(body);
        }
        let mut fields = Self::default();
        for (name, value) in url::form_urlencoded::parse(body).into_owned() {
            fields.add(&name, value);
        }
        fields
    }

    fn json(body: &[u8]) -> Self {
        let mut fields = Self::default();
        let Ok(Value::Object(map)) = serde_json::from_slice(body) else { return fields };
        for (name, value) in map {
            let list = if let Value::Array(list) = value { list } else { vec![value] };
            for value in list {
                match value {
                    Value::String(text) => fields.add(&name, text),
                    Value::Number(_) | Value::Bool(_) => fields.add(&name, value.to_string()),
                    _ => {}
                }
            }
        }
        fields
    }

    fn add(&mut self, name: &str, value: String) {
        self.0.entry(name.trim_end_matches("[]").to_owned()).or_default().push(value);
    }

    /// The value of a field that is there and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.last().map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value of a field, empty if it is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Every field with its last value.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, values)| Some((name.as_str(), values.last()?.as_str())))
    }

    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_and_json_say_the_same() {
        let headers = |kind: &str| HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())]);
        let form = Fields::read(
            &headers("application/x-www-form-urlencoded"),
            b"status=a%20b&media_ids[]=1&media_ids[]=2&sensitive=true&language=",
        );
        let json = Fields::read(
            &headers("application/json; charset=utf-8"),
            br#"{"status":"a b","media_ids":["1",2],"sensitive":true,"language":null}"#,
        );
        for fields in [form, json] {
            assert_eq!(fields.text("status"), "a b");
            assert_eq!(fields.all("media_ids"), ["1", "2"]);
            assert_eq!((fields.text("sensitive"), fields.get("language")), ("true", None));
        }
    }
}
