//! Mastodon: knows a key of an account for an hour. As the real one it looks for the key when a request comes in and notes it when the
//! status is made, so that two requests at the same time are two statuses.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{Answer, Call, Inner, Post, plain};
use crate::network::practice::INSTANCE;

const KEPT: TimeDelta = TimeDelta::hours(1);

pub(super) fn carry_out(inner: &mut Inner, call: &Call, began: DateTime<Utc>, now: DateTime<Utc>) -> Answer {
    match call.url.path() {
        "/api/v2/media" => {
            inner.uploads += 1;
            // Every other picture takes a while, where there is time.
            let is_at_work = turmoil::in_simulation() && inner.uploads.is_multiple_of(2);
            plain(if is_at_work { 202 } else { 200 }, &json!({ "id": inner.uploads.to_string() }))
        }
        "/api/v1/statuses" => create(inner, call, began, now),
        _ => plain(200, &json!({})), // the picture is ready
    }
}

fn create(inner: &mut Inner, call: &Call, began: DateTime<Utc>, now: DateTime<Utc>) -> Answer {
    let key = format!("{} of {}", call.idempotency_key, call.authorization);
    let is_known = |post: &&Post| post.key == key && (now - KEPT..=began).contains(&post.at);
    if let Some(known) = inner.posts.iter().find(is_known) {
        return plain(200, &json!({ "url": known.urn }));
    }
    let status: Value = serde_json::from_str(&call.body).expect("JSON");
    let text = status["status"].as_str().and_then(|text| text.split("\n\n").next()).expect("a text").to_owned();
    let urn = format!("http://{INSTANCE}/@member/{}", inner.posts.len() + 1);
    inner.posts.push(Post { key, text, urn: urn.clone(), at: now });
    plain(200, &json!({ "url": urn }))
}
