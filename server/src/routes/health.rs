//! For the machine that watches over this one: alive, and ready to serve.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use klaroen_core::App;

/// Outside the contract: no sign-in, no body to speak of.
pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready))
}

/// Ready when the database answers.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}
