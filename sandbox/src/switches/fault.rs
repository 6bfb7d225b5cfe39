//! Switching faults on and off: by name from the page, in full from a test.

use axum::body::Bytes;
use axum::extract::{Json, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::Value;

use crate::faults::ready;
use crate::fields::Fields;
use crate::switches::with;
use crate::world::World;
use crate::{Endpoint, Fault, Rules, When};

/// One press of the page: `fault=after`, or the whole form with `endpoint`, `member`, `when`, `number`, `ms` and, for an
/// answer of one's own (`fault=own`), `status`, `body` and `after`, for a figure or an answer of this call (`fault=as_if`),
/// `as_if` as in `created=both`.
pub(crate) async fn ready_made(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Fields::read(&headers, &body);
    let Some(switch) = pressed(&form) else {
        return (StatusCode::BAD_REQUEST, "Say which fault that this call can meet, and numbers that make sense")
            .into_response();
    };
    switch.turn_on(&world);
    Redirect::to("/switches").into_response()
}

fn pressed(form: &Fields) -> Option<Switch> {
    let named = |name: &str| serde_json::from_value(Value::from(name)).ok();
    let endpoint = form.get("endpoint").map_or(Some(Endpoint::Posts), named)?;
    let member = form.get("member").map(str::parse).transpose().ok()?;
    let number: f64 = form.get("number").map_or(Ok(1.0), str::parse).ok()?;
    // Whole numbers of calls; a share in per cent.
    let calls = format!("{number:.0}").parse().ok();
    let when = match form.get("when").unwrap_or("next") {
        "next" => When::Next(calls?),
        "every" => When::Every(calls?),
        "chance" => When::Chance(number / 100.0),
        _ => return None,
    };
    let fault = match form.get("fault")? {
        "own" => {
            let (status, body) = (form.text("status").parse().ok()?, form.text("body").to_owned());
            if form.get("after").is_some() {
                Fault::AnswerAfter { status, body }
            } else {
                Fault::Answer { status, body }
            }
        }
        "as_if" => {
            let (name, value) = form.get("as_if")?.split_once('=')?;
            Fault::AsIf { name: name.trim().into(), value: value.trim().into() }
        }
        name => ready::fault(name)?,
    };
    let fault = match form.get("ms") {
        Some(ms) => fault.lasting(ms.parse().ok()?),
        None => fault,
    };
    let switch = Switch { endpoint, member, times: 1, when: Some(when), fault };
    switch.makes_sense().then_some(switch)
}

/// `{"endpoint":"posts","member":7,"times":1,"fault":"drop_after"}`, or instead of `times`
/// `"when":{"next":2}`, `"when":{"every":3}`, `"when":{"chance":0.3}`; without `member` for anyone.
#[derive(Deserialize)]
pub(crate) struct Switch {
    endpoint: Endpoint,
    member: Option<u32>,
    #[serde(default = "once")]
    times: u32,
    when: Option<When>,
    fault: Fault,
}

fn once() -> u32 {
    1
}

impl Switch {
    /// A fault that the call cannot meet, or a figure or an answer that does not exist, is not switched on.
    fn makes_sense(&self) -> bool {
        let exists = match &self.fault {
            Fault::AsIf { name, value } => with(&Rules::default(), name, value).is_some(),
            _ => true,
        };
        exists && self.fault.can_strike(self.endpoint)
    }

    fn turn_on(self, world: &World) {
        let when = self.when.unwrap_or(When::Next(self.times));
        world.state().faults.add(self.endpoint, self.member, when, self.fault);
    }
}

pub(crate) async fn add(State(world): State<World>, Json(switch): Json<Switch>) -> StatusCode {
    if !switch.makes_sense() {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    switch.turn_on(&world);
    StatusCode::NO_CONTENT
}

/// What is switched on, in words.
pub(crate) async fn list(State(world): State<World>) -> Json<Vec<String>> {
    Json(world.state().faults.describe())
}

pub(crate) async fn clear(State(world): State<World>) -> StatusCode {
    world.state().faults.clear();
    StatusCode::NO_CONTENT
}

pub(crate) async fn clear_from_page(State(world): State<World>) -> Redirect {
    world.state().faults.clear();
    Redirect::to("/switches")
}
