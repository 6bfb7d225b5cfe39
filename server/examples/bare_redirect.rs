//! What `make bench` holds the short links against: an axum server that redirects and does nothing else.

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    routing::get,
};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let follow = |Path(_): Path<String>| async { (StatusCode::FOUND, [(header::LOCATION, "https://example.com/")]) };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listens on http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/s/{code}", get(follow))).await
}
