//! The way of an item, step by step, as far as it came: the answer to "why is my article not there?". Pure.

use chrono::{DateTime, Utc};
use klaroen_feed::filter::{Because, Outcome};
use serde::Serialize;
use utoipa::ToSchema;

use super::Item;
use crate::post::PostState;

/// Fewer people than this are not counted out loud.
const FEWEST: i64 = 5;

/// One step of an item's way.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TrailStep {
    /// Which step.
    pub step: TrailStage,
    /// When; null where it would tell on a person, or is not known.
    pub at: Option<DateTime<Utc>>,
    /// What happened there: a stable name such as `trail.dropped`.
    pub code: &'static str,
    /// The same as an English sentence.
    pub words: String,
    /// Rules that applied, at `filtered`.
    pub because: Vec<Because>,
    /// People who shared it, at `shared`; null when they are fewer than 5.
    pub count: Option<i64>,
}

/// The steps of an item's way, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrailStage {
    /// A poll found it.
    Fetched,
    /// Its fields were found.
    Mapped,
    /// The filter said what becomes of it.
    Filtered,
    /// A post of it may be shared, or waits for that.
    Approved,
    /// Employees see it.
    Offered,
    /// Employees shared it.
    Shared,
}

/// What is known of an item's way.
#[derive(Debug, Clone)]
pub(super) struct Known<'a> {
    pub(super) first_seen_at: DateTime<Utc>,
    pub(super) baseline: bool,
    pub(super) title: Option<&'a str>,
    pub(super) link: Option<&'a str>,
    pub(super) image: Option<&'a str>,
    pub(super) decided_at: Option<DateTime<Utc>>,
    pub(super) verdict: Option<Outcome>,
    pub(super) because: Vec<Because>,
    pub(super) post: Option<Post>,
}

/// What is known of the post made from it.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) state: PostState,
    pub(super) created_at: DateTime<Utc>,
    pub(super) live_at: Option<DateTime<Utc>>,
    pub(super) shares: i64,
}

/// The steps as far as it came; the last one says why it came no further.
pub(super) fn trail(item: Known<'_>) -> Vec<TrailStep> {
    let mut steps = vec![fetched(&item), mapped(&item)];
    if let Some(verdict) = item.verdict {
        steps.push(filtered(verdict, item.decided_at, item.because));
    }
    if let Some(post) = &item.post {
        steps.push(approved(post));
        if post.live_at.is_some() {
            steps.push(offered(post));
            steps.push(shared(post));
        }
    }
    steps
}

fn step(step: TrailStage, at: Option<DateTime<Utc>>, code: &'static str, words: impl Into<String>) -> TrailStep {
    TrailStep { step, at, code, words: words.into(), because: vec![], count: None }
}

fn fetched(item: &Known<'_>) -> TrailStep {
    let (code, words) = if item.baseline {
        (
            "trail.known_before",
            "It was there before the feed was followed, so it is no news. Offer it by hand if it should be shared.",
        )
    } else {
        ("trail.fetched", "A poll found it.")
    };
    step(TrailStage::Fetched, Some(item.first_seen_at), code, words)
}

fn mapped(item: &Known<'_>) -> TrailStep {
    let at = Some(item.first_seen_at);
    if Item::obstacle(item.link).is_some() {
        let words = "No link was found, so no post can be made of it. Look at the mapping of the feed.";
        return step(TrailStage::Mapped, at, "trail.no_link", words);
    }
    let found = [("title", item.title), ("link", item.link), ("picture", item.image)];
    let names = |has: bool| {
        let names = found.iter().filter(|(_, value)| value.is_some() == has).map(|(name, _)| *name);
        names.collect::<Vec<_>>().join(", ")
    };
    let missing = names(false);
    let missing = if missing.is_empty() { missing } else { format!(" Not found: {missing}.") };
    step(TrailStage::Mapped, at, "trail.mapped", format!("Found: {}.{missing}", names(true)))
}

fn filtered(verdict: Outcome, at: Option<DateTime<Utc>>, because: Vec<Because>) -> TrailStep {
    let code = match verdict {
        Outcome::Keep => "trail.kept",
        Outcome::Drop => "trail.dropped",
        Outcome::Hold => "trail.held",
    };
    let words: Vec<&str> = because.iter().map(|because| because.words.as_str()).collect();
    let words = if words.is_empty() { "It was kept: no rule is about it.".to_owned() } else { words.join(" ") };
    TrailStep { because, ..step(TrailStage::Filtered, at, code, words) }
}

