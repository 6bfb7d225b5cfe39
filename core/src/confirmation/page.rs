//! The text of the page that a colleague is asked to look at: fetched through the guarded client, small and plain.
//! Many networks show nothing to who is not signed in; then the colleague opens the link.

use reqwest::StatusCode;
use tokio::task::spawn_blocking;
use url::Url;

use crate::http::{Failure, Http, Request, Response};

const ACCEPT: &str = "text/html, text/plain;q=0.9";
/// Bytes of a page.
const CAP: usize = 1 << 20;
/// Characters that a person wants to read.
const LONGEST: usize = 2_000;

/// Why a page cannot be shown, in words.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// No answer.
    #[error("{0}")]
    Fetch(#[from] Failure),
    /// An answer without the page.
    #[error("The network shows this page only to people who are signed in there.")]
    Closed(StatusCode),
    /// No text.
    #[error("There is no text on this page.")]
    Empty,
}

/// The first words of the page at `address`, as plain text.
///
/// # Errors
/// Why there are none.
pub async fn read(http: &Http, address: &str) -> Result<String, Unreadable> {
    let url = Url::parse(address).map_err(|_| Failure::Address)?;
    let answer = http.fetch(&Request::get(url, ACCEPT, CAP)).await?;
    if answer.status != StatusCode::OK {
        return Err(Unreadable::Closed(answer.status));
    }
    // A page that makes the reader panic is as good as an empty one.
    spawn_blocking(move || text_of(&answer)).await.ok().flatten().ok_or(Unreadable::Empty)
}

fn text_of(page: &Response) -> Option<String> {
    let kind = page.content_type.as_deref().unwrap_or_default();
    let source = String::from_utf8_lossy(&page.bytes);
    let text = match kind.split(';').next().unwrap_or_default().trim() {
        "text/html" => words_of(&source),
        "text/plain" => source.into_owned(),
        _ => return None,
    };
    let text = text.trim();
    let shown: String = text.chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST).collect();
    (!shown.is_empty()).then_some(shown)
}

/// What a page says of itself first: many networks show the post itself only to browsers that run their scripts.
fn words_of(page: &str) -> String {
    let main = klaroen_feed::html_to_text(main_part(page));
    match klaroen_feed::discover::description(page) {
        Some(description) if !main.contains(&description) => format!("{description}\n\n{main}"),
        _ => main,
    }
}

/// What a page says is its main part, without menus; all of it when none is marked.
fn main_part(page: &str) -> &str {
    let Some((_, rest)) = page.split_once("<main").filter(|(_, rest)| rest.starts_with(['>', ' ', '\n'])) else {
        return page;
    };
    let inside = rest.split_once('>').map_or(rest, |(_, inside)| inside);
    inside.split_once("</main>").map_or(inside, |(main, _)| main)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(content_type: &str, body: &str) -> Response {
        Response {
            status: StatusCode::OK,
            url: Url::parse("https://example.com/").unwrap(),
            moved: None,
            bytes: body.as_bytes().to_vec(),
            content_type: Some(content_type.to_owned()),
            link: None,
            etag: None,
            last_modified: None,
            retry_after: None,
        }
    }

    #[test]
    fn a_page_is_shown_as_plain_words() {
        let long = "é".repeat(3_000);
        for (kind, body, text) in [
            (
                "text/html; charset=utf-8",
                "<h1>Hi</h1><script>alert(1)</script><p>You &amp; me</p>",
                Some("Hi\n\nYou & me"),
            ),
            ("text/html", "<nav>Menu</nav><main class='x'><p>Hi</p></main><footer>End</footer>", Some("Hi")),
            ("text/html", "<nav>Menu</nav><main><p>Hi", Some("Hi")),
            (
                "text/html",
                "<meta property='og:description' content='Kom kijken!'><p>Run a script",
                Some("Kom kijken!\n\nRun a script"),
            ),
            ("text/html", "<meta property='og:description' content='Hi'><p>Hi there", Some("Hi there")),
            ("text/html", "<mainframe>Hi</mainframe>", Some("<mainframe>Hi</mainframe>")),
            ("text/plain", " a < b ", Some("a < b")),
            ("text/plain", &long, Some(&*"é".repeat(2_000))),
            ("image/png", "Hi", None),
            ("text/html", "<script>alert(1)</script>", None),
            ("text/html", "", None),
        ] {
            assert_eq!(text_of(&page(kind, body)).as_deref(), text, "{kind}");
        }
    }
}
