//! Short links: counts a click and leads on. Nothing of who clicked is stored or logged, and nothing is set.

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use klaroen_core::{App, Error, link::Visitor};

use crate::{extract::Path, problem::Problem};

/// For people who followed a link that leads nowhere; whose language is not known.
const NOWHERE: &str = "<!doctype html><html lang=\"nl\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>Klaroen</title>\
    <h1>Deze link leidt nergens (meer) heen</h1><p>Het adres klopt niet, of de organisatie die hem maakte stuurt niet meer naar deze site.</p>\
    <div lang=\"en\"><h2>This link leads nowhere (any more)</h2><p>The address is not right, or the organisation that made it no longer sends people to that site.</p></div></html>";

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
    const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
    let target = match app.links.follow(&code, visitor(&method, &headers)).await {
        Err(Error::NotFound) => {
            return Ok((StatusCode::NOT_FOUND, [(ROBOTS, "noindex")], Html(NOWHERE)).into_response());
        }
        other => other?,
    };
    let headers = [(header::LOCATION, &*target), (ROBOTS, "noindex")];
    Ok((StatusCode::FOUND, headers).into_response())
}

fn visitor(method: &Method, headers: &HeaderMap) -> Visitor {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let purpose = ["sec-purpose", "purpose", "x-purpose", "x-moz"].into_iter().find_map(text);
    Visitor::of(method.as_str(), text("user-agent"), purpose)
}
