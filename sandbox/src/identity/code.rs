//! The authorize page of the practice identity provider, and the codes that it hands out.

use std::collections::HashMap;

use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use maud::{Markup, html};
use url::{Host, Url};

use crate::identity::{CLIENT, Flaw, Provider};
use crate::page::{self, Face};
use crate::state::Scopes;
use crate::world::World;

/// Parameters that travel through the page unchanged.
const CARRIED: [&str; 8] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
];

type Parameters = HashMap<String, String>;

/// What a member allowed.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(super) provider: Provider,
    pub(crate) member: u32,
    pub(super) redirect_uri: String,
    pub(super) scopes: Scopes,
    pub(super) nonce: Option<String>,
    /// The S256 challenge, if the application sent one.
    pub(super) challenge: Option<String>,
    pub(super) expires: DateTime<Utc>,
    /// The code was exchanged.
    pub(super) used: bool,
}

/// What is wrong with a request: for the person alone, or for the application too.
fn refused(provider: Provider, asked: &Parameters) -> Option<Response> {
    let get = |name: &str| asked.get(name).map_or("", String::as_str);
    let page = |words| Some((StatusCode::BAD_REQUEST, page::plain(provider.name(), words)).into_response());
    if get("client_id") != CLIENT {
        return page("There is no such application in this directory.");
    }
    if !is_near(get("redirect_uri")) {
        return page("The redirect address is not one of the application's.");
    }
    if get("response_type") != "code" {
        return Some(back(asked, &[("error", "unsupported_response_type")], None));
    }
    if !get("scope").split_whitespace().any(|scope| scope == "openid") {
        return Some(back(asked, &[("error", "invalid_scope")], None));
    }
    if asked.contains_key("code_challenge") && get("code_challenge_method") != "S256" {
        return Some(back(asked, &[("error", "invalid_request")], None));
    }
    None
}

/// The practice application may be anywhere on this machine.
fn is_near(text: &str) -> bool {
    match Url::parse(text).ok().filter(|url| url.fragment().is_none()).as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn back(asked: &Parameters, pairs: &[(&str, &str)], flaw: Option<Flaw>) -> Response {
    let redirect_uri = asked.get("redirect_uri").map_or("", String::as_str);
    let Ok(mut url) = Url::parse(redirect_uri) else { return StatusCode::BAD_REQUEST.into_response() };
    url.query_pairs_mut().extend_pairs(pairs);
    let state = match flaw {
        Some(Flaw::StateMissing) => None,
        Some(Flaw::StateOther) => Some("the-state-of-another-browser"),
        _ => asked.get("state").map(String::as_str),
    };
    if let Some(state) = state {
        url.query_pairs_mut().append_pair("state", state);
    }
    (StatusCode::FOUND, [(header::LOCATION, String::from(url))]).into_response()
}

pub(super) async fn show(
    State(world): State<World>,
    Extension(provider): Extension<Provider>,
    Query(asked): Query<Parameters>,
) -> Response {
    refused(provider, &asked).unwrap_or_else(|| consent(&world, provider, &asked).into_response())
}

pub(super) async fn decide(
    State(world): State<World>,
    Extension(provider): Extension<Provider>,
    flaw: Option<Extension<Flaw>>,
    Form(form): Form<Parameters>,
) -> Response {
    if let Some(response) = refused(provider, &form) {
        return response;
    }
    let flaw = flaw.map(|Extension(flaw)| flaw);
    let member = form.get("member").and_then(|text| text.parse().ok()).filter(|number| world.member(*number).is_some());
    match (form.get("action").map(String::as_str), member) {
        (Some("allow"), Some(member)) => {
            let code = allow(&world, provider, &form, member, flaw);
            back(&form, &[("code", &code)], flaw)
        }
        (Some("deny"), _) => back(&form, &[("error", "access_denied")], flaw),
        _ => (StatusCode::BAD_REQUEST, page::plain(provider.name(), "Choose a member and an answer.")).into_response(),
    }
}

fn allow(world: &World, provider: Provider, form: &Parameters, member: u32, flaw: Option<Flaw>) -> String {
    let grant = Grant {
        provider,
        member,
        redirect_uri: form.get("redirect_uri").cloned().unwrap_or_default(),
        scopes: form.get("scope").map_or("", String::as_str).split_whitespace().map(String::from).collect(),
        nonce: form.get("nonce").cloned(),
        challenge: form.get("code_challenge").cloned(),
        expires: world.now() + Duration::minutes(10),
        used: flaw == Some(Flaw::CodeTwice),
    };
    let mut state = world.state();
    let code = state.opaque(43);
    state.identity.codes.insert(code.clone(), grant);
    code
}

fn consent(world: &World, provider: Provider, asked: &Parameters) -> Markup {
    let title = format!("Sign in · Practice {} (sandbox)", provider.name());
    page::sheet(
        Face::LinkedIn,
        &title,
        &html! {
            form.consent method="post" {
                @for name in CARRIED { @if let Some(value) = asked.get(name) { input type="hidden" name=(name) value=(value); } }
                h1 { "Practice " (provider.name()) }
                p.quiet { "This is the sandbox. No real company account is involved." }
                label for="member" { "Sign in as" }
                select #member name="member" { @for (number, member) in world.members() { option value=(number) { (member.name) } } }
                div.answers {
                    button.primary type="submit" name="action" value="allow" { "Sign in" }
                    button type="submit" name="action" value="deny" { "Cancel" }
                }
            }
        },
    )
}
