//! A shelf of bad input: what real servers send on a bad day, at fixed addresses.

use std::convert::Infallible;
use std::io::Write as _;
use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use maud::{Markup, html};
use serde::Deserialize;

use crate::page::{self, Face};
use crate::world::World;

const XML: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "application/rss+xml; charset=utf-8")];
const OPEN: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Without end</title>"#;
const ITEM: &str = "<item><title>One of very many</title><link>https://example.com/many</link><description>The same again and again</description></item>\n";
/// About this much of the endless feed is sent before it ends, unfinished.
const HUGE: usize = 100 * 1024 * 1024;
/// Items per chunk of the endless feed.
const CHUNK: usize = 500;

const SHELF: [(&str, &str); 11] = [
    ("/bad/not-a-feed", "A web page without a feed"),
    ("/bad/broken.xml", "XML that breaks in the middle of an item"),
    ("/bad/half.xml", "XML that breaks in the middle of its only item"),
    ("/bad/huge", "A feed of 100 MB"),
    ("/bad/huge.gz", "The same, packed into a few hundred kilobytes"),
    ("/bad/slow", "A feed that drips, one character a second"),
    ("/bad/no-picture.xml", "A feed whose picture is no picture"),
    ("/bad/picture.jpg", "A picture that is no picture"),
    ("/bad/redirect-loop", "A redirect to itself"),
    ("/bad/500", "A server error"),
    ("/bad/empty", "Nothing at all"),
];

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/bad", get(list))
        .route("/bad/not-a-feed", get(not_a_feed))
        .route("/bad/broken.xml", get(broken))
        .route("/bad/half.xml", get(half))
        .route("/bad/huge", get(huge))
        .route("/bad/huge.gz", get(bomb))
        .route("/bad/slow", get(slow))
        .route("/bad/no-picture.xml", get(no_picture))
        .route("/bad/picture.jpg", get(picture))
        .route("/bad/redirect-loop", get(redirect_loop))
        .route("/bad/500", get(server_error))
        .route("/bad/empty", get(|| async { (XML, "") }))
}

async fn list(State(world): State<World>) -> Markup {
    page::practice(
        Face::LinkedIn,
        "Bad input · Practice LinkedIn (sandbox)",
        "/feeds",
        &html! {
            main.wide {
                h1 { "Bad input" }
                p.lead { "Follow one of these as a feed and see what happens." }
                ul.addresses { @for (path, words) in SHELF { li { (words) br; code { (world.link(path)) } } } }
            }
        },
    )
}

async fn not_a_feed() -> Markup {
    page::plain("Just a page", "There is no feed here, and none is linked.")
}

async fn broken() -> impl IntoResponse {
    (XML, format!("{OPEN}{ITEM}<item><title>Half an item</tit"))
}

async fn half() -> impl IntoResponse {
    (XML, format!("{OPEN}<item><title>Half an item</tit"))
}

async fn huge() -> Response {
    static PIECE: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(ITEM.repeat(CHUNK)));
    let chunks = HUGE / PIECE.len() + 1;
    let pieces = (0..=chunks)
        .map(|at| Ok::<_, Infallible>(if at == 0 { Bytes::from_static(OPEN.as_bytes()) } else { PIECE.clone() }));
    (XML, Body::from_stream(stream::iter(pieces))).into_response()
}

async fn bomb() -> Response {
    static PACKED: LazyLock<Bytes> = LazyLock::new(pack);
    let packed = tokio::task::spawn_blocking(|| PACKED.clone()).await.unwrap_or_default();
    (XML, [(header::CONTENT_ENCODING, "gzip")], packed).into_response()
}

fn pack() -> Bytes {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    let piece = ITEM.repeat(CHUNK);
    let mut written = packer.write_all(OPEN.as_bytes());
    for _ in 0..=HUGE / piece.len() {
        written = written.and_then(|()| packer.write_all(piece.as_bytes()));
    }
    // Writing to memory cannot fail.
    written.and_then(|()| packer.finish()).map(Bytes::from).unwrap_or_default()
}

async fn slow() -> Response {
    let text = format!("{OPEN}{ITEM}").into_bytes();
    let drops = stream::unfold(0, move |at| {
        let drop = text.get(at..=at).map(Bytes::copy_from_slice);
        async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok::<_, Infallible>(drop?), at + 1))
        }
    });
    (XML, Body::from_stream(drops)).into_response()
}

async fn no_picture(State(world): State<World>) -> impl IntoResponse {
    let (link, picture) = (world.link("/company"), world.link("/bad/picture.jpg"));
    let item = format!(
        r#"<item><title>A story without its picture</title><link>{link}</link><guid isPermaLink="false">no-picture-1</guid><enclosure url="{picture}" length="0" type="image/jpeg"/></item>"#
    );
    (XML, format!("{OPEN}{item}</channel></rss>"))
}

async fn picture() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/jpeg")], "\u{ff}This only claims to be a picture.")
}

#[derive(Deserialize)]
struct Loop {
    #[serde(default)]
    n: u64,
}

async fn redirect_loop(Query(query): Query<Loop>) -> Redirect {
    Redirect::temporary(&format!("/bad/redirect-loop?n={}", query.n.wrapping_add(1)))
}

async fn server_error() -> impl IntoResponse {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        "<h1>Internal Server Error</h1>",
    )
}
