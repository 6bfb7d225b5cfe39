//! One poll: load, fetch, read, decide, store. The network stays outside the transaction, and what the poll
//! found is stored together with the note that it went well, or not at all.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use klaroen_feed::filter::{Filter, Outcome, Verdict};
use tokio::task::spawn_blocking;

use super::{
    DueFeed, Publish, Trouble,
    decide::{self, Known},
    due::{Portrait, Validators},
    entry::Entry,
    filter,
    look::{self, Look, News},
    shape::Shape,
};
use crate::{
    App, Error, Result,
    db::{Actor, Tx},
    definition::Chosen,
    document::{Document, Packed},
    id::ItemId,
    item::{Item, RuleSet},
    organisation::LinkHosts,
    post::PostState,
};

/// How a poll went.
enum Poll {
    /// To be stored, with what the feed is like now.
    Good(Vec<Step>, Validators, Portrait),
    /// Nothing is posted; the shape remembers what an alarm is about.
    Failed(Trouble, Option<Shape>),
}

/// What is to be stored of one entry.
enum Step {
    /// A new item; without a verdict it is no news.
    New(Entry, Option<Verdict>),
    /// The publisher changed it.
    Edited(ItemId, Entry),
}

/// Polls a claimed feed and notes how it went; trouble with the feed is noted, not returned.
///
/// # Errors
/// When the database does not accept it.
pub async fn poll(app: &App, feed: &DueFeed) -> Result<()> {
    let (document, result) = match prepare(app, feed).await? {
        Ok((chosen, filter)) => find(app, feed, chosen, filter).await?,
        Err(trouble) => (None, Poll::Failed(trouble, None)),
    };
    let mut tx = app.db.write(Actor::System("poll_feeds")).await?;
    match result {
        Poll::Good(steps, validators, portrait) => {
            feed.succeed(&mut tx, &validators, &portrait).await?;
            store(app, &mut tx, feed, &steps).await?;
        }
        Poll::Failed(trouble, shape) => {
            tracing::info!(feed = %feed.id, code = trouble.code, "nothing of a feed is posted");
            feed.fail(&mut tx, &trouble).await?;
            if let Some(shape) = shape {
                feed.remember(&mut tx, &shape).await?;
            }
        }
    }
    if let Some(document) = document {
        Document::keep_last(&mut tx, feed.id, &document).await?;
    }
    tx.commit().await
}

/// How a feed is read and sifted.
async fn prepare(app: &App, feed: &DueFeed) -> Result<Result<(Option<Chosen>, Arc<Filter>), Trouble>> {
    let chosen = look::chosen(app, feed).await?;
    let filter = filter::of_stored(feed.filter.as_deref());
    Ok(chosen.and_then(|chosen| Ok((chosen, Arc::new(filter?)))))
}

async fn find(
    app: &App,
    feed: &DueFeed,
    chosen: Option<Chosen>,
    filter: Arc<Filter>,
) -> Result<(Option<Box<Packed>>, Poll)> {
    Ok(match look::look(app, feed, chosen, filter.clone()).await {
        Ok(Look::Same(validators)) => (None, Poll::Good(vec![], validators, Portrait::default())),
        Ok(Look::Document(document, Ok(News::Entries(entries, validators, portrait)))) => {
            (Some(document), Poll::Good(plan(app, feed, entries, filter).await?, validators, portrait))
        }
        Ok(Look::Document(document, Ok(News::Alarm(trouble, shape)))) => {
            (Some(document), Poll::Failed(trouble, Some(shape)))
        }
        Ok(Look::Document(document, Err(trouble))) => (Some(document), Poll::Failed(trouble, None)),
        Err(trouble) => (None, Poll::Failed(trouble, None)),
    })
}

/// Decides before the transaction and outside the async threads: patterns take time. Whoever takes the feed over
/// meanwhile makes this poll late, so what was read here cannot be outdated when it is stored.
async fn plan(app: &App, feed: &DueFeed, entries: Vec<Entry>, filter: Arc<Filter>) -> Result<Vec<Step>> {
    let mut tx = app.db.snapshot().await?;
    let known = Item::known(&mut tx, feed.id).await?;
    let titles = filter::recent_titles(&mut tx, feed.id, true).await?;
    let (now, baseline_at) = (tx.now, feed.baseline_at);
    drop(tx);
    let sift = move |news: &[&Entry]| filter::sift(&filter, news, now, titles);
    spawn_blocking(move || steps(&entries, &known, baseline_at, sift)).await.map_err(Error::internal)
}

fn steps(
    entries: &[Entry],
    known: &[Known],
    baseline_at: Option<DateTime<Utc>>,
    sift: impl FnOnce(&[&Entry]) -> Vec<Verdict>,
) -> Vec<Step> {
    let decided = decide::decide(entries, known, baseline_at);
    let news: Vec<&Entry> = decided
        .iter()
        .filter_map(|verdict| match verdict {
            decide::Verdict::New { entry, news: true } => Some(*entry),
            decide::Verdict::New { .. } | decide::Verdict::Edited { .. } => None,
        })
        .collect();
    let mut verdicts = sift(&news).into_iter();
    let step = |verdict| match verdict {
        decide::Verdict::Edited { id, entry } => Step::Edited(id, entry.clone()),
        decide::Verdict::New { entry, news } => Step::New(entry.clone(), if news { verdicts.next() } else { None }),
    };
    decided.into_iter().map(step).collect()
}

/// Stores what was decided. A post that leads to a host which is not approved waits for a marketer instead of going live.
async fn store(app: &App, tx: &mut Tx, feed: &DueFeed, steps: &[Step]) -> Result<()> {
    let hosts = LinkHosts::get(tx).await?;
    for step in steps {
        match step {
            Step::Edited(id, entry) => Item::edit(tx, *id, entry).await?,
            Step::New(entry, verdict) => {
                let item = Item::insert(tx, feed.id, entry, verdict.is_none(), verdict.as_ref()).await?;
                let Some(verdict) = verdict else { continue };
                if let Some(state) = state(feed.publish, verdict.outcome)
                    && Item::obstacle(entry.link.as_deref()).is_none()
                {
                    let topic = verdict.topic.as_deref().and_then(filter::topic);
                    let language = verdict.language.as_deref().and_then(filter::language);
                    let is_approved = entry.link.as_deref().is_some_and(|link| hosts.allow(link));
                    let state = if is_approved { state } else { PostState::InReview };
                    let set = RuleSet { topic, language, audience: verdict.audience.clone() };
                    Item::offer_as(tx, &app.config, item, state, set).await?;
                }
            }
        }
    }
    Ok(())
}

/// In which state the post of a new item begins; `None`: it gets none.
fn state(publish: Publish, outcome: Outcome) -> Option<PostState> {
    match (outcome, publish) {
        (Outcome::Drop, _) => None,
        (Outcome::Hold, _) | (Outcome::Keep, Publish::Review) => Some(PostState::InReview),
        (Outcome::Keep, Publish::Live) => Some(PostState::Live),
    }
}
