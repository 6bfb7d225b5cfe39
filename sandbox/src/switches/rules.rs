//! Figures and open questions over HTTP: every figure is a whole number, every answer one of a few words. A change names
//! only what it changes, as a form or as JSON.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::is_json;
use crate::fields::Fields;
use crate::switches::neighbours;
use crate::world::World;
use crate::{Questions, Rules};

/// The figures: name, words for people.
pub(crate) const FIGURES: [(&str, &str); 13] = [
    ("duplicate_window_seconds", "LinkedIn refuses an equal post for (seconds)"),
    ("member_calls_per_day", "LinkedIn calls per member and day"),
    ("app_calls_per_day", "LinkedIn calls per application and day"),
    ("token_lifetime_seconds", "LinkedIn tokens live (seconds)"),
    ("fresh_token_refused_seconds", "LinkedIn refuses a fresh token for (seconds)"),
    ("stray_cuts", "LinkedIn cuts at a stray character (1 or 0)"),
    ("skip_consent", "LinkedIn skips its page for a permission that lives (1 or 0)"),
    ("article_title", "LinkedIn takes a card's title of (characters, 0 is any)"),
    ("article_description", "LinkedIn takes a card's description of (characters, 0 is any)"),
    ("video_seconds", "LinkedIn processes a video for (seconds)"),
    ("mastodon_calls", "Mastodon calls in five minutes"),
    ("mastodon_characters", "Mastodon characters of a status"),
    ("mastodon_media_seconds", "Mastodon processes a picture for (seconds)"),
];

/// The open questions: name, words for people, the possible answers.
pub(crate) const QUESTIONS: [(&str, &str, &[&str]); 23] = [
    ("oauth_errors", "LinkedIn's status of a wrong sign-in", &["bad_request", "unauthorized"]),
    ("redirect_mismatch", "LinkedIn's error of a redirect mismatch", &["invalid_redirect_uri", "invalid_request"]),
    ("scope_refusal", "LinkedIn refuses a scope by a", &["redirect", "page"]),
    ("scope_separator", "LinkedIn separates scopes by a", &["comma", "space"]),
    ("token_type", "LinkedIn's token answer has a token_type", &["present", "absent"]),
    ("signing_keys", "LinkedIn's keys for identity tokens", &["first", "both", "second"]),
    ("locale", "LinkedIn tells a locale as", &["object", "text"]),
    ("refresh", "LinkedIn's refresh tokens", &["off", "on"]),
    ("revoke", "LinkedIn's way to revoke", &["works", "not_found", "bad_request"]),
    ("prompt_and_pkce", "LinkedIn: the parameters prompt and PKCE are", &["ignored", "refused"]),
    ("length", "LinkedIn counts 3,000 characters", &["escaped", "rendered"]),
    ("over_length", "LinkedIn: a longer text is", &["refused", "cut"]),
    ("urls", "LinkedIn: reserved characters in addresses", &["same_rule", "exempt"]),
    ("created", "LinkedIn names a new post in", &["restli_id", "linkedin_id", "both", "body"]),
    ("draft", "LinkedIn: a draft is", &["refused", "accepted"]),
    ("duplicate", "LinkedIn: the earlier post of a duplicate is", &["named", "unnamed"]),
    ("ghosts", "LinkedIn: deleted earlier posts are", &["forgotten", "named"]),
    ("image_read", "LinkedIn: reading a picture is", &["forbidden", "allowed"]),
    ("image_processing", "LinkedIn: an uploaded picture is ready", &["at_once", "stuck", "failed"]),
    ("video_processing", "LinkedIn: a finished video", &["works", "stuck", "failed"]),
    ("video_links", "LinkedIn shows a link to a video as a", &["card", "player"]),
    ("bluesky_key_twice", "Bluesky: the same key twice is", &["server_error", "refused", "overwritten", "duplicated"]),
    ("bluesky_expired", "Bluesky: status of ExpiredToken", &["bad_request", "unauthorized"]),
];

/// All figures, those of the neighbours last.
pub(crate) fn figures() -> impl Iterator<Item = (&'static str, &'static str)> {
    FIGURES.into_iter().chain(neighbours::FIGURES)
}

/// All open questions, those of the neighbours last.
pub(crate) fn questions() -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
    QUESTIONS.into_iter().chain(neighbours::QUESTIONS)
}

/// The present value of a figure.
pub(crate) fn figure(rules: &Rules, name: &str) -> i64 {
    if let Some(value) = neighbours::figure(rules, name) {
        return value;
    }
    match name {
        "duplicate_window_seconds" => rules.duplicate_window.num_seconds(),
        "member_calls_per_day" => rules.member_calls_per_day.into(),
        "app_calls_per_day" => rules.app_calls_per_day.into(),
        "token_lifetime_seconds" => rules.token_lifetime.num_seconds(),
        "fresh_token_refused_seconds" => rules.fresh_token_refused.num_seconds(),
        "stray_cuts" => rules.stray_cuts.into(),
        "skip_consent" => rules.skip_consent.into(),
        "article_title" => i64::try_from(rules.article_title).unwrap_or(i64::MAX),
        "article_description" => i64::try_from(rules.article_description).unwrap_or(i64::MAX),
        "video_seconds" => rules.video_takes.num_seconds(),
        "mastodon_calls" => rules.mastodon_calls.calls.into(),
        "mastodon_characters" => i64::try_from(rules.mastodon_text.characters).unwrap_or(i64::MAX),
        _ => rules.mastodon_media_takes.num_seconds(),
    }
}