fn approved(post: &Post) -> TrailStep {
    let (at, code, words) = match (post.live_at, post.state) {
        (Some(at), _) => (at, "trail.approved", "Its post may be shared."),
        (None, PostState::InReview) => (post.created_at, "trail.waits", "Its post waits for a marketer's yes."),
        (None, PostState::Withdrawn) => {
            (post.created_at, "trail.rejected", "Its post was withdrawn before anybody saw it.")
        }
        (None, _) => (post.created_at, "trail.draft", "Its post is a draft."),
    };
    step(TrailStage::Approved, Some(at), code, words)
}

fn offered(post: &Post) -> TrailStep {
    let (at, code, words) = match post.state {
        PostState::Live => (post.live_at, "trail.offered", "Employees see it."),
        PostState::Expired => (None, "trail.expired", "Its time is over; employees do not see it any more."),
        _ => (None, "trail.withdrawn", "It was withdrawn; employees do not see it any more."),
    };
    step(TrailStage::Offered, at, code, words)
}

fn shared(post: &Post) -> TrailStep {
    let count = Some(post.shares).filter(|people| *people >= FEWEST);
    let (code, words) = match count {
        Some(people) => ("trail.shared", format!("{people} people shared it.")),
        None => ("trail.shared_by_few", format!("Fewer than {FEWEST} people shared it.")),
    };
    TrailStep { count, ..step(TrailStage::Shared, None, code, words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Known<'static> {
        Known {
            first_seen_at: at(),
            baseline: false,
            title: Some("Title"),
            link: Some("https://news.example/1"),
            image: None,
            decided_at: None,
            verdict: None,
            because: vec![],
            post: None,
        }
    }

    fn at() -> DateTime<Utc> {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    fn codes(item: Known<'_>) -> Vec<&'static str> {
        trail(item).iter().map(|step| step.code).collect()
    }

    #[test]
    fn a_trail_ends_where_the_item_stopped() {
        let post = |state, live: bool, shares| Some(Post { state, created_at: at(), live_at: live.then(at), shares });
        let with = |verdict, post| Known { verdict: Some(verdict), decided_at: Some(at()), post, ..item() };
        for (item, expected) in [
            (Known { baseline: true, ..item() }, vec!["trail.known_before", "trail.mapped"]),
            (Known { link: None, ..item() }, vec!["trail.fetched", "trail.no_link"]),
            (with(Outcome::Drop, None), vec!["trail.fetched", "trail.mapped", "trail.dropped"]),
            (
                with(Outcome::Hold, post(PostState::InReview, false, 0)),
                vec!["trail.fetched", "trail.mapped", "trail.held", "trail.waits"],
            ),
            (
                with(Outcome::Hold, post(PostState::Withdrawn, false, 0)),
                vec!["trail.fetched", "trail.mapped", "trail.held", "trail.rejected"],
            ),
            (
                with(Outcome::Keep, post(PostState::Live, true, 5)),
                vec!["trail.fetched", "trail.mapped", "trail.kept", "trail.approved", "trail.offered", "trail.shared"],
            ),
            (
                with(Outcome::Keep, post(PostState::Withdrawn, true, 4)),
                vec![
                    "trail.fetched",
                    "trail.mapped",
                    "trail.kept",
                    "trail.approved",
                    "trail.withdrawn",
                    "trail.shared_by_few",
                ],
            ),
        ] {
            assert_eq!(codes(item), expected);
        }
    }

    #[test]
    fn fewer_than_five_people_are_not_counted_out_loud() {
        for (shares, count) in [(0, None), (4, None), (5, Some(5)), (80, Some(80))] {
            let post = Post { state: PostState::Live, created_at: at(), live_at: Some(at()), shares };
            let step = shared(&post);
            assert_eq!((step.count, step.at), (count, None), "{shares}");
        }
    }

    #[test]
    fn what_was_not_found_is_named() {
        assert_eq!(mapped(&item()).words, "Found: title, link. Not found: picture.");
    }
}
