//! `GET /v2/userinfo`: who the member is, as this application may know it.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::linkedin::bearer;
use crate::linkedin::refusal::Refusal;
use crate::questions::Locale;
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/v2/userinfo", get(userinfo))
}

async fn userinfo(State(world): State<World>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    if !(caller.token.has("openid") && caller.token.has("profile")) {
        return Err(Refusal::not_permitted("userinfo.GET.NO_VERSION"));
    }
    let number = caller.token.member;
    let member = world.member(number).ok_or_else(Refusal::invalid_token)?;
    let mut answer = json!({
        "sub": World::sub(&caller.token.client_id, number),
        "name": member.name,
        "given_name": member.given_name,
        "family_name": member.family_name,
        "picture": world.link(&format!("/pictures/member-{number:03}/100x100.jpg")),
        "locale": { "country": "NL", "language": "nl" },
    });
    if world.state().rules.questions.locale == Locale::Text {
        answer["locale"] = "nl-NL".into();
    }
    if caller.token.has("email") {
        answer["email"] = member.email.clone().into();
        answer["email_verified"] = true.into();
    }
    Ok(Json(answer))
}
