//! The authorize page of the instance: a practice member signs in and allows or denies. PKCE is checked when it is used.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Duration, Utc};
use maud::{Markup, html};
use url::Url;

use crate::mastodon::app::covers;
use crate::page::{self, Face};
use crate::state::Scopes;
use crate::world::World;

/// Parameters that travel through the page unchanged.
const CARRIED: [&str; 7] =
    ["response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"];

type Parameters = HashMap<String, String>;

/// A code that waits to be exchanged.
pub(crate) struct Code {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) member: u32,
    pub(crate) scopes: Scopes,
    /// The S256 challenge, if the client sent one.
    pub(crate) challenge: Option<String>,
    pub(crate) expires: DateTime<Utc>,
}

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/oauth/authorize", get(show).post(decide))
}

/// A request that may be put before the member.
struct Asked {
    app: String,
    client_id: String,
    redirect_uri: String,
    state: Option<String>,
    scopes: Scopes,
    challenge: Option<String>,
}

/// Why a request is not put before the member.
enum Refused {
    Page(StatusCode, &'static str),
    Redirect(Box<Asked>, &'static str, &'static str),
}

impl Asked {
    fn read(world: &World, parameters: &Parameters) -> Result<Self, Refused> {
        let get = |name: &str| parameters.get(name).map_or("", String::as_str);
        let state = world.state();
        let app = state.mastodon.apps.get(get("client_id")).ok_or(Refused::Page(
            StatusCode::UNAUTHORIZED,
            "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
        ))?;
        if !app.redirect_uris.iter().any(|uri| uri == get("redirect_uri")) {
            return Err(Refused::Page(StatusCode::BAD_REQUEST, "The redirect URI included is not valid."));
        }
        let scopes = parameters.get("scope").map_or("read", String::as_str);
        let asked = Self {
            app: app.name.clone(),
            client_id: get("client_id").into(),
            redirect_uri: get("redirect_uri").into(),
            state: parameters.get("state").cloned(),
            scopes: scopes.split_whitespace().map(String::from).collect(),
            challenge: parameters.get("code_challenge").cloned(),
        };
        if get("response_type") != "code" {
            let text = "The authorization server does not support this response type.";
            return Err(Refused::Redirect(Box::new(asked), "unsupported_response_type", text));
        }
        if asked.scopes.is_empty() || !asked.scopes.iter().all(|scope| covers(&app.scopes, scope)) {
            let text = "The requested scope is invalid, unknown, or malformed.";
            return Err(Refused::Redirect(Box::new(asked), "invalid_scope", text));
        }
        if asked.challenge.is_some() && get("code_challenge_method") != "S256" {
            let text = "The code_challenge_method must be S256.";
            return Err(Refused::Redirect(Box::new(asked), "invalid_code_challenge_method", text));
        }
        Ok(asked)
    }

    fn redirect(&self, pairs: &[(&str, &str)]) -> Response {
        let Ok(mut url) = Url::parse(&self.redirect_uri) else { return StatusCode::BAD_REQUEST.into_response() };
        url.query_pairs_mut().extend_pairs(pairs);
        if let Some(state) = &self.state {
            url.query_pairs_mut().append_pair("state", state);
        }
        (StatusCode::FOUND, [(header::LOCATION, String::from(url))]).into_response()
    }

    fn allow(self, world: &World, member: u32) -> Response {
        let mut state = world.state();
        let code = state.opaque(43);
        let response = self.redirect(&[("code", &code)]);
        let expires = world.now() + Duration::minutes(10);
        let Self { client_id, redirect_uri, scopes, challenge, .. } = self;
        state.mastodon.codes.insert(code, Code { client_id, redirect_uri, member, scopes, challenge, expires });
        response
    }
}

impl Refused {
    fn answer(self) -> Response {
        match self {
            Self::Page(status, reason) => (status, page::plain("An error has occurred", reason)).into_response(),
            Self::Redirect(asked, error, text) => asked.redirect(&[("error", error), ("error_description", text)]),
        }
    }
}

async fn show(State(world): State<World>, Query(parameters): Query<Parameters>) -> Response {
    match Asked::read(&world, &parameters) {
        Ok(asked) => consent(&world, &asked, &parameters).into_response(),
        Err(refused) => refused.answer(),
    }
}

async fn decide(State(world): State<World>, Form(form): Form<Parameters>) -> Response {
    let asked = match Asked::read(&world, &form) {
        Ok(asked) => asked,
        Err(refused) => return refused.answer(),
    };
    let member = form.get("member").and_then(|text| text.parse().ok()).filter(|number| world.member(*number).is_some());
    match (form.get("action").map(String::as_str), member) {
        (Some("allow"), Some(member)) => asked.allow(&world, member),
        (Some("deny"), _) => asked.redirect(&[
            ("error", "access_denied"),
            ("error_description", "The resource owner or authorization server denied the request."),
        ]),
        _ => Refused::Page(StatusCode::BAD_REQUEST, "Choose a member and an answer").answer(),
    }
}

fn consent(world: &World, asked: &Asked, parameters: &Parameters) -> Markup {
    page::sheet(
        Face::Mastodon,
        "Authorize · Practice Mastodon (sandbox)",
        &html! {
            form.consent method="post" action="authorize" {
                @for name in CARRIED { @if let Some(value) = parameters.get(name) { input type="hidden" name=(name) value=(value); } }
                div.pair aria-hidden="true" { span.badge { (asked.app.chars().next().unwrap_or('?')) } span.dots { "···" } span.badge.mastodon { "M" } }
                h1 { (asked.app) " asks for access" }
                p.quiet { "This is the sandbox. No real Mastodon account is involved." }
                label for="member" { "Sign in as" }
                select #member name="member" { @for (number, member) in world.members() { option value=(number) { (member.name) } } }
                p.asks { (asked.app) " would like to:" }
                ul.asks { @for scope in &asked.scopes { li { (in_words(scope)) } } }
                div.answers {
                    button.primary type="submit" name="action" value="allow" { "Allow" }
                    button type="submit" name="action" value="deny" { "Deny" }
                }
            }
        },
    )
}

fn in_words(scope: &str) -> &str {
    match scope {
        "profile" => "Read only your account's profile information",
        "read" => "Read all your account's data",
        "read:accounts" => "See account information",
        "write" => "Modify all your account's data",
        "write:statuses" => "Publish posts",
        "write:media" => "Upload media files",
        other => other,
    }
}
