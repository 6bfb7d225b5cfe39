//! Short links: counts a click and leads on. Nothing of who clicked is stored or logged, and nothing is set.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use klaroen_core::{
    App, Error,
    config::Config,
    link::{Links, Visitor},
};

use crate::{client, extract::Path, problem::Problem};

/// What a redirect needs of the product; the whole would be cloned for each.
#[derive(Clone)]
struct Door {
    links: Arc<Links>,
    config: Arc<Config>,
}

/// For people who followed a link that leads nowhere; whose language is not known.
const NOWHERE: &str = "<!doctype html><html lang=\"nl\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>Klaroen</title>\
    <h1>Deze link leidt nergens (meer) heen</h1><p>Het adres klopt niet, of de organisatie die hem maakte stuurt niet meer naar deze site.</p>\
    <div lang=\"en\"><h2>This link leads nowhere (any more)</h2><p>The address is not right, or the organisation that made it no longer sends people to that site.</p></div></html>";

/// Outside the contract: for people who read a post elsewhere.
pub fn routes(app: &App) -> Router {
    let door = Door { links: app.links.clone(), config: app.config.clone() };
    Router::new().route("/s/{code}", get(follow)).with_state(door)
}

/// The click is on disk before the redirect leaves; if it cannot be written the visitor still gets on.
async fn follow(
    State(door): State<Door>,
    Path(code): Path<String>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Result<Response, Problem> {
    const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
    let link = match door.links.follow(&code, visitor(&request, peer, &door.config)).await {
        Err(Error::NotFound) => {
            return Ok((StatusCode::NOT_FOUND, [(ROBOTS, "noindex")], Html(NOWHERE)).into_response());
        }
        other => other?,
    };
    let headers = [(header::LOCATION, &*link.target), (ROBOTS, "noindex")];
    Ok((StatusCode::FOUND, headers).into_response())
}

fn visitor<'a>(request: &'a Request, peer: SocketAddr, config: &Config) -> Visitor<'a> {
    let headers: &HeaderMap = request.headers();
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let purposes = ["sec-purpose", "purpose", "x-purpose", "x-moz"].into_iter().filter_map(text);
    let address = client::address(peer, headers, &config.trusted_proxies);
    Visitor::of(request.method().as_str(), text("user-agent"), purposes, address)
}
