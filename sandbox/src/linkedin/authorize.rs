//! The authorize page: a practice member signs in and allows or refuses what the application asks for.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::Duration;
use maud::{Markup, html};
use url::Url;

use crate::page::{self, Face};
use crate::questions::{Extras, ScopeRefusal};
use crate::state::{Code, Scopes};
use crate::world::World;

/// Scopes that exist at LinkedIn; asking for one that the application was not granted is another error than asking for
/// one that does not exist.
const KNOWN: [&str; 16] = [
    "openid",
    "profile",
    "email",
    "w_member_social",
    "r_member_social",
    "r_basicprofile",
    "w_organization_social",
    "r_organization_social",
    "rw_organization_admin",
    "w_member_social_feed",
    "w_organization_social_feed",
    "r_organization_social_feed",
    "r_organization_followers",
    "r_1st_connections_size",
    "r_member_profileAnalytics",
    "r_member_postAnalytics",
];

const UNAUTHORIZED_SCOPE: &str = "Scope is not authorized for your application";

/// The cookie that remembers who is signed in at the practice LinkedIn.
const COOKIE: &str = "practice_member";

type Parameters = HashMap<String, String>;

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/oauth/v2/authorization", get(show).post(decide))
}

/// A request that may be put before the member.
struct Asked {
    redirect_uri: String,
    state: Option<String>,
    scopes: Scopes,
}

/// Why a request is not put before the member.
enum Refused {
    /// Told to the person in front of the browser; the application learns nothing.
    Page(&'static str),
    /// Told to the application.
    Redirect(Asked, &'static str, &'static str),
}

impl Asked {
    fn read(world: &World, parameters: &Parameters) -> Result<Self, Refused> {
        let get = |name: &str| parameters.get(name).map_or("", String::as_str);
        let client = world.client();
        if get("client_id") != client.id {
            return Err(Refused::Page("Client_id doesn't match"));
        }
        if !client.accepts_redirect(get("redirect_uri")) {
            return Err(Refused::Page("Redirect_uri doesn't match"));
        }
        if get("response_type") != "code" {
            return Err(Refused::Page("Response_type must be code"));
        }
        let scopes: Scopes = get("scope").split_whitespace().map(String::from).collect();
        if scopes.is_empty() || scopes.iter().any(|scope| !KNOWN.contains(&scope.as_str())) {
            return Err(Refused::Page("Invalid scope"));
        }
        let asks_more = parameters.contains_key("code_challenge") || get("prompt") == "none";
        if asks_more && world.state().rules.questions.prompt_and_pkce == Extras::Refused {
            return Err(Refused::Page("Invalid request"));
        }
        let provisioned = scopes.iter().all(|scope| client.scopes.contains(scope));
        let asked = Self { redirect_uri: get("redirect_uri").into(), state: parameters.get("state").cloned(), scopes };
        if provisioned {
            return Ok(asked);
        }
        Err(match world.state().rules.questions.scope_refusal {
            ScopeRefusal::Redirect => Refused::Redirect(asked, "unauthorized_scope_error", UNAUTHORIZED_SCOPE),
            ScopeRefusal::Page => Refused::Page(UNAUTHORIZED_SCOPE),
        })
    }

    fn redirect(&self, pairs: &[(&str, &str)]) -> Response {
        let Ok(mut url) = Url::parse(&self.redirect_uri) else { return StatusCode::BAD_REQUEST.into_response() };
        url.query_pairs_mut().extend_pairs(pairs);
        if let Some(state) = &self.state {
            url.query_pairs_mut().append_pair("state", state);
        }
        (StatusCode::FOUND, [(header::LOCATION, String::from(url))]).into_response()
    }

