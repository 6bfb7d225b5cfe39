//! Posting: the checks of a status, the idempotency key that the instance keeps for an hour, and the ledger.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use crate::fields::Fields;
use crate::mastodon::instance::account;
use crate::mastodon::refusal::Refusal;
use crate::mastodon::text::{html, length};
use crate::mastodon::{caller, media, username};
use crate::state::State as Memory;
use crate::world::World;

/// How far ahead a status must be scheduled at least.
const AHEAD: Duration = Duration::minutes(5);

/// A status that the practice Mastodon accepted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// The id, 18 digits.
    pub id: String,
    /// The number of the member who posted.
    pub member: u32,
    /// The text as sent.
    pub text: String,
    /// The warning in front of it; empty if there is none.
    pub spoiler_text: String,
    /// `public`, `unlisted`, `private` or `direct`.
    pub visibility: String,
    /// The language, if one was sent.
    pub language: Option<String>,
    /// Ids of attached media.
    pub media_ids: Vec<String>,
    /// The `Idempotency-Key` of the call that made it.
    pub idempotency_key: Option<String>,
    /// When it was accepted.
    pub created_at: DateTime<Utc>,
    /// When it appears, if that is later.
    pub scheduled_at: Option<DateTime<Utc>>,
    /// Whether it was deleted later.
    pub deleted: bool,
}

impl Status {
    /// Whether a reader sees it now.
    pub(crate) fn is_shown(&self, now: DateTime<Utc>) -> bool {
        !self.deleted && self.scheduled_at.is_none_or(|at| at <= now)
    }

    /// The path of its page below the instance.
    pub(crate) fn path(&self) -> String {
        format!("/mastodon/@{}/{}", username(self.member), self.id)
    }
}

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/api/v1/statuses", post(create)).route("/api/v1/statuses/{id}", get(read).delete(delete))
}

async fn create(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    let member = caller::check(&world, &headers, &["write:statuses"])?;
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(String::from);
    let now = world.now();
    let status = {
        let mut state = world.state();
        if let Some(first) = key.as_ref().and_then(|key| kept(&state, member, key, now)) {
            first
        } else {
            let status = draft(&mut state, member, &Fields::read(&headers, &body), key.clone(), now)?;
            if let Some(key) = key {
                state.mastodon.keys.insert((member, key), (now, status.id.clone()));
            }
            state.mastodon.statuses.push(status.clone());
            status
        }
    };
    Ok(Json(shown(&world, &status)))
}

/// The status that the same key made a short while ago.
fn kept(state: &Memory, member: u32, key: &str, now: DateTime<Utc>) -> Option<Status> {
    let (made, id) = state.mastodon.keys.get(&(member, key.to_owned()))?;
    (*made + state.rules.mastodon_key_kept > now)
        .then(|| state.mastodon.statuses.iter().find(|status| status.id == *id).cloned())?
}

fn draft(
    state: &mut Memory,
    member: u32,
    fields: &Fields,
    idempotency_key: Option<String>,
    now: DateTime<Utc>,
) -> Result<Status, Refusal> {
    let (text, spoiler_text) = (fields.text("status"), fields.text("spoiler_text"));
    let media_ids = fields.all("media_ids").to_vec();
    if text.trim().is_empty() && media_ids.is_empty() {
        return Err(Refusal::invalid("Text can't be blank"));
    }
    let limits = state.rules.mastodon_text;
    if length(text, limits) + length(spoiler_text, limits) > limits.characters {
        return Err(Refusal::invalid(&format!("Text character limit of {} exceeded", limits.characters)));
    }
    let visibility = fields.get("visibility").unwrap_or("public");
    if !["public", "unlisted", "private", "direct"].contains(&visibility) {
        return Err(Refusal::invalid("Visibility is not included in the list"));
    }
    media::attach(state, member, &media_ids, now)?;
    let id = (state.urn_number(now) >> 6).to_string();
    Ok(Status {
        id,
        member,
        text: text.into(),
        spoiler_text: spoiler_text.into(),
        visibility: visibility.into(),
        language: fields.get("language").map(String::from),
        media_ids,
        idempotency_key,
        created_at: now,
        scheduled_at: fields.get("scheduled_at").map(|text| scheduled(text, now)).transpose()?,
        deleted: false,
    })
}

fn scheduled(text: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    let at = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
    at.ok()
        .filter(|at| *at >= now + AHEAD)
        .ok_or_else(|| Refusal::invalid("Scheduled at The scheduled date must be in the future"))
}

/// A status as the API answers it.
fn shown(world: &World, status: &Status) -> Value {
    let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let attachments = media::attachments(world, &status.media_ids);
    if let Some(at) = status.scheduled_at {
        return json!({
            "id": status.id,
            "scheduled_at": instant(at),
            "params": { "text": status.text, "visibility": status.visibility, "language": status.language },
            "media_attachments": attachments,
        });
    }
    let url = world.link(&status.path());
    json!({
        "id": status.id,
        "created_at": instant(status.created_at),
        "in_reply_to_id": null,
        "sensitive": !status.spoiler_text.is_empty(),
        "spoiler_text": status.spoiler_text,
        "visibility": status.visibility,
        "language": status.language,
        "uri": url,
        "url": url,
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "edited_at": null,
        "content": html(&status.text),
        "reblog": null,
        "account": account(world, status.member),
        "media_attachments": attachments,
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": null,
        "poll": null,
    })
}

async fn read(State(world): State<World>, Path(id): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    let caller = caller::check(&world, &headers, &["read:statuses"]).ok();
    let now = world.now();
    let status = world.state().mastodon.statuses.iter().find(|status| status.id == id).cloned();
    let may_see = |status: &Status| {
        let open = matches!(status.visibility.as_str(), "public" | "unlisted");
        status.is_shown(now) && (open || caller == Some(status.member))
    };
    let status = status.filter(may_see).ok_or_else(Refusal::not_found)?;
    Ok(Json(shown(&world, &status)))
}

async fn delete(
    State(world): State<World>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let member = caller::check(&world, &headers, &["write:statuses"])?;
    let status = {
        let mut state = world.state();
        let mine = |status: &&mut Status| status.id == id && status.member == member && !status.deleted;
        let status = state.mastodon.statuses.iter_mut().find(mine).ok_or_else(Refusal::not_found)?;
        status.deleted = true;
        status.clone()
    };
    let mut answer = shown(&world, &status);
    answer["text"] = status.text.into();
    Ok(Json(answer))
}
