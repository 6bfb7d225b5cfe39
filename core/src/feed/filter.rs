//! Filters as feeds keep them: checked when they are saved, asked when a poll or a preview has items. Both ask the
//! same function, so a preview says what a poll would do.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
pub(crate) use klaroen_feed::filter::Filter;
use klaroen_feed::filter::{Action, Outcome, Verdict, decide_all, normal_title};
use klaroen_feed::{ReadError, error::Place};
use serde_json::Value;

use super::{Stage, Trouble, entry::Entry};
use crate::{
    Error, Result,
    db::Tx,
    definition::fault_at,
    error::Fault,
    id::{FeedId, TopicId},
    person::Language,
    sql, team,
    topic::Topic,
};

/// How long a title counts as there before.
const RECENT: Duration = Duration::days(30);

/// Reads a filter as a request gives it; the pointers of its faults begin with `/filter`.
pub(crate) fn parse(json: &Value) -> Result<Filter> {
    let fault = |pointer: &str, code, detail: String| Fault::new(format!("/filter{pointer}"), code, detail);
    let checked = |f: klaroen_feed::filter::Fault| Fault { column: f.column, ..fault(&f.pointer, f.code, f.message) };
    let filter = Filter::from_json(json).map_err(|faults| Error::Invalid(faults.into_iter().map(checked).collect()))?;
    let mut faults = vec![];
    for (place, rule) in filter.rules.iter().enumerate() {
        match &rule.action {
            Action::SetLanguage(code) if language(code).is_none() => faults.push(fault(
                &format!("/rules/{place}/action/set-language"),
                "filter.language",
                "Posts are in nl or en.".to_owned(),
            )),
            Action::SetTopic(id) if topic(id).is_none() => faults.push(unknown_topic(place)),
            _ => {}
        }
    }
    if faults.is_empty() { Ok(filter) } else { Err(Error::Invalid(faults)) }
}

/// Insists that the topics and teams which rules set exist.
pub(super) async fn insist_on_targets(tx: &mut Tx, filter: &Filter) -> Result<()> {
    for (place, rule) in filter.rules.iter().enumerate() {
        match &rule.action {
            Action::SetTopic(id) if let Some(id) = topic(id) => {
                let found = Topic::insist(tx, id).await;
                found.map_err(|error| error.at(format!("/filter/rules/{place}/action/set-topic")))?;
            }
            Action::SetAudience(teams) => {
                team::parse_audience(tx, &format!("/filter/rules/{place}/action/set-audience"), teams).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What is wrong with an expression of the filter on this document; `None` when the filter is not to blame.
pub(crate) fn fault(filter: &Filter, error: &ReadError) -> Option<Error> {
    let (ReadError::Expression { place: Place::Filter, expression, .. }
    | ReadError::TooExpensive { place: Place::Filter, expression, .. }
    | ReadError::Evaluation { place: Place::Filter, expression, .. }) = error
    else {
        return None;
    };
    let pointer = format!("/filter{}", filter.pointer_to(expression)?);
    Some(Error::Invalid(vec![fault_at(pointer, error)]))
}

fn unknown_topic(place: usize) -> Fault {
    let pointer = format!("/filter/rules/{place}/action/set-topic");
    Fault::new(pointer, "topic.unknown", "Choose a topic from the list.")
}

/// The topic that a rule set.
pub(super) fn topic(id: &str) -> Option<TopicId> {
    id.parse().ok()
}

/// The language that a rule set.
pub(super) fn language(code: &str) -> Option<Language> {
    match code {
        "nl" => Some(Language::Nl),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// As it is stored.
pub(super) fn to_stored(filter: &Filter) -> Result<String> {
    serde_json::to_string(filter).map_err(Error::internal)
}

/// A stored filter; one that cannot be read keeps the feed from being polled, because everything would pass.
pub(super) fn of_stored(stored: Option<&str>) -> Result<Filter, Trouble> {
    let read = stored.map_or(Ok(Filter::default()), serde_json::from_str);
    read.map_err(|_| Trouble::new(Stage::Map, "feed.filter", "The filter of this feed cannot be read. Save it again."))
}

/// Titles that were there before: of this feed's own items with `own`, and of posts from other feeds. The titles of
/// items that were dropped do not count, or an article could be dropped everywhere.
pub(crate) async fn recent_titles(tx: &mut Tx, feed: FeedId, own: bool) -> Result<BTreeSet<String>> {
    let titles: Vec<(String,)> = sql!(
        tx,
        fetch_all,
        "select i.title from items i where i.first_seen_at > $1 and i.title is not null \
         and coalesce(i.verdict, '') <> 'drop' and case when i.feed_id = $2 then $3 \
         else exists (select 1 from posts p where p.item_id = i.id) end",
        tx.now - RECENT,
        feed,
        own
    )?;
    Ok(titles.into_iter().map(|(title,)| normal_title(&title)).collect())
}

/// What the filter says of entries, oldest first.
pub(super) fn sift(filter: &Filter, entries: &[&Entry], now: DateTime<Utc>, titles: BTreeSet<String>) -> Vec<Verdict> {
    let items: Vec<_> = entries.iter().map(|entry| entry.to_item()).collect();
    decide_all(filter, &items, now, titles)
}

/// The word in the database.
pub(crate) fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Keep => "keep",
        Outcome::Drop => "drop",
        Outcome::Hold => "hold",
    }
}

/// The outcome of a word in the database.
pub(crate) fn outcome_of(name: &str) -> Option<Outcome> {
    [Outcome::Keep, Outcome::Drop, Outcome::Hold].into_iter().find(|outcome| outcome_name(*outcome) == name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn faults_say_where_in_the_request() {
        let rule = |action: Value| json!({ "rules": [{ "when": { "of": "all", "tests": [] }, "action": action }] });
        for (filter, pointer, code) in [
            (rule(json!({ "set-language": "xx" })), "/filter/rules/0/action/set-language", "filter.language"),
            (rule(json!({ "set-topic": "press" })), "/filter/rules/0/action/set-topic", "topic.unknown"),
            (rule(json!("explode")), "/filter/rules/0", "filter.form"),
            (json!([]), "/filter", "filter.form"),
        ] {
            let Err(Error::Invalid(faults)) = parse(&filter) else { panic!("{filter}") };
            let found: Vec<_> = faults.iter().map(|fault| (&*fault.pointer, fault.code)).collect();
            assert_eq!(found, [(pointer, code)]);
        }
        assert_eq!(parse(&rule(json!("drop"))).unwrap().rules.len(), 1);
    }

    #[test]
    fn a_stored_filter_that_cannot_be_read_is_trouble_and_not_an_open_door() {
        assert_eq!(of_stored(None).unwrap(), Filter::default());
        assert_eq!(of_stored(Some("{\"rules\":[{}]}")).unwrap_err().code, "feed.filter");
    }
}
