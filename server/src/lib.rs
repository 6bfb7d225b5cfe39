//! The HTTP side: every route on one screen, the locks around them, and the web app.
//! Server and worker never see each other; both only know the core.

pub mod auth;
mod client;
mod csrf;
pub mod extract;
mod headers;
mod limits;
mod openapi;
mod problem;
mod routes;
mod serve;
mod web;

use std::time::Duration;

use axum::{Extension, Router, extract::DefaultBodyLimit, http::StatusCode, middleware};
use klaroen_core::App;
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
};
use utoipa::{OpenApi, openapi::OpenApi as Contract};
use utoipa_axum::router::OpenApiRouter;

pub use problem::Problem;
pub use serve::serve;

/// Largest body of a request, in bytes.
const BODY_LIMIT: usize = 256 * 1024;

#[derive(OpenApi)]
#[openapi(components(schemas(problem::ProblemBody)))]
struct Shared;

/// The routes of the API with their contract.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Shared::openapi())
        .merge(routes::session::routes())
        .merge(routes::setup::routes())
        .merge(routes::me::routes())
        .merge(routes::people::routes())
        .merge(routes::invites::routes())
        .merge(routes::topics::routes())
        .merge(routes::teams::routes())
        .merge(routes::feeds::routes())
        .merge(routes::lists::routes())
        .merge(routes::previews::routes())
        .merge(routes::documents::routes())
        .merge(routes::definitions::routes())
        .merge(routes::posts::routes())
        .merge(routes::shares::routes())
        .merge(routes::connections::routes())
        .merge(routes::programs::routes())
        .merge(routes::years::routes())
        .merge(routes::hr::routes())
}

/// The contract, as `server/openapi.json` holds it.
#[must_use]
pub fn contract() -> Contract {
    let (_, mut contract) = api().split_for_parts();
    openapi::complete(&mut contract);
    contract
}

/// Everything that answers over HTTP.
pub fn router(app: App) -> Router {
    let (api, _) = api().split_for_parts();
    let guard = middleware::from_fn_with_state(app.clone(), csrf::guard);
    Router::new()
        .nest("/api", api.layer(guard))
        .merge(openapi::routes(contract()))
        .merge(routes::health::routes())
        .merge(routes::media::routes())
        .merge(routes::links::routes())
        .fallback(web::serve)
        .layer(middleware::from_fn(headers::add))
        .layer(Extension(limits::Failures::default()))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(trace))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(app)
}

/// One span per request, without its address: queries hold secrets, `/s/` is anonymous.
async fn trace(request: axum::extract::Request, next: middleware::Next) -> axum::response::Response {
    use tracing::Instrument;
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let span = tracing::info_span!("request", id, method = %request.method());
    next.run(request).instrument(span).await
}
