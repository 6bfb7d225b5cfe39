//! Every row of LinkedIn's table of errors, byte by byte: what becomes of the share, what its person reads, and what an
//! admin is told.

use chrono::{DateTime, Duration, Utc};

use super::{
    Reason, State,
    probe::Rule,
    send::alarm_of,
    settle::{Change, Moment, Resend, Sent, after_send},
    state::next,
};
use crate::network::{Network, Outcome, linkedin::answer::of_post, linkedin::version::Choice};

/// Status, body, what becomes of the share, the code of its reason, the code of the alarm.
type Row<'r> = (u16, String, State, &'r str, Option<&'r str>);

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn settled(outcome: Outcome, resend: Option<Resend>) -> Change {
    let (at, rule) = (now() - Duration::seconds(2), Rule::of(Network::LinkedIn));
    let sent = Sent { attempt: 1, at, body_since: at, resend, may_probe: false, rule, waited_for: None };
    after_send(outcome, &sent, &Moment { now: now(), tries: 1, chance: 0.5 })
}

fn outcome(status: u16, body: &str, has_newer: bool) -> Outcome {
    of_post(status, None, body.as_bytes(), &Choice { version: "202609".into(), has_newer })
}

fn plain(status: u16, service: u32, code: &str, message: &str) -> String {
    format!(r#"{{"status":{status},"serviceErrorCode":{service},"code":"{code}","message":"{message}"}}"#)
}

fn input(status: u16, code: &str, description: &str) -> String {
    let error = format!(r#"{{"description":"{description}","input":{{}},"code":"{code}"}}"#);
    format!(
        r#"{{"errorDetailType":"com.linkedin.common.error.BadRequest","message":"{description}","errorDetails":{{"inputErrors":[{error}]}},"status":{status}}}"#
    )
}

const DUPLICATE: &str = r#"{"errorDetailType":"com.linkedin.common.error.BadRequest","message":"com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of urn:li:share:7000000000000000001","errorDetails":{"inputErrors":[{"description":"Duplicate post is detected","input":{},"code":"DUPLICATE_POST"}]},"status":422}"#;
const FIELDS: &str = "Data Processing Exception while processing fields";

fn tokens() -> Vec<Row<'static>> {
    let row = |service, code, message, reason| (401, plain(401, service, code, message), State::Held, reason, None);
    vec![
        row(65600, "INVALID_ACCESS_TOKEN", "Invalid access token", "connection.revoked"),
        row(
            65601,
            "REVOKED_ACCESS_TOKEN",
            "The token used in the request has been revoked by the user",
            "connection.revoked",
        ),
        row(65602, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", "connection.expired"),
        row(65604, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token", "connection.revoked"),
    ]
}

fn permissions() -> Vec<Row<'static>> {
    let row = |message: &str| {
        let body = plain(403, 100, "ACCESS_DENIED", message);
        (403, body, State::Refused, "network.permission", Some("network.permission"))
    };
    vec![
        row("Not enough permissions to access: partnerApiPostsExternal.CREATE"),
        row("Not enough permissions to access: partnerApiPostsExternal.CREATE.20250101"),
        row(&format!("Field Value validation failed in REQUEST_BODY: {FIELDS} [/author]")),
        row(&format!("Unpermitted fields present in REQUEST_BODY: {FIELDS} [/distribution]")),
    ]
}

fn forms() -> Vec<Row<'static>> {
    let missing = "A version must be present. Please specify a version by adding the Linkedin-Version header.";
    let long = "commentary length 3001 can't exceeded maximum 3000 length";
    let row = |code, words, reason| (400, input(400, code, words), State::Refused, reason, Some("network.form"));
    let mut rows = vec![(
        400,
        format!(r#"{{"status":400,"code":"VERSION_MISSING","message":"{missing}"}}"#),
        State::Refused,
        "network.form",
        Some("network.form"),
    )];
    let forms = ["MISSING_FIELD", "INVALID_URN_TYPE", "INVALID_URN_ID", "INVALID_VALUE_FOR_FIELD"];
    rows.extend(forms.map(|code| row(code, "words", "network.form")));
    rows.push(row("INVALID_VALUE_BLANK_FIELD", "words", "network.form"));
    rows.push(row("FIELD_LENGTH_TOO_LONG", long, "network.form"));
    rows.push(row("SOMETHING_NEW", "words", "network.form"));
    let pictures =
        ["INVALID_IMAGE_ID", "MEDIA_ASSET_PROCESSING_FAILED", "EXPIRED_UPLOAD_URL", "INVALID_CONTENT_OWNERSHIP"];
    rows.extend(pictures.map(|code| row(code, "words", "network.picture_refused")));
    let waiting = input(400, "MEDIA_ASSET_WAITING_UPLOAD", "words");
    rows.push((400, waiting, State::Queued, "network.picture", None));
    rows
}

fn others() -> Vec<Row<'static>> {
    let limit =
        |whose: &str| format!("Resource level throttle {whose} DAY limit for calls to this resource is reached.");
    let throttled = |whose: &str| plain(429, 101, "TOO_MANY_REQUESTS", &limit(whose));
    let said = |status: u16, code: &str, message: &str| {
        format!(r#"{{"status":{status},"code":"{code}","message":"{message}"}}"#)
    };
    let gone = said(426, "NONEXISTENT_VERSION", "Requested version 20250101 is not active");
    vec![
        (426, gone, State::Refused, "network.version", Some("network.version")),
        (404, said(404, "NOT_FOUND", "Could not find entity"), State::Refused, "network.content", None),
        (
            409,
            said(409, "CONFLICT", "A write conflict occurred. Retry the request."),
            State::Queued,
            "network.conflict",
            None,
        ),
        (422, DUPLICATE.to_owned(), State::Refused, "network.duplicate", None),
        (429, throttled("APPLICATION_AND_MEMBER"), State::Held, "network.throttled", None),
        // Told as a pause of the network, on the same page.
        (429, throttled("APPLICATION"), State::Held, "network.paused", None),
        (500, r#"{"status":500,"message":"Internal Server Error"}"#.to_owned(), State::Unknown, "network.lost", None),
        (503, said(503, "SERVICE_UNAVAILABLE", "words"), State::Unknown, "network.lost", None),
        (503, said(503, "UNDER_MAINTENANCE", "words"), State::Unknown, "network.lost", None),
        (504, "<html>".to_owned(), State::Unknown, "network.lost", None),
    ]
}

#[test]
fn every_row_has_a_state_a_sentence_for_the_person_and_one_for_the_admin() {
    let (dutch, admin) =
        (include_str!("../../../web/src/i18n/nl/problems.ts"), include_str!("../../../web/src/i18n/nl/admin.ts"));
    for (status, body, state, reason, alarm) in [tokens(), permissions(), forms(), others()].concat() {
        let outcome = outcome(status, &body, false);
        let raised = match &outcome {
            Outcome::NotTaken(obstacle) => alarm_of(Network::LinkedIn, obstacle),
            _ => None,
        };
        let change = settled(outcome, None);
        assert_eq!(next(State::Posting, change.event), Some(state), "{body}");
        assert_eq!(change.reason.map(Reason::code), Some(reason), "{body}");
        assert!(change.reason.is_some_and(|reason| reason.message().len() > 20), "{body}");
        assert!(dutch.contains(&format!("'{reason}':")), "{reason} has no Dutch sentence");
        assert_eq!(raised.as_ref().map(|(alarm, _)| alarm.code()), alarm, "{body}");
        if let Some((alarm, seen)) = raised {
            assert!(admin.contains(&format!("'{}':", alarm.code())), "{} has no Dutch sentence", alarm.code());
            assert!(!seen.contains("urn:") && alarm.message().len() > 20, "{seen}");
        }
    }
}

#[test]
fn what_is_tried_once_more_has_an_end() {
    let conflict = r#"{"status":409,"code":"CONFLICT","message":"A write conflict occurred. Retry the request."}"#;
    let again = settled(outcome(409, conflict, false), Some(Resend::Conflict));
    assert_eq!(
        (next(State::Posting, again.event), again.reason),
        (Some(State::Refused), Some(Reason::NetworkConflict))
    );
    let gone = r#"{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version 20250101 is not active"}"#;
    let newer = settled(outcome(426, gone, true), None);
    assert_eq!((next(State::Posting, newer.event), newer.reason), (Some(State::Queued), Some(Reason::NetworkVersion)));
    let proved = settled(outcome(422, DUPLICATE, false), Some(Resend::Conflict));
    assert_eq!(next(State::Posting, proved.event), Some(State::Published), "the duplicate is this very share");
    let named = settled(outcome(422, DUPLICATE, false), None);
    assert_eq!(named.detail.as_deref(), Some("urn:li:share:7000000000000000001"), "the person sees which");
}
