//! Named faults of Mastodon and Bluesky: the rows of their error tables, as the sandbox itself answers them.

use crate::Fault;

/// The names, in the order of the page, with words for people.
pub(crate) const NAMES: [(&str, &str); 11] = [
    ("mastodon_token", "Mastodon 401 invalid token"),
    ("mastodon_scope", "Mastodon 403 outside the scopes"),
    ("mastodon_missing", "Mastodon 404 no such record"),
    ("mastodon_invalid", "Mastodon 422 validation failed"),
    ("mastodon_limit", "Mastodon 429 too many requests"),
    ("mastodon_down", "Mastodon 503 with its page of HTML"),
    ("bluesky_password", "Bluesky 401 AuthenticationRequired"),
    ("bluesky_expired", "Bluesky 400 ExpiredToken"),
    ("bluesky_token", "Bluesky 400 InvalidToken"),
    ("bluesky_invalid", "Bluesky 400 InvalidRequest"),
    ("bluesky_upstream", "Bluesky 502 UpstreamFailure"),
];

/// The fault behind a name.
pub(super) fn fault(name: &str) -> Option<Fault> {
    let (status, body) = match name {
        "mastodon_token" => (401, r#"{"error":"The access token is invalid"}"#),
        "mastodon_scope" => (403, r#"{"error":"This action is outside the authorized scopes"}"#),
        "mastodon_missing" => (404, r#"{"error":"Record not found"}"#),
        "mastodon_invalid" => (422, r#"{"error":"Validation failed: Text can't be blank"}"#),
        "mastodon_limit" => (429, r#"{"error":"Too many requests"}"#),
        "mastodon_down" => (503, "<!DOCTYPE html><title>We're sorry, but something went wrong (503)</title>"),
        "bluesky_password" => (401, r#"{"error":"AuthenticationRequired","message":"Invalid identifier or password"}"#),
        "bluesky_expired" => (400, r#"{"error":"ExpiredToken","message":"Token has expired"}"#),
        "bluesky_token" => (400, r#"{"error":"InvalidToken","message":"Token could not be verified"}"#),
        "bluesky_invalid" => (400, r#"{"error":"InvalidRequest","message":"Invalid app.bsky.feed.post record"}"#),
        "bluesky_upstream" => (502, r#"{"error":"UpstreamFailure","message":"Upstream service unreachable"}"#),
        _ => return None,
    };
    Some(Fault::Answer { status, body: body.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_fault() {
        for (name, words) in NAMES {
            assert!(fault(name).is_some() && !words.is_empty(), "{name}");
        }
        assert_eq!(fault("nonsense"), None);
    }
}
