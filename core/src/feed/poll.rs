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
    DueFeed, Publish, Stage, Trouble,
    decide::{self, Known},
    due::{Portrait, Validators},
    entry::Entry,
    filter,
    find::{ACCEPT, accept},
    read::{self, Parsed, in_turn},
    reading,
    shape::Shape,
};
use crate::{
    App, Error, Result,
    db::{Actor, Tx},
    definition::Chosen,
    document::{Document, Fetched, Packed},
    http::{FEED_CAP, Failure, Request, Response},
    id::ItemId,
    item::Item,
    post::PostState,
};

/// What a poll brought.
struct Brought {
    /// Kept also when it could not be read, so that somebody can look at it.
    document: Option<Packed>,
    /// What is in it.
    news: Result<News, Problem>,
}

/// What is new at the address.
enum News {
    /// Nothing since the last time.
    Same(Validators),
    /// These entries.
    Entries(Vec<Entry>, Validators, Portrait),
}

/// Why nothing of it is posted.
struct Problem {
    trouble: Trouble,
    /// What an alarm is about.
    shape: Option<Shape>,
}

/// What is to be stored of one entry.
enum Step {
    /// A new item; without a verdict it is no news.
    New(Entry, Option<Verdict>),
    /// The publisher changed it.
    Edited(ItemId, Entry),
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, shape: None }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        Trouble::from(error).into()
    }
}

/// Polls a claimed feed and notes how it went; trouble with the feed is noted, not returned.
///
/// # Errors
/// When the database does not accept it.
pub async fn poll(app: &App, feed: &DueFeed) -> Result<()> {
    let (filter, Brought { document, news }) =
        match (filter::of_stored(feed.filter.as_deref()), chosen(app, feed).await?) {
            (Ok(filter), Ok(chosen)) => (filter, look(app, feed, chosen).await.unwrap_or_else(Brought::nothing)),
            (Err(trouble), _) | (_, Err(trouble)) => (Filter::default(), Brought::nothing(trouble)),
        };
    let found = match news {
        Ok(News::Same(validators)) => Ok((vec![], validators, Portrait::default())),
        Ok(News::Entries(entries, validators, portrait)) => {
            Ok((plan(app, feed, entries, filter).await?, validators, portrait))
        }
        Err(problem) => Err(problem),
    };
    let mut tx = app.db.write(Actor::System("poll_feeds")).await?;
    match found {
        Ok((steps, validators, portrait)) => {
            feed.succeed(&mut tx, &validators, &portrait).await?;
            store(app, &mut tx, feed, &steps).await?;
        }
        Err(Problem { trouble, shape }) => {
            tracing::info!(feed = %feed.id, code = trouble.code, "a feed could not be polled");
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

impl Brought {
    fn nothing(problem: impl Into<Problem>) -> Self {
        Self { document: None, news: Err(problem.into()) }
    }
}

/// The definition that reads the feed, in its newest version; `None`: it is still to be chosen.
async fn chosen(app: &App, feed: &DueFeed) -> Result<Result<Option<Chosen>, Trouble>> {
    if feed.definition.is_empty() {
        return Ok(Ok(None));
    }
    Ok(match Chosen::find(&mut app.db.read(), &feed.definition).await {
        Ok(Some(chosen)) => Ok(Some(chosen)),
        Ok(None) => {
            let words = format!("There is no definition \"{}\" any more. Give this feed another one.", feed.definition);
            Err(Trouble::new(Stage::Map, "feed.definition", words))
        }
        Err(Error::Conflict { message, .. }) => Err(Trouble::new(Stage::Map, "feed.definition", message)),
        Err(error) => return Err(error),
    })
}

async fn look(app: &App, feed: &DueFeed, chosen: Option<Chosen>) -> Result<Brought, Problem> {
    let url = Url::parse(&feed.address).map_err(|_| Trouble::from(Failure::Address))?;
    let request = Request {
        etag: feed.etag.clone(),
        last_modified: feed.last_modified.clone(),
        ..Request::get(url, ACCEPT, FEED_CAP)
    };
    let answer = app.http.fetch(&request).await.map_err(Trouble::from)?;
    let same = |answer: &Response, body_hash| Validators {
        etag: answer.etag.clone(),
        last_modified: answer.last_modified.clone(),
        body_hash,
    };
    let unchanged = |validators| Ok(Brought { document: None, news: Ok(News::Same(validators)) });
    if answer.status == StatusCode::NOT_MODIFIED {
        // An answer without validators keeps those that we asked with.
        let mut kept = same(&answer, feed.body_hash.clone());
        kept.etag = kept.etag.or_else(|| feed.etag.clone());
        kept.last_modified = kept.last_modified.or_else(|| feed.last_modified.clone());
        return unchanged(kept);
    }
    let answer = accept(answer)?;
    let hash = Sha256::digest(&answer.bytes).to_vec();
    let is_same = feed.body_hash.as_ref() == Some(&hash);
    let validators = same(&answer, Some(hash));
    if is_same {
        return unchanged(validators);
    }
    let (fetched, feed) = (Fetched::new(feed.address.clone(), answer), feed.clone());
    in_turn(move || {
        let text = fetched.open()?;
        let news = entries(&text, &feed, chosen);
        let news = news.map(|(entries, portrait)| News::Entries(entries, validators, portrait));
        Ok(Brought { document: Some(fetched.pack()?), news })
    })
    .await?
}

/// What is in a document; an alarm when it has lost what it always had.
fn entries(
    text: &klaroen_feed::Document,
    feed: &DueFeed,
    chosen: Option<Chosen>,
) -> Result<(Vec<Entry>, Portrait), Problem> {
    let is_new = chosen.is_none();
    let chosen = chosen.map_or_else(|| reading::fitting(text), Ok)?;
    let Parsed { entries, title, .. } = read::parse(text, &chosen.definition)?;
    let known = feed.baseline_at.and_then(|_| Shape::of_stored(feed.shape.as_deref()));
    if let Some((trouble, shape)) = known.and_then(|known| known.alarm(&entries)) {
        return Err(Problem { trouble, shape: Some(shape) });
    }
    let portrait = Portrait {
        definition: is_new.then_some(chosen.definition.name),
        title: title.filter(|_| is_new && feed.title == feed.address),
        shape: Some(Shape::of(&entries)),
    };
    Ok((entries, portrait))
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
