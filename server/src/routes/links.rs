//! Short links: counts a click and leads on. Nothing of who clicked is stored or logged, and nothing is set.

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use klaroen_core::{App, link::Visitor};

use crate::{extract::Path, problem::Problem};

/// Outside the contract: for people who read a post elsewhere.
pub fn routes() -> Router<App> {
    Router::new().route("/s/{code}", get(follow))
}

/// The click is on disk before the redirect leaves; if it cannot be written the visitor still gets on.
async fn follow(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let target = app.links.follow(&code, visitor(&method, &headers)).await?;
    let headers = [(header::LOCATION, &*target), (HeaderName::from_static("x-robots-tag"), "noindex")];
    Ok((StatusCode::FOUND, headers).into_response())
}

fn visitor(method: &Method, headers: &HeaderMap) -> Visitor {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let purpose = ["sec-purpose", "purpose", "x-purpose", "x-moz"].into_iter().find_map(text);
    Visitor::of(method.as_str(), text("user-agent"), purpose)
}
