//! The older way to post, `/v2/ugcPosts`: no version header, plain text instead of little text, and a page that is
//! looked at for its card only when title, description and thumbnail are all missing.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::post;
use serde_json::Value;
use url::Url;

use crate::linkedin::body::{Content, Draft, commentary};
use crate::linkedin::created::created;
use crate::linkedin::json::Fields;
use crate::linkedin::post::{count, store};
use crate::linkedin::refusal::Refusal;
use crate::linkedin::{bearer, little, rest};
use crate::questions::{Length, Questions};
use crate::world::World;

const CONTENT: &str = "com.linkedin.ugc.ShareContent";
const VISIBILITY: &str = "com.linkedin.ugc.MemberNetworkVisibility";

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/v2/ugcPosts", post(create))
}

async fn create(State(world): State<World>, headers: HeaderMap, bytes: Bytes) -> Result<Response, Refusal> {
    let caller = bearer::check(&world, &headers)?;
    let now = world.now();
    count(&mut world.state(), caller.token.member, now)?;
    if rest::text(&headers, "x-restli-protocol-version") != Some("2.0.0") {
        return Err(Refusal::bad_request("The header X-Restli-Protocol-Version must be 2.0.0"));
    }
    let value = rest::json(&headers, &bytes)?;
    if !caller.token.has("w_member_social") {
        return Err(Refusal::not_permitted("ugcPosts.CREATE.NO_VERSION"));
    }
    let mut state = world.state();
    // Plain text has no escapes, so there is nothing to count twice.
    let questions = Questions { length: Length::Escaped, ..state.rules.questions.clone() };
    let draft = read(&value, &questions)?;
    if draft.author != caller.author {
        return Err(Refusal::field_value("author"));
    }
    let text = little::verbatim(&draft.commentary);
    let urn = store(&mut state, draft, text, caller.token.member, now)?;
    Ok(created(&urn, questions.created))
}

/// Reads the body of `POST /v2/ugcPosts`.
fn read(body: &Value, questions: &Questions) -> Result<Draft, Refusal> {
    let post = Fields::of(body, "")?;
    post.only(&["author", "lifecycleState", "specificContent", "visibility"])?;
    post.choice("lifecycleState", &["PUBLISHED"])?;
    let share = post.object("specificContent")?.object(CONTENT)?;
    let visibility = post.object("visibility")?.choice(VISIBILITY, &["PUBLIC", "CONNECTIONS", "LOGGED_IN"])?;
    let commentary = commentary(share.object("shareCommentary")?.text("text")?, questions)?;
    let content = match share.choice("shareMediaCategory", &["NONE", "ARTICLE", "IMAGE", "VIDEO"])? {
        "NONE" => None,
        "ARTICLE" => Some(article(&share.list("media", 1..=1)?[0])?),
        // The upload of the older assets is not here, so no such asset can exist.
        _ => return Err(Refusal::input("INVALID_URN_ID", "media", "The media asset does not exist")),
    };
    if commentary.trim().is_empty() && content.is_none() {
        return Err(Refusal::input("INVALID_VALUE_BLANK_FIELD", "shareCommentary", "shareCommentary cannot be blank"));
    }
    let author = post.text("author")?.to_owned();
    Ok(Draft { author, commentary, visibility: visibility.to_owned(), content, parent: None })
}

fn article(media: &Value) -> Result<Content, Refusal> {
    let fields = Fields::of(media, "media")?;
    fields.only(&["status", "originalUrl", "title", "description", "thumbnails"])?;
    fields.choice("status", &["READY"])?;
    let source = fields.filled("originalUrl")?.to_owned();
    let Ok(url) = Url::parse(&source) else { return Err(Refusal::value("media/originalUrl", "must be an address")) };
    let text = |name: &str| -> Result<Option<String>, Refusal> {
        fields.get(name).map(|_| Ok(fields.object(name)?.text("text")?.to_owned())).transpose()
    };
    let (title, description) = (text("title")?, text("description")?);
    if title.is_none() && description.is_none() && fields.get("thumbnails").is_none() {
        // The sandbox never calls out: what LinkedIn would find there is made up, and says so.
        let title = format!("Read from {}{}", url.host_str().unwrap_or_default(), url.path());
        return Ok(Content::Article { source, title, description: None, thumbnail: None });
    }
    Ok(Content::Article { source, title: title.unwrap_or_default(), description, thumbnail: None })
}
