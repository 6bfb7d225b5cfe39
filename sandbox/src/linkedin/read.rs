//! Reading posts back. It needs a scope that a self-serve application never gets; without it the answer is 403, whatever
//! is asked for.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Uri};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::linkedin::body::Content;
use crate::linkedin::post::Post;
use crate::linkedin::refusal::Refusal;
use crate::linkedin::{bearer, rest};
use crate::world::World;

/// The author URN of the caller, if the token may read posts.
fn reader(world: &World, headers: &HeaderMap) -> Result<String, Refusal> {
    let caller = bearer::check(world, headers)?;
    let version = rest::check_headers(world, headers)?;
    if caller.token.has("r_member_social") {
        return Ok(caller.author);
    }
    Err(Refusal::not_permitted(&format!("partnerApiPostsExternal.GET.{version}")))
}

/// A URN in an address must be percent-encoded.
pub(crate) fn encoded(uri: &Uri) -> Result<(), Refusal> {
    if uri.path().contains(':') {
        return Err(Refusal::bad_request(
            "Invalid param. Please see https://www.rfc-editor.org/rfc/rfc3986: the URN must be encoded",
        ));
    }
    Ok(())
}

pub(super) async fn one(
    State(world): State<World>,
    Path(urn): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    encoded(&uri)?;
    reader(&world, &headers)?;
    let state = world.state();
    let post = state.posts.iter().find(|post| post.urn == urn && !post.deleted);
    post.map(|post| Json(element(post))).ok_or_else(Refusal::not_found)
}

#[derive(Deserialize)]
pub(super) struct Finder {
    #[serde(default)]
    author: String,
    #[serde(default)]
    start: usize,
    count: Option<usize>,
}

pub(super) async fn list(
    State(world): State<World>,
    Query(finder): Query<Finder>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    reader(&world, &headers)?;
    if rest::text(&headers, "x-restli-method").is_none_or(|method| !method.eq_ignore_ascii_case("FINDER")) {
        return Err(Refusal::bad_request("The header X-RestLi-Method must be FINDER"));
    }
    let (state, count) = (world.state(), finder.count.unwrap_or(10));
    let own: Vec<&Post> =
        state.posts.iter().rev().filter(|post| post.author == finder.author && !post.deleted).collect();
    let shown: Vec<Value> = own.iter().skip(finder.start).take(count).map(|post| element(post)).collect();
    let paging = json!({ "start": finder.start, "count": count, "total": own.len(), "links": [] });
    Ok(Json(json!({ "paging": paging, "elements": shown })))
}

/// A post as the API gives it back.
fn element(post: &Post) -> Value {
    let at = post.created_at.timestamp_millis();
    let mut element = json!({
        "id": post.urn,
        "author": post.author,
        "commentary": post.commentary,
        "visibility": post.visibility,
        "lifecycleState": "PUBLISHED",
        "lifecycleStateInfo": { "isEditedByAuthor": post.edited },
        "createdAt": at,
        "lastModifiedAt": at,
        "publishedAt": at,
        "distribution": { "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [] },
        "isReshareDisabledByAuthor": false,
    });
    if let Some(content) = &post.content {
        element["content"] = carried(content);
    }
    element
}

fn carried(content: &Content) -> Value {
    let media = |id: &str, alt: Option<&String>| json!({ "id": id, "altText": alt });
    match content {
        Content::Article { source, title, description, thumbnail } => {
            json!({ "article": { "source": source, "title": title, "description": description, "thumbnail": thumbnail } })
        }
        Content::Images(images) => {
            let mut all: Vec<Value> = images.iter().map(|(id, alt)| media(id, alt.as_ref())).collect();
            match all.len() {
                1 => json!({ "media": all.remove(0) }),
                _ => json!({ "multiImage": { "images": all } }),
            }
        }
        Content::Video { id, title } => json!({ "media": { "id": id, "title": title } }),
        Content::Poll { question, options } => json!({ "poll": { "question": question, "options": options } }),
    }
}
