//! What a poll finds at a feed's address: nothing new, entries, or an alarm. The document is kept also when it cannot be
//! read, so that somebody can look at it and mend the reading.

use std::sync::Arc;

use klaroen_feed::filter::Filter;
use reqwest::StatusCode;
use sha2::{Digest, Sha256};
use url::Url;

use super::{
    DueFeed, Stage, Trouble,
    due::{Portrait, Validators},
    entry::Entry,
    find::{ACCEPT, accept},
    read::{self, Parsed, in_turn},
    reading,
    shape::Shape,
};
use crate::{
    App, Error, Result,
    definition::Chosen,
    document::{Fetched, Packed},
    http::{FEED_CAP, Failure, Request, Response},
};

/// What stands at the address.
pub(super) enum Look {
    /// The same as the last time.
    Same(Validators),
    /// Another document.
    Document(Box<Packed>, Result<News, Trouble>),
}

/// What is in a document.
pub(super) enum News {
    /// Entries to be compared with what is known.
    Entries(Vec<Entry>, Validators, Portrait),
    /// The feed lost what it always had: nothing of it is to be posted. The shape remembers what was lost.
    Alarm(Trouble, Shape),
}

/// The definition that reads a feed, in its newest version; `None`: it is still to be chosen.
pub(super) async fn chosen(app: &App, feed: &DueFeed) -> Result<Result<Option<Chosen>, Trouble>> {
    if feed.definition.is_empty() {
        return Ok(Ok(None));
    }
    let trouble = |words| Ok(Err(Trouble::new(Stage::Map, "feed.definition", words)));
    match Chosen::find(&mut app.db.read(), &feed.definition).await {
        Ok(Some(chosen)) => Ok(Ok(Some(chosen))),
        Ok(None) => {
            let name = &feed.definition;
            trouble(format!("There is no definition \"{name}\" any more. Give this feed another one.").into())
        }
        Err(Error::Conflict { message, .. }) => trouble(message),
        Err(error) => Err(error),
    }
}

/// Fetches and reads; `filter` says which expressions it will ask for.
pub(super) async fn look(
    app: &App,
    feed: &DueFeed,
    chosen: Option<Chosen>,
    filter: Arc<Filter>,
) -> Result<Look, Trouble> {
    let url = Url::parse(&feed.address).map_err(|_| Failure::Address)?;
    let request = Request {
        etag: feed.etag.clone(),
        last_modified: feed.last_modified.clone(),
        ..Request::get(url, ACCEPT, FEED_CAP)
    };
    let answer = app.http.fetch(&request).await?;
    let validators = |answer: &Response, body_hash| Validators {
        etag: answer.etag.clone(),
        last_modified: answer.last_modified.clone(),
        body_hash,
    };
    if answer.status == StatusCode::NOT_MODIFIED {
        // An answer without validators keeps those that we asked with.
        let mut kept = validators(&answer, feed.body_hash.clone());
        kept.etag = kept.etag.or_else(|| feed.etag.clone());
        kept.last_modified = kept.last_modified.or_else(|| feed.last_modified.clone());
        return Ok(Look::Same(kept));
    }
    let answer = accept(answer)?;
    let hash = Sha256::digest(&answer.bytes).to_vec();
    let is_same = feed.body_hash.as_ref() == Some(&hash);
    let validators = validators(&answer, Some(hash));
    if is_same {
        return Ok(Look::Same(validators));
    }
    let (fetched, feed) = (Fetched::new(feed.address.clone(), answer), feed.clone());
    in_turn(move || {
        let text = fetched.open()?;
        let news = read(&text, &feed, chosen, &filter, validators);
        Ok(Look::Document(Box::new(fetched.pack()?), news))
    })
    .await?
}

fn read(
    text: &klaroen_feed::Document,
    feed: &DueFeed,
    chosen: Option<Chosen>,
    filter: &Filter,
    validators: Validators,
) -> Result<News, Trouble> {
    let is_new = chosen.is_none();
    let Chosen { definition, .. } = chosen.map_or_else(|| reading::fitting(text), Ok)?;
    let Parsed { entries, title, is_whole, .. } = read::parse(text, &definition, &filter.expressions())?;
    // With the validators of a half document we would never be sent the other half.
    let validators = if is_whole { validators } else { Validators { etag: None, last_modified: None, ..validators } };
    let known = feed.baseline_at.and_then(|_| Shape::of_stored(feed.shape.as_deref()));
    if let Some((trouble, shape)) = known.and_then(|known| known.alarm(&entries)) {
        return Ok(News::Alarm(trouble, shape));
    }
    let portrait = Portrait {
        definition: is_new.then_some(definition.name),
        title: title.filter(|_| is_new && feed.title == feed.address),
        shape: Some(Shape::of(&entries)),
    };
    Ok(News::Entries(entries, validators, portrait))
}
