//! What an answer of Bluesky means: the status, and the name of the error where one status has several. Pure.

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde_json::Value;

use super::again;
use crate::network::{Obstacle, Outcome, Refusal, Throttle, call::shown_words};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    error: String,
    message: Option<String>,
}

/// When the account may call again, as a full window says.
pub(super) fn reset(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(headers.get("ratelimit-reset")?.to_str().ok()?.parse().ok()?, 0)
}

/// What the answer to a new record means.
pub(super) fn of_record(status: u16, body: &[u8], reset: Option<DateTime<Utc>>) -> Outcome {
    match (status, name(body)) {
        (200, Some(urn)) => Outcome::Published { urn },
        (408 | 500.. | ..400, _) => Outcome::Lost { detail: format!("Bluesky answered with status {status}") },
        _ => Outcome::NotTaken(of_error(status, body, reset)),
    }
}

/// What an answer other than success to a call that may be repeated means.
pub(super) fn of_upload(status: u16, body: &[u8], reset: Option<DateTime<Utc>>) -> Obstacle {
    match status {
        408 | 500.. | ..400 => again(&format!("Bluesky answered with status {status}")),
        _ => of_error(status, body, reset),
    }
}

/// Whether a record is there.
pub(super) fn of_search(status: u16, body: &[u8]) -> Result<Option<String>, Obstacle> {
    let error: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
    match (status, name(body)) {
        (200, Some(urn)) => Ok(Some(urn)),
        (400 | 404, _) if error.error == "RecordNotFound" => Ok(None),
        _ => Err(again(&format!("Bluesky did not say whether it is there (status {status})"))),
    }
}

fn of_error(status: u16, body: &[u8], reset: Option<DateTime<Utc>>) -> Obstacle {
    let error: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
    let refused = |kind| Obstacle::Refused { kind, detail: shown_words(error.message.as_deref(), status) };
    match (status, error.error.as_str()) {
        (400 | 401, "ExpiredToken") => Obstacle::TokenExpired,
        (401, _) | (400, "InvalidToken") => Obstacle::TokenRevoked,
        (403, _) => refused(Refusal::Permission),
        (429, _) => Obstacle::Throttled(reset.map_or(Throttle::Member, Throttle::MemberUntil)),
        _ => refused(Refusal::Content),
    }
}

/// The name of a record, as `at://did:plc:abc/app.bsky.feed.post/3k...`.
fn name(body: &[u8]) -> Option<String> {
    let uri = serde_json::from_slice::<Value>(body).ok()?["uri"].as_str()?.to_owned();
    super::address::parts(&uri).is_some().then_some(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URI: &str = "at://did:plc:abc/app.bsky.feed.post/3kabcdefghijk";

    fn body(error: &str) -> Vec<u8> {
        format!(r#"{{"error":"{error}","message":"words"}}"#).into_bytes()
    }

    fn named() -> Vec<u8> {
        format!(r#"{{"uri":"{URI}","cid":"bafy"}}"#).into_bytes()
    }

    #[test]
    fn every_row_of_the_table_of_answers() {
        let refused = |kind| Obstacle::Refused { kind, detail: "words".into() };
        for (status, error, obstacle) in [
            (400, "ExpiredToken", Obstacle::TokenExpired),
            (401, "ExpiredToken", Obstacle::TokenExpired),
            (400, "InvalidToken", Obstacle::TokenRevoked),
            (401, "AuthMissing", Obstacle::TokenRevoked),
            (403, "Forbidden", refused(Refusal::Permission)),
            (400, "InvalidRequest", refused(Refusal::Content)),
            (400, "BlobNotFound", refused(Refusal::Content)),
            (413, "PayloadTooLarge", refused(Refusal::Content)),
            (429, "RateLimitExceeded", Obstacle::Throttled(Throttle::Member)),
        ] {
            assert_eq!(of_record(status, &body(error), None), Outcome::NotTaken(obstacle.clone()), "{status} {error}");
            assert_eq!(of_upload(status, &body(error), None), obstacle);
        }
    }

    #[test]
    fn what_may_have_been_published_is_never_called_anything_else() {
        assert_eq!(of_record(200, &named(), None), Outcome::Published { urn: URI.into() });
        for status in [200, 202, 302, 408, 500, 502, 504] {
            assert!(matches!(of_record(status, &body("X"), None), Outcome::Lost { .. }), "{status}");
        }
    }

    #[test]
    fn a_search_says_yes_no_or_nothing() {
        assert_eq!(of_search(200, &named()), Ok(Some(URI.into())));
        assert_eq!(of_search(400, &body("RecordNotFound")), Ok(None));
        for (status, body) in [(200, b"{}".to_vec()), (400, body("InvalidRequest")), (500, body("X")), (404, vec![])] {
            assert!(of_search(status, &body).is_err(), "{status}");
        }
    }
}
