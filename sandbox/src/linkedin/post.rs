//! Creating, editing and deleting posts, and the ledger of what was really accepted.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::Rules;
pub use crate::linkedin::body::Content;
use crate::linkedin::body::{self, Draft};
use crate::linkedin::created::created;
use crate::linkedin::json::Fields;
use crate::linkedin::little::{self, Element, Parsed};
use crate::linkedin::refusal::Refusal;
use crate::linkedin::{bearer, image, read, rest, video};
use crate::questions::{Duplicate, Ghosts, Urls};
use crate::state::State as Memory;
use crate::world::World;

/// A post that the practice LinkedIn accepted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Post {
    /// `urn:li:share:…`, or `urn:li:ugcPost:…` for several pictures and for a video.
    pub urn: String,
    /// The number of the member who posted.
    pub member: u32,
    /// The author URN as sent.
    pub author: String,
    /// The text as sent.
    pub commentary: String,
    /// What LinkedIn made of the text, and where it cut it.
    pub text: Parsed,
    /// Who may see it, as sent.
    pub visibility: String,
    /// What it carries beside its text.
    pub content: Option<Content>,
    /// The post that it reshares.
    pub parent: Option<String>,
    /// When it was accepted.
    pub created_at: DateTime<Utc>,
    /// Whether its text was changed later.
    pub edited: bool,
    /// Whether it was deleted later.
    pub deleted: bool,
}

/// The page of the fictitious company: its URN and the full name by which it can be mentioned.
const COMPANY: (&str, &str) = ("urn:li:organization:2414183", "Voorbeeld Energie");

impl Post {
    fn repeats(&self, draft: &Draft) -> bool {
        self.author == draft.author
            && self.commentary == draft.commentary
            && self.visibility == draft.visibility
            && self.content == draft.content
            && self.parent == draft.parent
    }
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/rest/posts", post(create).get(read::list))
        .route("/rest/posts/{urn}", get(read::one).post(edit).delete(delete))
}

async fn create(State(world): State<World>, headers: HeaderMap, bytes: Bytes) -> Result<Response, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    let now = world.now();
    count(&mut world.state(), caller.token.member, now)?;
    let version = rest::check_headers(&world, &headers)?;
    let value = rest::json(&headers, &bytes)?;
    if !caller.token.has("w_member_social") {
        return Err(Refusal::not_permitted(&format!("partnerApiPostsExternal.CREATE.{version}")));
    }
    let draft = body::read(&value, &world.state().rules)?;
    if draft.author != caller.author {
        return Err(Refusal::field_value("author"));
    }
    let mut state = world.state();
    let text = render(&world, &draft.commentary, &state.rules);
    let urn = store(&mut state, draft, text, caller.token.member, now)?;
    Ok(created(&urn, state.rules.questions.created))
}

pub(crate) fn count(state: &mut Memory, member: u32, now: DateTime<Utc>) -> Result<(), Refusal> {
    let Memory { quota, rules, .. } = state;
    quota.count(member, now.date_naive(), rules).map_err(Refusal::throttled)
}

/// Puts a draft into the ledger with the text that readers see, and returns its URN.
pub(crate) fn store(
    state: &mut Memory,
    draft: Draft,
    text: Parsed,
    member: u32,
    now: DateTime<Utc>,
) -> Result<String, Refusal> {
    for (urn, field) in draft.content.iter().flat_map(Content::assets) {
        if urn.starts_with("urn:li:video:") {
            video::usable(state, urn, &draft.author, now)?;
        } else {
            image::usable(state, urn, &draft.author, field)?;
        }
    }
    refuse_twin(state, &draft, now)?;
    let kind = Content::urn_kind(draft.content.as_ref());
    let urn = format!("urn:li:{kind}:{}", state.urn_number(now));
    let Draft { author, commentary, visibility, content, parent } = draft;
    state.posts.push(Post {
        urn: urn.clone(),
        member,
        author,
        commentary,
        text,
        visibility,
        content,
        parent,
        created_at: now,
        edited: false,
        deleted: false,
    });
    Ok(urn)
}

