//! LinkedIn: knows the same bytes for ten minutes, and names the first post of them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{Answer, Call, Inner, Post, plain};

const WINDOW: TimeDelta = TimeDelta::minutes(10);

pub(super) fn carry_out(inner: &mut Inner, call: &Call, now: DateTime<Utc>) -> Answer {
    match call.url.path() {
        "/rest/images" => {
            inner.uploads += 1;
            let image = format!("urn:li:image:C4{}", inner.uploads);
            plain(200, &json!({ "value": { "uploadUrl": "http://linkedin/upload", "image": image } }))
        }
        "/upload" => plain(201, &json!({})),
        _ => create(inner, &call.body, now),
    }
}

fn create(inner: &mut Inner, body: &str, now: DateTime<Utc>) -> Answer {
    let twin = inner.posts.iter().rev().find(|post| post.key == body && post.at > now - WINDOW);
    if let Some(twin) = twin {
        let inputs = json!({ "inputErrors": [{ "code": "DUPLICATE_POST" }] });
        let message = format!("Content is a duplicate of {}", twin.urn);
        return plain(422, &json!({ "message": message, "errorDetails": inputs }));
    }
    let urn = format!("urn:li:share:{}", 7_000_000_000_000_000_000_u64 + inner.posts.len() as u64);
    let post: Value = serde_json::from_str(body).expect("JSON");
    let text = post["commentary"].as_str().expect("a text").to_owned();
    inner.posts.push(Post { key: body.to_owned(), text, urn: urn.clone(), at: now });
    (201, BTreeMap::from([("x-restli-id".to_owned(), urn)]), String::new())
}
