//! One poll: load, fetch, read, decide, store. The network stays outside the transaction, and what the poll
//! found is stored together with the note that it went well, or not at all.

use chrono::{DateTime, Utc};
use klaroen_feed::{
    ReadError,
    filter::{Filter, Outcome, Verdict},
};
use reqwest::StatusCode;
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;
use url::Url;

use super::{
    DueFeed, Publish, Trouble,
    decide::{self, Entry, Known},
    due::Validators,
    filter,
    read::{self, Parsed},
};
use crate::{
    App, Error, Result,
    db::{Actor, Tx},
    http::{FEED_CAP, Request, Response},
    id::ItemId,
    item::Item,
    post::PostState,
};

/// What a feed may be; the rest is taken too, because many servers mislabel.
pub(super) const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1";

/// What a fetch brought.
enum Found {
    /// Nothing since the last time.
    Same(Validators),
    /// A document, and the rules for what is new in it.
    Entries(Vec<Entry>, Filter, Validators),
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
    let found = match look(app, feed).await {
        Ok(Found::Same(validators)) => Ok((vec![], validators)),
        Ok(Found::Entries(entries, filter, validators)) => Ok((plan(app, feed, entries, filter).await?, validators)),
        Err(trouble) => Err(trouble),
    };
    let mut tx = app.db.write(Actor::System("poll_feeds")).await?;
    match found {
        Ok((steps, validators)) => {
            feed.succeed(&mut tx, &validators).await?;
            store(app, &mut tx, feed, &steps).await?;
        }
        Err(trouble) => {
            tracing::info!(feed = %feed.id, code = trouble.code, "a feed could not be polled");
            feed.fail(&mut tx, &trouble).await?;
        }
    }
    tx.commit().await
}

async fn look(app: &App, feed: &DueFeed) -> Result<Found, Trouble> {
    let filter = filter::of_stored(feed.filter.as_deref())?;
    let url = Url::parse(&feed.address).map_err(|_| crate::http::Failure::Address)?;
    let request = Request {
        etag: feed.etag.clone(),
        last_modified: feed.last_modified.clone(),
        ..Request::get(url, ACCEPT, FEED_CAP)
    };
    let answer = app.http.fetch(&request).await?;
    let same = |answer: &Response, body_hash| Validators {
        etag: answer.etag.clone(),
        last_modified: answer.last_modified.clone(),
        body_hash,
    };
    if answer.status == StatusCode::NOT_MODIFIED {
        // An answer without validators keeps those that we asked with.
        let mut kept = same(&answer, feed.body_hash.clone());
        kept.etag = kept.etag.or_else(|| feed.etag.clone());
        kept.last_modified = kept.last_modified.or_else(|| feed.last_modified.clone());
        return Ok(Found::Same(kept));
    }
    let answer = accept(answer)?;
    let hash = Sha256::digest(&answer.bytes).to_vec();
    let is_same = feed.body_hash.as_ref() == Some(&hash);
    let validators = same(&answer, Some(hash));
    if is_same {
        return Ok(Found::Same(validators));
    }
    let Parsed { entries, .. } = read::read(answer, Some(feed.definition.clone())).await?;
    Ok(Found::Entries(entries, filter, validators))
}

/// Only a 200 has a document in it.
pub(super) fn accept(answer: Response) -> Result<Response, Trouble> {
    match answer.status {
        StatusCode::OK if answer.bytes.is_empty() => Err(ReadError::Empty.into()),
        StatusCode::OK => Ok(answer),
        status => Err(Trouble::of_status(status, answer.retry_after)),
    }
}

/// Decides before the transaction and outside the async threads: patterns take time. Whoever takes the feed over
/// meanwhile makes this poll late, so what was read here cannot be outdated when it is stored.
async fn plan(app: &App, feed: &DueFeed, entries: Vec<Entry>, filter: Filter) -> Result<Vec<Step>> {
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

/// Stores what was decided.
async fn store(app: &App, tx: &mut Tx, feed: &DueFeed, steps: &[Step]) -> Result<()> {
    for step in steps {
        match step {
            Step::Edited(id, entry) => Item::edit(tx, *id, entry).await?,
            Step::New(entry, verdict) => {
                let item = Item::insert(tx, feed.id, entry, verdict.is_none(), verdict.as_ref()).await?;
                let Some(verdict) = verdict else { continue };
                if let Some(state) = state(feed.publish, verdict.outcome)
                    && Item::can_be_offered(entry.link.as_deref())
                {
                    let topic = verdict.topic.as_deref().and_then(filter::topic);
                    let language = verdict.language.as_deref().and_then(filter::language);
                    Item::offer_as(tx, &app.config, item, state, topic, language).await?;
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