/// Refuses a draft that repeats a post of the same author within the window.
fn refuse_twin(state: &Memory, draft: &Draft, now: DateTime<Utc>) -> Result<(), Refusal> {
    let questions = &state.rules.questions;
    let since = now - state.rules.duplicate_window;
    let counts = |post: &&Post| (!post.deleted || questions.ghosts == Ghosts::Named) && post.created_at > since;
    let Some(first) = state.posts.iter().rev().filter(counts).find(|post| post.repeats(draft)) else { return Ok(()) };
    Err(Refusal::duplicate((questions.duplicate == Duplicate::Named).then_some(first.urn.as_str())))
}

/// Reads the little text; a mention stays one only if it names its person by first, last or full name, and the company
/// by its full name.
pub(crate) fn render(world: &World, commentary: &str, rules: &Rules) -> Parsed {
    // Where an over-long text is not refused, it ends here without a word.
    let end = commentary.char_indices().nth(body::COMMENTARY).map_or(commentary.len(), |(at, _)| at);
    let fits = body::length(commentary, &rules.questions) <= body::COMMENTARY;
    let kept = if fits { commentary } else { &commentary[..end] };
    let mut parsed = little::parse_with(kept, rules.questions.urls == Urls::Exempt);
    if parsed.cut_at.is_some() && !rules.stray_cuts {
        return little::verbatim(commentary);
    }
    if kept.len() < commentary.len() {
        parsed.cut_at = parsed.cut_at.or(Some(kept.len()));
    }
    for element in &mut parsed.elements {
        if let Element::Mention { name, urn } = element
            && !names(world, urn, name)
        {
            *element = Element::Text(name.clone());
        }
    }
    parsed
}

fn names(world: &World, urn: &str, name: &str) -> bool {
    if !urn.starts_with("urn:li:person:") {
        return urn != COMPANY.0 || name == COMPANY.1;
    }
    let person = world.members().find(|(number, _)| world.author(*number) == urn);
    person.is_some_and(|(_, member)| {
        [&member.name, &member.given_name, &member.family_name].iter().any(|own| *own == name)
    })
}

/// The caller's own post, living or deleted.
fn own<'s>(state: &'s mut Memory, urn: &str, author: &str) -> Result<&'s mut Post, Refusal> {
    let post = state.posts.iter_mut().find(|post| post.urn == urn).ok_or_else(Refusal::not_found)?;
    if post.author != author {
        return Err(Refusal::field_value("author"));
    }
    Ok(post)
}

async fn delete(
    State(world): State<World>,
    Path(urn): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<StatusCode, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    let version = rest::check_headers(&world, &headers)?;
    read::encoded(&uri)?;
    if !caller.token.has("w_member_social") {
        return Err(Refusal::not_permitted(&format!("partnerApiPostsExternal.DELETE.{version}")));
    }
    own(&mut world.state(), &urn, &caller.author)?.deleted = true;
    Ok(StatusCode::NO_CONTENT)
}

async fn edit(
    State(world): State<World>,
    Path(urn): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<StatusCode, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    let version = rest::check_headers(&world, &headers)?;
    read::encoded(&uri)?;
    if !caller.token.has("w_member_social") {
        return Err(Refusal::not_permitted(&format!("partnerApiPostsExternal.PARTIAL_UPDATE.{version}")));
    }
    if rest::text(&headers, "x-restli-method").is_none_or(|method| !method.eq_ignore_ascii_case("PARTIAL_UPDATE")) {
        return Err(Refusal::bad_request("The header X-RestLi-Method must be PARTIAL_UPDATE"));
    }
    let value = rest::json(&headers, &bytes)?;
    let set = Fields::of(&value, "")?.object("patch")?.object("$set")?;
    let mut state = world.state();
    let commentary = body::commentary(set.text("commentary")?, &state.rules.questions)?;
    let text = render(&world, &commentary, &state.rules);
    let post = own(&mut state, &urn, &caller.author)?;
    if post.deleted {
        return Err(Refusal::not_found());
    }
    (post.commentary, post.text, post.edited) = (commentary, text, true);
    Ok(StatusCode::NO_CONTENT)
}
