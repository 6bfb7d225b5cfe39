//! What an answer of LinkedIn means. Decided on status and code, never on the words of a message: those change
//! unannounced. Two things stand nowhere else: the name of the first post in the answer to a duplicate, and whose limit
//! is reached.

use serde::Deserialize;

use super::{address, version::Choice};
use crate::network::{Obstacle, Outcome, Refusal, Throttle};

/// What a 400 may be about. All else is the form in which something was sent too.
const FORMS: [&str; 7] = [
    "VERSION_MISSING",
    "MISSING_FIELD",
    "INVALID_URN_TYPE",
    "INVALID_URN_ID",
    "INVALID_VALUE_FOR_FIELD",
    "INVALID_VALUE_BLANK_FIELD",
    "FIELD_LENGTH_TOO_LONG",
];
const PICTURES: [&str; 4] =
    ["INVALID_IMAGE_ID", "MEDIA_ASSET_PROCESSING_FAILED", "EXPIRED_UPLOAD_URL", "INVALID_CONTENT_OWNERSHIP"];

/// LinkedIn's error body; every field may be missing, and the whole may be no JSON at all.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ErrorBody {
    code: Option<String>,
    message: Option<String>,
    error_details: Option<Details>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Details {
    input_errors: Vec<InputError>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct InputError {
    code: Option<String>,
    description: Option<String>,
}

impl ErrorBody {
    fn read(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }

    fn inputs(&self) -> impl Iterator<Item = &InputError> {
        self.error_details.iter().flat_map(|details| &details.input_errors)
    }

    fn has(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code) || self.inputs().any(|error| error.code.as_deref() == Some(code))
    }

    /// What a 400 is about.
    fn form(&self) -> Refusal {
        let known = |codes: &[&'static str]| codes.iter().copied().find(|code| self.has(code));
        match known(&PICTURES) {
            Some(code) => Refusal::Picture(code),
            None => Refusal::Form(known(&FORMS).unwrap_or("400")),
        }
    }

    /// `APPLICATION DAY` is everybody's limit; `APPLICATION_AND_MEMBER DAY`, and whatever is not known, the member's.
    fn throttle(&self) -> Throttle {
        let is_everybodys = self.message.as_deref().is_some_and(|message| message.contains("APPLICATION DAY"));
        if is_everybodys { Throttle::Application } else { Throttle::Member }
    }

    /// What LinkedIn said, cut to a length that fits on a screen.
    fn words(&self, status: u16) -> String {
        let description = self.inputs().find_map(|error| error.description.as_deref());
        match description.or(self.message.as_deref()) {
            Some(words) => words.chars().filter(|c| !c.is_control()).take(300).collect(),
            None => format!("status {status} without explanation"),
        }
    }
}

/// What the answer to creating a post means; `urn` is what the headers of a success say.
#[must_use]
pub fn of_post(status: u16, urn: Option<String>, body: &[u8], choice: &Choice) -> Outcome {
    match (status, urn) {
        (201, Some(urn)) => return Outcome::Published { urn },
        (408 | 500.. | ..400, _) => return Outcome::Lost { detail: format!("LinkedIn answered with status {status}") },
        _ => {}
    }
    let error = ErrorBody::read(body);
    match status {
        409 => Outcome::Conflict,
        422 if error.has("DUPLICATE_POST") => {
            Outcome::Duplicate { urn: error.message.as_deref().and_then(address::find_urn) }
        }
        _ => Outcome::NotTaken(of_error(status, &error, choice)),
    }
}

/// What an answer other than success to a call that may be repeated means (uploads).
#[must_use]
pub fn of_upload(status: u16, body: &[u8], choice: &Choice) -> Obstacle {
    match status {
        408 | 409 | 500.. | ..400 => {
            Obstacle::Unreachable { detail: format!("LinkedIn answered with status {status}") }
        }
        _ => of_error(status, &ErrorBody::read(body), choice),
    }
}

fn of_error(status: u16, error: &ErrorBody, choice: &Choice) -> Obstacle {
    let refused = |kind| Obstacle::Refused { kind, detail: error.words(status) };
    match status {
        401 if error.has("EXPIRED_ACCESS_TOKEN") => Obstacle::TokenExpired,
        401 => Obstacle::TokenRevoked,
        403 => refused(Refusal::Permission),
        426 => Obstacle::VersionGone(choice.clone()),
        429 => Obstacle::Throttled(error.throttle()),
        400 if error.has("MEDIA_ASSET_WAITING_UPLOAD") => Obstacle::PictureNotReady,
        400 => refused(error.form()),
        _ => refused(Refusal::Content),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const URN: &str = "urn:li:share:7000000000000000001";

    fn choice() -> Choice {
        Choice { version: "202609".into(), has_newer: true }
    }

    fn body(code: &str) -> Vec<u8> {
        format!(r#"{{"status":1,"serviceErrorCode":2,"code":"{code}","message":"words","new":{{}}}}"#).into_bytes()
    }

    fn limit(whose: &str) -> Vec<u8> {
        let message = format!("Resource level throttle {whose} limit for calls to this resource is reached.");
        format!(r#"{{"status":429,"serviceErrorCode":101,"code":"TOO_MANY_REQUESTS","message":"{message}"}}"#)
            .into_bytes()
    }

    fn inputs(code: &str, message: &str) -> Vec<u8> {
        let inner = format!(r#"{{"inputErrors":[{{"description":"inner","input":{{}},"code":"{code}"}}]}}"#);
        format!(r#"{{"errorDetailType":"x","message":"{message}","errorDetails":{inner},"status":422}}"#).into_bytes()
    }

    fn refused(kind: Refusal, detail: &str) -> Outcome {
        Outcome::NotTaken(Obstacle::Refused { kind, detail: detail.into() })
    }

    #[test]
    fn every_row_of_the_table_of_answers() {
        let not = Outcome::NotTaken;
        for (status, body, outcome) in [
            (401, body("INVALID_ACCESS_TOKEN"), not(Obstacle::TokenRevoked)),
            (401, body("REVOKED_ACCESS_TOKEN"), not(Obstacle::TokenRevoked)),
            (401, body("EXPIRED_ACCESS_TOKEN"), not(Obstacle::TokenExpired)),
            (401, b"<html>".to_vec(), not(Obstacle::TokenRevoked)),
            (403, body("ACCESS_DENIED"), refused(Refusal::Permission, "words")),
            (426, body("NONEXISTENT_VERSION"), not(Obstacle::VersionGone(choice()))),
            (400, body("VERSION_MISSING"), refused(Refusal::Form("VERSION_MISSING"), "words")),
            (400, inputs("FIELD_LENGTH_TOO_LONG", "outer"), refused(Refusal::Form("FIELD_LENGTH_TOO_LONG"), "inner")),
            (400, body("INVALID_IMAGE_ID"), refused(Refusal::Picture("INVALID_IMAGE_ID"), "words")),
            (400, body("NEW"), refused(Refusal::Form("400"), "words")),
            (400, inputs("MEDIA_ASSET_WAITING_UPLOAD", ""), not(Obstacle::PictureNotReady)),
            (404, body("NOT_FOUND"), refused(Refusal::Content, "words")),
            (418, vec![], refused(Refusal::Content, "status 418 without explanation")),
            (409, body("CONFLICT"), Outcome::Conflict),
            (422, body("OTHER"), refused(Refusal::Content, "words")),
            (429, body("TOO_MANY_REQUESTS"), not(Obstacle::Throttled(Throttle::Member))),
            (429, limit("APPLICATION_AND_MEMBER DAY"), not(Obstacle::Throttled(Throttle::Member))),
            (429, limit("APPLICATION DAY"), not(Obstacle::Throttled(Throttle::Application))),
            (
                422,
                inputs("DUPLICATE_POST", &format!("Content is a duplicate of {URN}")),
                Outcome::Duplicate { urn: Some(URN.into()) },
            ),
            (422, inputs("DUPLICATE_POST", "?"), Outcome::Duplicate { urn: None }),
        ] {
            assert_eq!(of_post(status, None, &body, &choice()), outcome, "{status} {}", String::from_utf8_lossy(&body));
        }
    }

    #[test]
    fn what_may_have_been_published_is_never_called_anything_else() {
        for status in [200, 202, 204, 301, 302, 408, 500, 502, 503, 504, 599] {
            assert!(matches!(of_post(status, None, &body("X"), &choice()), Outcome::Lost { .. }), "{status}");
        }
        assert_eq!(of_post(201, Some(URN.into()), b"", &choice()), Outcome::Published { urn: URN.into() });
        assert!(
            matches!(of_post(201, None, b"", &choice()), Outcome::Lost { .. }),
            "published, but nobody knows where"
        );
    }

    proptest! {
        #[test]
        fn f13_no_answer_breaks_the_reader(status: u16, body: Vec<u8>, words in "(urn:li:|share:|[0-9]|\\PC)*") {
            let named = format!(r#"{{"message":"{words}","errorDetails":{{"inputErrors":[{{"code":"DUPLICATE_POST"}}]}}}}"#);
            for body in [&body[..], words.as_bytes(), named.as_bytes()] {
                let outcome = of_post(status, None, body, &choice());
                prop_assert!(!matches!(outcome, Outcome::Published { .. }), "published without a name");
                let again = matches!(of_upload(status, body, &choice()), Obstacle::Unreachable { .. });
                let passing = !(400..500).contains(&status) || matches!(status, 408 | 409);
                prop_assert_eq!(again, passing);
            }
        }
    }

    #[test]
    fn an_upload_may_always_be_tried_again() {
        for status in [302, 408, 409, 500, 504] {
            assert!(matches!(of_upload(status, b"", &choice()), Obstacle::Unreachable { .. }), "{status}");
        }
        assert_eq!(of_upload(429, b"", &choice()), Obstacle::Throttled(Throttle::Member));
        assert_eq!(of_upload(401, &body("EXPIRED_ACCESS_TOKEN"), &choice()), Obstacle::TokenExpired);
    }
}
