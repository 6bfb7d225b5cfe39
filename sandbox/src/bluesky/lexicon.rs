//! The schema of a post: JSON in, the first reason for refusal out. Pure; whether pictures exist is asked elsewhere.

use chrono::DateTime;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;
use url::Url;

/// Graphemes of a text.
const GRAPHEMES: usize = 300;
/// Bytes of a text.
const BYTES: usize = 3_000;

/// The only collection of the practice server.
pub(crate) const POST: &str = "app.bsky.feed.post";

/// Refuses a record that is no post.
pub(crate) fn check(record: &Value) -> Result<(), String> {
    if record["$type"] != POST {
        return Err(format!("Invalid $type: expected {POST}, got {}", record["$type"]));
    }
    let text = string(record, "text")?;
    if text.len() > BYTES {
        return Err(format!("Record/text must not be longer than {BYTES} characters"));
    }
    if text.graphemes(true).count() > GRAPHEMES {
        return Err(format!("Record/text must not be longer than {GRAPHEMES} graphemes"));
    }
    if DateTime::parse_from_rfc3339(string(record, "createdAt")?).is_err() {
        return Err("Record/createdAt must be an valid atproto datetime (both RFC-3339 and ISO-8601)".into());
    }
    for facet in optional_list(record, "facets", usize::MAX)? {
        check_facet(facet, text)?;
    }
    for lang in optional_list(record, "langs", 3)? {
        if lang.as_str().is_none_or(|tag| !is_language(tag)) {
            return Err("Record/langs must be well-formed BCP 47 language tags".into());
        }
    }
    record.get("embed").map_or(Ok(()), check_embed)
}

/// The pictures that a checked record refers to.
pub(crate) fn blobs(record: &Value) -> Vec<&Value> {
    let embed = &record["embed"];
    let thumb = embed["external"].get("thumb");
    let images = embed["images"].as_array().into_iter().flatten().filter_map(|image| image.get("image"));
    thumb.into_iter().chain(images).collect()
}

/// Offsets count bytes of UTF-8, the end is not included; one inside a character would show nonsense.
fn check_facet(facet: &Value, text: &str) -> Result<(), String> {
    let offset = |name: &str| {
        let value = facet["index"][name].as_u64().and_then(|number| usize::try_from(number).ok());
        value.ok_or(format!("Record/facets/index/{name} must be an integer"))
    };
    let (start, end) = (offset("byteStart")?, offset("byteEnd")?);
    if start >= end || text.get(start..end).is_none() {
        return Err(format!("Record/facets/index {start}..{end} does not lie on characters of the text"));
    }
    for feature in optional_list(facet, "features", usize::MAX)? {
        let valid = match feature["$type"].as_str().unwrap_or_default() {
            "app.bsky.richtext.facet#link" => is_uri(&feature["uri"]),
            "app.bsky.richtext.facet#mention" => feature["did"].as_str().is_some_and(|did| did.starts_with("did:")),
            "app.bsky.richtext.facet#tag" => {
                feature["tag"].as_str().is_some_and(|tag| tag.graphemes(true).count() <= 64)
            }
            _ => return Err("Record/facets/features must have a known $type".into()),
        };
        if !valid {
            return Err(format!("Record/facets/features of type {} is not valid", feature["$type"]));
        }
    }
    Ok(())
}

fn check_embed(embed: &Value) -> Result<(), String> {
    match embed["$type"].as_str().unwrap_or_default() {
        "app.bsky.embed.external" => {
            let external = &embed["external"];
            if !is_uri(&external["uri"]) {
                return Err("Record/embed/external/uri must be a uri".into());
            }
            string(external, "title")?;
            string(external, "description")?;
            external.get("thumb").map_or(Ok(()), check_blob)
        }
        "app.bsky.embed.images" => {
            let images = optional_list(embed, "images", 4)?;
            if images.is_empty() {
                return Err("Record/embed must have the property \"images\"".into());
            }
            images.iter().try_for_each(|image| {
                string(image, "alt")?;
                check_blob(&image["image"])
            })
        }
        _ => Err("Record/embed must have a known $type".into()),
    }
}

