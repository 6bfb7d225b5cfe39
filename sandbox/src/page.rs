//! The frame of every page that people look at, its one style sheet, and the plain pages for errors.

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use maud::{DOCTYPE, Markup, html};

use crate::world::World;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/sandbox.css", get(style))
        .route("/robots.txt", get(|| async { "User-agent: *\nDisallow: /\n" }))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("page.css")).into_response()
}

/// Which of the imitated networks a page belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    LinkedIn,
    Mastodon,
    Bluesky,
}

impl Face {
    /// All of them, in the order of the tabs.
    pub(crate) const ALL: [Self; 3] = [Self::LinkedIn, Self::Mastodon, Self::Bluesky];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::LinkedIn => "LinkedIn",
            Self::Mastodon => "Mastodon",
            Self::Bluesky => "Bluesky",
        }
    }

    /// Where its stream is.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::LinkedIn => "/",
            Self::Mastodon => "/mastodon",
            Self::Bluesky => "/bluesky",
        }
    }
}

/// A page of a practice network, labelled as such.
pub(crate) fn practice(face: Face, title: &str, here: &str, body: &Markup) -> Markup {
    let links = [("/", "Stream"), ("/feeds", "Feeds"), ("/hub", "Hub"), ("/mail", "Mail"), ("/switches", "Switches")];
    let badge = match face {
        Face::LinkedIn => html! { span.badge { "P" } },
        Face::Mastodon => html! { span.badge.mastodon { "M" } },
        Face::Bluesky => html! { span.badge.bluesky { "B" } },
    };
    document(
        title,
        &html! {},
        &html! {
            header.bar {
                a.brand href=(face.path()) { (badge) span { "Practice " (face.name()) } span.pill { "sandbox" } }
                nav { @for (path, name) in links { a href=(path) aria-current=[(path == here).then_some("page")] { (name) } } }
            }
            (body)
        },
    )
}

/// One sheet in the middle of the page, for signing in.
pub(crate) fn sheet(face: Face, title: &str, body: &Markup) -> Markup {
    practice(face, title, "", &html! { main.sheet { (body) } })
}

/// A heading and a sentence.
pub(crate) fn plain(title: &str, sentence: &str) -> Markup {
    sheet(Face::LinkedIn, title, &html! { h1 { (title) } p { (sentence) } })
}

/// A page of the fictitious company; `head` holds its links to feeds and its card.
pub(crate) fn company(title: &str, head: &Markup, body: &Markup) -> Markup {
    document(
        title,
        head,
        &html! {
            header.bar.company {
                a.brand href="/company" { span.badge.leaf { "V" } span { "Voorbeeld Energie" } }
                nav { a href="/channel/UCVoorbeeldEnergieNL0001" { "Videos" } a href="/" { "Sandbox" } }
            }
            (body)
            footer.quiet { "Voorbeeld Energie does not exist. This page belongs to the sandbox." }
        },
    )
}

fn document(title: &str, head: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="stylesheet" href="/sandbox.css";
                link rel="icon" href="data:,";
                (head)
            }
            body { (body) }
        }
    }
}

pub(crate) async fn not_found() -> Response {
    (StatusCode::NOT_FOUND, plain("Nothing here", "The sandbox has no such page.")).into_response()
}

/// How long ago, as a stream shows it.
pub(crate) fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let past = now - at;
    match (past.num_minutes(), past.num_hours(), past.num_days()) {
        (..1, _, _) => "now".into(),
        (minutes @ 1..60, _, _) => format!("{minutes}m"),
        (_, hours @ 1..24, _) => format!("{hours}h"),
        (_, _, days @ 1..7) => format!("{days}d"),
        (_, _, days @ 7..60) => format!("{}w", days / 7),
        (_, _, days) => format!("{}mo", days / 30),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    #[test]
    fn ages_read_as_in_a_stream() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let said = |past| ago(now - past, now);
        assert_eq!(said(Duration::seconds(59)), "now");
        assert_eq!(said(Duration::minutes(59)), "59m");
        assert_eq!(said(Duration::hours(23)), "23h");
        assert_eq!(said(Duration::days(6)), "6d");
        assert_eq!(said(Duration::days(59)), "8w");
        assert_eq!(said(Duration::days(90)), "3mo");
    }
}
