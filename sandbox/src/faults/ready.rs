//! Faults with names, for the page and for browser tests: the rows of the networks' error tables, and the ways in which
//! an answer gets lost.

use crate::faults::{social, web};
use crate::linkedin::refusal::Refusal;
use crate::state::Limit;
use crate::{Fault, Flaw};

/// The names, in the order of the page, with words for people.
pub(crate) const NAMES: [(&str, &str); 38] = [
    ("refused", "500, nothing done"),
    ("unavailable", "503, nothing done"),
    ("before", "Connection ends, nothing done"),
    ("after", "Done, then the connection ends"),
    ("reset_before", "Connection reset, nothing done"),
    ("reset_after", "Done, then the connection is reset"),
    ("gateway_before", "504, nothing done"),
    ("gateway", "Done, then 504"),
    ("commit_late", "Connection ends, done 5 s later"),
    ("late", "Done, the answer takes 20 s"),
    ("slow", "Takes 3 s"),
    ("random", "Takes up to 3 s, by chance"),
    ("drip", "The body drips, 4 bytes in a second"),
    ("html", "502 with a page of HTML"),
    ("empty", "500 without a body"),
    ("broken", "200 with broken JSON"),
    ("broken_after", "Done, then 201 with broken JSON"),
    ("without_id", "Done, the answer lacks the URN"),
    ("unknown_code", "400 with a code that nobody knows"),
    ("invalid_token", "LinkedIn 401 INVALID_ACCESS_TOKEN"),
    ("revoked_token", "LinkedIn 401 REVOKED_ACCESS_TOKEN"),
    ("expired_token", "LinkedIn 401 EXPIRED_ACCESS_TOKEN"),
    ("empty_token", "LinkedIn 401 EMPTY_ACCESS_TOKEN"),
    ("denied", "LinkedIn 403 not enough permissions"),
    ("author", "LinkedIn 403 wrong author"),
    ("field", "LinkedIn 403 unpermitted field"),
    ("missing_field", "LinkedIn 400 MISSING_FIELD"),
    ("too_long", "LinkedIn 400 FIELD_LENGTH_TOO_LONG"),
    ("not_found", "LinkedIn 404 NOT_FOUND"),
    ("conflict", "LinkedIn 409 CONFLICT"),
    ("duplicate", "LinkedIn 422 duplicate of another post"),
    ("duplicate_unnamed", "LinkedIn 422 duplicate without a URN"),
    ("version", "LinkedIn 426 version gone"),
    ("throttled", "LinkedIn 429 the member's day is full"),
    ("app_throttled", "LinkedIn 429 the application's day is full"),
    ("bad_grant", "OAuth 400 invalid grant"),
    ("bluesky_limit", "Bluesky 429 RateLimitExceeded"),
    ("mail_later", "SMTP 451 try again later"),
];

/// The fault behind a name.
pub(crate) fn fault(name: &str) -> Option<Fault> {
    let flaw = || Flaw::named(name).map(Fault::Flaw);
    if let Some(fault) = web::fault(name).or_else(|| social::fault(name)).or_else(flaw) {
        return Some(fault);
    }
    Some(match name {
        "refused" => answer(500, r#"{"status":500,"message":"Internal Server Error"}"#),
        "unavailable" => answer(503, r#"{"status":503,"code":"SERVICE_UNAVAILABLE","message":"Service Unavailable"}"#),
        "before" => Fault::DropBefore,
        "after" => Fault::DropAfter,
        "reset_before" => Fault::ResetBefore,
        "reset_after" => Fault::ResetAfter,
        "gateway_before" => answer(504, GATEWAY),
        "gateway" => Fault::AnswerAfter { status: 504, body: GATEWAY.into() },
        "commit_late" => Fault::CommitLate { ms: 5_000 },
        "late" => Fault::DelayAfter { ms: 20_000 },
        "slow" => Fault::Delay { ms: 3_000 },
        "random" => Fault::DelayUpTo { ms: 3_000 },
        "drip" => Fault::Drip { ms: 250 },
        "html" => answer(502, "<!doctype html><title>502</title><h1>Bad gateway</h1>"),
        "empty" => answer(500, ""),
        "broken" => answer(200, r#"{"status":"#),
        "broken_after" => Fault::AnswerAfter { status: 201, body: r#"{"id":"#.into() },
        "without_id" => Fault::WithoutId,
        "unknown_code" => answer(400, r#"{"status":400,"code":"SOMETHING_NEW","message":"Nobody has seen this yet"}"#),
        "bad_grant" => answer(
            400,
            r#"{"error":"invalid_request","error_description":"The provided authorization grant or refresh token is invalid, expired or revoked"}"#,
        ),
        "bluesky_limit" => answer(429, r#"{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}"#),
        "mail_later" => answer(451, "Try again later"),
        _ => return row(name).as_ref().map(refused),
    })
}

const GATEWAY: &str = r#"{"status":504,"message":"Gateway timeout"}"#;

/// The rows of LinkedIn's own table.
fn row(name: &str) -> Option<Refusal> {
    Some(match name {
        "invalid_token" => Refusal::invalid_token(),
        "revoked_token" => Refusal::revoked_token(),
        "expired_token" => Refusal::expired_token(),
        "empty_token" => Refusal::empty_token(),
        "denied" => Refusal::not_permitted("partnerApiPostsExternal.CREATE"),
        "author" => Refusal::field_value("author"),
        "field" => Refusal::unpermitted_field("distribution"),
        "missing_field" => Refusal::missing("commentary"),
        "too_long" => Refusal::too_long("commentary", 3_001, 3_000),
        "not_found" => Refusal::not_found(),
        "conflict" => Refusal::conflict(),
        "duplicate" => Refusal::duplicate(Some("urn:li:share:7000000000000000001")),
        "duplicate_unnamed" => Refusal::duplicate(None),
        "version" => Refusal::version_gone("20250101"),
        "throttled" => Refusal::throttled(Limit::Member),
        "app_throttled" => Refusal::throttled(Limit::App),
        _ => return None,
    })
}

fn answer(status: u16, body: &str) -> Fault {
    Fault::Answer { status, body: body.into() }
}

fn refused(refusal: &Refusal) -> Fault {
    Fault::Answer { status: refusal.status.as_u16(), body: refusal.body.to_string() }
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