/// Changes a figure; says whether name and value make sense.
fn set_figure(rules: &mut Rules, name: &str, value: &str) -> bool {
    let Ok(number) = value.parse::<u32>() else { return false };
    let time = TimeDelta::seconds(number.into());
    let characters = usize::try_from(number).unwrap_or(usize::MAX);
    match name {
        "duplicate_window_seconds" => rules.duplicate_window = time,
        "member_calls_per_day" => rules.member_calls_per_day = number,
        "app_calls_per_day" => rules.app_calls_per_day = number,
        "token_lifetime_seconds" => rules.token_lifetime = time,
        "fresh_token_refused_seconds" => rules.fresh_token_refused = time,
        "stray_cuts" => rules.stray_cuts = number != 0,
        "skip_consent" => rules.skip_consent = number != 0,
        "article_title" => rules.article_title = characters,
        "article_description" => rules.article_description = characters,
        "video_seconds" => rules.video_takes = time,
        "mastodon_calls" => rules.mastodon_calls.calls = number,
        "mastodon_characters" => rules.mastodon_text.characters = characters,
        "mastodon_media_seconds" => rules.mastodon_media_takes = time,
        _ => return neighbours::set(rules, name, number),
    }
    true
}

/// The present answers, by name.
pub(crate) fn answers(questions: &Questions) -> Value {
    serde_json::to_value(questions).unwrap_or_default()
}

/// Takes every change or none; says which name was wrong.
fn changed(rules: &Rules, fields: &Fields) -> Result<Rules, String> {
    let step = |rules: Rules, (name, value)| with(&rules, name, value).ok_or_else(|| name.to_owned());
    fields.iter().try_fold(rules.clone(), step)
}

/// The rules with one figure or answer changed, if name and value make sense.
pub(crate) fn with(rules: &Rules, name: &str, value: &str) -> Option<Rules> {
    let mut rules = rules.clone();
    if !questions().any(|(question, ..)| question == name) {
        return set_figure(&mut rules, name, value).then_some(rules);
    }
    let mut given = answers(&rules.questions);
    given[name] = value.into();
    rules.questions = serde_json::from_value(given).ok()?;
    Some(rules)
}

pub(crate) async fn list(State(world): State<World>) -> Json<Value> {
    let state = world.state();
    let mut all = answers(&state.rules.questions);
    for (name, _) in figures() {
        all[name] = figure(&state.rules, name).into();
    }
    Json(all)
}

pub(crate) async fn change(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Response {
    let fields = Fields::read(&headers, &body);
    let mut state = world.state();
    match changed(&state.rules, &fields) {
        Ok(rules) => state.rules = rules,
        Err(name) => return (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "wrong": name }))).into_response(),
    }
    if is_json(&headers) { StatusCode::NO_CONTENT.into_response() } else { Redirect::to("/switches").into_response() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_knows_every_question_and_every_answer() {
        let defaults = answers(&Questions::default());
        let known: Vec<&str> = questions().map(|(name, ..)| name).collect();
        for name in defaults.as_object().unwrap().keys() {
            assert!(known.contains(&name.as_str()), "{name}");
        }
        for (name, _, choices) in questions() {
            assert_eq!(defaults[name], choices[0], "the default comes first");
            for choice in choices {
                let mut given = defaults.clone();
                given[name] = (*choice).into();
                assert!(serde_json::from_value::<Questions>(given).is_ok(), "{name} {choice}");
            }
        }
    }

    #[test]
    fn one_rule_changes_alone() {
        let rules = Rules::default();
        let other = with(&rules, "created", "body").unwrap();
        assert_eq!(other.questions.created, crate::questions::Created::Body);
        assert_eq!(with(&rules, "duplicate_window_seconds", "0").unwrap().duplicate_window, TimeDelta::zero());
        assert!(with(&rules, "created", "nowhere").is_none() && with(&rules, "nonsense", "1").is_none());
    }

    #[test]
    fn every_figure_can_be_set() {
        let mut rules = Rules::default();
        for (name, _) in figures() {
            assert!(set_figure(&mut rules, name, "1"), "{name}");
            assert_eq!(figure(&rules, name), 1, "{name}");
            assert!(!set_figure(&mut rules, name, "-1") && !set_figure(&mut rules, name, "x"), "{name}");
        }
        assert!(!set_figure(&mut rules, "nonsense", "1"));
    }
}
