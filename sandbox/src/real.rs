//! Serves a folder of real feed files from this machine. Only the hosts of YouTube's thumbnails are rewritten to the
//! sandbox's own, so that the pictures resolve without the internet; everything else is left byte for byte.

use std::path::{Component, Path as FilePath, PathBuf};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

use crate::page::{self, Face};
use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new().route("/real", get(list)).route("/real/{file}", get(file))
}

async fn list(State(world): State<World>) -> Response {
    let Some(folder) = world.real_feeds().cloned() else { return page::not_found().await };
    let names = tokio::task::spawn_blocking(move || names(&folder)).await.unwrap_or_default();
    listing(&world, &names).into_response()
}

fn listing(world: &World, names: &[String]) -> Markup {
    page::practice(
        Face::LinkedIn,
        "Real feed files · Practice LinkedIn (sandbox)",
        "/feeds",
        &html! {
            main.wide {
                h1 { "Real feed files" }
                p.lead { "Files of the web from a folder on this machine. Thumbnails of YouTube are replaced by drawings; links lead where they always led." }
                @if names.is_empty() { p { "The folder holds no files." } }
                ul.addresses { @for name in names { @let path = format!("/real/{name}"); li { a href=(path) { code { (world.link(&path)) } } } } }
            }
        },
    )
}

/// Plain files with plain names, in order.
fn names(folder: &FilePath) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let plain = |name: &String| is_plain(name) && !name.starts_with('.') && content_type(name).is_some();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(plain).collect();
    names.sort();
    names
}

async fn file(State(world): State<World>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(folder) = world.real_feeds().cloned() else { return page::not_found().await };
    let Some(content_type) = content_type(&name) else { return page::not_found().await };
    let read = tokio::task::spawn_blocking(move || read(&folder, &name)).await.unwrap_or_default();
    let Some(bytes) = read else { return page::not_found().await };
    let bytes = rewritten(&bytes, &world.link("/ytimg"));
    let etag = crate::feeds::etag(&bytes);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    ([(header::CONTENT_TYPE, content_type.to_owned()), (header::ETAG, etag)], bytes).into_response()
}

fn is_plain(name: &str) -> bool {
    let mut parts = FilePath::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) && !name.contains(['\\', '\0'])
}

/// A file directly inside the folder; links that lead out of it are not followed.
fn read(folder: &FilePath, name: &str) -> Option<Vec<u8>> {
    if !is_plain(name) {
        return None;
    }
    let folder: PathBuf = folder.canonicalize().ok()?;
    let path = folder.join(name).canonicalize().ok()?;
    (path.parent() == Some(&folder) && path.is_file()).then(|| std::fs::read(path).ok())?
}

/// No charset is declared: what the file says of itself must do, as with many real servers.
fn content_type(name: &str) -> Option<&'static str> {
    Some(match FilePath::new(name).extension()?.to_str()? {
        "xml" | "rss" | "atom" | "rdf" => "application/xml",
        "opml" => "text/x-opml",
        "json" => "application/json",
        "html" => "text/html",
        "bin" => "application/octet-stream",
        _ => return None,
    })
}

/// `https://i3.ytimg.com/vi/…` becomes `{own}/vi/…`, with `http` as well and for every numbered host.
fn rewritten(bytes: &[u8], own: &str) -> Vec<u8> {
    const HOSTS: [&str; 5] = ["i.ytimg.com", "i1.ytimg.com", "i2.ytimg.com", "i3.ytimg.com", "i4.ytimg.com"];
    let origins: Vec<Vec<u8>> = HOSTS
        .iter()
        .flat_map(|host| ["https://", "http://"].map(|scheme| format!("{scheme}{host}/").into_bytes()))
        .collect();
    let (mut written, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some(at) = rest.windows(4).position(|window| window == b"http") {
        written.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        if let Some(origin) = origins.iter().find(|origin| rest.starts_with(origin)) {
            written.extend_from_slice(own.as_bytes());
            rest = &rest[origin.len() - 1..];
        } else {
            written.extend_from_slice(b"http");
            rest = &rest[4..];
        }
    }
    written.extend_from_slice(rest);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_thumbnail_hosts_are_rewritten() {
        let feed = r#"<a href="http://www.youtube.com/watch?v=x"/> <t url="https://i3.ytimg.com/vi/x/hqdefault.jpg"/>
            http://i.ytimg.com/vi/y/0.jpg https://i9.ytimg.com/vi/z https://evil.example/https://i1.ytimg.com.evil.example/"#;
        let expected =
            feed.replace("https://i3.ytimg.com", "http://s/ytimg").replace("http://i.ytimg.com", "http://s/ytimg");
        assert_eq!(String::from_utf8(rewritten(feed.as_bytes(), "http://s/ytimg")).unwrap(), expected);
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let outside = tempfile::tempdir().unwrap();
        let folder = outside.path().join("feeds");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(outside.path().join("secret.xml"), "secret").unwrap();
        std::fs::write(folder.join("feed.xml"), "<rss/>").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path().join("secret.xml"), folder.join("link.xml")).unwrap();
        assert_eq!(read(&folder, "feed.xml").as_deref(), Some(&b"<rss/>"[..]));
        for name in ["../secret.xml", "..", ".", "", "/etc/passwd", "link.xml", "a/b.xml", "..\\secret.xml", "none.xml"]
        {
            assert_eq!(read(&folder, name), None, "{name}");
        }
    }
}
