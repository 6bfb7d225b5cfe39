//! Bluesky: a record's key is its name, and a second record of that name is refused, or ends in an error.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rand::Rng;
use serde_json::{Value, json};

use super::{Answer, Call, Inner, Post, plain};

pub(super) fn carry_out(inner: &mut Inner, call: &Call, now: DateTime<Utc>) -> Answer {
    match call.url.path().trim_start_matches("/xrpc/com.atproto.") {
        // Nobody looks at the tokens; what counts is that renewing them is a call, and may fail.
        "server.getSession" if inner.rng.random_bool(0.2) => plain(400, &json!({ "error": "ExpiredToken" })),
        "server.getSession" => plain(200, &json!({})),
        "server.refreshSession" => plain(200, &json!({ "accessJwt": "access", "refreshJwt": "refresh" })),
        "repo.uploadBlob" => plain(200, &json!({ "blob": {} })),
        "repo.getRecord" => find(inner, call),
        _ => create(inner, &call.body, now),
    }
}

fn find(inner: &Inner, call: &Call) -> Answer {
    let query: HashMap<_, _> = call.url.query_pairs().collect();
    let name = name(&query["repo"], &query["rkey"]);
    match inner.posts.iter().find(|post| post.key == name) {
        Some(post) => plain(200, &json!({ "uri": post.urn })),
        None => plain(400, &json!({ "error": "RecordNotFound" })),
    }
}

fn create(inner: &mut Inner, body: &str, now: DateTime<Utc>) -> Answer {
    let sent: Value = serde_json::from_str(body).expect("JSON");
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let name = name(&word(&sent["repo"]), &word(&sent["rkey"]));
    if inner.posts.iter().any(|post| post.key == name) {
        let is_honest = inner.rng.random_bool(0.5);
        let (status, error) = if is_honest { (400, "InvalidRequest") } else { (500, "InternalServerError") };
        return plain(status, &json!({ "error": error, "message": "Record already exists" }));
    }
    let text = word(&sent["record"]["text"]);
    inner.posts.push(Post { key: name.clone(), text, urn: name.clone(), at: now });
    plain(200, &json!({ "uri": name }))
}

fn name(repo: &str, rkey: &str) -> String {
    format!("at://{repo}/app.bsky.feed.post/{rkey}")
}
