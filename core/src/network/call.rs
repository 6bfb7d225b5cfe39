//! What the clients of all networks share: addresses, answers under a cap, and the client that the OAuth crate borrows.

use std::time::Duration;

use oauth2::{HttpRequest, HttpResponse};
use reqwest::Response;
use url::Url;

use crate::http::transport::NoAnswer;

/// Answers are small; more than this is not read.
const ANSWER_CAP: usize = 256 << 10;
/// Somebody waits in front of a browser.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);

/// The address of `path` (which may carry a query) on the host of `base`.
pub(super) fn at(base: &Url, path: &str) -> Url {
    base.join(path).unwrap_or_else(|_| base.clone())
}

/// The body up to its cap.
pub(super) async fn read(mut response: Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk[..chunk.len().min(ANSWER_CAP - body.len())]);
        if body.len() == ANSWER_CAP {
            break;
        }
    }
    Ok(body)
}

/// What went wrong, without the address (which may hold secrets).
pub(super) fn words(error: &reqwest::Error) -> &'static str {
    NoAnswer::from(error).words()
}

/// Lends the guarded client to the OAuth crate, which would otherwise bring one of its own.
pub(super) async fn forward(http: reqwest::Client, request: HttpRequest) -> reqwest::Result<HttpResponse> {
    let mut request = reqwest::Request::try_from(request)?;
    *request.timeout_mut() = Some(PATIENCE);
    let response = http.execute(request).await.map_err(reqwest::Error::without_url)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut answer = HttpResponse::new(read(response).await.map_err(reqwest::Error::without_url)?);
    (*answer.status_mut(), *answer.headers_mut()) = (status, headers);
    Ok(answer)
}

/// A name as it may be shown: no control characters, not without end.
pub(super) fn shown_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}

/// What a network said, cut to a length that fits on a screen.
pub(super) fn shown_words(words: Option<&str>, status: u16) -> String {
    match words {
        Some(words) => words.chars().filter(|c| !c.is_control()).take(300).collect(),
        None => format!("status {status} without explanation"),
    }
}
