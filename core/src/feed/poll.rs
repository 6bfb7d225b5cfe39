//! One poll: load, fetch, read, decide, store. The network stays outside the transaction, and what the poll
//! found is stored together with the note that it went well, or not at all.

use klaroen_feed::ReadError;
use reqwest::StatusCode;
use sha2::{Digest, Sha256};
use url::Url;

use super::{
    DueFeed, Publish, Trouble,
    decide::{self, Entry, Verdict},
    due::Validators,
    read::{self, Parsed},
};
use crate::{
    App, Result,
    db::{Actor, Tx},
    http::{FEED_CAP, Request, Response},
    item::Item,
    post::PostState,
};

/// What a feed may be; the rest is taken too, because many servers mislabel.
pub(super) const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1";

/// What a fetch brought.
enum Found {
    /// Nothing since the last time.
    Same(Validators),
    /// A document.
    Entries(Vec<Entry>, Validators),
}

/// Polls a claimed feed and notes how it went; trouble with the feed is noted, not returned.
///
/// # Errors
/// When the database does not accept it.
pub async fn poll(app: &App, feed: &DueFeed) -> Result<()> {
    let found = look(app, feed).await;
    let mut tx = app.db.write(Actor::System("poll_feeds")).await?;
    match found {
        Ok(Found::Same(validators)) => feed.succeed(&mut tx, &validators).await?,
        Ok(Found::Entries(entries, validators)) => {
            feed.succeed(&mut tx, &validators).await?;
            store(app, &mut tx, feed, &entries).await?;
        }
        Err(trouble) => {
            tracing::info!(feed = %feed.id, code = trouble.code, "a feed could not be polled");
            feed.fail(&mut tx, &trouble).await?;
        }
    }
    tx.commit().await
}

async fn look(app: &App, feed: &DueFeed) -> Result<Found, Trouble> {
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
    Ok(Found::Entries(entries, validators))
}

/// Only a 200 has a document in it.
pub(super) fn accept(answer: Response) -> Result<Response, Trouble> {
    match answer.status {
        StatusCode::OK if answer.bytes.is_empty() => Err(ReadError::Empty.into()),
        StatusCode::OK => Ok(answer),
        status => Err(Trouble::of_status(status, answer.retry_after)),
    }
}

/// Stores what `decide` made of the entries.
async fn store(app: &App, tx: &mut Tx, feed: &DueFeed, entries: &[Entry]) -> Result<()> {
    let state = match feed.publish {
        Publish::Live => PostState::Live,
        Publish::Review => PostState::InReview,
    };
    let known = Item::known(tx, feed.id).await?;
    for verdict in decide::decide(entries, &known, feed.baseline_at) {
        match verdict {
            Verdict::Edited { id, entry } => Item::edit(tx, id, entry).await?,
            Verdict::New { entry, news } => {
                let item = Item::insert(tx, feed.id, entry, !news).await?;
                if news && Item::can_be_offered(entry.link.as_deref()) {
                    Item::offer(tx, &app.config, item, state).await?;
                }
            }
        }
    }
    Ok(())
}