fn check_blob(blob: &Value) -> Result<(), String> {
    let is_blob = blob["$type"] == "blob" && blob["ref"]["$link"].is_string() && blob["mimeType"].is_string();
    if is_blob && blob["size"].is_u64() { Ok(()) } else { Err("Record/embed should be a blob ref".into()) }
}

fn string<'v>(value: &'v Value, name: &str) -> Result<&'v str, String> {
    value.get(name).and_then(Value::as_str).ok_or(format!("Record must have the property \"{name}\""))
}

fn optional_list<'v>(value: &'v Value, name: &str, maximum: usize) -> Result<&'v [Value], String> {
    let Some(list) = value.get(name) else { return Ok(&[]) };
    let list = list.as_array().filter(|list| list.len() <= maximum);
    list.map(Vec::as_slice).ok_or(format!("Record/{name} must be an array of at most {maximum} elements"))
}

fn is_uri(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() <= 8192 && Url::parse(text).is_ok())
}

fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|first| matches!(first.len(), 2 | 3) && first.chars().all(|c| c.is_ascii_alphabetic()))
        && parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn post(text: &str) -> Value {
        json!({ "$type": POST, "text": text, "createdAt": "2026-10-01T12:00:00.000Z", "langs": ["nl", "en-GB"] })
    }

    #[test]
    fn a_text_is_counted_in_graphemes_and_in_bytes() {
        let family = "👩‍👩‍👧‍👦";
        assert_eq!(check(&post(&"é".repeat(300))), Ok(()));
        assert!(check(&post(&"é".repeat(301))).unwrap_err().contains("300 graphemes"));
        assert_eq!(check(&post(&family.repeat(120))), Ok(()));
        assert!(check(&post(&family.repeat(121))).unwrap_err().contains("3000"));
    }

    #[test]
    fn facets_lie_on_characters() {
        let with = |start, end, feature: Value| {
            let mut post = post("é https://x.nl");
            post["facets"] = json!([{ "index": { "byteStart": start, "byteEnd": end }, "features": [feature] }]);
            check(&post)
        };
        let link = || json!({ "$type": "app.bsky.richtext.facet#link", "uri": "https://x.nl" });
        assert_eq!(with(3, 15, link()), Ok(()));
        for (start, end) in [(1, 15), (3, 16), (3, 3), (9, 3)] {
            assert!(with(start, end, link()).is_err(), "{start}..{end}");
        }
        assert!(with(3, 15, json!({ "$type": "app.bsky.richtext.facet#link", "uri": "x" })).is_err());
        assert!(with(3, 15, json!({ "$type": "nonsense" })).is_err());
    }

    #[test]
    fn a_card_needs_its_three_texts() {
        let with = |external: Value| {
            let mut post = post("Hi");
            post["embed"] = json!({ "$type": "app.bsky.embed.external", "external": external });
            check(&post)
        };
        assert_eq!(with(json!({ "uri": "https://x.nl", "title": "", "description": "" })), Ok(()));
        for broken in [
            json!({ "uri": "https://x.nl", "title": "" }),
            json!({ "uri": "https://x.nl", "description": "" }),
            json!({ "uri": "x", "title": "", "description": "" }),
            json!({ "uri": "https://x.nl", "title": "", "description": "", "thumb": { "$type": "blob" } }),
        ] {
            assert!(with(broken.clone()).is_err(), "{broken}");
        }
    }

    #[test]
    fn other_records_are_refused() {
        let without = |name: &str| {
            let mut post = post("Hi");
            post.as_object_mut().unwrap().remove(name);
            post
        };
        for record in [without("$type"), without("text"), without("createdAt"), json!([]), json!(null)] {
            assert!(check(&record).is_err(), "{record}");
        }
        let mut long = post("Hi");
        long["langs"] = json!(["nl", "en", "de", "fr"]);
        assert!(check(&long).is_err());
    }
}