    /// Sends the member back with a fresh code.
    fn allow(self, world: &World, member: u32) -> Response {
        let mut state = world.state();
        let code = format!("AQT{}", state.opaque(120));
        let response = self.redirect(&[("code", &code)]);
        let expires = world.now() + Duration::minutes(30);
        let client_id = world.client().id.clone();
        state
            .codes
            .insert(code, Code { client_id, redirect_uri: self.redirect_uri, member, scopes: self.scopes, expires });
        response
    }
}

impl Refused {
    fn answer(self, world: &World) -> Response {
        match self {
            Self::Page(reason) => (
                world.state().rules.questions.oauth_errors.status(),
                page::plain("Bummer, something went wrong", reason),
            )
                .into_response(),
            Self::Redirect(asked, error, text) => asked.redirect(&[("error", error), ("error_description", text)]),
        }
    }
}

async fn show(State(world): State<World>, Query(parameters): Query<Parameters>, headers: HeaderMap) -> Response {
    let asked = match Asked::read(&world, &parameters) {
        Ok(asked) => asked,
        Err(refused) => return refused.answer(&world),
    };
    let signed_in = signed_in(&headers).filter(|number| world.member(*number).is_some());
    if let Some(member) = signed_in.filter(|member| skips_consent(&world, *member, &asked)) {
        return asked.allow(&world, member);
    }
    consent(&world, &asked, &parameters, signed_in.unwrap_or(1)).into_response()
}

async fn decide(State(world): State<World>, Form(form): Form<Parameters>) -> Response {
    let asked = match Asked::read(&world, &form) {
        Ok(asked) => asked,
        Err(refused) => return refused.answer(&world),
    };
    let member =
        form.get("member").and_then(|number| number.parse().ok()).filter(|number| world.member(*number).is_some());
    match (form.get("action").map(String::as_str), member) {
        (Some("allow"), Some(member)) => {
            let mut response = asked.allow(&world, member);
            if let Ok(cookie) = format!("{COOKIE}={member}; Path=/oauth; HttpOnly; SameSite=Lax").parse() {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        (Some("cancel"), _) => asked.redirect(&[
            ("error", "user_cancelled_authorize"),
            ("error_description", "The user cancelled the authorization"),
        ]),
        (Some("leave"), _) => asked
            .redirect(&[("error", "user_cancelled_login"), ("error_description", "The user cancelled LinkedIn login")]),
        _ => Refused::Page("Choose a member and an answer").answer(&world),
    }
}

fn signed_in(headers: &HeaderMap) -> Option<u32> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == COOKIE)?.1.parse().ok()
}

fn skips_consent(world: &World, member: u32, asked: &Asked) -> bool {
    let now = world.now();
    let state = world.state();
    state.rules.skip_consent
        && state
            .tokens
            .values()
            .any(|token| token.member == member && token.is_live(now) && token.scopes == asked.scopes)
}

fn consent(world: &World, asked: &Asked, parameters: &Parameters, preselected: u32) -> Markup {
    let client = world.client();
    let target =
        Url::parse(&asked.redirect_uri).ok().and_then(|url| url.host_str().map(String::from)).unwrap_or_default();
    page::sheet(
        Face::LinkedIn,
        "Sign in to the practice LinkedIn",
        &html! {
            form.consent method="post" action="/oauth/v2/authorization" {
                @for name in ["response_type", "client_id", "redirect_uri", "scope", "state"] {
                    @if let Some(value) = parameters.get(name) { input type="hidden" name=(name) value=(value); }
                }
                div.pair aria-hidden="true" { span.badge { (client.name.chars().next().unwrap_or('?')) } span.dots { "···" } span.badge.in { "P" } }
                h1 { (client.name) " asks for access" }
                p.quiet { "This is the sandbox. No real LinkedIn account is involved." }
                label for="member" { "Sign in as" }
                select #member name="member" {
                    @for (number, member) in world.members() {
                        option value=(number) selected[number == preselected] { (member.name) }
                    }
                }
                p.asks { (client.name) " would like to:" }
                ul.asks { @for scope in &asked.scopes { @if let Some(words) = in_words(scope) { li { (words) } } } }
                div.answers {
                    button.primary type="submit" name="action" value="allow" { "Allow" }
                    button type="submit" name="action" value="cancel" { "Cancel" }
                }
                p.quiet { "You go back to " strong { (target) } ". "
                    button.plain type="submit" name="action" value="leave" { "Not you? Leave without signing in" } }
            }
        },
    )
}

fn in_words(scope: &str) -> Option<&'static str> {
    match scope {
        "profile" => Some("Use your name and photo"),
        "email" => Some("Use the primary email address of your account"),
        "w_member_social" => Some("Create, modify and delete posts, comments and reactions on your behalf"),
        _ => None,
    }
}
