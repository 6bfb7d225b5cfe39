//! The switches of a running sandbox as a page and as calls: faults for the next calls, tokens that die now. Browser
//! tests and people who try the demo use them; Rust tests have [`crate::Running`].

use axum::Router;
use axum::extract::{Form, Json, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use crate::linkedin::post::Post;
use crate::page::{self, Face};
use crate::world::World;
use crate::{Endpoint, Fault};

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/switches", get(show).post(ready_made))
        .route("/switches/faults", post(add).delete(clear))
        .route("/switches/tokens", post(tokens))
        .route("/switches/posts", get(posts))
}

/// Faults that a person can switch on with one press.
const READY_MADE: [(&str, &str, &str); 7] = [
    ("refused", "Server error", "The next post is refused with 500; nothing was posted."),
    ("before", "Drop before", "The next post is not accepted and its answer never comes."),
    ("after", "Drop after", "The next post is accepted, but its answer never comes."),
    ("gateway", "Gateway timeout", "The next post is accepted, the answer is 504."),
    ("late", "Slow answer", "The answer to the next post takes 20 seconds."),
    ("version", "Version gone", "The next post is refused with 426."),
    ("throttled", "Daily limit", "The next post is refused with 429."),
];

fn fault(name: &str) -> Option<Fault> {
    let answer = |status, body: &str| Fault::Answer { status, body: body.into() };
    Some(match name {
        "refused" => answer(500, r#"{"status":500,"message":"Internal Server Error"}"#),
        "before" => Fault::DropBefore,
        "after" => Fault::DropAfter,
        "gateway" => Fault::AnswerAfter { status: 504, body: r#"{"status":504,"message":"Gateway timeout"}"#.into() },
        "late" => Fault::DelayAfter { ms: 20_000 },
        "version" => answer(
            426,
            r#"{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version 20250101 is not active"}"#,
        ),
        "throttled" => answer(
            429,
            r#"{"status":429,"serviceErrorCode":101,"code":"TOO_MANY_REQUESTS","message":"Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached."}"#,
        ),
        _ => return None,
    })
}

async fn show(State(world): State<World>) -> Markup {
    let waiting = world.state().faults.describe();
    page::practice(
        Face::LinkedIn,
        "Switches · Practice LinkedIn (sandbox)",
        "/switches",
        &html! {
            main.wide {
                h1 { "Switches" }
                p.lead { "What goes wrong with the next post, and whose permission ends now." }
                form.grid method="post" {
                    @for (name, title, words) in READY_MADE {
                        section.card.switch { h2 { (title) } p { (words) } button type="submit" name="fault" value=(name) { "Switch on" } }
                    }
                }
                h2 { "Waiting" }
                @if waiting.is_empty() { p.quiet { "Nothing is switched on." } }
                ul.addresses { @for words in &waiting { li { (words) } } }
                h2 { "Permissions" }
                form.row method="post" action="/switches/tokens" {
                    label for="member" { "Member" }
                    select #member name="member" { @for (number, member) in world.members() { option value=(number) { (member.name) } } }
                    button type="submit" name="end" value="revoked" { "Revoke" }
                    button type="submit" name="end" value="expired" { "Expire" }
                }
            }
        },
    )
}

#[derive(Deserialize)]
struct ReadyMade {
    fault: String,
}

async fn ready_made(State(world): State<World>, Form(form): Form<ReadyMade>) -> Redirect {
    if let Some(fault) = fault(&form.fault) {
        world.state().faults.next(Endpoint::Posts, None, 1, fault);
    }
    Redirect::to("/switches")
}

/// `{"endpoint":"posts","member":7,"times":1,"fault":"drop_after"}`
#[derive(Deserialize)]
struct Switch {
    endpoint: Endpoint,
    member: Option<u32>,
    #[serde(default = "once")]
    times: u32,
    fault: Fault,
}

fn once() -> u32 {
    1
}

async fn add(State(world): State<World>, Json(switch): Json<Switch>) -> StatusCode {
    world.state().faults.next(switch.endpoint, switch.member, switch.times, switch.fault);
    StatusCode::NO_CONTENT
}

async fn clear(State(world): State<World>) -> StatusCode {
    world.state().faults.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct End {
    member: u32,
    end: How,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum How {
    Revoked,
    Expired,
}

async fn tokens(State(world): State<World>, Form(form): Form<End>) -> Redirect {
    let now = world.now();
    for token in world.state().tokens.values_mut().filter(|token| token.member == form.member) {
        match form.end {
            How::Revoked => token.revoked = true,
            How::Expired => token.expires = token.expires.min(now),
        }
    }
    Redirect::to("/switches")
}

/// The ledger of what was really accepted, for browser tests.
async fn posts(State(world): State<World>) -> Json<Vec<Post>> {
    Json(world.state().posts.clone())
}
