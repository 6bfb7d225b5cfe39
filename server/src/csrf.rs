//! Three independent locks on every request that changes something: where it comes from, what it looks like,
//! and the cookie's own `SameSite`. A page elsewhere cannot open any of them.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use klaroen_core::{App, Error};

use crate::problem::Problem;

/// A header that only our own pages (and API clients) send; it forces browsers to ask first.
pub const HEADER: &str = "x-klaroen";

/// Refuses a change that does not come from our own pages or from an API client.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    match check(request.headers(), &app.config.origin()) {
        Ok(()) => next.run(request).await,
        Err((status, code, message)) => {
            let mut response = Problem(Error::refused(code, message)).into_response();
            *response.status_mut() = status;
            response
        }
    }
}

type Refusal = (StatusCode, &'static str, &'static str);

fn check(headers: &HeaderMap, origin: &str) -> Result<(), Refusal> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_ours = match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => text("origin") == Some(origin),
    };
    if !is_ours || !headers.contains_key(HEADER) {
        let message =
            "Changes are only accepted from Klaroen's own pages (Sec-Fetch-Site or Origin, and the header X-Klaroen).";
        return Err((StatusCode::FORBIDDEN, "csrf", message));
    }
    let kind = text(header::CONTENT_TYPE.as_str()).unwrap_or_default();
    if kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        return Ok(());
    }
    Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type", "Send application/json."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a3_each_lock_alone_keeps_a_foreign_request_out() {
        let ours = "https://klaroen.example.com";
        let good =
            [("sec-fetch-site", "same-origin"), (HEADER, "1"), ("content-type", "application/json; charset=utf-8")];
        let with = |changes: &[(&'static str, Option<&'static str>)]| {
            let mut headers: HeaderMap = good.iter().map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap())).collect();
            for (name, value) in changes {
                headers.remove(*name);
                if let Some(value) = value {
                    headers.insert(*name, value.parse().unwrap());
                }
            }
            check(&headers, ours).map_err(|(status, ..)| status.as_u16())
        };
        assert_eq!(with(&[]), Ok(()));
        assert_eq!(with(&[("sec-fetch-site", Some("none"))]), Ok(()));
        assert_eq!(with(&[("sec-fetch-site", None), ("origin", Some(ours))]), Ok(()));
        for refused in [
            with(&[("sec-fetch-site", Some("cross-site"))]),
            with(&[("sec-fetch-site", Some("same-site"))]),
            with(&[("sec-fetch-site", Some("cross-site")), ("origin", Some(ours))]),
            with(&[("sec-fetch-site", None)]),
            with(&[("sec-fetch-site", None), ("origin", Some("https://evil.example"))]),
            with(&[("sec-fetch-site", None), ("origin", Some("null"))]),
            with(&[(HEADER, None)]),
        ] {
            assert_eq!(refused, Err(403));
        }
        for kind in
            [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("text/plain; application/json")]
        {
            assert_eq!(with(&[("content-type", kind)]), Err(415));
        }
    }
}
