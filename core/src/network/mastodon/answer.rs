//! What an answer of an instance means. Decided on the status alone: the words differ between instances. Pure.

use chrono::{DateTime, Utc};
use reqwest::header::HeaderMap;
use serde::Deserialize;

use crate::network::{Obstacle, Outcome, Refusal, Throttle, call::shown_words};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    error: Option<String>,
}

/// When the account may call again, as a full window says.
pub(super) fn reset(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    headers.get("x-ratelimit-reset")?.to_str().ok()?.parse().ok()
}

/// What the answer to a new status means; `address` is where a success says that it is.
pub(super) fn of_status(status: u16, address: Option<String>, body: &[u8], reset: Option<DateTime<Utc>>) -> Outcome {
    match (status, address) {
        (200, Some(urn)) => Outcome::Published { urn },
        (408 | 409 | 500.. | ..400, _) => Outcome::Lost { detail: format!("the server answered with status {status}") },
        _ => Outcome::NotTaken(of_error(status, body, reset)),
    }
}

/// What an answer other than success to a call that may be repeated means (pictures).
pub(super) fn of_upload(status: u16, body: &[u8], reset: Option<DateTime<Utc>>) -> Obstacle {
    match status {
        408 | 409 | 500.. | ..400 => {
            Obstacle::Unreachable { detail: format!("the server answered with status {status}") }
        }
        _ => of_error(status, body, reset),
    }
}

fn of_error(status: u16, body: &[u8], reset: Option<DateTime<Utc>>) -> Obstacle {
    let error: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
    let refused = |kind| Obstacle::Refused { kind, detail: shown_words(error.error.as_deref(), status) };
    match status {
        401 => Obstacle::TokenRevoked,
        403 => refused(Refusal::Permission),
        429 => Obstacle::Throttled(reset.map_or(Throttle::Member, Throttle::MemberUntil)),
        _ => refused(Refusal::Content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://example.social/@a/1";

    #[test]
    fn every_row_of_the_table_of_answers() {
        let body = br#"{"error":"words"}"#;
        let refused = |kind| Outcome::NotTaken(Obstacle::Refused { kind, detail: "words".into() });
        let until = DateTime::from_timestamp(1_790_000_000, 0);
        let throttled = |throttle| Outcome::NotTaken(Obstacle::Throttled(throttle));
        for (status, reset, outcome) in [
            (401, None, Outcome::NotTaken(Obstacle::TokenRevoked)),
            (403, None, refused(Refusal::Permission)),
            (404, None, refused(Refusal::Content)),
            (422, None, refused(Refusal::Content)),
            (429, None, throttled(Throttle::Member)),
            (429, until, throttled(Throttle::MemberUntil(until.unwrap()))),
        ] {
            assert_eq!(of_status(status, None, body, reset), outcome, "{status}");
        }
    }

    #[test]
    fn what_may_have_been_published_is_never_called_anything_else() {
        assert_eq!(of_status(200, Some(ADDRESS.into()), b"", None), Outcome::Published { urn: ADDRESS.into() });
        for status in [200, 202, 302, 408, 409, 500, 502, 503, 504] {
            assert!(matches!(of_status(status, None, b"<html>", None), Outcome::Lost { .. }), "{status}");
        }
    }

    #[test]
    fn an_upload_may_always_be_tried_again() {
        for status in [302, 408, 409, 500, 504] {
            assert!(matches!(of_upload(status, b"", None), Obstacle::Unreachable { .. }), "{status}");
        }
        assert_eq!(of_upload(401, b"", None), Obstacle::TokenRevoked);
    }
}
