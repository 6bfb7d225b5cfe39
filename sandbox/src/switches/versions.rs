//! The table of versions of LinkedIn's API: one ends today or later, a new one begins, old ones are gone together.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use maud::{Markup, html};

use super::is_json;
use crate::fields::Fields;
use crate::versions::{self, Version};
use crate::world::World;

/// `version` with the day `until` which it is served (`today` is one), or `from`: every older one is gone.
pub(super) async fn change(State(world): State<World>, headers: HeaderMap, body: Bytes) -> Response {
    let fields = Fields::read(&headers, &body);
    let today = world.now().date_naive();
    let mut state = world.state();
    if !changed(&mut state.rules.versions, &fields, today) {
        return (StatusCode::UNPROCESSABLE_ENTITY, "A version is YYYYMM, a day is YYYY-MM-DD").into_response();
    }
    if is_json(&headers) { StatusCode::NO_CONTENT.into_response() } else { Redirect::to("/switches").into_response() }
}

fn changed(table: &mut Vec<Version>, fields: &Fields, today: NaiveDate) -> bool {
    let version =
        |name: &str| fields.get(name)?.parse::<u32>().ok().filter(|number| (200_001..=999_912).contains(number));
    if let Some(oldest) = version("from") {
        versions::serve_from(table, oldest, today);
        return true;
    }
    let until = match fields.get("until") {
        Some("today") => Some(today),
        day => day.and_then(|day| day.parse().ok()),
    };
    let Some((version, until)) = version("version").zip(until) else { return false };
    versions::end(table, version, until);
    true
}

pub(super) fn section(world: &World) -> Markup {
    let today = world.now().date_naive();
    let table = world.state().rules.versions.clone();
    html! {
        details.card.fold {
            summary { "Versions of LinkedIn's API" }
            p { "A version that is gone is refused with 426, and so is one that is not here." }
            form method="post" action="/switches/versions" {
                input type="hidden" name="until" value="today";
                ul.versions { @for (version, gone) in table.iter().rev() {
                    li.between {
                        span { strong { (version) } " " span.quiet { @if *gone > today { "until " } @else { "gone since " } (gone) } }
                        @if *gone > today { button type="submit" name="version" value=(version) { "Ends today" } }
                    }
                } }
            }
            form.fields method="post" action="/switches/versions" {
                label { "Version" input name="version" inputmode="numeric" pattern="[0-9]{6}" placeholder="202703" required; }
                label { "Served until" input type="date" name="until" required; }
                button type="submit" { "Set" }
            }
            form.fields method="post" action="/switches/versions" {
                label { "Only this one and newer" input name="from" inputmode="numeric" pattern="[0-9]{6}" placeholder="202609" required; }
                button type="submit" { "Refuse all older ones" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    fn said(body: &str) -> Fields {
        let kind = (header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        Fields::read(&HeaderMap::from_iter([kind]), body.as_bytes())
    }

    #[test]
    fn only_versions_and_days_are_taken() {
        let today = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        let mut table = versions::known();
        for good in ["version=202609&until=today", "version=202703&until=2028-03-15", "from=202609"] {
            assert!(changed(&mut table, &said(good), today), "{good}");
        }
        let before = table.clone();
        for bad in ["", "version=202609", "until=today", "version=x&until=today", "version=202609&until=soon", "from=1"]
        {
            assert!(!changed(&mut table, &said(bad), today), "{bad}");
        }
        assert_eq!(table, before);
    }
}
