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

use std::{any::Any, time::Duration};

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use klaroen_core::{App, Error};
use tower::util::MapResponseLayer;
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
};
use utoipa::{OpenApi, openapi::OpenApi as Contract};
use utoipa_axum::router::OpenApiRouter;

pub use problem::Problem;
pub use serve::serve;

/// Largest body of a request, in bytes.
const BODY_LIMIT: usize = 256 * 1024;
/// Longest time to an answer.
const PATIENCE: Duration = Duration::from_secs(30);

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
        .merge(routes::pictures::routes())
        .merge(routes::documents::routes())
        .merge(routes::definitions::routes())
        .merge(routes::posts::routes())
        .merge(routes::shares::routes())
        .merge(routes::removals::routes())
        .merge(routes::by_hand::routes())
        .merge(routes::confirmations::routes())
        .merge(routes::connections::routes())
        .merge(routes::callbacks::routes())
        .merge(routes::renewals::routes())
        .merge(routes::notifications::routes())
        .merge(routes::programs::routes())
        .merge(routes::years::routes())
        .merge(routes::hr::routes())
        .merge(routes::publishing::routes())
        .merge(routes::organisation::routes())
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
    let links = links(&app);
    Router::new()
        .nest("/api", api.layer(guard))
        .merge(openapi::routes(contract()))
        .merge(routes::health::routes())
        .merge(routes::media::routes())
        .merge(routes::notifications::one_click())
        .fallback(web::serve)
        .layer(Extension(limits::Failures::default()))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(hurry))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(MapResponseLayer::new(headers::add))
        .layer(middleware::from_fn(trace))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(app)
        .merge(links)
}

/// Short links have no request id, body or sign-in and hurry by themselves: they pass only the layers that a redirect needs,
/// as one, because each costs a redirect a copy of its way.
fn links(app: &App) -> Router {
    routes::links::routes(app).layer((MapResponseLayer::new(headers::add), CatchPanicLayer::custom(panicked)))
}

/// Gives up on an answer that takes longer than anybody waits.
async fn hurry(request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(PATIENCE, next.run(request)).await;
    answer.unwrap_or_else(|_| Problem(Error::TooSlow).into_response())
}

/// A handler that panicked is a fault of ours like any other.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Problem(Error::internal(anyhow::anyhow!("a handler panicked: {}", said.unwrap_or("without words")))).into_response()
}

/// One span per request, without its address: queries hold secrets, `/s/` is anonymous.
async fn trace(request: Request, next: Next) -> Response {
    use tracing::Instrument;
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let span = tracing::info_span!("request", id, method = %request.method());
    next.run(request).instrument(span).await
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::header, routing::get};
    use tower::ServiceExt;

    use super::*;

    async fn answer(router: Router) -> (u16, String) {
        let request = Request::builder().uri("/").body(Body::empty()).unwrap();
        let answer = router.oneshot(request).await.unwrap();
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
        let status = answer.status().as_u16();
        let body = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        (status, body["code"].as_str().unwrap().to_owned())
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_takes_too_long_is_a_problem() {
        let slow = Router::new().route("/", get(std::future::pending::<()>)).layer(middleware::from_fn(hurry));
        assert_eq!(answer(slow).await, (503, "too_slow".to_owned()));
    }

    #[tokio::test]
    async fn a_handler_that_panics_is_a_problem() {
        async fn fail() {
            panic!("on purpose");
        }
        let broken = Router::new().route("/", get(fail)).layer(CatchPanicLayer::custom(panicked));
        assert_eq!(answer(broken).await, (500, "internal".to_owned()));
    }
}
