//! Writing, reading and deleting posts, with the points that each write costs.

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bluesky::account;
use crate::bluesky::lexicon::{self, POST};
use crate::bluesky::record::{Record, is_tid, tid, uri};
use crate::bluesky::refusal::Refusal;
use crate::bluesky::session::Kind;
use crate::bluesky::{blob, caller};
use crate::questions::KeyTwice;
use crate::state::State as Memory;
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/xrpc/com.atproto.repo.createRecord", post(create))
        .route("/xrpc/com.atproto.repo.putRecord", post(put))
        .route("/xrpc/com.atproto.repo.deleteRecord", post(delete))
        .route("/xrpc/com.atproto.repo.getRecord", get(read))
}

#[derive(Deserialize)]
struct Write {
    repo: String,
    collection: String,
    rkey: Option<String>,
    #[serde(default)]
    record: Value,
}

/// What every write has in common: the caller, the caller's own repository, the collection, the key's form, the points.
fn begin(world: &World, headers: &HeaderMap, body: &[u8], points: u32) -> Result<(u32, Write), Refusal> {
    let member = caller::check(world, headers, Kind::Access)?;
    let write: Write = serde_json::from_slice(body)
        .map_err(|_| Refusal::invalid("Input must have the properties \"repo\", \"collection\" and \"record\""))?;
    if account::find(world, &write.repo) != Some(member) {
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, "AuthenticationRequired", "Authentication Required"));
    }
    if write.collection != POST {
        return Err(Refusal::invalid(format!("The sandbox only knows the collection {POST}")));
    }
    if write.rkey.as_ref().is_some_and(|key| !is_tid(key)) {
        return Err(Refusal::invalid("Invalid record key: the keys of posts must be TIDs"));
    }
    let now = world.now();
    let mut state = world.state();
    for (name, allowance) in ["hour", "day"].into_iter().zip(state.rules.bluesky_points) {
        let standing = state.bluesky.points.count(format!("{name} {member}"), points, allowance, now);
        if standing.over {
            return Err(Refusal::too_many(standing));
        }
    }
    Ok((member, write))
}

fn check(state: &Memory, record: &Value) -> Result<(), Refusal> {
    lexicon::check(record).map_err(|reason| Refusal::invalid(format!("Invalid {POST} record: {reason}")))?;
    lexicon::blobs(record).into_iter().try_for_each(|reference| blob::usable(state, reference))
}

fn done(record: &Record) -> Json<Value> {
    Json(json!({
        "uri": record.uri,
        "cid": record.cid,
        "commit": { "cid": record.cid, "rev": tid(record.created_at, 1) },
        "validationStatus": "valid",
    }))
}

async fn create(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    let (member, write) = begin(&world, &headers, &body, 3)?;
    let now = world.now();
    let mut state = world.state();
    check(&state, &write.record)?;
    let rkey = write.rkey.unwrap_or_else(|| fresh_key(&state, member, now));
    let record = Record::new(member, rkey, write.record, now);
    let Some(held) = live(&mut state, &record.uri) else {
        state.bluesky.records.push(record.clone());
        return Ok(done(&record));
    };
    match held.1 {
        KeyTwice::ServerError => {
            Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", "Internal Server Error"))
        }
        KeyTwice::Refused => Err(Refusal::invalid(format!("Record already exists: {}", record.uri))),
        KeyTwice::Overwritten => {
            *held.0 = record;
            Ok(done(held.0))
        }
        KeyTwice::Duplicated => {
            let rkey = fresh_key(&state, member, now);
            let twin = Record::new(member, rkey, record.record, now);
            state.bluesky.records.push(twin.clone());
            Ok(done(&twin))
        }
    }
}

/// The record that stands under an address now, and what a second create under its key does.
fn live<'s>(state: &'s mut Memory, uri: &str) -> Option<(&'s mut Record, KeyTwice)> {
    let twice = state.rules.questions.bluesky_key_twice;
    let record = state.bluesky.records.iter_mut().find(|record| record.uri == uri && !record.deleted)?;
    Some((record, twice))
}

fn fresh_key(state: &Memory, member: u32, now: DateTime<Utc>) -> String {
    let taken =
        |key: &String| state.bluesky.records.iter().any(|record| record.member == member && record.rkey == *key);
    (0..1024).map(|salt| tid(now, salt)).find(|key| !taken(key)).unwrap_or_default()
}

async fn put(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    let (member, write) = begin(&world, &headers, &body, 2)?;
    let now = world.now();
    let mut state = world.state();
    check(&state, &write.record)?;
    let rkey = write.rkey.ok_or_else(|| Refusal::invalid("Input must have the property \"rkey\""))?;
    let record = Record::new(member, rkey, write.record, now);
    match live(&mut state, &record.uri) {
        Some((held, _)) => *held = Record { created_at: held.created_at, ..record.clone() },
        None => state.bluesky.records.push(record.clone()),
    }
    Ok(done(&record))
}

/// Deleting what is not there is fine.
async fn delete(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refusal> {
    let (member, write) = begin(&world, &headers, &body, 1)?;
    let rkey = write.rkey.ok_or_else(|| Refusal::invalid("Input must have the property \"rkey\""))?;
    if let Some((held, _)) = live(&mut world.state(), &uri(member, &rkey)) {
        held.deleted = true;
    }
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Wanted {
    repo: String,
    collection: String,
    rkey: String,
}

/// Anyone may read: posts are public.
async fn read(State(world): State<World>, Query(wanted): Query<Wanted>) -> Result<Json<Value>, Refusal> {
    let member = account::find(&world, &wanted.repo)
        .ok_or_else(|| Refusal::invalid(format!("Could not find repo: {}", wanted.repo)))?;
    let uri = uri(member, &wanted.rkey);
    match live(&mut world.state(), &uri) {
        Some((held, _)) if wanted.collection == POST => {
            Ok(Json(json!({ "uri": held.uri, "cid": held.cid, "value": held.record })))
        }
        _ => Err(Refusal::new(StatusCode::BAD_REQUEST, "RecordNotFound", format!("Could not locate record: {uri}"))),
    }
}
